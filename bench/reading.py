"""Files read back and compared with the text that they were made of: words that are lost, doubled or turned round."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import tinyhtml5  # type: ignore[import-untyped]  # the library has no types

from studio.publish.document import Document
from studio.publish.pdf_forms import PdfForm
from studio.publish.pdf_html import page

_INVISIBLE = re.compile("[\u00ad\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Where a program that reads PDFs says that the direction changes: a word ends there."""
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(
    "[\u3041-\u30ff\u3400-\u9fff]|\\d+|[\u0620-\u06d3]+|[^\\W\\d_\u0620-\u06d3\u3041-\u30ff\u3400-\u9fff]+"
)
_MARKED = re.compile("[\u0600-\u06ff]*(?:[\u064b-\u0652\u0670]|\u0644[\u0622\u0623\u0625\u0627])[\u0600-\u06ff]*")
"""Arabic words with vowel marks, or with lam and alef in one sign."""
_HYPHEN = re.compile("(?<=\\w)[-‐\u00ad]\n?(?=\\w)")
_HEAD = 40
"""So many words at an end of a page may belong to one that is parted there."""
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Found:
    """What came of reading one PDF."""

    words: int
    """How many words of the text were looked for."""
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    """Letters that are there less often than in the text, however they are put together."""
    in_order: float = 1.0
    """The share of the text's words that stand before the same word as in the text."""


def words(text: str) -> Iterator[str]:
    """Yield the words of ``text``, each as its letters in a fixed order, for readers turn lam and alef round.

    Japanese and Chinese characters are words of their own; marks that are not letters are left out, and hyphens, for a
    line may end at them.
    """
    for word in _WORD.findall(_HYPHEN.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))):
        yield "".join(sorted(word)) if "\u0600" <= word[0] <= "\u06ff" else word


def by_poppler(pdf: Path) -> list[str]:
    """Return what poppler's pdftotext reads on each page; what is written from right to left comes in its own order."""
    program = shutil.which("pdftotext")
    if program is None:
        raise FileNotFoundError("poppler-utils is needed: apt-get install poppler-utils")
    read = subprocess.run([program, str(pdf), "-"], capture_output=True, check=True)
    return _TURNS.sub(" ", read.stdout.decode()).split("\f")[:-1]


def compare(text: Document, form: PdfForm, pdf: Path) -> Found:
    """Return how the words in the PDF of ``text`` in ``form`` differ from those of the text.

    A word that a line or a page parts is found. Arabic words with vowel marks or with lam and alef in one sign, which
    readers of PDFs set apart, and addresses, in which lines end anywhere, are compared by their letters alone. Numbers
    of pages, heads of pages and repeated heads of tables are not taken for doubled.
    """
    pages = by_poppler(pdf)
    source = text.body.text if form.plain else f"{text.title} {text.summary} {text.body.text}"
    wanted, whole = list(words(source)), "\n".join(pages)
    found = list(words(whole))
    marked = set(words(" ".join(_MARKED.findall(source))))
    addresses = set(words(" ".join(_ADDRESS.findall(source))))
    missing = Counter(wanted) - Counter(found)
    by_page = [list(words(one)) for one in pages]
    run_on = {before + after for before, after in pairwise(wanted)} & set(found)  # at a dash that ends a line
    lost = [
        word
        for word in sorted(missing.elements())
        if word not in marked
        and not _parted(word, by_page)
        and word not in addresses
        and not any(word in whole for whole in run_on)
    ]
    doubled = [word for word in _doubled(text, form, by_page, missing) if word not in run_on]
    letters = sorted(Counter("".join(wanted)) - Counter("".join(found)))
    return Found(len(wanted), lost, doubled, letters, _in_order(wanted, found))


def _doubled(text: Document, form: PdfForm, pages: list[list[str]], parted: Counter[str]) -> list[str]:
    """Return the words that are there more often than on the page that the PDF was laid out from.

    ``parted`` are those that are not there in one piece; their pieces are none of these.
    """
    root: Any = tinyhtml5.parse(page(text, form), namespace_html_elements=False)
    for element in [*root.iter("head"), *root.iter(f"{_SVG}svg")]:
        element.clear()
    said = [" ".join(root.itertext()), "".join(root.itertext())]  # a word may be partly bold
    marked = "".join(_MARKED.findall(said[0]))
    repeated = {word for head in root.iter("thead") for word in words(" ".join(head.itertext()))}
    repeated |= {word for cover in root.iter("section") for word in words(cover.get("data-title", ""))}
    more = Counter(word for one in pages for word in one)
    for version in said:
        more &= more - Counter(words(version))
    return sorted(
        word
        for word in more.elements()
        if not word.isdigit()
        and word not in repeated
        and not ("\u0600" <= word[0] <= "\u06ff" and set(word) <= set(marked))
        and not any(word in whole for whole in parted)
    )


def _in_order(wanted: list[str], found: list[str]) -> float:
    neighbours = Counter(pairwise(wanted))
    kept = neighbours & Counter(pairwise(found))
    return kept.total() / max(1, neighbours.total())


def _parted(word: str, pages: list[list[str]]) -> bool:
    """Whether a page ends with the beginning of ``word`` and the next one begins with its rest, below its head."""
    for one, after in pairwise(pages):
        for begun in one[-_HEAD:]:
            if word.startswith(begun) and word.removeprefix(begun) in after[:_HEAD]:
                return True
    return False


def fewer(text: Document, said: str) -> list[str]:
    """Return the words of ``text`` that stand in ``said`` less often than they should."""
    return sorted((Counter(words(text.body.text)) - Counter(words(said))).elements())


def said_in_book(path: Path) -> str:
    """Return all that the pages of an EPUB say, without what apps make of it."""
    with zipfile.ZipFile(path) as book:
        pages = [book.read(name) for name in book.namelist() if "/part-" in name]
    return "\n".join("".join(ET.fromstring(one).itertext()) for one in pages)  # noqa: S314 - we made it ourselves


def said_in_text(path: Path) -> str:
    """Return all that a text file says."""
    return path.read_text(encoding="utf-8-sig")
