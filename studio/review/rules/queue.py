"""The one piece that a checker is offered: what waits most, and fits into the minutes they have."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEAST_MINUTES: Final = 2
SAFETY_FIRST: Final = 1_000_000
"""What is kept as the risk of a text that was saved for somebody's safety: it comes before any age of anything else."""
CHOICES: Final = (10, 20, 40)
"""Minutes on the buttons."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A check that somebody could give now."""

    review: str
    stage: str
    minutes: int
    risk: int
    days: int
    """How long it waits, in whole days."""
    safety: bool = False
    """Something about someone's safety or health changed: first in the queue."""
    position: int = 0
    """Its place among the checks of the text."""
    own: bool = False
    """The person has taken it already, or is asked for a second look."""
    invited: bool = False
    """Somebody asked the person for it by name."""
    costs: bool = False
    """Whoever gives it cannot give another check of the text that nobody else could give: last in the queue."""

    @property
    def weight(self) -> int:
        """Risk × age; a piece of today counts as one day old."""
        return self.risk * max(1, self.days)


def minutes(count: int, per_1000_words: int) -> int:
    """Return how long a check of ``count`` words takes, never less than two minutes."""
    return max(LEAST_MINUTES, math.ceil(count * per_1000_words / 1000))


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Sort what waits: safety, what somebody asked for by name, what is begun, what costs no other check, risk × age.

    Of what weighs the same, the shorter comes first.
    """

    def key(piece: Piece) -> tuple[object, ...]:
        begun = (not piece.safety, not piece.invited, not piece.own, piece.costs)
        return (*begun, -piece.weight, piece.minutes, piece.review, piece.position)

    return sorted(pieces, key=key)


def one_piece(pieces: Iterable[Piece], have: int) -> Piece | None:
    """Return the first piece that fits into ``have`` minutes; else the shortest; None where nothing waits.

    What somebody asked for by name is shown also where it takes longer: the person knows best.
    """
    ordered = in_order(pieces)
    fitting = [piece for piece in ordered if piece.minutes <= have or piece.invited]
    if fitting:
        return fitting[0]
    return min(ordered, key=lambda piece: piece.minutes, default=None)
