"""The style sheet of a PDF: one template for every script, filled with the colours and faces of the house."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from studio.core.locales import Language
from studio.theming.fonts import families_for, font_stack
from studio.theming.tokens import PRINTED, line_height

FOLDER: Final = Path(__file__).parent / "templates" / "pdf"
WATERMARKS: Final = {"studio:watermark": "#ede7f2", "studio:watermark-on-accent": "#623c8a"}
"""Addresses under which the style sheet asks for the watermark, with its colours on paper and on the cover."""

GREY: Final = "#ececec"
"""The watermark's colour behind a plain cover."""
_PAPER: Final = 1.5
"""Line height of letters on paper, where lines are shorter than on a screen."""
_FADED: Final = 0.86
_PLAIN: Final = {
    "accent": "#1a1a1a",
    "note": "#f2f2f2",
    "help": "#f2f2f2",
    "caution": "#f2f2f2",
    "danger": "#f2f2f2",
    "note_bar": "#555555",
    "help_bar": "#555555",
    "caution_bar": "#555555",
    "danger_bar": "#555555",
    "line": "#d5d5d5",
    "quiet": "#4a4a4a",
    "ink": "#1a1a1a",
}


@cache
def style_sheet(language: Language, *, plain: bool, practice: str) -> str:
    """Return the CSS for a text in ``language``; ``practice`` is the sentence of the band, empty in a real house."""
    values = _values(language, plain=plain, practice=practice)
    names = ["guide.css", *(["plain.css"] if plain else []), *(["practice.css"] if practice else [])]
    return "\n".join(Template(_read(name)).substitute(values) for name in names)


def _values(language: Language, *, plain: bool, practice: str) -> dict[str, str]:
    colours = {**asdict(PRINTED), **(_PLAIN if plain else {})}
    slanted = language.script in ("latin", "cyrillic", "other")
    return {
        **colours,
        "faded": _mixed(colours["accent"], colours["on_accent"], _FADED),
        "family": font_stack(families_for(language.code)),
        "direction": language.direction,
        "start": "right" if language.rtl else "left",
        "end": "left" if language.rtl else "right",
        "leading": str(min(line_height(language.code), _PAPER) if slanted else line_height(language.code)),
        "note_leading": "1.6" if language.rtl else "1.4",
        "summary_leading": "1.75" if language.rtl else "1.5",
        "heading_leading": "1.25" if slanted else "1.5",
        "emphasis_style": "italic" if slanted else "normal",
        "emphasis_weight": "inherit" if slanted else "700",
        "page_background": 'url("studio:watermark") center / 120mm 120mm no-repeat' if practice else "none",
        "front_background": 'url("studio:watermark-on-accent") center / 110mm 110mm no-repeat' if practice else "",
        "practice_sentence": f'"{_css(practice)}"',
    }


def _mixed(ground: str, ink: str, share: float) -> str:
    """Return the colour of ``ink`` laid on ``ground`` with ``share`` of its strength (no see-through text: PDF/UA)."""
    pairs = ((int(ground[at : at + 2], 16), int(ink[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _css(text: str) -> str:
    return "".join(char if char.isalnum() or char in " .,。，、؟?!" else f"\\{ord(char):x} " for char in text)


@cache
def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
