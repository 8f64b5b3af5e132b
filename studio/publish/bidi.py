"""Finding the runs that must be kept left to right inside a right-to-left line."""

from __future__ import annotations

import re
from typing import Final

_INSIDE: Final = r"0-9A-Za-z\u00c0-\u024f"
_RUN: Final = re.compile(rf"[+(#]?[{_INSIDE}](?:[{_INSIDE} .,:;/@+()\-–_'’&?=%#]*[{_INSIDE}+)%/])?")
LRI: Final = "\u2066"
PDI: Final = "\u2069"


def isolated(text: str) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, each with whether it is a number, an address or Latin words."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for run in _RUN.finditer(text):
        pieces += [(text[at : run.start()], False), (run.group(), True)]
        at = run.end()
    return [(piece, foreign) for piece, foreign in [*pieces, (text[at:], False)] if piece]


def isolated_text(text: str) -> str:
    """Return ``text`` with invisible marks around such runs, for places that hold no markup."""
    return "".join(f"{LRI}{piece}{PDI}" if foreign else piece for piece, foreign in isolated(text))
