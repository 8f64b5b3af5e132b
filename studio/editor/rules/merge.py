"""Bring together what two people made of one text: nothing is refused, and where they touch, both are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.guides.rules.worddiff import Replacement, applied, replacements
from studio.rendering.words import tokens

CONTEXT: Final = 60
"""Characters shown on each side of a passage, within its line."""


@dataclass(frozen=True, slots=True)
class Touching:
    """A passage that both changed. ``merged`` is what stands there now, None where that cannot be told."""

    theirs: str
    mine: str
    merged: str | None
    before: str = ""
    """A few words that stand before the passage now; so ``after``."""
    after: str = ""
    field: str = ""
    """Empty for the text itself, else the field's name."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be typed into the base, what comes out of it, and where both wrote at the same place."""

    edits: tuple[Replacement, ...]
    text: str
    touching: tuple[Touching, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Changes of both that touch each other."""

    theirs: tuple[Replacement, ...]
    mine: tuple[Replacement, ...]

    @property
    def start(self) -> int:
        return min(one.start for one in (*self.theirs, *self.mine))

    @property
    def end(self) -> int:
        return max(one.end for one in (*self.theirs, *self.mine))


def merge(base: str, theirs: str, mine: str) -> Merged:
    """Merge ``mine`` and ``theirs``, both made from ``base``; line ends come out as LF.

    What goes in either goes; what comes in either comes, theirs first where both write at the same place. A change that
    both made alike is made once.
    """
    base, theirs, mine = _lf(base), _lf(theirs), _lf(mine)
    their_changes = replacements(base, theirs)
    made = set(their_changes)
    my_changes = [one for one in replacements(base, mine) if one not in made]
    edits = [_apart(one, their_changes) for one in my_changes]
    groups = [group for group in _groups(base, their_changes, my_changes) if group.theirs and group.mine]
    text, places = _woven(base, [*their_changes, *edits])
    return Merged(tuple(edits), text, tuple(_shown(base, text, places, group) for group in groups))


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _apart(edit: Replacement, theirs: Sequence[Replacement]) -> Replacement:
    """Return ``edit`` with a space where its words would grow together with theirs."""
    new = edit.new
    for other in theirs:
        first, second = (other, edit) if other.start <= edit.start else (edit, other)
        if first.end < second.start or not (first.new and second.new):
            continue
        if not first.new[-1].isspace() and len(tokens(first.new[-1] + second.new[0])) == 1:
            new = f" {new}" if second is edit else f"{new} "
    return Replacement(edit.start, edit.end, new)


def _groups(base: str, theirs: Sequence[Replacement], mine: Sequence[Replacement]) -> Iterator[_Group]:
    """Yield the changes of both in order, those that touch together."""
    every = sorted([(one, True) for one in theirs] + [(one, False) for one in mine], key=lambda two: two[0].start)
    open_group: list[tuple[Replacement, bool]] = []
    end = 0
    for one, is_theirs in every:
        if open_group and not _touch(base, end, one.start):
            yield _group(open_group)
            open_group = []
        open_group.append((one, is_theirs))
        end = max(end, one.end) if len(open_group) > 1 else one.end
    if open_group:
        yield _group(open_group)


def _group(changes: Sequence[tuple[Replacement, bool]]) -> _Group:
    theirs = tuple(one for one, is_theirs in changes if is_theirs)
    return _Group(theirs, tuple(one for one, is_theirs in changes if not is_theirs))


def _touch(base: str, end: int, start: int) -> bool:
    """Whether no word and no line end stands between two changes."""
    between = base[end:start] if start > end else ""
    return "\n" not in between and not any(letter.isalnum() for letter in between)


def _woven(base: str, changes: Sequence[Replacement]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return ``base`` with all ``changes``, and for each of their edges where what comes there begins and ends."""
    coming, depth = dict[int, str](), Counter[int]()
    for one in changes:
        coming[one.start] = coming.get(one.start, "") + one.new
        depth[one.start] += 1
        depth[one.end] -= 1
    edges = sorted({0, *depth})
    parts, places, length, gone = list[str](), dict[int, tuple[int, int]](), 0, 0
    for at, following in zip(edges, [*edges[1:], len(base)], strict=True):
        new = coming.get(at, "")
        gone += depth[at]
        places[at] = length, length + len(new)
        parts.append(new if gone else new + base[at:following])
        length += len(parts[-1])
    return "".join(parts), places


def _shown(base: str, text: str, places: Mapping[int, tuple[int, int]], group: _Group) -> Touching:
    start, end = group.start, group.end
    old = base[start:end]
    first, last = places[start][0], places[end][1]
    return Touching(
        theirs=applied(old, _moved(group.theirs, start)),
        mine=applied(old, _moved(group.mine, start)),
        merged=text[first:last],
        before=text[max(0, first - CONTEXT) : first].rpartition("\n")[2],
        after=text[last : last + CONTEXT].partition("\n")[0],
    )


def _moved(changes: Sequence[Replacement], by: int) -> list[Replacement]:
    return [Replacement(one.start - by, one.end - by, one.new) for one in changes]
