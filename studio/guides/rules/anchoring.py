"""Where the words that somebody pointed at stand after a text has changed; all counted in code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from studio.guides.rules.worddiff import Replacement

Step: TypeAlias = tuple[Literal["keep", "insert", "delete"], int]
"""One step of a change: how many code points are kept, inserted or deleted."""
CONTEXT: Final = 24
"""Code points remembered on each side of a passage, by which it is told from another one of the same words."""
TELLING: Final = 12
"""As many of them, nearest to the passage, must be the same."""
NEAR: Final = 4_000
"""A passage that was deleted and came back is looked for so far from where it stood, to either side."""


@dataclass(frozen=True, slots=True)
class Change:
    """Code points ``start`` to ``end`` of the text before went, and ``size`` new ones stand there."""

    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands; ``gone`` when all of it was deleted, and then ``start`` is where it stood."""

    start: int
    end: int
    gone: bool = False


def changes_of(steps: Iterable[Step]) -> list[Change]:
    """Return the changes that ``steps`` make: what touches is one change, whichever came first of going and coming."""
    found, at, start, size = list[Change](), 0, 0, 0
    for kind, count in (*steps, ("keep", 1)):
        if kind == "insert":
            size += count
        elif kind == "delete":
            at += count
        elif count:
            if at > start or size:
                found.append(Change(start, at, size))
            at += count
            start, size = at, 0
    return found


def changes_by(replacements: Iterable[Replacement]) -> list[Change]:
    """Return the changes that ``replacements``, in order and apart, make."""
    return [Change(one.start, one.end, len(one.new)) for one in replacements]


def moved(place: Place, changes: Sequence[Change]) -> Place:
    """Return where a passage stands after ``changes``: what is written at either of its edges is not part of it.

    A passage without words, the place of an insertion, goes after what is written there, and is gone when the words
    on both sides of it went in one act.
    """
    start = _right(place.start, changes)
    if place.start == place.end:
        inside = any(one.start < place.start < one.end for one in changes)
        return Place(start, start, place.gone or inside)
    end = _left(place.end, changes)
    return Place(start, end) if start < end else Place(end, end, gone=True)


def _right(at: int, changes: Iterable[Change]) -> int:
    by = 0
    for one in changes:
        if one.start > at:
            break
        if one.end >= at:
            return one.start + one.size + by
        by += one.size - (one.end - one.start)
    return at + by


def _left(at: int, changes: Iterable[Change]) -> int:
    by = 0
    for one in changes:
        if one.start >= at:
            break
        if one.end >= at:
            return one.start + by
        by += one.size - (one.end - one.start)
    return at + by


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a passage, as far as it is remembered."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def found_again(text: str, quote: str, before: str, after: str, near: int) -> Place | None:
    """Return where ``quote`` stands again near its old place, beside the same words; None where that is not one place.

    Both sides tell better than one; a passage with neither, or two that fit alike, is not guessed.
    """
    fits: dict[int, list[int]] = {}
    for start in _occurrences(text, quote, max(0, near - NEAR), near + NEAR + len(quote)):
        end = start + len(quote)
        told = _ends_alike(text, start, before) + _begins_alike(text, end, after)
        fits.setdefault(told, []).append(start)
    best = max(fits, default=0)
    if not best or len(fits[best]) > 1:
        return None
    return Place(fits[best][0], fits[best][0] + len(quote))


def nearest(text: str, quote: str, near: int) -> Place | None:
    """Return where ``quote`` stands nearest to ``near``; None where it does not stand in ``text``."""
    starts = _occurrences(text, quote, 0, len(text))
    at = min(starts, key=lambda start: (abs(start - near), start), default=None)
    return None if at is None else Place(at, at + len(quote))


def _occurrences(text: str, quote: str, first: int, last: int) -> Iterator[int]:
    at = text.find(quote, first, last) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1, last)


def _ends_alike(text: str, at: int, before: str) -> bool:
    """Whether the same words end at ``at``; where that was the text's beginning, it must be so."""
    return text.endswith(before[-TELLING:], 0, at) if before else at == 0


def _begins_alike(text: str, at: int, after: str) -> bool:
    return text.startswith(after[:TELLING], at) if after else at == len(text)
