"""Publishing's part of an urgent safety fix: the labelled edition at once, and the end of its label."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict
from studio.core.words import N_
from studio.guides import operations as kernel
from studio.guides import urgent as fixes
from studio.guides.drafts import log
from studio.guides.models import Approval, Revision, Translation, UrgentFix
from studio.guides.rules.statuses import Progress, Standing
from studio.guides.rules.transitions import Act
from studio.members.actor import Actor
from studio.publish import operations, queries
from studio.publish.models import Edition, Schedule
from studio.storage.engine import begin_write

LABEL: Final = "urgent"


def may_be_fixed(session: Session, translation: Translation) -> Edition:
    """Return what readers have of a text; raise Conflict where that is nothing, or may not be what they keep."""
    if queries.waits_for_decision(session, translation.id):
        raise Conflict(N_("This text was taken down, and somebody has to decide about that first."))
    live = queries.live_edition(session, translation.id)
    if live is None:
        raise Conflict(
            N_("Readers do not have this text now, so there is nothing to mend for them. Write in its draft.")
        )
    newest = queries.newest_edition(session, translation.id)
    if newest and newest.standing is Standing.BUILDING and not any(one.state == "failed" for one in newest.builds):
        raise Conflict(N_("A newer edition is just being made. Wait a minute, then look at that one."))
    return live


def due_of(session: Session, edition: Edition) -> date | None:
    """Return by which day all checks of an edition follow; None for one that is not labelled as an urgent fix."""
    fix = fixes.fix_of(session, edition.revision_id) if edition.label == LABEL else None
    return fix.due_on if fix else None


def last_checked(session: Session, edition: Edition) -> Revision:
    """Return what all checks agreed to last: the edition's words, or those before one urgent fix after another."""
    revision_id, label = edition.revision_id, edition.label
    while label == LABEL and (fix := fixes.fix_of(session, revision_id)):
        revision_id = fix.base_revision_id
        before = select(Edition.label).where(Edition.revision_id == revision_id).order_by(Edition.number.desc())
        label = session.scalar(before.limit(1)) or ""
    return session.get_one(Revision, revision_id)


def publish_fix(
    session: Session, actor: Actor, live: Edition, fix: UrgentFix, revision: Revision, now: datetime
) -> Edition:
    """Publish a fix at once, labelled; it keeps the month of the checks before it, for it had none of its own yet."""
    edition = operations.begin_edition(
        session,
        revision,
        changelog=fix.line,
        label=LABEL,
        aftercare=queries.aftercares(session, [live])[live.id].data(),
        people=1,
        checked_on=queries.checked_on(session, live),
        now=now,
        correction=True,
    )
    details = {"fix": fix.id, "content": edition.content_hash, "wrote": fix.proposed_by, "due": str(fix.due_on)}
    trail.record(
        session, actor=actor.id, act="urgent.publish", subject=f"edition:{edition.id}", details=details, now=now
    )
    operations.ask_for_build(session, edition, now)
    return edition


def confirm(session: Session, translation: Translation, now: datetime) -> Edition | None:
    """Take the label off once all checks agreed to exactly the words that readers have; None where they did not.

    No new edition is made: the words are the same. The text is settled by it, as if it had been published now.
    """
    session.refresh(translation, with_for_update=True)
    live, approval = queries.live_edition(session, translation.id), session.get(Approval, translation.id)
    ready = translation.progress in (Progress.APPROVED, Progress.SCHEDULED)
    if live is None or live.label != LABEL or approval is None or approval.label == "override" or not ready:
        return None
    if approval.content_hash != live.content_hash:
        return None
    live.label, live.people, live.checked_on = approval.label, len(approval.people), approval.checked_at.date()
    live.aftercare = dict(approval.aftercare)
    if translation.progress is Progress.SCHEDULED:
        kernel.move(session, translation, Act.UNSCHEDULE, None, now)
    kernel.move(session, translation, Act.CONFIRM, None, now, edition=live.id, content=live.content_hash)
    _settle(session, translation, live, now)
    session.delete(approval)
    planned = session.get(Schedule, translation.id)
    if planned:
        session.delete(planned)
    operations.ask_for_build(session, live, now)
    return live


def confirm_task(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Do ``confirm`` for the text named in ``args["translation"]``: asked for when all its checks are done."""
    begin_write(session)
    translation = session.get(Translation, args["translation"])
    if translation:
        confirm(session, translation, now)


def labelled(session: Session) -> list[tuple[Edition, date]]:
    """Return each live edition that is labelled as an urgent fix, with the day by which its checks follow."""
    live = (
        select(Edition, UrgentFix.due_on)
        .join(UrgentFix, UrgentFix.revision_id == Edition.revision_id)
        .where(Edition.standing == Standing.LIVE, Edition.label == LABEL)
        .order_by(UrgentFix.due_on, Edition.id)
    )
    return [(edition, due) for edition, due in session.execute(live) if due]


def _settle(session: Session, translation: Translation, live: Edition, now: datetime) -> None:
    """Let authorship begin anew where the draft holds nothing else; words that others typed meanwhile stay theirs."""
    translation.published_revision_id = live.revision_id
    if kernel.hash_of_draft(translation) == live.content_hash:
        log.settle(session, translation.draft, translation.draft.head_seq, now)
