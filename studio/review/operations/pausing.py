"""Pause me: nobody offers the member anything, what they hold goes back with its ticks, and nobody is told why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.guides.models import Translation
from studio.members.actor import Actor
from studio.members.operations import own
from studio.review.models import Claim, Notice, Review
from studio.review.operations.claims import record
from studio.review.operations.looking import look_again
from studio.review.operations.telling import ASKING
from studio.review.queries import rounds
from studio.review.rules.standing import RUNNING


def pause(session: Session, actor: Actor, until: datetime | None, now: datetime) -> None:
    """Let the actor rest ``until`` a moment, or until they say so; twice is as good as once."""
    own.pause(session, actor=actor, until=until, now=now)
    held = select(Claim).where(Claim.member_id == actor.id, Claim.released_at.is_(None), Claim.expires_at > now)
    for claim in session.scalars(held).all():
        _hand_back(session, actor, claim, now)
    waiting = select(Notice).where(Notice.member_id == actor.id, Notice.kind.in_(ASKING), Notice.seen_at.is_(None))
    for notice in session.scalars(waiting):
        notice.seen_at = now
    session.flush()


def _hand_back(session: Session, actor: Actor, claim: Claim, now: datetime) -> None:
    """Free what is held, as when it is given back; the ticks stay for whoever comes back to it themself."""
    claim.released_at = now
    review = session.get_one(Review, claim.review_id)
    translation = session.get_one(Translation, review.translation_id)
    if review.closed_at is None and translation.progress in RUNNING:
        case = rounds.case(session, review, translation, now)
        record(session, actor, "review.give_back", case, case.check(claim.stage), {"claim": claim.id}, now)
        look_again(session, translation, now)
