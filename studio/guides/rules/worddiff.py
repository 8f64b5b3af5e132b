"""What changed between two texts, in words: first by lines, then by words inside the lines that differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from studio.rendering.words import tokens

LARGE: Final = 40_000
"""Words on one side times words on the other above which a passage is parted before it is compared exhaustively."""
LARGEST: Final = 160_000
"""The same for a passage that repeats itself so much that it cannot be parted; beyond, it counts as rewritten."""
ANCHOR: Final = 6
"""As many words, spaces counted, make a place in a text that can be found again."""
KindOfPiece = Literal["same", "del", "ins"]
Run = tuple[bool, Sequence[str], Sequence[str]]
"""Whether it is the same, and what stands there before and after."""
_Chain: TypeAlias = "tuple[int, _Chain | None]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: KindOfPiece
    text: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Code points ``start`` to ``end`` of the text before became ``new``."""

    start: int
    end: int
    new: str


def diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in reading order; what went stands before what came in its place."""
    pieces, at = list[Piece](), 0
    for one in replacements(before, after):
        pieces += [Piece("same", before[at : one.start]), Piece("del", before[one.start : one.end])]
        pieces.append(Piece("ins", one.new))
        at = one.end
    return [piece for piece in (*pieces, Piece("same", before[at:])) if piece.text]


def replacements(before: str, after: str) -> list[Replacement]:
    """Return what turns ``before`` into ``after``, in order and apart from each other."""
    found = list[Replacement]()
    old_lines, new_lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    at = 0
    for same, old, new in _runs(old_lines, new_lines):
        old_text, new_text = "".join(old), "".join(new)
        if not same:
            found.extend(_by_words(at, old_text, new_text))
        at += len(old_text)
    return found


def applied(text: str, changes: Sequence[Replacement]) -> str:
    """Return ``text`` after ``changes``, which are counted in the text before them."""
    parts, at = list[str](), 0
    for one in changes:
        parts += [text[at : one.start], one.new]
        at = one.end
    return "".join([*parts, text[at:]])


def _by_words(at: int, old: str, new: str) -> Iterator[Replacement]:
    for same, went, came in _runs(tokens(old), tokens(new)):
        size = sum(map(len, went))
        if not same:
            yield Replacement(at, at + size, "".join(came))
        at += size


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield what is the same and what differs, in order."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    if start:
        yield True, old[:start], new[:start]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) > LARGE:
        yield from _between_anchors(middle_old, middle_new)
    elif middle_old or middle_new:
        yield from _matched(middle_old, middle_new)
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Compare exhaustively, by words: white space alone would hold two rewritten sentences together.

    Both begin and end with different words.
    """
    a = c = 0
    for b, d, size in _stretches(old, new):
        yield False, old[a:b], new[c:d]
        yield True, old[b : b + size], new[d : d + size]
        a, c = b + size, d + size
    yield False, old[a:], new[c:]


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where the same words begin on both sides, with the white space beside them, and how many they are."""
    ours, theirs = ([place for place, word in enumerate(words) if not word.isspace()] for words in (old, new))
    b = d = a = c = 0
    for one, two in reversed(_kept([old[place] for place in ours], [new[place] for place in theirs])):
        i, j = ours[one], theirs[two]
        back = i > a and j > c and _same_space(old[i - 1], new[j - 1])
        if a > b and i - back > a and j - back > c and _same_space(old[a], new[c]):
            a, c = a + 1, c + 1
        if (i - back, j - back) != (a, c):
            if a > b:
                yield b, d, a - b
            b, d = i - back, j - back
        a, c = i + 1, j + 1
    if a > b:
        on = a < len(old) and c < len(new) and _same_space(old[a], new[c])
        yield b, d, a + on - b


def _same_space(one: str, two: str) -> bool:
    return one == two and one.isspace()


def _kept(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of as many words as can be found in the same order on both sides, the last first.

    Rows of the table of longest common subsequences are kept as the bits of one number: a bit that is not set says that
    with this word of ``old`` one more word is common (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004).
    """
    places = dict[str, int]()
    for at, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(old)) - 1
    rows = [full]
    for word in new:
        row = rows[-1]
        both = row & places.get(word, 0)
        rows.append((row + both | row - both) & full if both else row)
    found, one, two = list[tuple[int, int]](), len(old), len(new)
    while one and two:
        bit = 1 << one - 1
        if rows[two] & bit:
            one -= 1
        elif not rows[two - 1] & bit:
            two -= 1
        else:
            one, two = one - 1, two - 1
            found.append((one, two))
    return found


def _between_anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Part a long passage at what stands once in both."""
    anchors = _anchors(old, new)
    if not anchors:
        yield from _matched(old, new) if len(old) * len(new) <= LARGEST else [(False, old, new)]
        return
    a = c = 0
    for b, d in [*anchors, (len(old), len(new))]:
        if b > a or d > c:
            yield from _runs(old[a:b], new[c:d])
        if b < len(old):
            yield True, old[b : b + 1], new[d : d + 1]
        a, c = b + 1, d + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places, rising in both, from where the same few words go on that stand nowhere else."""
    there = _once(new)
    pairs = [(place, there[words]) for words, place in _once(old).items() if words in there]
    return [pairs[place] for place in rising([other for _, other in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """Return the places of the longest run of numbers, each larger than the one before, others left out between."""
    ends, chains = list[int](), list[_Chain]()
    for place, number in enumerate(numbers):
        at = bisect_left(ends, number)
        chain: _Chain = (place, chains[at - 1] if at else None)
        ends[at : at + 1], chains[at : at + 1] = [number], [chain]
    found, last = list[int](), chains[-1] if chains else None
    while last:
        found.append(last[0])
        last = last[1]
    return found[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - ANCHOR + 1):
        key = tuple(words[at : at + ANCHOR])
        places[key] = -1 if key in places else at
    return {key: at for key, at in places.items() if at >= 0}


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count
