"""What changed between two texts, in words: first by lines, then by words inside the lines that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from studio.rendering.words import tokens

LARGEST: Final = 4_000_000
"""Words on one side times words on the other above which a passage counts as wholly rewritten."""
KindOfPiece = Literal["same", "del", "ins"]


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
        _add(pieces, "same", before[at : one.start])
        _add(pieces, "del", before[one.start : one.end])
        _add(pieces, "ins", one.new)
        at = one.end
    _add(pieces, "same", before[at:])
    return pieces


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
    old_words, new_words = tokens(old), tokens(new)
    if len(old_words) * len(new_words) > LARGEST:
        yield Replacement(at, at + len(old), new)
        return
    for same, went, came in _runs(old_words, new_words):
        size = sum(map(len, went))
        if not same:
            yield Replacement(at, at + size, "".join(came))
        at += size


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    if start:
        yield True, old[:start], new[:start]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if middle_old or middle_new:
        for tag, a, b, c, d in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            yield tag == "equal", middle_old[a:b], middle_new[c:d]
    if end:
        yield True, old[len(old) - end :], new[len(new) - end :]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _add(pieces: list[Piece], kind: KindOfPiece, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind, pieces[-1].text + text)
    else:
        pieces.append(Piece(kind, text))
