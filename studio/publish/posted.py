"""The cards that people may have posted: which there were of each edition, kept without a word of the text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.guides.rules.statuses import Standing
from studio.publish import queries
from studio.publish.captions import SORTS
from studio.publish.models import CardOut, Edition
from studio.publish.rules.takedown import Reason
from studio.publish.slides import Slide, kind_of

SIZES: Final = (N_("Square card"), N_("Wide card"), N_("Portrait card"), N_("Tall card"))


@dataclass(frozen=True, slots=True)
class OutCard:
    """A card: its place in the row, what it is, and its words where they may be told."""

    place: int
    sort: Message
    words: str


@dataclass(frozen=True, slots=True)
class Posted:
    """The cards of one edition, with the copy number on the last of them and the month since which they are out."""

    number: int
    copy_number: str
    since: date
    cards: tuple[OutCard, ...]


def note(session: Session, edition: Edition, slides: Collection[Slide]) -> None:
    """Keep which cards an edition has; a card that it had in an earlier build stays, for it may be out."""
    for slide in slides:
        session.merge(CardOut(edition_id=edition.id, place=slide.place, sort=slide.sort))


def posted(session: Session, translation_id: str) -> tuple[Posted, ...]:
    """Return the cards of every edition of a text that readers had, the newest first.

    Of an edition that was taken down for what it shows of somebody, or because its teller wants it gone, no words are
    told; nor of the editions before it. What readers have now is no secret.
    """
    editions = queries.editions(session, translation_id)
    silent = any(_is_silent(session, one) for one in editions)
    found = (_of_edition(session, one, tell=not silent or one.standing is Standing.LIVE) for one in editions)
    return tuple(one for one in found if one.cards)


def _is_silent(session: Session, edition: Edition) -> bool:
    takedown = queries.open_takedown(session, edition.id) if edition.standing is Standing.WITHDRAWN else None
    return takedown is not None and Reason(takedown.reason).silent


def _of_edition(session: Session, edition: Edition, *, tell: bool) -> Posted:
    rows = session.scalars(select(CardOut).where(CardOut.edition_id == edition.id).order_by(CardOut.place))
    words = _words(session, edition) if tell else {}
    cards = tuple(
        OutCard(row.place, SORTS[row.sort], words.get(kind_of(row.place, "square"), ""))
        for row in rows
        if row.sort in SORTS
    )
    return Posted(edition.number, edition.code, edition.published_on, cards)


def _words(session: Session, edition: Edition) -> Mapping[str, str]:
    build = queries.finished_build(session, edition)
    return {one.kind: one.alt for one in build.artifacts} if build else {}
