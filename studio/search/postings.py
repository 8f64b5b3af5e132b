"""Where one form stands: how it is written into the index, and the lists that were read, kept for the next question."""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from studio.search.entries import SHIFT, Term

MOST_KEPT: Final = 1_000_000
"""How many places in lists are kept for each state of an index: about 20 megabytes."""

_BOOKKEEPING: Final = 20
"""As how many places a list counts in addition, so that many short ones are not too many."""

_HEAD: Final = struct.Struct("<IIcc")
"""Number of sections, number of places, and the types of weights and of characters' places."""

_MOST_WEIGHT, _MOST_PLACE = 255, 65_535

Row = tuple[bytes, int, float, bytes]
"""A form in a section as it is given to the library: the form, how often it stands there, its weight, and where."""


def written(form: str, term: Term) -> Row:
    """Return a form as it is given to the library."""
    return form.encode(), len(term.positions), term.weight, _value(term.positions, term.starts, term.ends)


def packed(sections: Sequence[int], weights: Sequence[float], values: Sequence[bytes]) -> bytes:
    """Return a whole list as it is written: sections in their order, and of each what ``written`` made.

    Numbers of a kind stand side by side, so that reading takes no longer than copying. Weights are single bytes where
    all of them can be, and places in characters take two bytes.
    """
    keys, starts, ends = array("Q"), array("I"), array("I")
    for section, value in zip(sections, values, strict=False):
        known = array("I", value)
        third, first = len(known) // 3, section << SHIFT
        keys.extend([first | at for at in known[:third]])
        starts.extend(known[third : 2 * third])
        ends.extend(known[2 * third :])
    small = all(weight.is_integer() and 0 <= weight <= _MOST_WEIGHT for weight in weights)
    heavy = array("B", map(int, weights)) if small else array("f", weights)
    type_ = "H" if max(ends, default=0) <= _MOST_PLACE else "I"
    head = _HEAD.pack(len(sections), len(keys), heavy.typecode.encode(), type_.encode())
    parts = (array("I", sections), heavy, keys, array(type_, starts), array(type_, ends))
    return head + b"".join([part.tobytes() for part in parts])


@dataclass(slots=True)
class Postings:
    """The sections in which a form stands, in their order, with its weight in each; and its places in all of them.

    A place is a number made of section and position (``entries.SHIFT``), so the places of a list are in order, too.
    """

    sections: array[int] = field(default_factory=lambda: array("I"))
    weights: array[Any] = field(default_factory=lambda: array("B"))
    keys: array[int] = field(default_factory=lambda: array("Q"))
    starts: array[int] = field(default_factory=lambda: array("H"))
    ends: array[int] = field(default_factory=lambda: array("H"))

    def add(self, content: bytes, offset: int) -> None:
        """Add a list as ``packed`` wrote it, whose sections follow ``offset`` others; ValueError where it is none."""
        sections, places, heavy, type_ = _HEAD.unpack_from(content)
        at = _HEAD.size
        parts: list[array[Any]] = []
        kinds = ("I", heavy.decode(), "Q", type_.decode(), type_.decode())
        for kind, count in zip(kinds, (sections, sections, places, places, places), strict=True):
            part: array[Any] = array(kind)
            end = at + count * part.itemsize
            part.frombytes(content[at:end])
            parts.append(part)
            at = end
        if at != len(content) or len(parts[-1]) != places:
            raise ValueError(len(content))
        if offset:
            parts[0] = array("I", map(offset.__add__, parts[0]))
            parts[2] = array("Q", map((offset << SHIFT).__add__, parts[2]))
        mine: tuple[array[Any], ...] = (self.sections, self.weights, self.keys, self.starts, self.ends)
        joined = (_joined(one, two) for one, two in zip(mine, parts, strict=True))
        self.sections, self.weights, self.keys, self.starts, self.ends = joined

    def without(self, removed: Collection[int]) -> Postings:
        """Return itself after the sections ``removed`` were taken out."""
        for section in sorted(set(removed).intersection(self.sections), reverse=True) if removed else ():
            at, here = bisect_left(self.sections, section), self._here(section)
            del self.sections[at], self.weights[at], self.keys[here], self.starts[here], self.ends[here]
        return self

    def by_section(self) -> dict[int, float]:
        """Return the weights by section."""
        return dict(zip(self.sections, self.weights, strict=True))

    def term(self, section: int) -> Term:
        """Return where the form stands in a section, without its weight; nowhere if it is not there."""
        here, first = self._here(section), section << SHIFT
        return Term([key - first for key in self.keys[here]], self.starts[here], self.ends[here])

    def value(self, section: int) -> bytes:
        """Return what ``written`` made of the form in a section."""
        term = self.term(section)
        return _value(term.positions, term.starts, term.ends) if term.positions else b""

    def _here(self, section: int) -> slice:
        """Return where the places of a section are."""
        first = bisect_left(self.keys, section << SHIFT)
        return slice(first, bisect_left(self.keys, (section + 1) << SHIFT, first))


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


def _value(positions: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> bytes:
    """Return places as one row of numbers, by position."""
    if len(positions) > 1:
        positions, starts, ends = zip(*sorted(zip(positions, starts, ends, strict=True)), strict=True)
    return array("I", [*positions, *starts, *ends]).tobytes()


def _joined(one: array[Any], two: array[Any]) -> array[Any]:
    """Return two rows of numbers as one, of whichever type holds both."""
    if not one:
        return two
    if one.typecode == two.typecode:
        return one + two
    return array(max(one.typecode, two.typecode), [*one, *two])


def _cost(postings: Postings) -> int:
    """Return as how many places a list counts."""
    return len(postings.keys) + _BOOKKEEPING
