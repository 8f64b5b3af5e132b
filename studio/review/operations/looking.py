"""Look at a round again: what is checked now, which yes counts, whether all is done; the one writer of Approval."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.guides import operations as guides
from studio.guides import queries as texts
from studio.guides.models import Approval, Revision, Translation
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.guides.urgent import fix_of
from studio.jobs.queue import enqueue
from studio.members.actor import Role
from studio.review.models import Claim, Review, ReviewStage
from studio.review.operations import desk
from studio.review.operations.telling import no_longer, tell
from studio.review.queries import rounds
from studio.review.rules.standing import AGREED, RUNNING, Sort, State


def look_again(session: Session, translation: Translation, now: datetime) -> rounds.Case | None:
    """Bring the round of a text up to its newest saved version; None where no round runs (any more)."""
    review = rounds.open_review(session, translation.id, lock=True)
    if review is None or translation.progress not in RUNNING:
        if review:
            review.closed_at, review.outcome = now, outcome_of(session, review, translation)
            desk.forget(review)
        if translation.progress in (Progress.DRAFT, Progress.ARCHIVED):
            _drop_approval(session, translation)
        return None
    _follow(session, review, translation, now)
    end_claims(session, review, translation, now)
    case = rounds.case(session, review, translation, now)
    _free_vanished(case, now)
    _note_states(session, case, now)
    desk.keep(session, case)
    _move(session, case, now)
    _ask_second_looks(session, case, now)
    session.flush()
    return case


def outcome_of(session: Session, review: Review, translation: Translation) -> str:
    """Return how a round ended: with an edition of what it checked, or taken back."""
    published = session.get(Revision, translation.published_revision_id or "")
    candidate = session.get_one(Revision, review.candidate_revision_id)
    return "published" if published and published.number >= candidate.number else "taken_back"


def _follow(session: Session, review: Review, translation: Translation, now: datetime) -> None:
    latest = texts.latest(session, translation)
    if latest is None or latest.id == review.candidate_revision_id:
        return
    review.candidate_revision_id, review.candidate_hash = latest.id, latest.content_hash
    trail.record(
        session,
        actor=None,
        act="review.follow",
        subject=f"review:{review.id}",
        details={"revision": latest.id, "content": latest.content_hash},
        now=now,
    )


def end_claims(session: Session, review: Review, translation: Translation, now: datetime) -> None:
    """Release claims whose days are over, and tell who held them."""
    over = select(Claim).where(Claim.review_id == review.id, Claim.released_at.is_(None), Claim.expires_at <= now)
    for claim in session.scalars(over):
        claim.released_at = now
        tell(session, [claim.member_id], "claim_ended", translation, now, stage=claim.stage)
        trail.record(session, actor=None, act="review.claim_ended", subject=f"claim:{claim.id}", details={}, now=now)


def _free_vanished(case: rounds.Case, now: datetime) -> None:
    """Free who holds a check that the text no longer has; nobody has to give it back."""
    keys = {check.key for check in case.checks}
    for claim in case.claims:
        if claim.stage not in keys:
            claim.released_at = now


def _note_states(session: Session, case: rounds.Case, now: datetime) -> None:
    """Keep since when each check is where it is, for the queue's age."""
    rows = {row.key: row for row in case.review.stages}
    for position, standing in enumerate(case.round.stages):
        row = rows.get(standing.check.key)
        if row is None:
            row = ReviewStage(review_id=case.review.id, key=standing.check.key, state="", since=now, position=position)
            session.add(row)
            case.review.stages.append(row)
        row.position = position
        waiting = standing.state in (State.OPEN, State.TAKEN)
        if row.state != standing.state and not (waiting and row.state in (State.OPEN, State.TAKEN)):
            row.since = now
        row.state = standing.state


def _move(session: Session, case: rounds.Case, now: datetime) -> None:
    text, done = case.translation, case.round.all_agreed or case.round.overridden
    if text.progress is Progress.CHANGES_REQUESTED and not case.round.blocked:
        guides.move(session, text, Act.CHANGE_DONE, None, now)
    if text.progress is Progress.IN_REVIEW and case.round.all_agreed:
        guides.move(session, text, Act.ALL_AGREED, None, now, content=case.now.content_hash)
        tell(session, _editors(case), "done", text, now)
    if text.progress in AGREED and not done:
        guides.move(session, text, Act.AGREEMENT_LOST, None, now)
    if text.progress in AGREED:
        _approve(session, case, now)
    else:
        _lose(session, case, now)


def _editors(case: rounds.Case) -> list[str]:
    return [
        actor.id
        for actor in case.actors.values()
        if actor.has(Role.EDITOR) and (case.team is None or actor.id in case.team)
    ]


def _approve(session: Session, case: rounds.Case, now: datetime) -> None:
    row = session.get(Approval, case.translation.id)
    label = "" if case.round.all_agreed else "override"
    if row is None:
        row = Approval(translation_id=case.translation.id, approved_at=now)
        session.add(row)
    row.revision_id, row.content_hash = case.candidate.id, case.now.content_hash
    row.people, row.label, row.policy = sorted(case.round.people), label, case.policy.key
    row.aftercare = case.policy.aftercare.data()
    row.checked_at = _last_yes(case, now)
    row.spelling_changes = [list(change) for change in case.round.spelling]
    case.translation.approved_revision_id = case.candidate.id
    if label != "override" and fix_of(session, case.candidate.id):
        text = case.translation.id
        enqueue(session, "publish.confirm", f"publish.confirm:{text}", {"translation": text}, now)


def _last_yes(case: rounds.Case, now: datetime) -> datetime:
    counting = {vote.given.id for one in case.round.stages for vote in one.votes if vote.counts}
    return max((one.at for one in case.decisions if one.id in counting or one.sort is Sort.OVERRIDE), default=now)


def _lose(session: Session, case: rounds.Case, now: datetime) -> None:
    if _drop_approval(session, case.translation):
        no_longer(session, "done", case.translation, now)
        tell(session, case.text.authors & case.actors.keys(), "lost", case.translation, now)


def _drop_approval(session: Session, translation: Translation) -> bool:
    row = session.get(Approval, translation.id)
    translation.approved_revision_id = None
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def _ask_second_looks(session: Session, case: rounds.Case, now: datetime) -> None:
    """Tell who agreed to other words than today's, or asked for a change in them."""
    votes = [vote for standing in case.round.stages for vote in standing.votes]
    asked = {
        vote.given.member
        for vote in votes
        if vote.waits or (vote.blocks and case.versions[vote.given.number].content_hash != case.now.content_hash)
    }
    tell(session, asked & case.actors.keys(), "look_again", case.translation, now)
    inviters = {case.guests[one].inviter for one in asked & case.guests.keys() if case.guests[one].is_open}
    tell(session, inviters & case.actors.keys(), "guest_again", case.translation, now)
