"""CPU time of a collection of about 90 pages after one edit, beside making all of it: ``python -m bench.binding``.

Three ways from scratch: all chapters of ours made anew and put together; the same texts in one page that WeasyPrint
lays out by itself, in a process that is warm; and that in one that has to load everything first.
"""

from __future__ import annotations

import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

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
AIM = 15
ROUNDS = 7
_STAYED, _MOVED, _RENAMED = "no page moved", "pages moved", "new title, new month"
_DAYS = [date(2028 + n, 1, 9) for n in range(ROUNDS)]
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


@dataclass(frozen=True)
class Row:
    """CPU milliseconds after one edit (medians), and those of a way from scratch, which is to take ``aim`` times it."""

    name: str
    ours: float
    peer: str
    theirs: float
    aim: float | None


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


def run() -> list[Row]:
    """Measure an edit that moves no page, and one that does: then cover and contents are made anew as well."""
    warm()
    documents = [chapter(n) for n in range(CHAPTERS)]
    _, kept = made(documents, {})
    middle = CHAPTERS // 2
    scratch: list[float] = []
    edits: dict[str, list[float]] = {_STAYED: [], _MOVED: [], _RENAMED: []}
    for n in range(ROUNDS):
        scratch.append(made(documents, {})[0])
        for what, paragraphs in ((_STAYED, 3), (_MOVED, 6)):
            documents[middle] = chapter(middle, edition=n + 2, paragraphs=paragraphs)
            edits[what].append(made(documents, kept)[0])
        named = replace(chapter(middle, edition=n + 2), title=f"Another name {n}")
        documents[middle] = replace(named, published_on=_DAYS[n], checked_on=_DAYS[n])
        edits[_RENAMED].append(made(documents, kept)[0])
        documents[middle] = chapter(middle)
    ways = {"from scratch": scratch}
    for ready, name in ((True, "warm"), (False, "cold")):
        ways[f"WeasyPrint, {name}"] = [alone(documents, ready=ready) for _ in range(3)]
    aimed = {(_STAYED, "from scratch"), (_MOVED, "from scratch")}
    return [
        Row(f"collection, one edit, {what}", median(spent), way, median(all_), AIM if (what, way) in aimed else None)
        for what, spent in edits.items()
        for way, all_ in ways.items()
    ]


def main() -> None:
    """Print the figures."""
    for row in run():
        ratio = row.theirs / row.ours
        print(f"{row.name:<44}{row.ours:>6.0f} ms  {row.peer:<18}{row.theirs:>6.0f} ms{ratio:>7.1f}×")


if __name__ == "__main__":
    main()
