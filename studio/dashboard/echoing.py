"""Who made an edition, and what they hear of it: that it is out, and that it helped somebody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from studio.answers.operations import echoes
from studio.guides.models import RevisionBlock, UrgentFix
from studio.publish.models import Edition
from studio.review.models import Decision, Review
from studio.review.rules.standing import Sort, Verdict


def makers(session: Session, edition_id: str) -> set[str]:
    """Return the ids of those who wrote in an edition since the one before, and of those who agreed to its words.

    Some of them are guests' links and no members; nobody is told through those.
    """
    edition = session.get_one(Edition, edition_id)
    blocks = select(RevisionBlock.contributors).where(RevisionBlock.revision_id == edition.revision_id)
    found = {one for contributors in session.scalars(blocks) for one in contributors}
    found |= _checkers(session, edition)
    for fix in session.scalars(select(UrgentFix).where(UrgentFix.revision_id == edition.revision_id)):
        found |= {fix.proposed_by, fix.agreed_by or ""}
    return found - {""}


def out(session: Session, edition: Edition, now: datetime) -> None:
    """Tell those who made ``edition`` that readers have it now."""
    echoes.out(session, edition.translation_id, edition.number, makers(session, edition.id), now)


def helped(session: Session, edition: Edition, now: datetime) -> None:
    """Tell those who made ``edition`` that it helped somebody."""
    echoes.helped(session, edition.translation_id, edition.number, makers(session, edition.id), now)


def _checkers(session: Session, edition: Edition) -> set[str]:
    """Return whose last word in the round of this edition was a yes, check by check."""
    rounds = select(Review.id).where(
        or_(Review.candidate_revision_id == edition.revision_id, Review.candidate_hash == edition.content_hash),
        Review.translation_id == edition.translation_id,
    )
    words = select(Decision).where(Decision.review_id.in_(rounds), Decision.sort == Sort.NORMAL)
    last = dict[tuple[str, str, str], Decision]()
    for one in session.scalars(words.order_by(Decision.review_id, Decision.position)):
        last[one.review_id, one.stage, one.member_id] = one
    return {one.member_id for one in last.values() if one.verdict is Verdict.APPROVE}
