"""What a second look asks: the difference, and only those questions that an earlier word does not answer."""

from __future__ import annotations

from studio.members.actor import Actor
from studio.review.queries.pieces import needs_second_look, vote_of
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.queries.rounds import Case
from studio.review.rules.answers import that_stand
from studio.review.rules.policy import Check, Question


def asked_of(case: Case, actor: Actor, check: Check) -> tuple[Question, ...]:
    """Return the questions that somebody is asked: in a second look those without an answer that stands."""
    answered = standing_answers(case, actor, check)
    return tuple(one for one in questions_of(case, check) if one.key not in answered)


def standing_answers(case: Case, actor: Actor, check: Check) -> dict[str, str]:
    """Return the answers of the person's earlier word that stand; none where it is no second look at a difference."""
    vote = vote_of(case.standing(check.key), actor.id)
    if vote is None or not needs_second_look(case, vote):
        return {}
    row = next(one for one in case.decisions if one.id == vote.given.id)
    if row.checklist_version != checklist_of(case, check).version:
        return {}
    known = {block.block_id for block in case.versions[row.revision_number].blocks}
    return that_stand(row.answers, brought_new=any(block.block_id not in known for block in case.now.blocks))
