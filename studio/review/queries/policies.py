"""The policy in force."""

from __future__ import annotations

from sqlalchemy.orm import Session

from studio.guides.policies import key_in_force
from studio.review.library import library
from studio.review.rules.policy import Policy


def policy_in_force(session: Session, *, people: int | None = None) -> Policy:
    """Return what an organiser chose; without a choice, the policy meant for as many members as the house has.

    ``people`` saves counting the active members again.
    """
    return library().policies[key_in_force(session, people=people)]
