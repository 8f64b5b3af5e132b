"""The fonts of the house as plain data: one file per family, weight and style, and the smaller cuts for the web."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Style = Literal["normal", "italic"]
Weight = Literal[400, 700]
Cut = Literal["latin", "cyrillic", "arabic"]

FOLDER: Final = Path(__file__).parent / "files"
PRINT: Final = FOLDER / "print"
"""Whole TrueType files for PDFs and cards."""
WEB: Final = FOLDER / "web"
"""Cuts as woff2, named ``<cut>-<weight>.<start of their hash>.woff2``."""
LICENCES: Final = FOLDER / "licences"

_SOURCE: Final = "@expo-google-fonts"
_WEIGHTS: Final[dict[tuple[Weight, Style], tuple[str, str]]] = {
    (400, "normal"): ("Regular", "400Regular"),
    (700, "normal"): ("Bold", "700Bold"),
    (400, "italic"): ("Italic", "400Regular_Italic"),
    (700, "italic"): ("BoldItalic", "700Bold_Italic"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: what CSS and Pango call it, its name in ``PRINT`` and where npm keeps the original."""

    family: str
    weight: Weight
    style: Style
    package: str

    @property
    def path(self) -> Path:
        """The whole TrueType file, as the build has laid it out."""
        return PRINT / f"{self.family.replace(' ', '')}-{_WEIGHTS[self.weight, self.style][0]}.ttf"

    @property
    def source(self) -> str:
        """Path of the original below ``node_modules``."""
        folder = _WEIGHTS[self.weight, self.style][1]
        return f"{_SOURCE}/{self.package}/{folder}/{self.family.replace(' ', '')}_{folder}.ttf"

    @property
    def licence(self) -> str:
        """Path of the licence below ``node_modules``."""
        return f"{_SOURCE}/{self.package}/LICENSE_FONT"


NOTO: Final = "Noto Sans"
VAZIRMATN: Final = "Vazirmatn"
NOTO_JP: Final = "Noto Sans JP"
NOTO_SC: Final = "Noto Sans SC"
ATKINSON: Final = "Atkinson Hyperlegible Next"
"""For easy reading: letters that are hard to take for each other; Latin alone."""
NOTO_EMOJI: Final = "Noto Emoji"
"""Emoji as plain line drawings, for print; on the web the reader's own system draws them."""

FACES: Final[tuple[Face, ...]] = (
    Face(NOTO, 400, "normal", "noto-sans"),
    Face(NOTO, 700, "normal", "noto-sans"),
    Face(NOTO, 400, "italic", "noto-sans"),
    Face(NOTO, 700, "italic", "noto-sans"),
    Face(VAZIRMATN, 400, "normal", "vazirmatn"),
    Face(VAZIRMATN, 700, "normal", "vazirmatn"),
    Face(NOTO_JP, 400, "normal", "noto-sans-jp"),
    Face(NOTO_JP, 700, "normal", "noto-sans-jp"),
    Face(NOTO_SC, 400, "normal", "noto-sans-sc"),
    Face(NOTO_SC, 700, "normal", "noto-sans-sc"),
    Face(ATKINSON, 400, "normal", "atkinson-hyperlegible-next"),
    Face(ATKINSON, 700, "normal", "atkinson-hyperlegible-next"),
    Face(ATKINSON, 400, "italic", "atkinson-hyperlegible-next"),
    Face(ATKINSON, 700, "italic", "atkinson-hyperlegible-next"),
    Face(NOTO_EMOJI, 400, "normal", "noto-emoji"),
    Face(NOTO_EMOJI, 700, "normal", "noto-emoji"),
)

CUT_FAMILIES: Final[dict[Cut, str]] = {"latin": NOTO, "cyrillic": NOTO, "arabic": VAZIRMATN}
CUT_WEB_FAMILIES: Final[dict[Cut, str]] = {"latin": NOTO, "cyrillic": "Noto Sans Cyrillic", "arabic": VAZIRMATN}
"""What CSS calls a cut: a name each, so that one style sheet can hold them all and a page fetches its own alone."""

_COMMON: Final = (
    frozenset(range(0x20, 0x7F))
    | frozenset(range(0x2010, 0x2016))
    | frozenset(range(0x2018, 0x201F))
    | frozenset(map(ord, "\u00a0§©«»°·×•…\u202f‹›€†‡′″\u200e\u200f\u2066\u2067\u2068\u2069"))
)
CUT_CHARACTERS: Final[dict[Cut, frozenset[int]]] = {
    # Latin-1 and Latin Extended-A: all that the eight Latin languages of the house write, and most names.
    "latin": _COMMON | frozenset(range(0xA1, 0x180)) | frozenset(map(ord, "ȘșȚțẞ")),
    "cyrillic": _COMMON | frozenset(range(0x400, 0x460)) | frozenset(map(ord, "№Ґґ")),
    "arabic": _COMMON | frozenset(range(0x600, 0x700)) | frozenset((0x200C, 0x200D, 0xFD3E, 0xFD3F)),
}


def face(family: str, weight: Weight = 400, style: Style = "normal") -> Face:
    """Return the face of ``family``; a style that a family lacks is answered by its upright one."""
    matching = [known for known in FACES if known.family == family and known.weight == weight]
    return next((known for known in matching if known.style == style), matching[0])
