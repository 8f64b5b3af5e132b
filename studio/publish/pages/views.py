"""What each reader's page is made of: plain values, filled by queries, shown by templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from studio.core.locales import Language
from studio.core.words import Message
from studio.publish.document import Document

CopyAnswer = Literal["", "current", "replaced", "taken_down", "unknown"]
Standing = Literal["live", "superseded", "withdrawn"]
Segment = tuple[str, bool]
"""A piece of a text and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class House:
    """What all pages of one house share."""

    site_name: str
    base_url: str = ""
    """Public address without a slash at its end; empty means that no absolute address is written."""
    exit_url: str = "https://www.wikipedia.org/"
    practice: bool = False
    languages: tuple[Language, ...] = ()
    """The languages in which readers find something."""
    stylesheet: str = "/static/reader.css"
    script: str = "/static/built/leave.js"
    """The one optional script; an empty address leaves it out."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id in addresses and its name in the language of the page."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file to save: its kind, its address inside the house and its size in bytes; quiet: it tells nothing outside."""

    kind: str
    address: str
    n_bytes: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The wide card of an edition, shown where its page is shared."""

    address: str
    alt: str
    width: int = 1200
    height: int = 630


@dataclass(frozen=True, slots=True)
class GuideView:
    """A guide's page. ``newer`` is the number of the edition that replaced this one, if any."""

    house: House
    document: Document
    topics: tuple[Topic, ...] = ()
    downloads: tuple[Download, ...] = ()
    card: Card | None = None
    newer: int | None = None
    recheck_due: bool = False
    checks_overdue: bool = False
    """Of an urgent fix: the day by which all checks were to follow is over."""
    font_sheet: str = ""
    """Address of a style sheet with the faces cut for this edition (Japanese, Chinese); it must not tell the topic."""


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """A guide in a list."""

    title: str
    address: str
    language: Language
    summary: str = ""
    checked_on: date | None = None
    people: int = 0
    languages: int = 1
    """In how many languages it can be read."""


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence that a worried person would say, and the topic that answers it."""

    sentence: str
    hint: str
    topic: str


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The first page of a language."""

    house: House
    language: Language
    needs: tuple[Need, ...] = ()
    newest: tuple[GuideEntry, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicView:
    """All guides of one topic in one language."""

    house: House
    language: Language
    topic: Topic
    lead: str = ""
    guides: tuple[GuideEntry, ...] = ()
    siblings: tuple[Language, ...] = ()
    """The languages in which this topic has guides."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: the guide, and the section of it where the words stand."""

    title: tuple[Segment, ...]
    address: str
    language: Language
    section: tuple[Segment, ...] = ()
    excerpt: tuple[Segment, ...] = ()
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page, before and after looking. ``total`` counts all findings, ``hits`` holds those shown."""

    house: House
    language: Language
    query: str = ""
    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str = ""
    topics: tuple[Topic, ...] = ()
    topic: str = ""
    languages: tuple[Language, ...] = ()
    in_language: str = ""
    """Code of the chosen language; empty for all."""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """A published edition in the public list."""

    number: int
    published_on: date
    checked_on: date
    changelog: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All editions of one guide in one language, the newest first."""

    house: House
    language: Language
    title: str
    slug: str
    editions: tuple[EditionEntry, ...]


@dataclass(frozen=True, slots=True)
class OldEditionView:
    """The page of one numbered edition; the text of a replaced one is for members."""

    house: House
    language: Language
    title: str
    slug: str
    edition: EditionEntry
    current: int | None
    """Number of the live edition, if there is one."""


@dataclass(frozen=True, slots=True)
class CopyView:
    """The page that tells whether a saved copy is current. ``title`` stays empty where it may not be told."""

    house: House
    language: Language
    code: str = ""
    answer: CopyAnswer = ""
    title: str = ""
    address: str = ""
    edition: int = 0
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class TombstoneView:
    """What stands where a text was taken down: why in general words, and what to read instead."""

    house: House
    language: Language
    title: str
    reason: Message
    instead: tuple[GuideEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainView:
    """A page without any content of its own: gone for good, or something went wrong.

    ``kept`` is what the reader typed, given back to be copied. ``wait`` is in seconds.
    """

    house: House
    language: Language
    status: int = 404
    message: Message | None = None
    wait: int = 0
    kept: str = ""
    quiet: bool = False
