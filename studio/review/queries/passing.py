"""Who passed a check by: gave it back, or said “not now” when they were asked. Nobody else is told who."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.review.models import Asked, Claim


def passed(session: Session, review_id: str) -> set[tuple[str, str]]:
    """Return (check, member) for each who gave a check of the round back and did not take it again, or said not now.

    A claim that was given back has no ticks: all other ways to end one keep them.
    """
    claims = select(Claim).where(Claim.review_id == review_id).order_by(Claim.taken_at, Claim.id)
    last = {(one.stage, one.member_id): one for one in session.scalars(claims)}
    back = {pair for pair, one in last.items() if one.released_at and not one.ticks}
    return back | (_declined(session, review_id) - last.keys())


def _declined(session: Session, review_id: str) -> set[tuple[str, str]]:
    asked = select(Asked.stage, Asked.member_id).where(Asked.review_id == review_id, Asked.declined_at.is_not(None))
    return {(stage, member) for stage, member in session.execute(asked)}
