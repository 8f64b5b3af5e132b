"""Page numbers: digits that were laid out once, set at the feet of pages and in the lines of the contents."""

from __future__ import annotations

import re
from typing import Any, Final

import pikepdf
from pikepdf import Array

from studio.core.locales import Language
from studio.publish.collected.stacking import Strip

_MM: Final = 72 / 25.4
_SIDE: Final = 16 * _MM
_BELOW: Final = 11 * _MM
_POINTS: Final = 8
"""Where a page number stands, from the outer edge and the foot, and its size: as in a guide alone."""
_INK: Final = b"0.3137 0.2863 0.349 rg"
FOLIO: Final = "/Folio"
_ENTRY: Final = 10
"""The size of a number before a line of the contents: that of the line."""
_PIXEL: Final = 72 / 96
_BASE: Final = re.compile(rb"1 0 0 -1 [\d.]+ ([\d.]+) Tm")


class Digits:
    """The digits of page numbers: a font in the file, and for each digit its code there and its width."""

    def __init__(self, whole: Any, source: Any) -> None:  # noqa: ANN401 - as above
        """Take them from the page of ``source`` that shows all ten of them."""
        page = source.pages[0]
        codes, name = b"", ""
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "Tf":
                name = str(step.operands[0])
            elif str(step.operator) in ("TJ", "Tj"):
                shown = step.operands[0] if isinstance(step.operands[0], Array) else [step.operands[0]]
                codes += b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
        self.codes = [codes[at : at + 2] for at in range(0, len(codes), 2)]
        if len(self.codes) != 10:  # noqa: PLR2004 - there are ten digits
            raise ValueError("the page of digits does not show each of them once, in one font")
        widths = _widths(page.Resources.Font[name].DescendantFonts[0])
        self.widths = [widths[int.from_bytes(code)] / 1000 for code in self.codes]
        self.font = whole.copy_foreign(page.Resources.Font[name])

    def line(self, number: int, page: Any, language: Language) -> bytes:  # noqa: ANN401 - as above
        """Return the drawing of ``number`` at the outer edge of a page's foot; whoever listens is not told of it."""
        left, right, top = float(page.MediaBox[0]), float(page.MediaBox[2]), float(page.MediaBox[3])
        x = left + _SIDE if language.rtl else right - _SIDE - self._width(number) * _POINTS
        drawn = self._drawn(number, _POINTS, x, _BELOW)
        # The page was drawn from its top; turning it once more undoes that.
        turned = b"q 1 0 0 -1 0 %f cm %b Q" % (top, drawn)
        return b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC %b EMC" % turned

    def entry(self, number: int, line: Strip, page: Any, language: Language) -> bytes:  # noqa: ANN401 - as above
        """Return the drawing of ``number`` before a ``line`` of the contents, as the text of it that comes last."""
        base = _BASE.search(line.content)
        if not base:
            raise ValueError("a line of the contents has no words")
        left, right = float(page.MediaBox[0]), float(page.MediaBox[2])
        x = right - _SIDE - self._width(number) * _ENTRY if language.rtl else left + _SIDE
        drawn = self._drawn(number, _ENTRY, x, line.height - float(base[1]) * _PIXEL)
        return b"/Span <</MCID %d>> BDC q %b Q EMC" % (len(line.leaves), drawn)

    def _drawn(self, number: int, points: int, x: float, y: float) -> bytes:
        shown = b"".join(self.codes[int(digit)] for digit in str(number)).hex().encode()
        return b"%b BT %b %d Tf %f %f Td <%b> Tj ET" % (_INK, FOLIO.encode(), points, x, y, shown)

    def _width(self, number: int) -> float:
        """Return how wide a number is, in sizes of type."""
        return sum(self.widths[int(digit)] for digit in str(number))


def _widths(font: Any) -> dict[int, float]:  # noqa: ANN401 - as above
    """Return the widths of a font's glyphs, in thousandths of its size."""
    found, rest = dict[int, float](), list(font.W)
    while rest:
        first = int(rest.pop(0))
        if isinstance(rest[0], Array):
            found |= {first + n: float(width) for n, width in enumerate(rest.pop(0))}
        else:
            last, width = int(rest.pop(0)), float(rest.pop(0))
            found |= dict.fromkeys(range(first, last + 1), width)
    return found
