"""A story's teller takes their yes back: at any time, without a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.guides.models import Guide, Translation
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.review.models import Review
from studio.review.operations.decisions import append
from studio.review.operations.looking import look_again
from studio.review.operations.telling import tell
from studio.review.queries import rounds
from studio.review.rules.standing import Sort, Verdict
from studio.review.rules.who import is_teller


def unsay(session: Session, actor: Actor, guide: Guide, now: datetime) -> bool:
    """Let every yes that the teller ``actor`` gave to a text of ``guide`` fall; return whether there was one."""
    there = False
    for translation in guide.translations:
        session.refresh(translation, with_for_update=True)
        for review in session.scalars(select(Review).where(Review.translation_id == translation.id)).all():
            there = _unsay(session, actor, review, translation, now) or there
        look_again(session, translation, now)
    return there


def tell_team(session: Session, actor: Actor, translation: Translation, kind: str, now: datetime) -> None:
    """Tell the team of a story, or the editors where every member may know of it, what its teller decided."""
    team = rounds.team_of(session, translation)
    active = members.actors(session)
    told = {one.id for one in active if (one.id in team if team is not None else one.has(Role.EDITOR))}
    tell(session, told - {actor.id}, kind, translation, now)


def _unsay(session: Session, actor: Actor, review: Review, translation: Translation, now: datetime) -> bool:
    case = rounds.case(session, review, translation, now)
    keys = {check.key for check in case.checks if is_teller(check)}
    fallen = False
    for key in sorted(keys):
        own = [one for one in case.decisions if one.member_id == actor.id and one.stage == key]
        if own and own[-1].sort is Sort.NORMAL and own[-1].verdict is Verdict.APPROVE:
            append(session, actor, case, key, Verdict.APPROVE, now, sort=Sort.UNSAID)
            fallen = True
    session.flush()
    return fallen
