"""The small drawing beside a pen-name: a mirrored pattern from a stored random seed, with words for who hears it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from studio.core.words import N_, Message

SIDE: Final = 5
_HALF: Final = (SIDE + 1) // 2
_COLOURS: Final = {
    "violet": N_("violet"),
    "green": N_("green"),
    "amber": N_("amber"),
    "red": N_("red"),
    "grey": N_("grey"),
    "ink": N_("dark"),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is drawn: a class of colour, the filled squares as (x, y), and a sentence for those who do not see it."""

    colour: str
    cells: tuple[tuple[int, int], ...]
    words: Message


def pattern(seed: str) -> Pattern:
    """Return the drawing of ``seed``; the same seed always gives the same one, and tells nothing else."""
    digest = hashlib.sha256(f"pattern|{seed}".encode()).digest()
    colour = sorted(_COLOURS)[digest[0] % len(_COLOURS)]
    left = [(x, y) for y in range(SIDE) for x in range(_HALF) if digest[1 + y * _HALF + x] % 2]
    cells = sorted({(x, y) for x, y in left or [(_HALF - 1, _HALF - 1)]} | {(SIDE - 1 - x, y) for x, y in left})
    words = N_("A pattern of {n} squares, {colour}", n=len(cells), colour=_COLOURS[colour])
    return Pattern(colour, tuple(cells), words)
