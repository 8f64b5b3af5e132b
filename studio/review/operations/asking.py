"""Ask a certain member for a certain check, once; they take it, or say “not now” without a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Conflict, NotAllowed
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import operations as guides
from studio.members.actor import Actor
from studio.review.models import Asked
from studio.review.operations.claims import current, record
from studio.review.operations.looking import look_again
from studio.review.operations.telling import tell
from studio.review.queries.asking import can_be_asked
from studio.review.queries.rounds import seen_review
from studio.review.rules.asking import DAYS, may_ask


def ask(session: Session, actor: Actor, review_id: str, stage: str, member_id: str, now: datetime) -> Asked:
    """Ask a member for a check; asking the same person twice for it is asking once, also after a “not now”.

    Raises NotAllowed for who may not ask, Conflict where the person cannot give the check now. Whoever is asked for a
    text that is for its team alone belongs to the team from then on.
    """
    case = current(session, actor, review_id, now)
    check = case.check(stage)
    if not may_ask(actor, case.text.authors):
        raise NotAllowed(N_("Whoever wrote in this text, an editor or an organiser can ask somebody."))
    before = _asked(session, review_id, stage, member_id)
    if before:
        return before
    if member_id not in {one.id for one in can_be_asked(case, check)}:
        raise Conflict(N_("This person cannot give this check now. Perhaps somebody else can."))
    row = Asked(
        id=new_id(), review_id=review_id, stage=stage, member_id=member_id, by=actor.id, at=now, expires_at=now + DAYS
    )
    session.add(row)
    guides.join_team(session, case.translation, member_id, now)
    record(session, actor, "review.ask", case, check, {"asked": row.id}, now)
    session.flush()
    return row


def not_now(session: Session, actor: Actor, review_id: str, stage: str, now: datetime) -> None:
    """Decline a check that one was asked for; whoever asked learns “not now”, and nothing else. Twice is once."""
    review, translation = seen_review(session, actor, review_id, lock=True)
    row = _asked(session, review.id, stage, actor.id)
    if row is None or row.declined_at is not None:
        return
    row.declined_at = now
    session.flush()
    tell(session, [row.by], "not_now", translation, now)
    look_again(session, translation, now)


def _asked(session: Session, review_id: str, stage: str, member_id: str) -> Asked | None:
    wanted = select(Asked).where(Asked.review_id == review_id, Asked.stage == stage, Asked.member_id == member_id)
    return session.scalar(wanted)
