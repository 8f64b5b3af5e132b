"""A collection of 90 pages after one edit, beside the same from scratch: the very steps that the worker takes."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # the library has no types

from bench.pdf import text
from studio.core.locales import language
from studio.publish.collected.binding import Bench, bind, frame_of
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.frame import CHAPTER_KIND, Frame
from studio.publish.renderer import Derived

CHAPTERS = 22
AIM = 15
ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """CPU milliseconds after one edit and from scratch (medians), pages and bytes."""

    name: str
    pages: int
    size: int
    ours: float
    scratch: float


@dataclass
class Shelf:
    """What was made before, by what it was made from."""

    kept: dict[str, bytes]

    def bound(self, documents: list[Document], folder: Path) -> bytes:
        """Return the whole file; what is on the shelf is not made again."""
        bench = Bench(_derive, folder, self.kept.get)
        chapters = [bench.piece(_source(one), one, {}, (CHAPTER_KIND,)) for one in documents]
        frame = Frame("around", language("en"), "A library for hard days", "In one file.", site_name="Guide House")
        whole, parts = bind(bench, frame_of(frame, documents), chapters)
        self.kept |= {piece.source: piece.content for piece in [*chapters, *parts.values()]}
        return whole


def _derive(
    what: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...]
) -> tuple[Derived, ...]:
    return derive_all(what, media.__getitem__, folder, kinds)


def _source(document: Document) -> str:
    return f"{document.copy_number} {document.body.html}"


def documents(edit: int = 0) -> list[Document]:
    """Return the chapters; with ``edit``, the one in the middle says something else, and may be longer."""
    every = [replace(text("en", 3, 2), title=f"Chapter {n}", copy_number=f"K7M-2{n:02}") for n in range(CHAPTERS)]
    if edit:
        changed = text("en", 3 + (edit < 0), 2, f"An edit: {abs(edit)}.")
        every[CHAPTERS // 2] = replace(changed, title=f"Chapter {CHAPTERS // 2}", copy_number=f"K7M-3{abs(edit):02}")
    return every


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure an edit that moves no page, and one that does: then cover and contents are made anew as well."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Shelf({}).bound(documents(), folder)
        scratch = statistics.median(
            _timed(lambda: Shelf({}).bound(documents(), folder))[0] for _ in range(min(rounds, 3))
        )
        shelf = Shelf({})
        shelf.bound(documents(), folder)
        rows = []
        for what, sign in (("no page moved", 1), ("pages moved", -1)):
            found = []
            for n in range(1, rounds + 1):
                one = Shelf(dict(shelf.kept))
                edited = documents(sign * n)
                found.append(_timed(lambda one=one, edited=edited: one.bound(edited, folder)))
            with pypdfium2.PdfDocument(found[-1][1]) as pdf:
                pages = len(pdf)
            ours = statistics.median(one[0] for one in found)
            rows.append(Row(f"collection, one edit, {what}", pages, len(found[-1][1]), ours, scratch))
        return rows


def _timed(act: Any) -> tuple[float, bytes]:  # noqa: ANN401 - a function without arguments
    begun = time.process_time()
    made = act()
    return (time.process_time() - begun) * 1000, made
