"""Comments of checkers, and the talk that each wish for a change opens with the writers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides.threads.models import Comment, Thread
from studio.members.actor import Actor
from studio.review.models import Decision
from studio.review.operations.claims import current, record
from studio.review.queries import rounds
from studio.review.rules.policy import Check
from studio.review.rules.who import OWN_EXPERIENCE, is_teller

NOBODY: Final = ""
"""Author of what somebody asks from their own experience, or whose story it is, and of what a guest asks."""
LONGEST: Final = 4000


def comment(
    session: Session, actor: Actor, review_id: str, stage: str, text: str, now: datetime, *, block_id: str = ""
) -> Thread:
    """Say "would be nicer" about a passage, or about the whole text; it stops nothing. Raises Invalid for no words."""
    case = current(session, actor, review_id, now)
    check = case.check(stage)
    if not text.strip():
        raise Invalid(N_("Write your comment first."), {"comment": N_("Write your comment first.")})
    thread = _open(session, case, block_id, _author(actor, case, check), text.strip()[:LONGEST], now, must=False)
    record(session, actor, "review.comment", case, check, {"thread": thread.id}, now)
    return thread


def open_wish(
    session: Session, actor: Actor, case: rounds.Case, check: Check, row: Decision, block_id: str, now: datetime
) -> str:
    """Open the talk about a wish for a change and return its id."""
    return _open(session, case, block_id, _author(actor, case, check), row.note[:LONGEST], now, must=True).id


def resolve_wishes(session: Session, actor: Actor, case: rounds.Case, check: Check, now: datetime) -> None:
    """End the talks about the actor's earlier wishes in this check: their newest word takes their place.

    Whoever is not named as having asked is not named as having settled it either.
    """
    earlier = [one.thread_id for one in case.decisions if one.member_id == actor.id and one.stage == check.key]
    resolve(session, [one for one in earlier if one], _author(actor, case, check), now)


def resolve(session: Session, thread_ids: list[str], member_id: str, now: datetime) -> None:
    """Note that talks are settled, and by whom; ``NOBODY`` for whoever is not to be named."""
    for thread in session.scalars(select(Thread).where(Thread.id.in_(thread_ids), Thread.resolved_at.is_(None))):
        thread.resolved_at, thread.resolved_by = now, member_id


def _author(actor: Actor, case: rounds.Case, check: Check) -> str:
    hidden = check.who == (OWN_EXPERIENCE,) or is_teller(check) or actor.id in case.guests
    return NOBODY if hidden else actor.id


def _open(
    session: Session, case: rounds.Case, block_id: str, author: str, text: str, now: datetime, *, must: bool
) -> Thread:
    quotes = {block.block_id: block.source.strip() for block in case.now.blocks}
    thread = Thread(
        id=new_id(),
        translation_id=case.translation.id,
        revision_id=case.candidate.id,
        block_id=block_id if block_id in quotes else None,
        quote=quotes.get(block_id, ""),
        must=must,
        opened_at=now,
        comments=[Comment(id=new_id(), author=author, text=text, at=now)],
    )
    session.add(thread)
    session.flush()
    return thread
