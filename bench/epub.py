"""CPU time and size of an EPUB, and of a text file, beside ebooklib used the plain way its own papers show.

And of a collection: from scratch, and after one of its guides was changed, when the others lie ready.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ebooklib import epub

from bench.pdf import text
from studio.core.locales import language
from studio.publish.collected.binding import frame_of
from studio.publish.document import Document
from studio.publish.epub.book import render_epub
from studio.publish.epub.chapter import chapter_of
from studio.publish.epub.collected import collected
from studio.publish.epub.kept import folded, unfolded
from studio.publish.frame import Frame
from studio.publish.plain_text import render_text

ROUNDS = 15
GUIDES = 30
CASES = (("short", "en", 2, 1), ("long", "en", 12, 4), ("Arabic", "ar", 4, 3), ("Japanese", "ja", 4, 3))
"""Name, language, parts and paragraphs in each: the texts that the bench of PDFs measures."""


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds and bytes of ours and theirs (medians). The text file has no peer."""

    name: str
    size: int
    ours: float
    theirs: float | None = None
    their_size: int = 0


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure each kind of text; the cover, which is a card of the text anyway, is left out of both."""
    rows = list[Row]()
    for name, code, parts, paragraphs in CASES:
        document = text(code, parts, paragraphs)
        ours, size = _measured(lambda one=document: render_epub(one, plain=False, media=_nothing), rounds)
        theirs, their_size = _measured(lambda one=document: _plainly(one), rounds)
        rows.append(Row(name, size, ours, theirs, their_size))
        ours, size = _measured(lambda one=document: render_text(one, plain=False), rounds)
        rows.append(Row(f"{name}, as text", size, ours))
    return rows


def collection(rounds: int = ROUNDS) -> Row:
    """Measure a collection of GUIDES long guides after one edit (ours) beside the same from scratch (theirs)."""
    documents = [replace(text("en", 12, 4), opaque_id=f"bench-{number}") for number in range(GUIDES)]
    frame = frame_of(Frame("around", language("en"), "A collection", site_name="Guide House"), documents)
    kept = [_chapter(one) for one in documents]

    def bind(chapters: list[bytes]) -> bytes:
        return collected(frame, "bench", [unfolded(one) for one in chapters])

    after, size = _measured(lambda: bind([_chapter(documents[0]), *kept[1:]]), rounds)
    scratch, _ = _measured(lambda: bind([_chapter(one) for one in documents]), rounds)
    return Row(f"collection of {GUIDES}, one edit", size, after, scratch, size)


def _chapter(document: Document) -> bytes:
    return folded(chapter_of(document, plain=False, media=_nothing))


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    print(f"{'EPUB':<28}{'bytes':>9}{'ms CPU':>9}{'ebooklib':>10}{'its bytes':>11}")
    rounds = arguments.parse_args().rounds
    for row in [*run(rounds), collection(rounds)]:
        theirs = f"{row.theirs:>10.1f}{row.their_size:>11}" if row.theirs else ""
        print(f"{row.name:<28}{row.size:>9}{row.ours:>9.1f}{theirs}")


def _measured(make: Callable[[], bytes], rounds: int) -> tuple[float, int]:
    times, content = [], make()
    for _ in range(rounds):
        begun = time.process_time()
        content = make()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times), len(content)


def _nothing(sha: str) -> bytes:
    raise KeyError(sha)


def _plainly(document: Document) -> bytes:
    """Return the same text as ebooklib makes it: one page, contents, nothing about access, notes or origin."""
    book = epub.EpubBook()
    book.set_identifier("bench")
    book.set_title(document.title)
    book.set_language(document.language.code)
    page = epub.EpubHtml(title=document.title, file_name="text.xhtml", lang=document.language.code)
    page.content = f"<html><body><h1>{document.title}</h1>{document.body.html}</body></html>"
    book.add_item(page)
    book.toc = [epub.Link(f"text.xhtml#{one.id}", one.text, one.id) for one in document.body.outline]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", page]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        epub.write_epub(str(path), book)
        return path.read_bytes()


if __name__ == "__main__":
    main()
