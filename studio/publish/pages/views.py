"""What each reader's page is made of: plain values, filled by queries, shown by templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from studio.core.locales import Language
from studio.core.words import Message
from studio.publish.document import Document

WithdrawAnswer = Literal["", "wait", "sure", "unknown", "gone"]
Standing = Literal["live", "superseded", "withdrawn"]
Weight = Literal["", "typo", "content", "safety"]
"""What an edition changed: nothing to compare with, spelling or layout, the meaning, someone's safety or health."""
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
    sealed: bool = False
    """It is published, so the signed list of its files lies beside it."""
    cards: bool = False
    """Whether its cards can be passed on from a page of their own."""
    font_sheet: str = ""
    """Address of a style sheet with the faces cut for this edition (Japanese, Chinese); it must not tell the topic."""
    related: tuple[GuideEntry, ...] = ()
    """What stands beside it, the nearest first."""
    quiet_ways: Mapping[str, str] = field(default_factory=dict)
    """For the address of each guide that the text leads to, the one that tells nothing."""


@dataclass(frozen=True, slots=True)
class CardFile:
    """One size of a card: its name, its address inside the house, its size in bytes and in pixels."""

    size: str
    address: str
    n_bytes: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SharedCard:
    """A card as it is offered for sharing: what it is, every word on it, and its files, the square one first."""

    place: int
    sort: Message
    words: str
    files: tuple[CardFile, ...]


@dataclass(frozen=True, slots=True)
class CardsView:
    """The page from which the cards of a text are passed on. ``kit`` is everything in one file."""

    house: House
    document: Document
    caption: str
    cards: tuple[SharedCard, ...]
    kit: Download | None = None
    font_sheet: str = ""


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
    changed_on: date | None = None
    """The day of its newest edition or last check, whichever is later."""
    corrected_on: date | None = None
    """The day of its edition where that corrects a mistake."""
    correction: str = ""
    """What it corrects."""
    published_on: date | None = None
    """In a list of what is new: the day on which readers got it first."""
    quiet_address: str = ""
    """The address that tells nothing."""
    authors: tuple[str, ...] = ()
    """The names of those who want to be named for writing it; told in feeds alone."""


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence that a worried person would say, and the topic that answers it."""

    sentence: str
    hint: str
    topic: str


@dataclass(frozen=True, slots=True)
class CollectionEntry:
    """A collection in a list."""

    title: str
    address: str
    intro: str = ""
    guides: int = 0


@dataclass(frozen=True, slots=True)
class CollectionView:
    """The page of a collection: its guides in order, and its files."""

    house: House
    language: Language
    title: str
    intro: str
    address: str
    guides: tuple[GuideEntry, ...]
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The first page of a language."""

    house: House
    language: Language
    needs: tuple[Need, ...] = ()
    checked: tuple[GuideEntry, ...] = ()
    """What was checked lately, the last first."""
    topics: tuple[Topic, ...] = ()
    collections: tuple[CollectionEntry, ...] = ()
    fresh: tuple[GuideEntry, ...] = ()
    """What readers have not had for long, the newest first."""


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
    quiet_address: str = ""
    also: tuple[Part, ...] = ()
    """Other sections of it that have the words, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a guide: its title with what was found, and its two addresses."""

    title: tuple[Segment, ...]
    address: str
    quiet_address: str


@dataclass(frozen=True, slots=True)
class FirstHelp:
    """What somebody is told first who looks for words of despair or danger, and what to read."""

    heading: str
    line: str
    topic: Topic
    guides: tuple[GuideEntry, ...] = ()


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
    """Code of the chosen language; empty for the page's own and, after it, all others."""
    needs: tuple[Need, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    """Findings in the other languages."""
    elsewhere_total: int = 0
    first_help: tuple[FirstHelp, ...] = ()
    page: int = 1
    more: bool = False
    """Whether there are further findings."""
    too_long: bool = False
    posted: bool = False
    """Whether the page answers a form, so that it should not stay in the history."""


@dataclass(frozen=True, slots=True)
class QuietListView:
    """The list at the address that tells nothing: all texts of a language, or what was found among them."""

    house: House
    language: Language
    guides: tuple[GuideEntry, ...] = ()
    found: SearchView | None = None


@dataclass(frozen=True, slots=True)
class QuietAboutView:
    """The page about what quiet reading cannot hide."""

    house: House
    language: Language


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the current edition: its heading, empty for what stands before the first, and its address."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two editions, told by headings of the current one and never by words of the older."""

    title: bool = False
    summary: bool = False
    places: tuple[Place, ...] = ()
    gone: bool = False
    """Something was taken out, or was changed in a section that the current edition does not have."""


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """A published edition in the public list."""

    number: int
    published_on: date
    checked_on: date
    changelog: str
    standing: Standing
    weight: Weight = ""
    changes: Changes | None = None
    """What differs from the edition before; None where that is not told."""
    correction: bool = False
    """It was published to correct a mistake."""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A dated note to all readers of a text."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All editions of one guide in one language, and the notes to its readers, each the newest first."""

    house: House
    language: Language
    title: str
    slug: str
    editions: tuple[EditionEntry, ...]
    notes: tuple[NoteEntry, ...] = ()


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
class WithdrawView:
    """The page on which a story is taken back with its code; ``stamp`` says when it was opened."""

    house: House
    language: Language
    answer: WithdrawAnswer
    code: str
    stamp: str


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
