"""What must not hide in a change: numbers, units, no and not, duty, names, links, and what the eye is deceived by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from studio.core.locales import Language
from studio.guides.rules.lookalikes import pass_for, same_letters
from studio.guides.rules.spelling_words import NEGATING_PREFIXES, NEGATING_STEMS
from studio.guides.rules.weighty import turned
from studio.guides.rules.weightymarks import Mark, Tells, marks
from studio.guides.rules.worddiff import Piece

_OF_WHOLE: Final = (Tells.NUMBER, Tells.UNIT, Tells.LINK, Tells.UNSEEN, Tells.TWIN, Tells.IMAGE)
"""What is called out where a passage came or went as a whole, and is read as a whole."""


SHORTEST_STEM: Final = 3
"""Letters of a word before which a syllable turns it into its contrary."""


@dataclass(frozen=True, slots=True)
class CallOut:
    """Something that carries weight and changed: what stood there, and what stands there now.

    ``same``: both mean the same to a machine, such as a number in other digits, or letters stored in another way.
    """

    tells: Tells
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    same: bool = False


def call_outs(before: str, after: str, pieces: Sequence[Piece], language: Language) -> list[CallOut]:
    """Return what carries weight in a change from ``before`` to ``after``, of which ``pieces`` are the words."""
    old, new = marks(before, language), marks(after, language)
    found = [one for tells in Tells for one in _differing(tells, old[tells], new[tells])]
    found += [one for one in _words(pieces, language) if one not in found]
    return list(_once(found))


def call_outs_of_whole(text: str, language: Language, *, gone: bool = False) -> list[CallOut]:
    """Return what carries weight in a passage that came or went as a whole."""
    there = marks(text, language)
    kept = {tells: tuple(dict.fromkeys(one.shown for one in there[tells])) for tells in _OF_WHOLE}
    kept[Tells.UNIT] = tuple(one for one in kept[Tells.UNIT] if one not in kept[Tells.NUMBER])
    return [CallOut(tells, *((shown, ()) if gone else ((), shown))) for tells, shown in kept.items() if shown]


def _differing(tells: Tells, old: Sequence[Mark], new: Sequence[Mark]) -> Iterator[CallOut]:
    keys = [one.key for one in old], [one.key for one in new]
    if keys[0] == keys[1]:
        return
    codes = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    apart = [code for code in codes if code[0] != "equal"]
    in_place = [(one, two) for one, two in zip(old, new, strict=False) if one.key != two.key]
    if len(old) == len(new) and len(in_place) <= sum(max(b - a, d - c) for _, a, b, c, d in apart):
        yield from (_pair(tells, one, two) for one, two in in_place)
        return
    for _, a, b, c, d in apart:
        if b - a == d - c:
            yield from (_pair(tells, *two) for two in zip(old[a:b], new[c:d], strict=True))
        else:
            yield CallOut(tells, _shown(old[a:b]), _shown(new[c:d]))


def _shown(some: Iterable[Mark]) -> tuple[str, ...]:
    return tuple(one.shown for one in some)


def _pair(tells: Tells, one: Mark, two: Mark) -> CallOut:
    same = tells is Tells.NUMBER and _value(one.key) == _value(two.key)
    return CallOut(tells, (one.shown,), (two.shown,), same)


def _value(number: str) -> str:
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in number)


def _words(pieces: Sequence[Piece], language: Language) -> Iterator[CallOut]:
    """Yield what two words tell only beside each other: a contrary, a look-alike, letters stored in another way."""
    for went, came in pairwise(pieces):
        if (went.kind, came.kind) != ("del", "ins"):
            continue
        old, new = went.text.split(), came.text.split()
        if len(old) == len(new):
            for one, two in zip(old, new, strict=True):
                yield from _two_words(one, two, language.code)


def _two_words(one: str, two: str, code: str) -> Iterator[CallOut]:
    if same_letters(one, two):
        yield CallOut(Tells.TWIN, (one,), (two,), same=True)
    elif pass_for(one, two):
        yield CallOut(Tells.TWIN, (one,), (two,))
    elif turned(one, two) or _is_contrary(one.casefold(), two.casefold(), code):
        yield CallOut(Tells.NEGATION, (one,), (two,))


def _is_contrary(one: str, two: str, code: str) -> bool:
    short, long = sorted((one, two), key=len)
    before = (prefix + short for prefix in NEGATING_PREFIXES.get(code, ()) if len(short) >= SHORTEST_STEM)
    behind = (short + ending for ending in NEGATING_STEMS.get(code, ()))
    return long in (*before, *behind)


def _once(found: Sequence[CallOut]) -> Iterator[CallOut]:
    """Leave out a unit that is shown with its number already, and a look-alike that is shown beside what it was."""
    said = set[tuple[tuple[str, ...], tuple[str, ...]]]()
    paired = {word for one in found if one.tells is Tells.TWIN and one.before for word in one.after}
    for one in found:
        alone = one.tells is Tells.TWIN and not one.before and set(one.after) <= paired
        if not alone and (one.before, one.after) not in said:
            said.add((one.before, one.after))
            yield one
