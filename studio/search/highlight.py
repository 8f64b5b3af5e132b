"""Found words in a text as plain segments; whoever shows them makes the marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studio.search.analyzers.asked import Phrase
from studio.search.analyzers.tokens import Token, tokens

Segments = tuple[tuple[str, bool], ...]
"""Pieces of a text in its order, each with whether it was asked for; together they are the text."""

_BEFORE: Final = 60
_LONGEST: Final = 220
_SLACK: Final = 24


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a section: its segments, and whether text was left out before and after."""

    segments: Segments
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        """The words of the excerpt without its marks."""
        return "".join(text for text, _ in self.segments)


def wanted(phrases: Iterable[Phrase]) -> set[str]:
    """Return all forms that make up ``phrases``."""
    return {form for phrase in phrases for step in phrase for form in step.forms}


def spans(found: Iterable[Token], phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
    """Return where ``phrases`` stand, made of the tokens ``found``, in order and without overlaps."""
    places: defaultdict[int, list[Token]] = defaultdict(list)
    for token in found:
        places[token.position].append(token)
    stands = [span for phrase in phrases for at in tuple(places) for span in _stands(phrase, at, places)]
    return _merged(sorted(stands))


def segments(text: str, language: str, phrases: Iterable[Phrase]) -> Segments:
    """Return all of ``text`` in segments; joined they are ``text`` again."""
    asked = list(phrases)
    forms = wanted(asked)
    found = (token for token in tokens(text, language) if token.text in forms)
    return cut(text, spans(found, asked), 0, len(text))


def excerpt(text: str, found: list[tuple[int, int]]) -> Excerpt:
    """Return a passage of at most about 220 characters around the place with most of the spans ``found``."""
    start = _begin(text, _densest(found))
    end = _end(text, min(len(text), start + _LONGEST))
    return Excerpt(cut(text, found, start, end), cut_before=start > 0, cut_after=end < len(text))


def _stands(phrase: Phrase, at: int, places: dict[int, list[Token]]) -> list[tuple[int, int]]:
    """Return the span of ``phrase`` if it begins at position ``at``, else nothing."""
    parts = []
    for step in phrase:
        part = [token for token in places.get(at + step.offset, ()) if token.text in step.forms]
        if not part:
            return []
        parts += part
    return [(min(token.start for token in parts), max(token.end for token in parts))]


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that overlap or touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _densest(found: list[tuple[int, int]]) -> int:
    """Return where the window with the most marks begins; 0 if there are none."""
    best, most = 0, 0
    for at, (start, _) in enumerate(found):
        inside = sum(1 for _, end in found[at : at + 20] if end <= start + _LONGEST - _BEFORE)
        if inside > most:
            best, most = max(0, start - _BEFORE), inside
    return best


def _begin(text: str, start: int) -> int:
    """Return the begin of the first word or sentence after ``start``, if one is near."""
    if start == 0:
        return 0
    near = [at for sign in (*".!?。！？؟\n", " ") if (at := text.find(sign, start, start + _SLACK)) >= 0]
    return next((at + 1 + (text[at + 1 : at + 2] == " ") for at in near), start)


def _end(text: str, end: int) -> int:
    """Return the end of the last whole word before ``end``, if one is near."""
    if end >= len(text):
        return len(text)
    space = max(text.rfind(sign, end - _SLACK, end) for sign in " \n。、，")
    return end if space < 0 else space + (text[space] not in " \n")


def cut(text: str, found: list[tuple[int, int]], start: int, end: int) -> Segments:
    """Return the part of ``text`` between ``start`` and ``end`` in segments."""
    parts, at = [], start
    for first, last in found:
        if first < at or last > end:
            continue
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts.append((text[at:end], False))
    return tuple(part for part in parts if part[0])
