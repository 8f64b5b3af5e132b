"""Where things stand on a card: sizes, and the largest title that fits in height and by its widest word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language
from studio.publish.card_sizes import CardSize
from studio.publish.pango import Extent, Sheet, Style
from studio.publish.phrases import glued, softened, unbroken, whole_numbers
from studio.rendering.bidi import isolate_plain

MOST_LINES: Final = 6
_SMALLEST: Final = 34
_PROBE: Final = 100
_WORTH_WHILE: Final = 0.6
_SAVES_A_LINE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with its style, its width for wrapping and what it takes up."""

    text: str
    style: Style
    width: int
    extent: Extent


@dataclass(frozen=True, slots=True)
class Flow:
    """Title and summary in one column; the summary is left out where both do not fit."""

    title: Placed
    summary: Placed | None
    gap: int

    @property
    def height(self) -> int:
        """Height of the whole column."""
        return self.title.extent.height + (self.gap + self.summary.extent.height if self.summary else 0)


def fit(sheet: Sheet, title: str, summary: str, language: Language, size: CardSize, height: int) -> Flow:
    """Return the column with the largest title at which it stays within ``height`` and each word within a line.

    A very long word makes the title small; then it is parted by hyphens, as its language does.
    """
    frame = Frame(sheet, language, size, height)
    shown = _shown(title, language)
    limit = frame.limit(unbroken(title, language))
    if limit < size.largest * _WORTH_WHILE:
        parted = softened(title, language)
        shown, limit = parted, frame.limit(parted.replace("\u00ad", "- ").split(" "))
    for text in (_shown(summary, language), ""):
        flow = frame.largest(shown, text, limit)
        if flow:
            return flow
    return frame.cut(shown)


def _shown(text: str, language: Language) -> str:
    return glued(whole_numbers(isolate_plain(text, language)), language)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room for a column on a sheet."""

    sheet: Sheet
    language: Language
    size: CardSize
    height: int

    def limit(self, pieces: list[str]) -> int:
        """Return the size of type at which the widest of ``pieces`` fills a line."""
        widest = max(self.sheet.measure(piece.strip(), Style(_PROBE, bold=True)).width for piece in pieces)
        return min(self.size.largest, int(self.size.inner * _PROBE / max(1, widest)))

    def largest(self, title: str, summary: str, limit: int) -> Flow | None:
        """Return the column with the largest title up to ``limit``; a little smaller where that saves a line."""
        best = self._search(title, summary, limit, MOST_LINES)
        if best and best.title.extent.lines > 1:
            fewer = self._search(title, summary, limit, best.title.extent.lines - 1)
            if fewer and fewer.title.style.size >= best.title.style.size * _SAVES_A_LINE:
                best = fewer
        return best and self._balanced(best)

    def _search(self, title: str, summary: str, limit: int, lines: int) -> Flow | None:
        best = None
        low, high = _SMALLEST, limit
        while low <= high:
            middle = (low + high) // 2
            flow = self._flow(title, summary, middle)
            head = flow.title.extent
            if flow.height <= self.height and head.lines <= lines and head.width <= self.size.inner:
                best, low = flow, middle + 1
            else:
                high = middle - 1
        return best

    def _flow(self, title: str, summary: str, points: int) -> Flow:
        loose = self.language.rtl or self.language.ideographic
        head = Style(points, bold=True, leading=1.5 if self.language.rtl else 1.34 if loose else 1.18)
        placed = self._placed(title, head, self.size.inner)
        if not summary:
            return Flow(placed, None, 0)
        small = self.size.small
        text = Style(max(small, min(int(points * 0.42), small * 3 // 2)), leading=1.65 if loose else 1.4)
        return Flow(placed, self._placed(summary, text, self.size.inner), gap=int(points * 0.36))

    def _placed(self, text: str, style: Style, width: int) -> Placed:
        return Placed(text, style, width, self.sheet.measure(text, style, width))

    def _balanced(self, flow: Flow) -> Flow:
        return Flow(self._narrowed(flow.title), flow.summary and self._narrowed(flow.summary), flow.gap)

    def _narrowed(self, placed: Placed) -> Placed:
        width = self.sheet.balanced_width(placed.text, placed.style, placed.width)
        return self._placed(placed.text, placed.style, width)

    def cut(self, title: str) -> Flow:
        """Return as much of a title as fits at the smallest size, ended by dots: nobody should meet this."""
        low, high = 1, len(title)
        while low < high:
            middle = (low + high + 1) // 2
            flow = self._flow(title[:middle] + "…", "", _SMALLEST)
            low, high = (middle, high) if flow.height <= self.height else (low, middle - 1)
        return self._flow(title[:low] + "…", "", _SMALLEST)
