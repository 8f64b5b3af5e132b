"""Checks' part of an urgent safety fix: all of them begin at once, for exactly the words that are published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.errors import Conflict
from studio.core.words import N_
from studio.guides import operations as kernel
from studio.guides import queries as texts
from studio.guides import urgent
from studio.guides.models import Revision, Translation, UrgentFix
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.members import queries as members
from studio.members.actor import Actor
from studio.review.operations.hand_in import begin
from studio.review.operations.looking import look_again
from studio.review.operations.telling import no_longer, tell
from studio.review.rules.standing import RUNNING


def open_checks(
    session: Session, actor: Actor, translation: Translation, live: Revision, fix: UrgentFix, now: datetime
) -> Revision:
    """Save the fixed words, open all checks of them, and return the saved version.

    Where a round runs already, on the next edition, the fix goes into what it checks, and each yes is weighed again as
    after any change of somebody's safety. Where that has other passages there, the round goes on with the fixed words
    alone; the next edition's stay in the draft.
    """
    if translation.progress is Progress.ARCHIVED:
        raise Conflict(N_("This text was put away. Take it out again, or take it down."))
    candidate = texts.latest(session, translation)
    fields = urgent.fixed_fields(live, fix.line)
    running = translation.progress in RUNNING
    saved = urgent.save_beside(session, translation, live, fix.body, fields, by=fix.proposed_by, now=now)
    if not running:
        _begin(session, actor, translation, saved, now)
        return saved
    if candidate and candidate.content_hash != live.content_hash:
        _into_round(session, translation, candidate, live, fix, now)
    look_again(session, translation, now)
    return saved


def ask_other(session: Session, asked: Iterable[str], translation: Translation, now: datetime) -> None:
    """Tell the members who could be the other person of a fix."""
    tell(session, asked, "urgent_asked", translation, now)


def is_out(
    session: Session, actor: Actor, translation: Translation, others: Iterable[Translation], now: datetime
) -> None:
    """Tell a text's team that its fix is out, and the teams of texts made from it that they should look."""
    no_longer(session, "urgent_asked", translation, now)
    tell(session, _team(session, translation) - {actor.id}, "urgent_out", translation, now)
    for other in others:
        tell(session, _team(session, other), "urgent_source", other, now)


def dropped(session: Session, translation: Translation, now: datetime) -> None:
    """Take the question from the desks of those who were asked."""
    no_longer(session, "urgent_asked", translation, now)


def _begin(session: Session, actor: Actor, translation: Translation, saved: Revision, now: datetime) -> None:
    review = begin(session, actor, translation, saved, now)
    kernel.move(session, translation, Act.HAND_IN, actor.id, now, review=review.id, policy=review.policy["key"])
    case = look_again(session, translation, now)
    if case:
        could = {member for found in case.could.values() for member in found}
        tell(session, could - {actor.id}, "asked", translation, now)


def _into_round(
    session: Session, translation: Translation, candidate: Revision, live: Revision, fix: UrgentFix, now: datetime
) -> None:
    """Save what the round checks with the fix in it, as the newest version again, where that can be done."""
    body = urgent.brought_into(live.body, fix.body, candidate.body)
    if body is not None:
        by, fields = fix.proposed_by, dict(candidate.fields)
        urgent.save_beside(session, translation, candidate, body, fields, by=by, now=now, settled=False)


def _team(session: Session, translation: Translation) -> set[str]:
    active = {one.id for one in members.actors(session)}
    return active & texts.team_ids(session, translation)
