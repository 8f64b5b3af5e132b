"""Who is here: kept in memory alone, told to the text's team alone, gone with the connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.editor.live.frames import Frame
from studio.members.avatar import pattern
from studio.members.visiting import Visitor

STATES: Final = ("writing", "reading", "away")
TINTS: Final = 8
FORGOTTEN_AFTER: Final = 45.0
"""Seconds after which somebody in another process is gone who was not told of again."""
_LONGEST_PLACE: Final = 400
_SECTIONS: Final = 10_000


@dataclass(slots=True)
class Person:
    """One opened editor, as the others are shown it."""

    line: str
    name: str
    picture: Mapping[str, Any]
    state: str = "reading"
    section: int = 0
    at: str | None = None

    def told(self) -> dict[str, Any]:
        """Return what the others' browsers are told."""
        return {
            "line": self.line,
            "name": self.name,
            "picture": self.picture,
            "state": self.state,
            "section": self.section,
            "at": self.at,
            "tint": int.from_bytes(self.line.encode()[-2:]) % TINTS,
        }

    def move(self, frame: Frame) -> None:
        """Take over where somebody says they are; what makes no sense is passed over."""
        state, section, at = (frame.header.get(name) for name in ("state", "section", "at"))
        if state in STATES:
            self.state = str(state)
        if isinstance(section, int) and 0 <= section < _SECTIONS:
            self.section = section
        self.at = at if isinstance(at, str) and len(at) <= _LONGEST_PLACE else None


@dataclass(slots=True)
class Elsewhere:
    """The people of a text whose editors are connected to other processes of the house."""

    _seen: dict[str, tuple[float, Mapping[str, Any]]] = field(default_factory=dict)

    def hear(self, here: Iterable[Mapping[str, Any]], gone: Iterable[str], now: float) -> None:
        """Take over what another process tells."""
        for one in here:
            self._seen[str(one["line"])] = (now, one)
        for line in gone:
            self._seen.pop(line, None)

    def people(self) -> list[Mapping[str, Any]]:
        """Return who was told of."""
        return [one for _, one in self._seen.values()]

    def forget(self, now: float) -> list[str]:
        """Forget whoever was not told of for long, and return their lines."""
        over = [line for line, (at, _) in self._seen.items() if now - at > FORGOTTEN_AFTER]
        for line in over:
            del self._seen[line]
        return over


def person(line: str, visitor: Visitor) -> Person:
    """Return somebody who has just come."""
    drawing = pattern(visitor.pattern)
    return Person(line, visitor.actor.pen_name, {"colour": drawing.colour, "cells": drawing.cells})
