"""What saving the draft as a version would cost in the round that runs: said before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from studio.guides import queries as guides
from studio.guides.models import RevisionBlock, Translation
from studio.guides.proposing import blocks_to_be
from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor
from studio.review.queries import rounds
from studio.review.queries.left import candidate_to_be
from studio.review.rules.fates import Cost, costs
from studio.review.rules.standing import AGREED, RUNNING
from studio.review.titles import title_of


def costs_of_saving(
    session: Session, actor: Actor, translation: Translation, answers: Iterable[Significance], now: datetime
) -> Mapping[Significance, tuple[Cost, ...]]:
    """Return for each answer to "What changed?" what it would cost; empty where no round runs."""
    review = rounds.open_review(session, translation.id) if translation.progress in RUNNING else None
    if review is None:
        return {}
    case = rounds.case(session, review, translation, now)
    blocks = blocks_to_be(session, translation)
    agreed = translation.progress in AGREED
    return {
        answer: costs(
            case.round,
            _saved(session, case, blocks, answer).round,
            lambda check: title_of(check, actor.language),
            agreed=agreed,
        )
        for answer in answers
    }


def _saved(session: Session, case: rounds.Case, blocks: list[RevisionBlock], answer: Significance) -> rounds.Case:
    """Return the round as it would be with the draft saved; who only mends spelling is no author of it."""
    candidate = candidate_to_be(case.translation, guides.latest(session, case.translation))
    candidate.significance = answer
    draft = rounds.draft_case(session, case.review, case.translation, candidate, blocks)
    return replace(
        draft,
        versions={**case.versions, **draft.versions},
        text=case.text if answer is Significance.TYPO else draft.text,
        decisions=case.decisions,
        claims=case.claims,
        guests=case.guests,
        away=case.away,
    )
