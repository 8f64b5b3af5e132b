"""The two style sheets, put together from the tokens, the font faces and the written rules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from studio.core.locales import LANGUAGES
from studio.theming import fonts, tokens

FOLDER: Final = Path(__file__).parent / "static" / "css"
SHEETS: Final = {"reader.css": "reader", "studio.css": "studio"}
"""Name of a sheet to the written rules it ends with."""


def sheet(name: str) -> str:
    """Return the whole text of the style sheet ``name``."""
    rules = FOLDER / f"{SHEETS[name]}.css"
    written = rules.read_text(encoding="utf-8") if rules.exists() else ""
    return f"{tokens.css_variables()}\n{_faces()}\n{_stacks()}\n{written}"


def _faces() -> str:
    """Return the faces of every script that has a cut; a page fetches those alone whose letters it holds."""
    return "".join(fonts.web_faces(code) for code in ("en", "ru", "ar"))


def _stacks() -> str:
    """Return ``--font`` for each language that has a font of its own, on whatever element its ``lang`` stands."""
    own = {code: fonts.font_stack(fonts.web_families_for(code)) for code in LANGUAGES}
    special = (f":lang({code}){{--font:{stack}}}" for code, stack in own.items() if stack != own["en"])
    return f":root{{--font:{own['en']}}}{''.join(special)}"
