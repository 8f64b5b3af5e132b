"""Which passage became several, and which several became one: told by the words that went from one to the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from studio.rendering.words import tokens

WITHIN: Final = 0.6
"""Which part of a passage's words must come from another, to have been part of it (0 to 1)."""
FEWEST: Final = 3
"""As many words make a passage that can be told to come from another."""


def parted(
    ones: Sequence[str], others: Sequence[str], own: Mapping[int, int], free: Iterable[int], looked_at: Iterable[int]
) -> dict[int, list[int]]:
    """Return for places of ``ones`` the places of ``others`` that they became, two or more beside each other.

    ``own``: which of the others each of the ones is known to have become. ``free``: the others of unknown origin.
    ``looked_at``: the ones that did not simply stay.
    """
    left, found = set(free), dict[int, list[int]]()
    for one in looked_at:
        run = _run(one, ones, others, own, left)
        if run:
            found[one] = run
            left -= set(run)
    return found


def _run(one: int, ones: Sequence[str], others: Sequence[str], own: Mapping[int, int], free: set[int]) -> list[int]:
    whole = _bag(ones[one])
    rest, run = Counter(whole), list[int]()
    start = own.get(one)
    if start is not None:
        run, rest = [start], rest - _bag(others[start])
        before = _beside(start, -1, others, free, rest)
        run = [*reversed(before), *run]
    else:
        start = next((own[place] for place in range(one - 1, -1, -1) if place in own), -1)
    run += _beside(start, 1, others, free, rest)
    covered = sum((_bag(others[place]) for place in run), Counter[str]())
    if len(run) > 1 and (whole & covered).total() >= WITHIN * whole.total():
        return run
    return []


def _beside(start: int, step: int, others: Sequence[str], free: set[int], rest: Counter[str]) -> list[int]:
    """Walk on from ``start`` while passages hold the words of ``rest``, and take those words out of it.

    One stranger may stand between them: a passage is often parted by a new heading.
    """
    found, place, stranger = list[int](), start + step, False
    while place in free:
        bag = _bag(others[place])
        if bag.total() >= FEWEST and (bag & rest).total() >= WITHIN * bag.total():
            found.append(place)
            rest -= bag
            stranger = False
        elif stranger:
            break
        else:
            stranger = True
        place += step
    return found


def _bag(text: str) -> Counter[str]:
    return Counter(_words(text))


def _words(text: str) -> Iterator[str]:
    return (word for word in tokens(text) if word[0].isalnum())
