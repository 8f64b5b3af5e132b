"""A suggestion as hunks: what belongs together, and whether a hunk still fits the text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from studio.guides.rules.anchoring import Place
from studio.guides.rules.worddiff import Replacement, applied, replacements
from studio.rendering.words import tokens

_PARTS: Final = frozenset("\n.!?:;…。！？；：،؛؟")
"""What ends a line, a sentence or a part of one."""


class HunkState(StrEnum):
    """What became of a hunk. An open one whose words changed meanwhile is stale; that is seen, not written down."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    STALE = "stale"


def hunks(base: str, proposal: str) -> list[Replacement]:
    """Return what ``proposal`` changes in ``base``, by words; changes close beside each other are one hunk."""
    groups = list[list[Replacement]]()
    for one in replacements(base, proposal):
        if groups and _close(base[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_joined(base, group) for group in groups]


def typed(place: Place, old: str, new: str) -> list[Replacement]:
    """Return what is to be typed for a hunk that stands at ``place``: only the words of it that differ."""
    return [Replacement(place.start + one.start, place.start + one.end, one.new) for one in replacements(old, new)]


def fits(text: str, place: Place, old: str, before: str, after: str) -> bool:
    """Whether a hunk can be typed into ``text`` as it was meant.

    Its old words must stand at its place; an insertion must stand between the same two words of its line.
    """
    if place.gone:
        return False
    if old:
        return text[place.start : place.end] == old
    return text.endswith(_last_word(before), 0, place.start) and text.startswith(_first_word(after), place.end)


def _close(between: str) -> bool:
    """Whether no more than one word stands between two changes of one sentence; they are decided together."""
    return _PARTS.isdisjoint(between) and sum(word[0].isalnum() for word in tokens(between)) <= 1


def _joined(base: str, group: Sequence[Replacement]) -> Replacement:
    start, end = group[0].start, group[-1].end
    inside = [Replacement(one.start - start, one.end - start, one.new) for one in group]
    return Replacement(start, end, applied(base[start:end], inside))


def _last_word(before: str) -> str:
    """Return the last word of the line that ``before`` ends in, with the space after it; nothing at a line's start."""
    words = tokens(before.rpartition("\n")[2])
    told = [place for place, word in enumerate(words) if not word.isspace()]
    return "".join(words[told[-1] :]) if told else ""


def _first_word(after: str) -> str:
    words = tokens(after.partition("\n")[0])
    told = [place for place, word in enumerate(words) if not word.isspace()]
    return "".join(words[: told[0] + 1]) if told else ""
