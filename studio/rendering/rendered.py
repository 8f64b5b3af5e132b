"""What rendering gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_MARKED: Final = 8
"""Passages of one text that become cards, beside that of the title and the last one."""
FIGURE_LETTERS: Final = 24
"""A first paragraph of a number that is no longer than this is the figure itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its id in the page, its level (2 to 4) and its plain words."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, as plain text for search; the opening before any heading has an empty id."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage that the writer marked for a card, in plain words."""

    sort: str
    """quote, number or step."""
    lines: tuple[str, ...]
    """Its paragraphs, or the items of its list."""
    figure: str = ""
    """Of a number: the words in it that are written strongly."""
    listed: bool = False
    """Whether it is a list, whose items are steps of their own."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML of one text with what was learned on the way."""

    html: str
    outline: tuple[Heading, ...]
    sections: tuple[Section, ...]
    text: str
    """All visible words in reading order, without markup."""
    words: int
    """Words, counting each ideograph, kana and hangul as half a word (about 500 of them are read a minute)."""
    media: tuple[str, ...]
    """SHA-256 names of the images used, in order, each once."""
    links: tuple[str, ...]
    """Link targets in order, each once."""
    marked: tuple[Marked, ...] = ()
    """The passages that become cards, in order."""
