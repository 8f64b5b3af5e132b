"""How readers are told of somebody who made a text: their own choice, which nobody else sees before it is public."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid, NotAllowed
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.credits import operations, queries
from studio.guides.models import Revision, Translation
from studio.guides.rules.credit import Choice, Part
from studio.members.actor import Actor
from studio.members.rules import names
from studio.publish import queries as publishing
from studio.publish.documents import can_draw
from studio.review.models import Decision, Review
from studio.review.rules.standing import Sort, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody did for a text, and what they chose."""

    part: Part
    choice: str
    name: str
    edition: int
    """Of a checker: the number of the edition that they are asked about."""


def asked(session: Session, actor: Actor, translation: Translation) -> list[Asked]:
    """Return what ``actor`` is asked about a text: nothing where they took no part in it."""
    found = list[Asked]()
    if _wrote(session, actor, translation):
        found.append(_as_chosen(session, actor, translation, Part.WROTE, 0))
    number = _checked(session, actor, translation)
    if number:
        found.append(_as_chosen(session, actor, translation, Part.CHECKED, number))
    return found


def choose(session: Session, actor: Actor, translation: Translation, part: Part, choice: Choice, name: str) -> bool:
    """Note what ``actor`` chose; return whether anything changed. It counts for who wrote in what readers have.

    Raise NotAllowed for who did not check it, Invalid for a name that cannot be printed or is somebody else's.
    """
    edition = _checked(session, actor, translation) if part is Part.CHECKED else 0
    if part is Part.CHECKED and not edition:
        raise NotAllowed(N_("People who checked what readers have now choose for themselves whether they are named."))
    shown = (name or actor.pen_name) if choice is Choice.NAME else ""
    if names.folded(names.clean(name)) == names.folded(actor.pen_name):
        name = ""
    if shown and not can_draw(translation.language)(shown):
        sentence = N_("This name cannot be printed in the language of the text. Choose one in its letters.")
        raise Invalid(sentence, {names.FIELD: sentence})
    return operations.choose(session, actor.id, translation, part, choice, name=name, edition=edition)


def _as_chosen(session: Session, actor: Actor, translation: Translation, part: Part, edition: int) -> Asked:
    row = queries.choice_of(session, actor.id, translation, part)
    holds = row is not None and row.edition == edition
    return Asked(part, row.choice if row and holds else Choice.COMMUNITY, row.name if row and holds else "", edition)


def _wrote(session: Session, actor: Actor, translation: Translation) -> bool:
    """Whether somebody wrote in the newest saved version, or in what readers have."""
    live = publishing.live_edition(session, translation.id)
    versions = [kernel.latest(session, translation), session.get(Revision, live.revision_id) if live else None]
    return any(actor.id in queries.writers_of(session, one) for one in versions if one)


def _checked(session: Session, actor: Actor, translation: Translation) -> int:
    """Return the number of the edition that readers have if somebody gave a yes to its very words; 0 if not."""
    live = publishing.live_edition(session, translation.id)
    if live is None:
        return 0
    given = select(Decision.id).join(Review, Review.id == Decision.review_id)
    given = given.where(Review.translation_id == translation.id, Review.candidate_hash == live.content_hash)
    yes = (Decision.member_id == actor.id, Decision.verdict == Verdict.APPROVE, Decision.sort == Sort.NORMAL)
    not_the_teller = actor.id not in kernel.tellers_of(translation.guide)
    return live.number if not_the_teller and session.scalar(given.where(*yes).limit(1)) else 0
