"""Which policy is in force, and an organiser's choice of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Invalid, NotAllowed
from studio.core.words import N_
from studio.guides.models import HousePolicy
from studio.members.actor import Actor, Role
from studio.review.library import library


def choose_policy(session: Session, actor: Actor, key: str, now: datetime) -> None:
    """Take the policy ``key`` for rounds that begin from now on; those that run keep theirs."""
    if not actor.has(Role.STEWARD):
        raise NotAllowed(N_("An organiser chooses how texts are checked in this house."))
    if key not in library().policies:
        raise Invalid(N_("Please choose one of the policies."))
    row = session.get(HousePolicy, 1)
    if row is None:
        row = HousePolicy(id=1)
        session.add(row)
    row.key, row.chosen_at, row.chosen_by = key, now, actor.id
    trail.record(session, actor=actor.id, act="review.policy", subject="house:1", details={"policy": key}, now=now)
    session.flush()
