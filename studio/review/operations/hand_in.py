"""I'd like this checked: answer what is missing, hand in, take back, invite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id
from studio.core.locales import language
from studio.core.words import N_
from studio.guides import house, media
from studio.guides import operations as guides
from studio.guides import queries as texts
from studio.guides.drafts import log
from studio.guides.fields import TextFields
from studio.guides.models import Revision, Translation
from studio.guides.rules.statuses import Progress, Significance, UpdateKind
from studio.guides.rules.transitions import Act
from studio.members.actor import Actor, Role
from studio.rendering.markdown import render
from studio.review.library import library
from studio.review.models import Claim, Review
from studio.review.operations.looking import look_again, outcome_of
from studio.review.operations.telling import no_longer, tell
from studio.review.queries import hints, rounds
from studio.review.queries.hand_in import missing_fields
from studio.review.queries.policies import policy_in_force
from studio.review.rules.policy import Policy
from studio.review.rules.standing import RUNNING


def answer(
    session: Session,
    actor: Actor,
    translation: Translation,
    *,
    fields: Mapping[str, Any],
    topics: Collection[str],
    now: datetime,
) -> None:
    """Write what was asked at hand-in into the draft; ``topics`` belong to the guide and may stay empty."""
    _must_see(session, actor, translation)
    draft = translation.draft
    changed = {name: value for name, value in fields.items() if draft.fields.get(name) != value}
    if changed:
        log.apply(
            session,
            draft,
            base_seq=draft.head_seq,
            edits=(),
            fields=changed,
            author=actor.id,
            kind=UpdateKind.FORM,
            now=now,
        )
        guides.join_team(session, translation, actor.id, now)
    known = [topic for topic in dict.fromkeys(topics) if topic in house.topics()]
    if known:
        translation.guide.topics = known
    session.flush()


def hand_in(session: Session, actor: Actor, translation: Translation, now: datetime) -> Review:
    """Begin a round of checks on the text as its draft is now; handing in twice is handing in once.

    Raises Invalid, with a sentence for each field, while something is missing that readers need, and with the sentence
    of the first hint that stops while there is one (rule 13).
    """
    _must_see(session, actor, translation)
    session.refresh(translation, with_for_update=True)
    running = rounds.open_review(session, translation.id, lock=True)
    if running and translation.progress in RUNNING:
        return running
    derive(session, translation, now)
    gaps = missing_fields(translation)
    if gaps:
        raise Invalid(N_("Something that readers need is still missing."), gaps)
    stops = hints.of_draft(session, actor, translation).stops
    if stops:
        raise Invalid(stops[0].sentence)
    _check_renders(session, translation)
    revision = guides.save_version(session, actor.id, translation, significance=Significance.CONTENT, note="", now=now)
    if translation.progress is not Progress.DRAFT:
        raise Conflict(N_("Nothing has changed since the last edition. Write first, then hand it in."))
    review = begin(session, actor, translation, revision, now)
    guides.move(session, translation, Act.HAND_IN, actor.id, now, review=review.id, policy=review.policy["key"])
    case = look_again(session, translation, now)
    if case:
        could = {member for members in case.could.values() for member in members}
        tell(session, could - {actor.id}, "asked", translation, now)
    return review


def derive(session: Session, translation: Translation, now: datetime) -> None:
    """Answer by itself what has one honest answer: the neutral title, and the first edition's list of changes."""
    fields = TextFields.from_dict(translation.draft.fields)
    own: dict[str, Any] = {}
    if not fields.neutral_title.strip():
        own["neutral_title"] = house.neutral_title(translation.language)
    if translation.published_revision_id is None and not fields.changelog.strip():
        own["changelog"] = house.first_edition(translation.language)
    if own:
        draft, form = translation.draft, UpdateKind.FORM
        log.apply(session, draft, base_seq=draft.head_seq, edits=(), fields=own, author=None, kind=form, now=now)


def begin(session: Session, actor: Actor, translation: Translation, revision: Revision, now: datetime) -> Review:
    """Open a round on a saved version; one that was taken back is taken up again, so that no wish is lost."""
    policy = policy_in_force(session)
    newest = select(Review).where(Review.translation_id == translation.id).order_by(Review.opened_at.desc(), Review.id)
    review = session.scalar(newest.limit(1).with_for_update())
    if review is None or outcome_of(session, review, translation) == "published":
        review = Review(id=new_id(), translation_id=translation.id, opened_at=now)
    review.candidate_revision_id, review.candidate_hash = revision.id, revision.content_hash
    review.policy = dict(library().policy_data[policy.key])
    review.checklists = {key: dict(library().checklist_data[key]) for key in _lists(policy)}
    review.tellers = rounds.tellers_of(translation)
    review.opened_by, review.closed_at, review.outcome = actor.id, None, ""
    session.add(review)
    session.flush()
    return review


def _lists(policy: Policy) -> list[str]:
    return list(dict.fromkeys(stage.check.checklist for stage in policy.stages))


def _check_renders(session: Session, translation: Translation) -> None:
    """Raise the renderer's own refusal: what cannot be shown cannot be checked."""
    pictures = media.addresses(session, translation.id, "/studio/media/", all_there=True)
    render(translation.draft.text, language(translation.language), media_url=pictures)


def take_back(session: Session, actor: Actor, translation: Translation, now: datetime) -> None:
    """Take a hand-in back to be written on; by an author or an editor. Yeses are kept and weighed again later."""
    _must_see(session, actor, translation)
    session.refresh(translation, with_for_update=True)
    review = rounds.open_review(session, translation.id, lock=True)
    if review is None or translation.progress is Progress.DRAFT:
        return
    case = rounds.case(session, review, translation, now)
    if actor.id not in case.text.authors | {review.opened_by} and not actor.has(Role.EDITOR):
        raise NotAllowed(N_("Somebody who wrote in this text, or an editor, can take it back."))
    guides.move(session, translation, Act.TAKE_BACK, actor.id, now, review=review.id)
    holding = session.scalars(select(Claim).where(Claim.review_id == review.id, Claim.released_at.is_(None))).all()
    for claim in holding:
        claim.released_at = now
    tell(session, {claim.member_id for claim in holding} - {actor.id}, "taken_back", translation, now)
    for kind in ("asked", "look_again", "done"):
        no_longer(session, kind, translation, now)
    look_again(session, translation, now)


def invite(
    session: Session, actor: Actor, translation: Translation, member_ids: Iterable[str], now: datetime
) -> Sequence[str]:
    """Count members to the team of a text that is for its team alone, so that they may know of it and check it."""
    _must_see(session, actor, translation)
    review = rounds.open_review(session, translation.id)
    invited = sorted(set(member_ids))
    for member_id in invited:
        guides.join_team(session, translation, member_id, now)
        details = {"member": member_id}
        subject = f"translation:{translation.id}"
        trail.record(session, actor=actor.id, act="team.invite", subject=subject, details=details, now=now)
    if review:
        tell(session, invited, "asked", translation, now)
    return invited


def _must_see(session: Session, actor: Actor, translation: Translation) -> None:
    if not texts.may_see(session, actor, translation):
        raise NotFound(N_("There is no such text here."))
