"""A guide as a page, and cards, beside mkdocs-material: what a page weighs with all that shows it, what a card costs.

Its plug-in for cards fetches a font from the web for a new site; here one of ours lies where it keeps what it fetched.
"""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from bench import elsewhere
from bench.pdf import GUIDES, starter
from studio.publish.cards import SIZES, draw_card
from studio.publish.renderer_parent import warm
from studio.publish.rendering_file import page_alone
from studio.publish.slides import cards_of
from studio.theming.faces import face
from studio.web.sheets import sheet

_PAGES: Final = 40
_ROUNDS: Final = 3
_SITE: Final = """
site_name: Guide House
site_url: https://guides.example/
use_directory_urls: false
theme: {name: material, font: false}
plugins: [PLUGINS]
"""


@dataclass(frozen=True)
class Row:
    """One figure, of ours and theirs: kB, or CPU milliseconds of a card and its bytes."""

    name: str
    size: str
    ours: float
    theirs: float


def run() -> Iterator[Row]:
    """Measure both, where mkdocs-material is here."""
    if elsewhere.python is None:
        return
    yield weight()
    yield card()


def weight() -> Row:
    """Return what a guide weighs as a page with its style and script, gzip at its best."""
    document = starter("en")
    ours = _packed(page_alone(document, {}).encode()) + _packed(sheet("reader.css").encode())
    with tempfile.TemporaryDirectory() as name:
        site = _site(Path(name), {"index.md": _source("en")}, "")
        elsewhere.mkdocs(Path(name))
        found = _Shown()
        found.feed((site / "index.html").read_text(encoding="utf-8"))
        theirs = sum(_packed((site / one).read_bytes()) for one in ("index.html", *found.files))
    return Row("a guide with all that shows it, kB, not ms", "gzip", ours / 1000, theirs / 1000)


def card() -> Row:
    """Return what one card costs: the title card in one size, beside a site's build with cards less one without."""
    warm()
    document = starter("en")
    times, sizes = [], []
    for n in range(_PAGES):
        one = replace(document, title=f"{document.title} {n}")
        (title, *_), wide = cards_of(one), max(SIZES, key=lambda size: size.width / size.height)
        begun = time.process_time()
        sizes.append(len(draw_card(one, wide, title.place)))
        times.append((time.process_time() - begun) * 1000)
    pages = {f"page-{n}.md": f"# {document.title} {n}\n\nWords.\n" for n in range(_PAGES)}
    spent: dict[str, list[float]] = {"": [], ", social": []}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(_ROUNDS):
            for plugin, found in spent.items():
                folder = Path(name) / "site"
                shutil.rmtree(folder, ignore_errors=True)
                site = _site(folder, pages, plugin)
                found.append(elsewhere.mkdocs(folder))
        theirs = [one.stat().st_size for one in site.rglob("social/*.png")]
    alone, with_cards = (statistics.median(one) for one in spent.values())
    size = f"{max(sizes) / 1000:.0f} kB, theirs {max(theirs) / 1000:.0f}"
    return Row("a title card", size, statistics.median(times), (with_cards - alone) / _PAGES)


class _Shown(HTMLParser):
    """Collects the files that a page is shown with."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "link" and told.get("rel") == "stylesheet" and told.get("href"):
            self.files.append(str(told["href"]))
        if tag == "script" and told.get("src"):
            self.files.append(str(told["src"]))


def _site(folder: Path, pages: dict[str, str], plugin: str) -> Path:
    (folder / "docs").mkdir(parents=True)
    for name, source in pages.items():
        (folder / "docs" / name).write_text(source, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_SITE.replace("PLUGINS", f"search{plugin}"), encoding="utf-8")
    fonts = folder / ".cache" / "plugin" / "social" / "fonts" / "Roboto"
    fonts.mkdir(parents=True)
    for style, heavy in (("Regular", 400), ("Bold", 700)):
        shutil.copy(face("Noto Sans", heavy).path, fonts / f"{style}.ttf")
    return folder / "site"


def _source(code: str) -> str:
    """Return the words of a starter guide; its boxes are paragraphs there."""
    text = (GUIDES / f"{code}.md").read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2] if text.startswith("---") else text
    title = re.search(r"(?m)^title: *(.+)$", text)
    return f"# {title[1] if title else ''}\n\n" + re.sub(r"(?m)^:::.*\n", "", body)


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))
