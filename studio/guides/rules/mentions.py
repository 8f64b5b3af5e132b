"""Whom a comment speaks to: what stands behind an @, as long as a pen-name can be."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from studio.rendering.words import tokens

LONGEST: Final = 30
"""Characters of a pen-name."""
MOST: Final = 20
"""Mentions of one comment that are looked at."""
_AT: Final = re.compile(r"(?<!\w)[@＠](?=\w)")


def parted(text: str) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, and of each whether it is an @ with a name, which must not turn the line it is in."""
    pieces = re.split(r"((?<!\w)[@＠]\w+)", text)
    return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def mentions(text: str) -> list[tuple[str, ...]]:
    """Return for each @ of ``text`` the names that may be meant, the longest first; names may be of several words."""
    found = list[tuple[str, ...]]()
    for place in list(_AT.finditer(text))[:MOST]:
        line = text[place.end() : place.end() + LONGEST + 1].partition("\n")[0]
        names = dict.fromkeys(name.strip() for name in accumulate(tokens(line)))
        found.append(tuple(name for name in reversed(names) if 1 < len(name) <= LONGEST))
    return found
