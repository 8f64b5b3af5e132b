"""The forms of a PDF: standard, plain cover, large print, easy reading, and a chapter of a collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_A4: Final = 2**0.5


@dataclass(frozen=True, slots=True)
class PdfForm:
    """How a text is laid out. Sizes are told for an A5 booklet in 10 points, the standard form."""

    name: str
    sheets: tuple[str, ...] = ()
    """Style sheets beside that of every form."""
    plain: bool = False
    """Nothing outside the text tells what it is about."""
    easy: bool = False
    """Atkinson Hyperlegible where it has the script, and wide spacing where letters do not join."""
    chapter: bool = False
    """Without cover, contents and page numbers: the collection has those."""
    size: str = "A5"
    paper: float = 1.0
    """Factor of all lengths on paper."""
    type: float = 1.0
    """Factor of all sizes of type."""
    smallest: float = 0.0
    """No type is smaller than so many points."""


STANDARD: Final = PdfForm("standard")
PLAIN: Final = PdfForm("plain", ("plain.css",), plain=True)
LARGE: Final = PdfForm("large", ("large.css",), size="A4", paper=_A4, type=1.7, smallest=14)
"""17 points on A4; notes, tables and folios never below 14."""
EASY: Final = PdfForm("easy", ("easy.css",), easy=True, type=1.25, smallest=10.5)
CHAPTER: Final = PdfForm("chapter", ("chapter.css",), chapter=True)
FORMS: Final = (STANDARD, PLAIN, LARGE, EASY, CHAPTER)
