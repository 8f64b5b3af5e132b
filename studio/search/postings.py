"""Where one form stands: how it is written into the index, and the lists that were read, kept for the next question."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final, Generic, TypeVar

from studio.search.entries import Term

T = TypeVar("T")

MOST_KEPT: Final = 100_000
"""How many places in lists are kept for each state of an index, of weights and of places each: some 20 megabytes."""

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


class Kept(Generic[T]):
    """The lists asked for most recently, each read once: of the sections that have a form, one thing about each."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Keep up to ``most`` sections in all lists together."""
        self._most = most
        self._lists: OrderedDict[tuple[str, str], Mapping[int, T]] = OrderedDict()
        self._places = 0

    def __len__(self) -> int:
        """Return how many places are kept."""
        return self._places

    def __contains__(self, key: tuple[str, str]) -> bool:
        """Return whether the list of ``key`` is kept."""
        return key in self._lists

    def get(self, key: tuple[str, str], read: Callable[[], Mapping[int, T]]) -> Mapping[int, T]:
        """Return the list of ``key``, from ``read`` if it is not kept; the newest one is kept whatever its length."""
        if key not in self._lists:
            self._lists[key] = read()
            self._places += _cost(self._lists[key])
        self._lists.move_to_end(key)
        newest = self._lists[key]
        while self._places > self._most and len(self._lists) > 1:
            self._places -= _cost(self._lists.popitem(last=False)[1])
        return newest


def _cost(one: Mapping[int, object]) -> int:
    """Return as how many places a list counts."""
    return len(one) + _BOOKKEEPING
