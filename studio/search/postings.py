"""Where one form stands: how it is written into the index, and the lists that were read, kept for the next question."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from studio.search.entries import Term

MOST_KEPT: Final = 100_000
"""How many places in lists are kept for each state of an index: about 20 megabytes."""

_BOOKKEEPING: Final = 8
"""As how many places a list counts in addition, so that many short ones are not too many."""

Row = tuple[bytes, int, float, bytes]
"""A form in a section as it is written: the form, how often it stands there, its weight, and where."""


def written(form: str, term: Term) -> Row:
    """Return a form as it is written."""
    places = array("I", [*term.positions, *term.starts, *term.ends])
    return form.encode(), len(term.positions), term.weight, places.tobytes()


def term(value: bytes) -> Term:
    """Return where a form stands, without its weight, from what ``written`` made."""
    known = array("I", value)
    third = len(known) // 3
    return Term(known[:third], known[third : 2 * third], known[2 * third :])


def positions(value: bytes) -> array[int]:
    """Return only the positions."""
    return array("I", value[: len(value) // 3])


@dataclass(slots=True)
class Postings:
    """The sections in which a form stands: its weight in each, and its places as they were written."""

    weights: dict[int, float] = field(default_factory=dict)
    values: dict[int, bytes] = field(default_factory=dict)

    def add(self, steps: Iterable[int], weights: Iterable[float], values: Iterable[bytes], offset: int) -> None:
        """Add sections, each said as the distance from the one before it; the first one from ``offset``."""
        sections = list(accumulate(steps, initial=offset))[1:]
        self.weights.update(zip(sections, weights, strict=True))
        self.values.update(zip(sections, values, strict=True))

    def without(self, removed: Collection[int]) -> Postings:
        """Return itself after the sections ``removed`` were taken out."""
        for section in self.weights.keys() & removed:
            del self.weights[section], self.values[section]
        return self


class Kept:
    """The lists asked for most recently, so that a word is read once for its weights, its places and its marks."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Keep up to ``most`` places in all lists together."""
        self._most = most
        self._lists: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._places = 0

    def __len__(self) -> int:
        """Return how many places are kept."""
        return self._places

    def __contains__(self, key: tuple[str, str]) -> bool:
        """Return whether the list of ``key`` is kept."""
        return key in self._lists

    def get(self, key: tuple[str, str], read: Callable[[], Postings]) -> Postings:
        """Return the list of ``key``, from ``read`` if it is not kept; the newest one is kept whatever its length."""
        if key not in self._lists:
            self._lists[key] = read()
            self._places += _cost(self._lists[key])
        self._lists.move_to_end(key)
        newest = self._lists[key]
        while self._places > self._most and len(self._lists) > 1:
            self._places -= _cost(self._lists.popitem(last=False)[1])
        return newest


def _cost(postings: Postings) -> int:
    """Return as how many places a list counts."""
    return len(postings.weights) + _BOOKKEEPING
