"""Give checks of a round that runs, whole and right, as their pages would."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.guides.models import Translation
from studio.guides.rules.consent import Scope
from studio.members.actor import Actor
from studio.review.operations import decisions
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict


def fresh(session: Session) -> None:
    """Let the session see what others committed."""
    session.rollback()
    session.expire_all()


def running(session: Session, text: Translation, now: datetime) -> rounds.Case:
    """Return the round that runs on ``text``."""
    review = rounds.open_review(session, text.id)
    assert review is not None
    return rounds.case(session, review, text, now)


def agree(session: Session, actor: Actor, text: Translation, now: datetime, *stages: str) -> None:
    """Have ``actor`` agree to ``stages``, each to the text as it is now, and commit that; anything else is let go."""
    fresh(session)
    for stage in stages:
        case = running(session, text, now)
        check = case.check(stage)
        word = decisions.Word(
            Verdict.APPROVE,
            case.now.content_hash,
            checklist_of(case, check).version,
            answers={question.key: "yes" for question in questions_of(case, check)},
            own_experience=True,
            forms=tuple(Scope),
        )
        decisions.decide(session, actor, case.review.id, stage, word, now)
    session.commit()
