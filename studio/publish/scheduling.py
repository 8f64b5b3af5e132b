"""A day on which exactly what was agreed to is published, and all that can come between."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.errors import Conflict, Invalid
from studio.core.words import N_
from studio.guides import operations as kernel
from studio.guides.models import Approval, Revision, Translation
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.jobs.queue import enqueue
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.publish import operations, queries
from studio.publish.models import Edition, Schedule


def schedule(
    session: Session,
    actor: Actor,
    translation: Translation,
    *,
    content_hash: str,
    at: datetime,
    now: datetime,
    correction: bool = False,
) -> None:
    """Let the agreed version be published at ``at`` (UTC), unless something moves before.

    The same day sent a second time changes nothing. Raise Conflict or Invalid where the text cannot be published so.
    """
    operations.editors_only(actor)
    revision, approval = operations.agreed(session, translation)
    operations.with_consent(session, translation, at)
    if revision.content_hash != content_hash:
        raise Conflict(N_("This text has changed since you looked at it. Look at everything again, then publish."))
    planned = planned_for(session, translation)
    if planned and (planned.at, planned.correction) == (at, correction):
        return
    if approval.spelling_changes:
        raise Invalid(N_("Spelling changed after the checks. Publish it now, so that you can confirm each change."))
    if queries.waits_for_decision(session, translation.id):
        raise Conflict(N_("This text was taken down, and somebody has to decide about that first."))
    if at <= now:
        raise Invalid(N_("Choose a time that is still to come, or publish now."))
    if translation.progress is Progress.SCHEDULED:
        kernel.move(session, translation, Act.UNSCHEDULE, actor.id, now)
    kernel.move(session, translation, Act.SCHEDULE, actor.id, now, at=at.isoformat())
    # A day that was set for an earlier agreement, which was lost since, may still stand here.
    kept = Schedule(translation_id=translation.id, at=at, by=actor.id, content_hash=content_hash, correction=correction)
    session.merge(kept)
    enqueue(
        session,
        "publish.scheduled",
        f"publish.scheduled:{translation.id}",
        {"translation": translation.id},
        now,
        not_before=at,
    )


def unschedule(session: Session, actor: Actor, translation: Translation, now: datetime) -> None:
    """Drop the day; the text stays approved. Raise Conflict where there is none any more."""
    operations.editors_only(actor)
    _drop(session, translation, actor.id, now)


def planned_for(session: Session, translation: Translation) -> Schedule | None:
    """Return the day on which a text is to be published; None where it was dropped, by people or by what changed."""
    return session.get(Schedule, translation.id) if translation.progress is Progress.SCHEDULED else None


def publish_scheduled(session: Session, translation: Translation, now: datetime) -> Edition | None:
    """Publish what was scheduled, if it is still exactly that; None where the day was dropped or is still to come.

    The day is dropped, and the text waits for an editor, where its editor is none any more, where what was agreed to
    is not what they looked at, and where the text was taken down meanwhile: whoever set the day knew nothing of that.
    """
    planned = planned_for(session, translation)
    if planned is None or planned.at > now:
        return None
    try:
        operations.with_consent(session, translation, now)
        revision, approval = _as_planned(session, translation, planned)
    except Conflict:
        _drop(session, translation, None, now)
        return None
    correction = planned.correction
    return operations.make_edition(session, planned.by, translation, revision, approval, now, correction=correction)


def _as_planned(session: Session, translation: Translation, planned: Schedule) -> tuple[Revision, Approval]:
    """Return what is to be published; raise Conflict where it is not what its editor looked at, or may not be."""
    revision, approval = operations.agreed(session, translation)
    same = revision.content_hash == planned.content_hash and not approval.spelling_changes
    down = queries.waits_for_decision(session, translation.id) is not None
    if down or not same or not members.is_active(session, planned.by, Role.EDITOR):
        raise Conflict(N_("This text has changed since you looked at it. Look at everything again, then publish."))
    return revision, approval


def forget_day(session: Session, translation: Translation, now: datetime) -> None:
    """Drop the day of a text that has one, for a reason that is nobody's act; the text waits to be published."""
    if translation.progress is Progress.SCHEDULED:
        _drop(session, translation, None, now)
        return
    planned = session.get(Schedule, translation.id)
    if planned:
        session.delete(planned)


def _drop(session: Session, translation: Translation, actor_id: str | None, now: datetime) -> None:
    planned = session.get(Schedule, translation.id)
    if planned:
        session.delete(planned)
    kernel.move(session, translation, Act.UNSCHEDULE, actor_id, now)
