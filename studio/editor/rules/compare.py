"""What differs between two versions of a text, as pieces to be shown: went, came, stayed, and what nobody sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from studio.guides.rules.worddiff import KindOfPiece, diff
from studio.rendering.invisible import Part, reveal

AROUND: Final = 240
"""Characters of unchanged text that are shown beside a change; whole lines of it."""
ShownKind = Literal["same", "del", "ins", "fold"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece as it is shown. ``fold`` is unchanged text far from any change; ``blank``: white space alone."""

    kind: ShownKind
    parts: tuple[Part, ...]
    blank: bool = False
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A field, or the text itself (``body``), with its pieces. It is left out where nothing differs."""

    name: str
    pieces: tuple[Shown, ...]


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> list[Section]:
    """Return the sections that differ, in the order of ``after``."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        Section(name, tuple(_shown(before.get(name, ""), after.get(name, ""))))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _shown(before: str, after: str) -> Iterator[Shown]:
    pieces = diff(before, after)
    for place, piece in enumerate(pieces):
        if piece.kind != "same":
            yield _piece(piece.kind, piece.text)
            continue
        first, middle, last = _folded(piece.text, begins=place == 0, ends=place == len(pieces) - 1)
        if first:
            yield _piece("same", first)
        if middle:
            yield Shown("fold", tuple(reveal(middle)), lines=middle.count("\n"))
        if last:
            yield _piece("same", last)


def _piece(kind: KindOfPiece, text: str) -> Shown:
    return Shown(kind, tuple(reveal(text)), blank=kind != "same" and not text.strip())


def _folded(text: str, *, begins: bool, ends: bool) -> tuple[str, str, str]:
    """Part unchanged text into what stays in sight after a change, what is folded, and what is seen before one."""
    start = 0 if begins else text.find("\n", AROUND) + 1 or len(text)
    end = len(text) if ends else text.rfind("\n", 0, max(0, len(text) - AROUND)) + 1
    if end <= start or text[start:end].count("\n") < 3:  # noqa: PLR2004 - two lines are not worth a fold
        return text, "", ""
    return text[:start], text[start:end], text[end:]
