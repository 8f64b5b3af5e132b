"""How far somebody has read a text: its parts, each from a heading to the next, known by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

FEWEST: Final = 2
"""A text of one part is read or it is not: nothing is counted."""
MOST: Final = 40
"""A text of more parts is counted by its larger headings."""
PREFIX: Final = "read-"
"""Begins the name of a part's tick among the answers that are kept with a claim."""
PARTS: Final = "parts"
"""Beside the ticks: how many parts the text had."""
_AROUND: Final = ("div", "section", "blockquote", "ul", "ol", "table")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text as it is shown; ``name`` is that of its tick, and another one as soon as the part changes."""

    name: str
    html: str
    read: bool


def in_parts(html: str, ticked: Collection[str] = ()) -> tuple[Part, ...]:
    """Return a text's parts in order, put together they are ``html``; none where there is but one.

    ``html`` is what the renderer made; a heading inside a box or a list begins no part. ``ticked``: names of ticks.
    """
    pieces = _pieces(html, "2-4")
    if len(pieces) > MOST:
        pieces = _pieces(html, "2")
    if not FEWEST <= len(pieces) <= MOST:
        return ()
    names = _names(pieces)
    return tuple(Part(name, piece, name in ticked) for name, piece in zip(names, pieces, strict=True))


def _pieces(html: str, levels: str) -> list[str]:
    """Cut before each heading of these levels that stands in nothing else; what has no words goes with what follows."""
    pieces = [""]
    for piece in re.split(rf"(?=<h[{levels}][ >])", html):
        if _is_inside(pieces[-1]) or not _words(pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _is_inside(html: str) -> bool:
    return any(html.count(f"<{tag}") > html.count(f"</{tag}>") for tag in _AROUND)


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def _names(pieces: list[str]) -> list[str]:
    """Return a name for each part: the hash of what it holds; parts that are alike are told apart by number."""
    names, seen = list[str](), dict[str, int]()
    for piece in pieces:
        digest = sha256(piece.encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        names.append(f"{PREFIX}{digest}.{seen[digest]}")
    return names
