"""What stands around the chapters of a collection: plain values only. Two equal frames give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from studio.core.locales import Language

CHAPTER_KIND: Final = "chapter"
"""A text as a chapter: not a file of its edition, made only for collections that have it."""
BOOK_CHAPTER_KIND: Final = "book_chapter"
"""The same as the files of an EPUB, packed and ready to be bound with others."""
Part = Literal["around", "folios"]
"""Cover, what stands above and below the lines of the chapters, an empty page; the digits for page numbers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter, and what it is an edition of."""

    title: str
    edition: int = 0
    published_on: date | None = None
    copy_number: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A collection; or a part of its PDF, which holds what it tells and no more, so that it is seldom made anew."""

    part: Part
    language: Language
    title: str = ""
    intro: str = ""
    path: str = ""
    site_name: str = ""
    base_url: str = ""
    practice: bool = False
    checked: tuple[date, ...] = ()
    """The days of the oldest and the newest last check of a chapter; of a part, the first days of their months."""
    published_on: date | None = None
    """The day of the newest edition."""
    entries: tuple[Entry, ...] = ()
    """Its chapters; a part knows their number alone."""
    guides: int = 0
    """How many they are."""

    @property
    def words(self) -> str:
        """All the words of others that readers see of it."""
        return "\n".join((self.title, self.intro, self.site_name, *(one.title for one in self.entries)))
