"""One approved text with all that its page, PDFs, cards and search entry are derived from; plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from studio.core.locales import Language
from studio.guides.rules.consent import Scope
from studio.rendering.rendered import Rendered

CheckLabel = Literal["", "override", "urgent", "one_reader", "candidate"]
"""The labelled ways of the editorial model: without all checks, urgent safety fix, only one other speaker; and a saved
version that is shown to who checks it, which is no edition."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same guide in another language, as far as readers may have it."""

    language: Language
    title: str
    path: str
    quiet_path: str = ""
    """Its address for quiet reading."""


@dataclass(frozen=True, slots=True)
class Document:
    """What readers get, in every form. Two equal documents give the same bytes."""

    guide_id: str
    kind: str
    language: Language
    slug: str
    opaque_id: str
    title: str
    summary: str
    neutral_title: str
    body: Rendered
    reading_minutes: int
    topics: tuple[str, ...]
    """Names of the topics in the language of the text."""
    content_notes: tuple[str, ...]
    """Names of the content notes in the language of the text; empty where the answer was "none"."""
    sources: tuple[str, ...]
    licence: str
    credit: str
    """Who wrote it, in words, as each of them chose; it never names the house."""
    edition: int
    changelog: str
    published_on: date
    checked_on: date
    """The month in which the last check, or re-check, was given."""
    people: int
    """How many people other than the authors agreed."""
    label: CheckLabel
    copy_number: str
    content_hash: str
    site_name: str
    base_url: str
    """Public address of the house without a slash at its end; empty means that no absolute address is written."""
    practice: bool
    """The practice house: a band on pages, a watermark in PDFs and cards."""
    accent: str = ""
    """The colour of the cards, written ``#rrggbb``; empty for the house's own."""
    others: tuple[OtherLanguage, ...] = ()
    safety_line: str = ""
    """Of an urgent fix whose checks follow: one sentence that stands above the text."""
    checks_due_on: date | None = None
    """By then all checks of an urgent fix follow."""
    correction: bool = False
    """This edition was published to correct a mistake; its changelog says which."""
    overdue: bool = False
    """The time after which it should have been looked at again is over."""
    facets: tuple[str, ...] = ()
    """What decides who checks it, such as ``health`` or ``legal:FR``; told to nobody, but some of it ages badly."""
    authors: tuple[str, ...] = ()
    """The names alone of those who want to be named for writing it, in the order of the language's letters."""
    checkers: tuple[str, ...] = ()
    """The same of those who checked it."""
    allowed: tuple[str, ...] | None = None
    """Of a story: in which forms beside its page its teller lets it out; None for texts that need no consent."""
    label_words: str = ""
    """What readers see of the label, in the language of our own words on their page; empty without one."""

    @property
    def scope(self) -> frozenset[Scope] | None:
        """In which forms beside its page it may go out; None for all."""
        return None if self.allowed is None else frozenset(map(Scope, self.allowed))

    @property
    def path(self) -> str:
        """Address of the guide's page inside the house."""
        return f"/{self.language.code}/{self.slug}/"

    @property
    def quiet_path(self) -> str:
        """The address that tells neither topic nor that it is quiet."""
        return f"/n/{self.language.code}/{self.opaque_id}/"
