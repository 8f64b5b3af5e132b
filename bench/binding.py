"""CPU time of a collection of about 90 pages after one edit, beside making all of it: ``python -m bench.binding``.

Three ways from scratch: all chapters of ours made anew and put together; the same texts in one page that WeasyPrint
lays out by itself, in a process that is warm; and that in one that has to load everything first.
"""

from __future__ import annotations

import pickle
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.pdf import text
from studio.core.locales import language
from studio.publish.collected.binding import Bench, Piece, bind, frame_of
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.frame import CHAPTER_KIND, Frame
from studio.publish.pdf_css import style_sheet
from studio.publish.pdf_forms import CHAPTER
from studio.publish.pdf_html import page
from studio.publish.renderer import Derived
from studio.publish.renderer_parent import warm

CHAPTERS = 30
ROUNDS = 7
_ALONE = """
import pickle, sys, time
from weasyprint import CSS, HTML
from studio.publish.typefaces import use_own_fonts
use_own_fonts()
html, css, warm = pickle.load(sys.stdin.buffer)
for _ in range(1 + warm):
    begun = time.process_time()
    HTML(string=html).write_pdf(stylesheets=[CSS(string=css)], pdf_variant="pdf/ua-1")
print((time.process_time() - begun) * 1000)
"""


def chapter(n: int, *, edition: int = 1, parts: int = 2, paragraphs: int = 3) -> Document:
    """Return a guide of about three pages."""
    told = {"guide_id": f"g{n}", "slug": f"g{n}", "title": f"Guide number {n}", "copy_number": f"K7M2Q{n:02d}"}
    return replace(text("en", parts, paragraphs), **told, edition=edition)


def made(documents: list[Document], kept: Mapping[str, bytes]) -> tuple[float, dict[str, bytes]]:
    """Make a collection with what is ``kept``; return its CPU milliseconds and all its parts by their sources."""
    frame = Frame(
        part="around",
        language=language("en"),
        title="All of it",
        intro="Thirty guides",
        path="/en/collections/x/",
        site_name="Guide House",
        base_url="https://guides.example",
        practice=False,
    )
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        bench = Bench(_derive, Path(folder), kept.get)
        sources = [{CHAPTER_KIND: f"{one.guide_id} {one.edition} {len(one.body.html)}"} for one in documents]
        pairs = zip(sources, documents, strict=True)
        chapters: list[Piece] = [bench.chapter(source, one, {})[CHAPTER_KIND] for source, one in pairs]
        _, parts = bind(bench, frame_of(frame, documents), chapters)
        spent = (time.process_time() - begun) * 1000
    return spent, {piece.source: piece.content for piece in (*chapters, *parts.values())}


def _derive(
    what: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...]
) -> tuple[Derived, ...]:
    return derive_all(what, media.__getitem__, folder, kinds)


def alone(documents: list[Document], *, ready: bool) -> float:
    """Return the CPU milliseconds of WeasyPrint, without anything of ours, for the same texts in one page."""
    bodies = "".join(re.sub(r"(?s).*<body>|</body>.*", "", page(one, CHAPTER)) for one in documents)
    css = style_sheet(language("en"), CHAPTER, practice="")
    job = pickle.dumps((f"<html lang=en><title>All of it</title>{bodies}", css, int(ready)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", _ALONE], input=job, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1000
    return float(done.stdout) if ready else whole


def main() -> None:
    """Print the figures."""
    warm()
    documents = [chapter(n) for n in range(CHAPTERS)]
    _, kept = made(documents, {})
    middle = CHAPTERS // 2
    times: dict[str, list[float]] = {}
    for n in range(ROUNDS):
        times.setdefault("from scratch", []).append(made(documents, {})[0])
        documents[middle] = chapter(middle, edition=n + 2)
        times.setdefault("one edit, no page moved", []).append(made(documents, kept)[0])
        documents[middle] = chapter(middle, edition=n + 2, paragraphs=6)
        times.setdefault("one edit, pages moved", []).append(made(documents, kept)[0])
        day = date(2028 + n, 1, 9)
        told = {"title": f"Another name {n}", "published_on": day, "checked_on": day}
        documents[middle] = replace(documents[middle], **told)
        times.setdefault("… another title and month", []).append(made(documents, kept)[0])
        documents[middle] = chapter(middle)
    for name, ready in (("WeasyPrint alone, warm", True), ("WeasyPrint alone, cold", False)):
        times[name] = [alone(documents, ready=ready) for _ in range(3)]
    edit = statistics.median(times["one edit, no page moved"])
    moved = statistics.median(times["one edit, pages moved"])
    for name, all_ in times.items():
        median = statistics.median(all_)
        print(f"{name:<27}{median:>8.0f} ms{median / edit:>8.1f}×{median / moved:>8.1f}×")


if __name__ == "__main__":
    main()
