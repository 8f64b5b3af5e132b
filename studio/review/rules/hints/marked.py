"""Passages marked for cards: too long to be read or drawn, without words, where none is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from studio.core.locales import language
from studio.core.words import N_, Message
from studio.rendering.boxes import card_of
from studio.rendering.prose import Passage
from studio.rendering.rendered import FIGURE_LETTERS, MOST_MARKED
from studio.review.rules.hints.hint import Hint, Kind
from studio.review.rules.hints.part import Part

ROOM: Final = {"quote": (240, 420), "step": (160, 360), "number": (150, 340)}
"""Letters that can be read with ease on a card, and those that can be drawn on it: measured with what draws them."""
ROOM_OF_IDEOGRAPHS: Final = {"quote": (110, 210), "step": (90, 180), "number": (90, 150)}
_PARAGRAPH: Final = 0.08
"""What each further paragraph takes of the room."""
_BEFORE: Final = "> \t-*+0123456789.)"
"""Signs of lists and quotations that may stand before a mark."""
_STRONG: Final = re.compile(r"\*\*|__")

_LONG: Final = N_("This is much for a card: its letters become small. Perhaps mark fewer words.")
_TOO_LONG: Final = N_(
    "This does not fit on a card, so it cannot be published. Mark fewer words, or take the mark away."
)
_EMPTY: Final = N_("Here is a mark for a card without words, so no card is made. Put words in, or take the mark away.")
_FIGURE: Final = N_("The card with a number needs its number: make it strong, like **4 out of 5**.")
_MANY: Final = N_("There are {n} cards with this one; only the first {most} passages become cards.")
_INSIDE: Final = N_("No card comes from a mark inside a list, a quotation or a box. Let it stand by itself.")


def cards(part: Part, code: str) -> Iterator[Hint]:
    """Yield a hint for each mark that makes no good card, in the order of the text."""
    spaces = not language(code).ideographic
    made = 0
    for passage in part.prose.passages:
        source = part.prose.source[passage.start : passage.end].lstrip()
        sort = card_of(source.split("\n", 1)[0].strip())
        if not sort:
            yield from _inside(part, passage)
            continue
        lines = _lines(part, passage)
        steps = lines if sort == "step" and _is_list(source) else [" ".join(lines)]
        made += len(steps)
        sentence = _trouble(sort, lines, steps, source, ROOM if spaces else ROOM_OF_IDEOGRAPHS)
        if sentence:
            kind = Kind.MARKED if sentence is _TOO_LONG else Kind.CARD
            yield part.hint(kind, _span(passage), sentence, words=" ".join(lines)[:80])
        elif made > MOST_MARKED >= made - len(steps):
            yield part.hint(Kind.CARD, _span(passage), N_(_MANY.text, n=made, most=MOST_MARKED))


def _trouble(
    sort: str, lines: list[str], steps: list[str], source: str, room: dict[str, tuple[int, int]]
) -> Message | None:
    if not lines:
        return _EMPTY
    readable, drawn = room[sort]
    more = 1 + _PARAGRAPH * (len(lines) - 1 if len(steps) == 1 else 0)
    longest = max(map(len, steps)) * more
    if longest > drawn:
        return _TOO_LONG
    if sort == "number" and not _STRONG.search(source) and not (len(lines) > 1 and len(lines[0]) <= FIGURE_LETTERS):
        return _FIGURE
    return _LONG if longest > readable else None


def _lines(part: Part, passage: Passage) -> list[str]:
    units = [one for one in part.prose.units if passage.start <= one.start < passage.end]
    said = (" ".join(part.prose.said[one.start : one.end].split()) for one in units)
    return [words for words in said if words]


def _is_list(source: str) -> bool:
    inside = [line for line in source.split("\n")[1:] if line.strip()]
    return bool(inside) and bool(re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", inside[0]))


def _inside(part: Part, passage: Passage) -> Iterator[Hint]:
    if passage.kind not in ("list", "quote", "box", "definitions"):
        return
    at = passage.start
    for line in part.prose.source[passage.start : passage.end].splitlines(keepends=True):
        if card_of(line.lstrip(_BEFORE).rstrip()):
            yield part.hint(Kind.CARD, (at, at + len(line.rstrip())), _INSIDE)
        at += len(line)


def _span(passage: Passage) -> tuple[int, int]:
    return passage.start, min(passage.end, passage.start + 80)
