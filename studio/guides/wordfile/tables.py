"""A table of HTML as rows of cells of one width: what was merged is parted, and its words stand in the first cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from studio.core.errors import TooLarge
from studio.core.words import N_
from studio.guides.wordfile.cleaning import WIDEST
from studio.guides.wordfile.found import Found

CELLS: Final = 6_000
"""Cells of all tables of a file; a page can hold twice as many elements."""
_CELLS: Final = ("td", "th")
_ROWS: Final = ("thead", "tbody")
Row = list[Element | None]


def grid(table: Element, found: Found) -> list[Row]:
    """Return the rows of a table, all as wide as the widest; None where a merged cell went on."""
    rows: list[Row] = []
    going_on: dict[int, int] = {}
    for row in _rows(table):
        line: Row = []
        for cell in row:
            if cell.tag in _CELLS:
                _fill(line, going_on)
                _put(line, cell, going_on, found)
        _fill(line, going_on)
        if len(line) > WIDEST:
            raise TooLarge(
                N_("A table in this file has more than {n} columns. Make it narrower, then choose it again.", n=WIDEST)
            )
        rows.append(line)
        found.cells += len(line)
        if found.cells > CELLS:
            raise TooLarge(
                N_("The tables of this file have more than {n} cells. Part them, then choose it again.", n=CELLS)
            )
    width = max((len(line) for line in rows), default=0)
    return [line + [None] * (width - len(line)) for line in rows]


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if one.tag == "tr":
            yield one
        elif one.tag in _ROWS:
            yield from one.findall("tr")


def _fill(line: Row, going_on: dict[int, int]) -> None:
    """Leave the places empty into which a cell of a row above reaches."""
    while going_on.get(len(line)):
        going_on[len(line)] -= 1
        line.append(None)


def _put(line: Row, cell: Element, going_on: dict[int, int], found: Found) -> None:
    wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
    if wide > 1 or high > 1:
        found.count("merged")
    for place in range(wide):
        if high > 1:
            going_on[len(line)] = high - 1
        line.append(None if place else cell)


def _span(cell: Element, name: str) -> int:
    number = cell.get(name, "1")
    return int(number) if number.isdigit() else 1
