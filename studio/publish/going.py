"""What leaves readers together when a text is taken down: itself and every translation made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.guides.rules.statuses import Standing
from studio.publish import queries
from studio.publish.models import Edition

FORMS: Final = {
    "page": N_("the page"),
    "quiet_page": N_("the page for quiet reading"),
    "pdf": N_("the PDF"),
    "large_pdf": N_("the PDF in large print"),
    "easy_pdf": N_("the PDF for easy reading"),
    "plain_pdf": N_("the PDF with the plain cover"),
    "epub": N_("the EPUB"),
    "kit": N_("the share kit"),
    "plain_epub": N_("the EPUB with the plain cover"),
    "text": N_("the plain text"),
    "plain_text": N_("the plain text under a neutral name"),
}
"""Kinds of files that a person knows by a name; cards are counted, fonts are not told."""


@dataclass(frozen=True, slots=True)
class Going:
    """A text that goes: what readers have of it now, and the words for each of its forms."""

    listed: queries.Listed
    forms: tuple[Message, ...]

    @property
    def address(self) -> str:
        """Where readers have it."""
        return f"/{self.listed.translation.language}/{self.listed.translation.slug}/"


def with_it(session: Session, translation: Translation) -> Iterator[Edition]:
    """Yield the live edition of every text that is pinned to ``translation``, or to one that is, by language."""
    reached, found, ahead = {translation.id}, list[Edition](), [translation]
    while ahead:
        source = ahead.pop()
        prefix = f"{source.guide_id}/{source.language}@"
        pinned = select(Translation).where(Translation.pinned_to.startswith(prefix, autoescape=True))
        for one in session.scalars(pinned.order_by(Translation.language, Translation.id)):
            if one.id not in reached:
                reached.add(one.id)
                ahead.append(one)
                live = queries.live_edition(session, one.id)
                found += [live] if live and live.standing is Standing.LIVE else []
    yield from sorted(found, key=lambda one: (one.translation.language, one.translation_id))


def preview(session: Session, edition: Edition) -> list[Going]:
    """Return everything that goes with ``edition``, itself first."""
    every = [edition, *with_it(session, edition.translation)]
    return [Going(queries.listed(session, one), tuple(_forms(session, one))) for one in every]


def _forms(session: Session, edition: Edition) -> Iterator[Message]:
    build = queries.finished_build(session, edition)
    kinds = {one.kind for one in build.artifacts} | {"page", "quiet_page"} if build else {"page", "quiet_page"}
    yield from (words for kind, words in FORMS.items() if kind in kinds)
    cards = sum(kind.startswith("card_") for kind in kinds)
    if cards:
        yield N_("its cards: {n}", n=cards)
