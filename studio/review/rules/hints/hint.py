"""A hint: what was noticed, where, whether it stops a hand-in, and what can be done about it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studio.core.words import Message

AT_A_TIME: Final = 3
LONGEST_QUOTE: Final = 160


class Kind(StrEnum):
    """What a hint is about, the most important first; only those of ``STOPPING`` stop a hand-in (rule 13)."""

    GLYPH = "glyph"
    PICTURE = "picture"
    LINK = "link"
    MARKED = "marked"
    DOSE = "dose"
    STATISTIC = "statistic"
    LAW = "law"
    PHONE = "phone"
    MAIL = "mail"
    HANDLE = "handle"
    PLACE = "place"
    SCHOOL = "school"
    EMPLOYER = "employer"
    WORDS = "words"
    TABLE = "table"
    CARD = "card"
    HEADING = "heading"
    SENTENCE = "sentence"


STOPPING: Final = frozenset({Kind.GLYPH, Kind.PICTURE, Kind.LINK, Kind.MARKED, Kind.DOSE, Kind.STATISTIC, Kind.LAW})
_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Fix:
    """A certain change: ``new`` for what stands from ``start`` to ``end``; with ``asks`` the words are typed."""

    label: Message
    start: int
    end: int
    new: str = ""
    asks: Message | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Something noticed. ``place`` is the hash of the block (or blocks) that it is about: when that changes, it is new.

    ``part`` is body, title, summary or about (the other fields), ``at`` and ``end`` count its characters; ``words`` are
    the exact ones, shortened. ``because`` and ``instead`` are in the language of the text.
    """

    kind: Kind
    place: str
    part: str
    at: int
    words: str
    sentence: Message
    fix: Fix | None = None
    because: str = ""
    instead: str = ""

    @property
    def stops(self) -> bool:
        """Whether the text cannot be handed in with it."""
        return self.kind in STOPPING

    @property
    def key(self) -> str:
        """A short name by which a form says which hint it is about."""
        whole = f"{self.kind}\n{self.place}\n{self.part}\n{self.words}"
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:20]


def shortened(words: str) -> str:
    """Return words in one line, cut with dots where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()}…"


def sorted_hints(hints: Sequence[Hint]) -> tuple[Hint, ...]:
    """Return each hint once, the most important first, then as they stand in the text."""
    once = {hint.key: hint for hint in reversed(hints)}
    return tuple(sorted(once.values(), key=lambda hint: (_RANK[hint.kind], hint.at)))


def open_hints(hints: Sequence[Hint], kept: Collection[str]) -> tuple[Hint, ...]:
    """Return the hints that nobody kept; what stops cannot be kept."""
    return tuple(hint for hint in hints if hint.stops or hint.key not in kept)
