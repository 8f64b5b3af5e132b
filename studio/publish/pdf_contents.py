"""The table of contents of a PDF: page numbers and rows of dots, set when the pages are laid out.

CSS can do both, at a price: pages with numbers that are not yet known are laid out three times, and each dot is a text
of its own. Here every line of the contents keeps room for them, and gets them at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from weasyprint.formatting_structure.boxes import BlockBox, TextBox
from weasyprint.text.line_break import split_first_line

_ENTRY: Final = "entry"
_GAP: Final = 0.3
"""Least distance between words, dots and number, in sizes of type."""


def number(pages: Sequence[Any], *, rtl: bool) -> None:
    """Set numbers and dots in the contents on ``pages``, laid out pages of the library; changes them in place.

    An entry is a block ``a.entry`` whose last line ends with ``span.dots`` and ``span.folio``. Its padding at the end
    is where no words come; these two take no room in their line, so that they never begin another one.
    """
    places = dict[str, int]()
    for n, page in enumerate(pages, 1):
        places |= {name: n for name in page.anchors if name not in places}
    entries = [_Entry(box, places) for page in pages for box in _entries(page)]
    room = max((entry.room for entry in entries), default=0.0)
    for entry in entries:
        entry.place(room, rtl=rtl)


def _entries(page: Any) -> Iterator[Any]:  # noqa: ANN401 - the library has no types
    if not any(kind == "internal" for kind, *_ in page.links):
        return
    for box in page._page_box.descendants():  # noqa: SLF001 - there is no other way to the boxes
        if isinstance(box, BlockBox) and box.element_tag == "a" and box.element.get("class") == _ENTRY:
            yield box


class _Entry:
    """A line of the contents: its box, and the texts in it that are set here."""

    def __init__(self, box: Any, places: dict[str, int]) -> None:  # noqa: ANN401 - as above
        """Take the number from ``places`` by the name that the entry leads to."""
        self._box = box
        self._line = box.children[-1]
        texts = [one for one in self._line.descendants() if isinstance(one, TextBox)]
        *_, self._dots, self._folio = texts
        self._words = texts[:-2]
        _write(self._folio, str(places[box.element.get("href")[1:]]))
        self.room = self._folio.width

    def place(self, room: float, *, rtl: bool) -> None:
        """Set the number at the outer end of the line, and dots on a grid that all lines have, up to ``room``."""
        start, width = self._box.padding_box_x(), self._box.padding_width()
        gap = self._folio.style["font_size"] * _GAP
        dot = self._dots.width / len(self._dots.text)
        if rtl:
            end = min((one.position_x for one in self._words), default=start + width)
            free = end - gap - (start + room + gap)
        else:
            end = max((one.position_x + one.width for one in self._words), default=start)
            free = start + width - room - gap - (end + gap)
        _write(self._dots, self._dots.text[0] * max(1, int(free / dot)))
        if rtl:
            self._folio.position_x = start
            self._dots.position_x = start + room + gap
        else:
            self._folio.position_x = start + width - self._folio.width
            self._dots.position_x = start + width - room - gap - self._dots.width


def _write(box: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Let a text box show ``text``, and be as wide as that is."""
    box.text = text
    box.pango_layout, _, _, box.width, _, _ = split_first_line(text, box.style, None, None, 0)
