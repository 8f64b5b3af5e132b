"""The policy in force."""

from __future__ import annotations

from sqlalchemy.orm import Session

from studio.members import queries as members
from studio.review.library import library
from studio.review.models import HousePolicy
from studio.review.rules.policy import Policy, fitting


def policy_in_force(session: Session, *, people: int | None = None) -> Policy:
    """Return what an organiser chose; without a choice, the policy meant for as many members as the house has.

    ``people`` saves counting the active members again.
    """
    row = session.get(HousePolicy, 1)
    policies = library().policies
    if row and row.key in policies:
        return policies[row.key]
    return fitting(policies.values(), len(members.actors(session)) if people is None else people)
