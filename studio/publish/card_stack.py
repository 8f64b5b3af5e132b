"""The words of a passage on a card: paragraphs below each other, as large as the room lets them be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language
from studio.publish.card_layout import Placed
from studio.publish.pango import Sheet, Style
from studio.publish.phrases import glued, softened, whole_numbers
from studio.rendering.bidi import isolate_plain

READABLE: Final = 40
"""Least size of the words of a passage in pixels: about 13 on a phone, which shows a card at a third of its size."""
SMALLEST: Final = 30
"""Below this no passage is drawn: ten pixels on a phone."""
_PARAGRAPH: Final = 0.5
_SAVES_A_LINE: Final = 0.86


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts of a card: its size in units of the common one, held between ``least`` and ``most`` pixels."""

    text: str
    bold: bool = False
    scale: float = 1.0
    least: int = 0
    most: int = 999
    gap: float = 0.0
    """Room above it, in units of its size; none above the first."""
    plain: bool = False
    """Whether it is set as it stands: an address that has its direction already."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts as they are placed, each with the room above it in pixels."""

    placed: tuple[Placed, ...]
    gaps: tuple[int, ...]
    size: int
    """The common size of type."""
    most: int
    """The largest that it might have been."""

    @property
    def height(self) -> int:
        """Height of all, gaps included."""
        return sum(one.extent.height for one in self.placed) + sum(self.gaps)


def paragraphs(words: str, *, bold: bool = False, gap: float = _PARAGRAPH) -> list[Part]:
    """Return the parts of words that hold a line for each paragraph."""
    return [Part(line, bold, gap=gap) for line in words.split("\n") if line]


def stacked(
    sheet: Sheet,
    parts: Sequence[Part],
    language: Language,
    width: int,
    height: int,
    largest: int,
    least: int = SMALLEST,
) -> Stack | None:
    """Return ``parts`` at the largest size up to ``largest`` at which they fit; None where they do not at ``least``.

    Words keep whole as long as that leaves them readable; then they are parted as their language does it, and at last
    anywhere.
    """
    best = None
    for step in range(3):
        sheet.break_words(step == 2)  # noqa: PLR2004 - the last of the three
        room = _Room(
            sheet, language, width, height, [_shown(part, language, step) for part in parts], parts, least, largest
        )
        found = room.largest()
        if found and (best is None or found.size > best.size):
            best = found
        if best and best.size >= min(READABLE, largest):
            break
    sheet.break_words(False)  # noqa: FBT003 - the common way
    return best


def _shown(part: Part, language: Language, step: int) -> str:
    if part.plain:
        return part.text
    text = whole_numbers(isolate_plain(part.text, language))
    return softened(text, language) if step == 1 else text if step else glued(text, language)


@dataclass(frozen=True, slots=True)
class _Room:
    sheet: Sheet
    language: Language
    width: int
    height: int
    texts: list[str]
    parts: Sequence[Part]
    least: int
    most: int

    def largest(self) -> Stack | None:
        best = self._search(self.least, self.most, None)
        if best:
            lines = self._lines(best)
            # One line less at nearly the same size leaves nothing alone on a last line.
            fewer = self._search(int(best.size * _SAVES_A_LINE), best.size - 1, lines - 1) if lines > 1 else None
            best = self._balanced(fewer if fewer and fewer.size >= min(READABLE, best.size) else best)
        return best

    def _search(self, low: int, high: int, lines: int | None) -> Stack | None:
        best = None
        while low <= high:
            middle = (low + high) // 2
            stack = self._set(middle)
            wide = any(one.extent.width > self.width for one in stack.placed)
            if stack.height <= self.height and not wide and (lines is None or self._lines(stack) <= lines):
                best, low = stack, middle + 1
            else:
                high = middle - 1
        return best

    @staticmethod
    def _lines(stack: Stack) -> int:
        return sum(one.extent.lines for one in stack.placed)

    def _set(self, size: int) -> Stack:
        placed, gaps = list[Placed](), list[int]()
        for text, part in zip(self.texts, self.parts, strict=True):
            own = max(part.least, min(part.most, round(size * part.scale)))
            style = Style(own, part.bold, self._leading(part))
            gaps.append(round(own * part.gap) if placed else 0)
            placed.append(Placed(text, style, self.width, self.sheet.measure(text, style, self.width)))
        return Stack(tuple(placed), tuple(gaps), size, self.most)

    def _leading(self, part: Part) -> float:
        if self.language.rtl:
            return 1.5
        if self.language.ideographic:
            return 1.38
        return 1.18 if part.bold else 1.3

    def _balanced(self, stack: Stack) -> Stack:
        return Stack(tuple(map(self._narrowed, stack.placed)), stack.gaps, stack.size, stack.most)

    def _narrowed(self, one: Placed) -> Placed:
        width = self.sheet.balanced_width(one.text, one.style, one.width)
        return Placed(one.text, one.style, width, self.sheet.measure(one.text, one.style, width))
