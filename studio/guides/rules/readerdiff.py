"""What changed between two texts, for reading: by whole numbers, words, links and phrases, not by parts of them."""

from __future__ import annotations

import re
from typing import Final

from studio.core.locales import Language
from studio.guides.rules.weighty import LINK, LINK_SIGNS, NUMBER
from studio.guides.rules.worddiff import Piece, Replacement, replacements
from studio.rendering.phrases import phrases
from studio.rendering.words import SINGLE

_AROUND: Final = 40
"""Characters on each side of a change in which the words that it cuts are looked for."""
_FLAG: Final = r"\U0001f3f4[\U000e0020-\U000e007f]+"
_LETTER: Final = rf"[^\W\d_{SINGLE}]"
_WORDS: Final = rf"{_FLAG}|{NUMBER.pattern}{_LETTER}*|{_LETTER}+(?:['’]{_LETTER}+)+"
_WHOLE: Final = re.compile(_WORDS)
_WHOLE_OR_LINK: Final = re.compile(f"{LINK.pattern}|{_WORDS}", re.MULTILINE)
_RUN: Final = re.compile(f"[{SINGLE}]{{2,}}")


def reading_pieces(before: str, after: str, language: Language) -> list[Piece]:
    """Return the pieces of both texts in reading order; what went stands before what came in its place."""
    pieces, at = list[Piece](), 0
    for one in whole_changes(before, after, language):
        pieces += [Piece("same", before[at : one.start]), Piece("del", before[one.start : one.end])]
        pieces.append(Piece("ins", one.new))
        at = one.end
    return [piece for piece in (*pieces, Piece("same", before[at:])) if piece.text]


def whole_changes(before: str, after: str, language: Language) -> list[Replacement]:
    """Return what turns ``before`` into ``after`` without cutting a number, a word, a link or a phrase in two."""
    spans = list[tuple[int, int, int, int]]()
    shift = 0
    for one in replacements(before, after):
        start = one.start + shift
        spans.append((one.start, one.end, start, start + len(one.new)))
        shift += len(one.new) - (one.end - one.start)
    widened = _Widening(before, after, language, spans).all()
    return [Replacement(a, b, after[c:d]) for a, b, c, d in widened]


class _Widening:
    def __init__(self, before: str, after: str, language: Language, spans: list[tuple[int, int, int, int]]) -> None:
        self.before, self.after, self.language, self.spans = before, after, language, spans
        self.linked = {text: LINK_SIGNS.search(text) is not None for text in (before, after)}

    def all(self) -> list[tuple[int, int, int, int]]:
        """Widen every span over what it cuts, and join those that then touch or have but a space between them."""
        found = list[tuple[int, int, int, int]]()
        for place, span in enumerate(self.spans):
            end = found[-1][1] if found else 0
            next_start = self.spans[place + 1][0] if place + 1 < len(self.spans) else len(self.before)
            a, b, c, d = self._widened(span, span[0] - end, next_start - span[1])
            if found and self._joins(found[-1], (a, b, c, d)):
                first = found.pop()
                a, c = first[0], first[2]
            found.append((a, b, c, d))
        return found

    def _widened(self, span: tuple[int, int, int, int], before: int, after: int) -> tuple[int, int, int, int]:
        """Widen one span; ``before`` and ``after``: how much stands there that did not change."""
        a, b, c, d = span
        while True:
            (back, ahead), (back_too, ahead_too) = self._cut(self.before, a, b), self._cut(self.after, c, d)
            back, ahead = max(back, back_too), max(ahead, ahead_too)
            back, ahead = min(back, before - (span[0] - a)), min(ahead, after - (b - span[1]))
            if back <= 0 and ahead <= 0:
                return a, b, c, d
            a, b, c, d = a - back, b + ahead, c - back, d + ahead

    def _cut(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return how far the edges have to go out so that no number, word, link or phrase is cut."""
        linked = self.linked[text]
        if not (linked or _inside(text, start) or _inside(text, end)):
            return 0, 0
        wholes = _wholes(text, start, end, self.language, linked=linked)
        back = max((start - first for first, last in wholes if first < start < last), default=0)
        ahead = max((last - end for first, last in wholes if first < end < last), default=0)
        return back, ahead

    def _joins(self, first: tuple[int, int, int, int], second: tuple[int, int, int, int]) -> bool:
        gap = self.before[first[1] : second[0]]
        if not gap:
            return True
        both = all(span[0] < span[1] and span[2] < span[3] for span in (first, second))
        return both and gap.isspace() and "\n" not in gap


def _inside(text: str, edge: int) -> bool:
    """Whether ``edge`` may stand within a word, a number or a phrase: none of them holds white space."""
    return 0 < edge < len(text) and not (text[edge - 1].isspace() or text[edge].isspace())


def _wholes(text: str, start: int, end: int, language: Language, *, linked: bool) -> list[tuple[int, int]]:
    """Return the numbers, words, links and phrases around a change from ``start`` to ``end`` that it may cut."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    part = text[first:last]
    whole = _WHOLE_OR_LINK if linked and LINK_SIGNS.search(part) else _WHOLE
    found = [
        (first + one.start() + back, first + one.end() - ahead)
        for one in whole.finditer(part)
        for back, ahead in (_brackets(one[0]),)
    ]
    for run in _RUN.finditer(part):
        at = first + run.start()
        for phrase in phrases(run[0], language):
            found.append((at, at + len(phrase)))
            at += len(phrase)
    return found


def _brackets(whole: str) -> tuple[int, int]:
    """Return how much stands around the address of a link that has words: it stays with those."""
    return (2, 1) if whole.startswith("](") else (0, 0)
