"""A passage in its parts: items of a list, rows and cells of a table, paragraphs of a box; and which became which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

from studio.guides.rules.worddiff import rising
from studio.rendering.blocks import SourceBlock, assign_ids

_PARTED: Final = frozenset({"list", "box", "quote", "definitions"})
_MARKER: Final = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+]|(\d{1,9})[.)])[ \t]+")
_CLOSE: Final = re.compile(r"[ \t]*:{3,}[ \t]*")
_BLANK: Final = re.compile(r"[ \t>]*")
_RULE: Final = re.compile(r"[\s:|-]*-[\s:|-]*")
_EDGE: Final = re.compile(r"(?<!\\)\|")

Pairs = list[tuple[int | None, int | None]]
"""Places before and after: None before where something is new, None after where it is gone."""


def items(kind: str, source: str) -> list[str]:
    """Return the items or paragraphs of a passage without the marks and the numbers that count them.

    A number that does not go on counting belongs to the words, for it says something by itself.
    """
    if kind not in _PARTED:
        return [source.strip()]
    found, last, open_ = list[list[str]](), 0, False
    for line in source.strip().splitlines():
        marker = _MARKER.match(line)
        if marker:
            number = int(marker[1] or 0)
            counts_on = number in (0, 1, last + 1)
            last = number
            found.append([line[marker.end() :] if counts_on else line.strip()])
        elif _BLANK.fullmatch(line) or _CLOSE.fullmatch(line):
            open_ = False
            continue
        elif open_:
            found[-1].append(line.strip())
        else:
            found.append([line.strip()])
        open_ = True
    return ["\n".join(lines).strip() for lines in found]


def rows(source: str) -> list[list[str]]:
    """Return the cells of each row of a table, all rows of one length; the first is the head."""
    lines = [line.strip() for line in source.strip().splitlines()]
    cells = [_cells(line) for place, line in enumerate(lines) if place != 1 or not _RULE.fullmatch(line)]
    width = max(map(len, cells), default=0)
    return [[*row, *[""] * (width - len(row))] for row in cells]


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _EDGE.split(inner)]


def columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Return each column of ``rows`` as one text."""
    return ["\n".join(cells) for cells in zip(*table, strict=True)]


def paired(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """Pair texts that are the same or one another edited: in the order after, what is gone behind what it followed."""
    if len(before) == len(after) == 1:
        return [(0, 0)]
    new = count(len(before))
    ids = assign_ids(
        [(str(place), _block(text)) for place, text in enumerate(before)],
        list(map(_block, after)),
        lambda: str(next(new)),
    )
    known = {int(name): place for place, name in enumerate(ids) if int(name) < len(before)}
    origin = {place: old for old, place in known.items()}
    pairs: Pairs = [(origin.get(place), place) for place in range(len(after))]
    for old in range(len(before)):
        if old not in known:
            at = next((spot for spot, pair in enumerate(pairs) if old and pair[0] == old - 1), -1)
            pairs.insert(at + 1, (old, None))
    return pairs


def _block(text: str) -> SourceBlock:
    return SourceBlock("item", text, text)


def moved(pairs: Pairs) -> set[int]:
    """Return the places after of what stands elsewhere among its neighbours: as few as explain the new order."""
    kept = [(old, new) for old, new in pairs if old is not None and new is not None]
    stayed = set(rising([old for old, _ in kept]))
    return {new for place, (_, new) in enumerate(kept) if place not in stayed}
