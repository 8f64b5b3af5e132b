"""The style sheet of a PDF: one template for every script, filled with the colours and faces of the house."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from studio.core.locales import Language
from studio.publish.pdf_forms import PdfForm
from studio.theming.fonts import easy_families_for, families_for, font_stack
from studio.theming.tokens import PRINTED, line_height

FOLDER: Final = Path(__file__).parent / "templates" / "pdf"
WATERMARKS: Final = {"studio:watermark": "#ede7f2", "studio:watermark-on-accent": "#623c8a"}
"""Addresses under which the style sheet asks for the watermark, with its colours on paper and on the cover."""

GREY: Final = "#ececec"
"""The watermark's colour behind a plain cover."""
_PAPER: Final = 1.5
"""Line height of letters on paper, where lines are shorter than on a screen."""
_FADED: Final = 0.86
_TYPE: Final = re.compile(r"(\bfont(?:-size)?:[^;{}]*?)(\d+(?:\.\d+)?)pt\b")
_POINTS: Final = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)pt\b")
_LENGTH: Final = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)mm\b")
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
def style_sheet(language: Language, form: PdfForm, *, practice: str) -> str:
    """Return the CSS for a text in ``language``; ``practice`` is the sentence of the band, empty in a real house."""
    values = _values(language, form, practice=practice)
    names = ["guide.css", *form.sheets, *(["practice.css"] if practice else [])]
    return _scaled("\n".join(Template(_read(name)).substitute(values) for name in names), form)


def _scaled(css: str, form: PdfForm) -> str:
    """Return ``css``, written for A5 and 10 points, with type and lengths of ``form``."""
    css = _TYPE.sub(lambda found: f"{found[1]}{max(float(found[2]) * form.type, form.smallest):.4g}\x00", css)
    css = _POINTS.sub(lambda found: f"{float(found[1]) * form.type:.4g}pt", css)
    return _LENGTH.sub(lambda found: f"{float(found[1]) * form.paper:.4g}mm", css).replace("\x00", "pt")


def _values(language: Language, form: PdfForm, *, practice: str) -> dict[str, str]:
    colours = {**asdict(PRINTED), **(_PLAIN if form.plain else {})}
    slanted = language.script in ("latin", "cyrillic", "other")
    families = easy_families_for(language.code) if form.easy else families_for(language.code)
    return {
        **colours,
        "size": form.size,
        "faded": _mixed(colours["accent"], colours["on_accent"], _FADED),
        "family": font_stack(families),
        "direction": language.direction,
        "start": "right" if language.rtl else "left",
        "end": "left" if language.rtl else "right",
        "leading": str(min(line_height(language.code), _PAPER) if slanted else line_height(language.code)),
        "easy_leading": "1.7" if slanted else "2",
        "letter_spacing": "0" if language.rtl else "0.06em",
        # Joiners between ideographs would be spaced as well.
        "title_spacing": "0.06em" if slanted and not language.rtl else "0",
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
