"""From chapters that are ready to the file of a collection; parts that were made before are taken, not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from studio.publish.document import Document
from studio.publish.frame import Entry, Frame
from studio.publish.renderer import Derived

VERSION: Final = "2"
"""Raised whenever the making of chapters or of what is around them changes, so that they are made anew."""
Derive = Callable[[Document | Frame, Mapping[str, bytes], Path, tuple[str, ...]], Sequence[Derived]]
"""Makes the files of a document, or the one of a frame, in a folder, in a limited process."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a collection: what it was made from, and its bytes."""

    source: str
    content: bytes


@dataclass
class Bench:
    """Where parts are made: by ``derive`` in ``folder``, unless ``kept`` has them by what they are made from."""

    derive: Derive
    folder: Path
    kept: Callable[[str], bytes | None]
    made: list[str] = field(default_factory=list)
    """What could not be taken and was made, in order."""

    def piece(self, source: str, what: Document | Frame, media: Mapping[str, bytes], kinds: tuple[str, ...]) -> Piece:
        """Return the part made from ``source``."""
        content = self.kept(source)
        if content is None:
            (one,) = self.derive(what, media, self.folder, kinds)
            content = (self.folder / one.name).read_bytes()
            self.made.append(one.kind)
        return Piece(source, content)

    def chapter(self, sources: Mapping[str, str], document: Document, media: Mapping[str, bytes]) -> dict[str, Piece]:
        """Return a text in each kind of ``sources``, which tells what it is made from; what is missing in one go."""
        found = {kind: self.kept(source) for kind, source in sources.items()}
        missing = tuple(kind for kind, content in found.items() if content is None)
        for one in self.derive(document, media, self.folder, missing) if missing else ():
            found[one.kind] = (self.folder / one.name).read_bytes()
            self.made.append(one.kind)
        return {kind: Piece(source, found[kind] or b"") for kind, source in sources.items()}

    def frame(self, frame: Frame) -> Piece:
        """Return one part of those around the chapters."""
        return self.piece(digest(frame), frame, {}, ())


def digest(frame: Frame) -> str:
    """Return the SHA-256 of all that a frame says, and of the way in which it is made."""
    packed = json.dumps({**asdict(frame), "version": VERSION}, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(packed.encode()).hexdigest()


def frame_of(frame: Frame, documents: Sequence[Document]) -> Frame:
    """Return ``frame`` with all that is told of the chapters ``documents``."""
    days = sorted(document.checked_on for document in documents)
    entries = (
        Entry(one.title, edition=one.edition, published_on=one.published_on, copy_number=one.copy_number)
        for one in documents
    )
    return replace(
        frame,
        entries=tuple(entries),
        checked=(days[0], days[-1]),
        published_on=max(document.published_on for document in documents),
    )


def bind(bench: Bench, frame: Frame, chapters: Sequence[Piece]) -> tuple[bytes, dict[str, Piece]]:
    """Return the whole file, and the parts around the chapters by their names.

    ``frame`` tells the collection with an entry for each of ``chapters``; page numbers are set here.
    """
    from studio.publish.collected import joining  # noqa: PLC0415 - it needs a library that nothing else needs

    around, folios = bench.frame(_around(frame)), bench.frame(Frame("folios", frame.language))
    days = frame.published_on or frame.checked[-1], frame.checked[-1]
    with joining.opened([piece.content for piece in (around, *chapters, folios)]) as (whole, *ready, digits):
        return joining.join(whole, ready, digits, frame.language, days), {"around": around, "folios": folios}


def _around(frame: Frame) -> Frame:
    """Return what is told of the whole alone: it stays as it is when a chapter changes."""
    months = tuple(day.replace(day=1) for day in frame.checked)
    return replace(frame, part="around", entries=(), guides=len(frame.entries), checked=months, published_on=None)
