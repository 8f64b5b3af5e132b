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

VERSION: Final = "1"
"""Raised whenever the making of chapters or of what is around them changes, so that they are made anew."""
Derive = Callable[[Document | Frame, Mapping[str, bytes], Path, tuple[str, ...]], Sequence[Derived]]
"""Makes the files of a document, or the one of a frame, in a folder, in a limited process."""
_USUAL: Final = 2
"""Pages of cover and contents, until they are counted."""
_LINES: Final = 28
"""Lines of contents that one page has room for."""


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

    back, folios = bench.frame(replace(frame, part="back")), bench.frame(Frame("folios", frame.language))
    with joining.opened([piece.content for piece in (*chapters, back, folios)]) as (*ready, last, digits):
        counts = [joining.pages_of(one) for one in ready]
        pages = _first_guess(bench, frame, counts)
        while True:
            front = bench.frame(_front(frame, counts, pages))
            with joining.opened([front.content]) as (first,):
                if joining.pages_of(first) == pages:
                    whole = joining.join(first, ready, last, digits, frame.language)
                    return whole, {"front": front, "back": back, "folios": folios}
                pages = joining.pages_of(first)


def _first_guess(bench: Bench, frame: Frame, counts: Sequence[int]) -> int:
    """Return how many pages cover and contents probably have: as many as when they were made, if they are kept."""
    likely = range(_USUAL, _USUAL + 1 + len(counts) // _LINES)
    kept = (pages for pages in likely if bench.kept(digest(_front(frame, counts, pages))))
    return next(kept, likely[-1])


def _front(frame: Frame, counts: Sequence[int], pages: int) -> Frame:
    """Return cover and contents, so many ``pages``, with the page on which each chapter begins."""
    entries, at = list[Entry](), pages + 1
    for entry, count in zip(frame.entries, counts, strict=True):
        entries.append(Entry(entry.title, at))
        at += count
    months = tuple(day.replace(day=1) for day in frame.checked)
    return replace(frame, part="front", entries=tuple(entries), checked=months, published_on=None)
