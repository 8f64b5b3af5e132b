"""The two style sheets, put together from the tokens, the font faces and the written rules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static" / "css"
SHEETS: Final = {"reader.css": "reader", "studio.css": "studio"}
"""Name of a sheet to the written rules it ends with."""


def sheet(name: str) -> str:
    """Return the whole text of the style sheet ``name``."""
    rules = FOLDER / f"{SHEETS[name]}.css"
    return rules.read_text(encoding="utf-8") if rules.exists() else ""
