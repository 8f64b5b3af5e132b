"""What is inside an update of a live editor, before anything applies it (update format v1 of Yjs).

A live editor inserts plain words into the body and deletes some; whatever else an update could do is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

BODY: Final = "body"
FIRST_PEN: Final = 2**26
"""Smaller numbers belong to forms, which type under the number of their change."""
_GC, _DELETED, _STRING, _SKIP = 0, 1, 4, 10
_HAS_ORIGIN, _HAS_RIGHT, _KIND = 0x80, 0x40, 0x1F
_MOST: Final = 2**53
_MANY: Final = 200_000
"""Parts of one update that are looked at; a text has no more characters than that."""


class MalformedError(ValueError):
    """The bytes are no update that a live editor may send."""


@dataclass(slots=True)
class Contents:
    """What an update brings: for each pen the numbers of its characters, and the words."""

    pens: dict[int, tuple[int, int]] = field(default_factory=dict)
    """From each pen's first new number to the one after its last."""
    words: list[str] = field(default_factory=list)
    rests_on: dict[int, int] = field(default_factory=dict)
    """For each pen how many of its characters must be known before this can be taken over."""

    def rest_on(self, pen: int, count: int) -> None:
        """Note that the first ``count`` characters of ``pen`` are needed."""
        self.rests_on[pen] = max(count, self.rests_on.get(pen, 0))

    def fits(self, known: Mapping[int, int]) -> bool:
        """Whether a document that knows so many characters of each pen has all that this rests on."""
        return all(
            count <= max(known.get(pen, 0), self.pens.get(pen, (0, 0))[1]) for pen, count in self.rests_on.items()
        ) and all(start <= known.get(pen, 0) for pen, (start, _) in self.pens.items())

    @property
    def plain(self) -> bool:
        """Whether every word is one that a text may hold: line ends are LF, and there is no NUL."""
        return not any("\r" in words or "\x00" in words for words in self.words)


def contents(update: bytes) -> Contents:
    """Return what ``update`` brings; raise MalformedError where it does more than type and delete."""
    reader, found = _Reader(update), Contents()
    try:
        for _ in range(reader.count()):
            _read_pen(reader, found)
        _read_deletions(reader, found)
    except (IndexError, UnicodeDecodeError) as error:
        raise MalformedError from error
    if not reader.done:
        raise MalformedError
    return found


def vector(state: bytes) -> dict[int, int]:
    """Return a state vector as numbers: for each pen how many characters are known."""
    reader = _Reader(state)
    try:
        return {reader.number(): reader.number() for _ in range(reader.count())}
    except IndexError as error:
        raise MalformedError from error


def _read_pen(reader: _Reader, found: Contents) -> None:
    structs, pen, clock = reader.count(), reader.number(), reader.number()
    start = clock
    for _ in range(structs):
        clock += _read_struct(reader, found)
    if pen in found.pens or not structs:
        raise MalformedError
    found.pens[pen] = (start, clock)


def _read_struct(reader: _Reader, found: Contents) -> int:
    info = reader.byte()
    kind = info & _KIND
    if kind == _GC:
        return reader.length()
    if kind not in (_DELETED, _STRING):
        raise MalformedError
    for flag in (_HAS_ORIGIN, _HAS_RIGHT):
        if info & flag:
            found.rest_on(reader.number(), reader.number() + 1)
    if not info & (_HAS_ORIGIN | _HAS_RIGHT):
        _read_parent(reader)
    if kind == _DELETED:
        return reader.length()
    words = reader.text()
    if not words:
        raise MalformedError
    found.words.append(words)
    return len(words.encode("utf-16-le")) // 2  # Yjs counts as JavaScript does


def _read_parent(reader: _Reader) -> None:
    if reader.number() != 1 or reader.text() != BODY:
        raise MalformedError


def _read_deletions(reader: _Reader, found: Contents) -> None:
    for _ in range(reader.count()):
        pen = reader.number()
        for _ in range(reader.count()):
            found.rest_on(pen, reader.number() + reader.length())


class _Reader:
    """Reads bytes from front to back; IndexError at the end, MalformedError for what cannot be."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._parts = data, 0, 0

    @property
    def done(self) -> bool:
        return self._at == len(self._data)

    def byte(self) -> int:
        value = self._data[self._at]
        self._at += 1
        return value

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004 - the last byte of a number has no high bit
                break
            if value > _MOST:
                raise MalformedError
        return value

    def count(self) -> int:
        """Read how many parts follow; all parts of an update together have a bound."""
        value = self.number()
        self._parts += value
        if self._parts > _MANY:
            raise MalformedError
        return value

    def length(self) -> int:
        value = self.number()
        if not value:
            raise MalformedError
        return value

    def text(self) -> str:
        size = self.number()
        if size > len(self._data) - self._at:
            raise MalformedError
        self._at += size
        return self._data[self._at - size : self._at].decode()
