"""The one style sheet of a book: it marks boxes and tables and leaves the rest to whoever reads."""

from __future__ import annotations

from functools import cache
from string import Template
from typing import Final

from studio.publish.epub.xhtml import FOLDER
from studio.theming.tokens import DARK, LIGHT, Palette

_LINE: Final = "#8a8590"
"""Lines that are seen on white, on black and on any paper between."""
_GREY: Final = "#777777"
_BARS: Final = ("note", "help", "care", "stop")


@cache
def style_sheet(*, plain: bool) -> str:
    """Return the CSS; of a plain book nothing has a colour."""
    dark = "" if plain else _dark()
    bars = dict.fromkeys(_BARS, _GREY) if plain else _bars(LIGHT)
    return Template((FOLDER / "book.css").read_text(encoding="utf-8")).substitute(bars, line=_LINE, dark=dark)


def _bars(palette: Palette) -> dict[str, str]:
    return {
        "note": palette.note_bar,
        "help": palette.help_bar,
        "care": palette.caution_bar,
        "stop": palette.danger_bar,
    }


def _dark() -> str:
    note, *more = (f"border-inline-start-color: {colour}" for colour in _bars(DARK).values())
    rules = [f".box {{ {note} }}", *(f".box-{name} {{ {rule} }}" for name, rule in zip(_BARS[1:], more, strict=True))]
    return f"@media (prefers-color-scheme: dark) {{ {' '.join(rules)} }}"
