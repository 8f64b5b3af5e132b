"""Who would be left to check a text if somebody wrote in it; and the round that a draft would begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.words import Message
from studio.guides import operations as kernel
from studio.guides import queries as guides
from studio.guides.drafts import log
from studio.guides.freezing import freeze
from studio.guides.models import Revision, Translation
from studio.guides.rules.statuses import Progress, Significance
from studio.members.actor import Actor
from studio.review.library import library
from studio.review.models import Review
from studio.review.queries import rounds
from studio.review.queries.guests import asked
from studio.review.queries.policies import policy_in_force
from studio.review.rules.quorum import Left, if_you_write, suffice
from studio.review.rules.standing import RUNNING, Standing
from studio.review.rules.who import Text, asks_for_some, is_teller
from studio.review.titles import title_of


def left_to_check(session: Session, actor: Actor, translation: Translation, now: datetime) -> Message | None:
    """Return what ``actor`` should know before writing in a text that they could check; None where nothing is lost.

    Whoever has written since the last edition is not asked, whether or not a version was saved since; nor do they
    count among those who are left.
    """
    if translation.progress is Progress.ARCHIVED:
        return None
    draft = case_to_be(session, translation, now)
    review = rounds.open_review(session, translation.id) if translation.progress in RUNNING else None
    if review is None:
        return before_writing(draft, actor)
    case = rounds.case(session, review, translation, now)
    wrote = case.text.authors | draft.text.authors
    return before_writing(replace(case, text=Text(case.text.language, wrote, case.text.tellers)), actor)


def before_writing(case: rounds.Case, actor: Actor) -> Message | None:
    """Return what a person who could check the text should know before they write in it, None where nothing is lost."""
    if actor.id in case.text.authors:
        return None
    left = (_left(case, actor, one) for one in case.round.stages if not is_teller(one.check))
    text = replace(case.text, authors=case.text.authors | {actor.id})
    return if_you_write(
        (one for one in left if one),
        lambda key: title_of(case.check(key), actor.language),
        suffice=_suffice(replace(case, text=text)) or not _suffice(case),
    )


def _suffice(case: rounds.Case) -> bool:
    return suffice(case.round, case.could, case.policy.combine, asked(case.guests.values(), case.decisions))


def _left(case: rounds.Case, actor: Actor, standing: Standing) -> Left | None:
    """Return what writing would cost a check: one who could still give it, or a yes that is given already."""
    check, could = standing.check, case.could[standing.check.key]
    gave = actor.id in standing.counting
    if not gave and not (standing.still_needs and actor.id in could):
        return None
    others = sum(1 for one in could if one != actor.id)
    return Left(check.key, others, standing.still_needs + gave, asks_for_some(check))


def case_to_be(session: Session, translation: Translation, now: datetime) -> rounds.Case:
    """Return the round that would begin if the draft were handed in now, so that one can say who is missing."""
    policy = policy_in_force(session)
    latest = guides.latest(session, translation)
    loaded = log.load(session, translation.draft, translation.draft.head_seq)
    blocks = freeze(loaded, guides.blocks_of(session, latest.id if latest else None))
    candidate = candidate_to_be(translation, latest)
    review = Review(
        id="",
        translation_id=translation.id,
        policy=dict(library().policy_data[policy.key]),
        checklists={key: dict(data) for key, data in library().checklist_data.items()},
        tellers=rounds.tellers_of(translation),
        opened_at=now,
    )
    return rounds.draft_case(session, review, translation, candidate, blocks)


def candidate_to_be(translation: Translation, latest: Revision | None) -> Revision:
    """Return the version that the draft would be if it were saved after ``latest``; it is not stored."""
    guide, draft = translation.guide, translation.draft
    return Revision(
        id="",
        translation_id=translation.id,
        number=(latest.number if latest else 0) + 1,
        body=draft.text,
        fields=dict(draft.fields),
        kind=guide.kind,
        facets=list(guide.facets),
        topics=list(guide.topics),
        licence=guide.licence,
        content_hash=kernel.hash_of_draft(translation),
        significance=Significance.CONTENT,
    )
