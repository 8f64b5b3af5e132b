"""Publishing: exactly the agreed version becomes an edition; the worker makes it live when all is derived."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.ids import new_copy_number, new_id
from studio.core.words import N_
from studio.guides import names
from studio.guides import operations as kernel
from studio.guides.consents import queries as consents
from studio.guides.drafts import log
from studio.guides.models import Approval, Revision, SlugAlias, Translation
from studio.guides.rules.statuses import Progress, Standing
from studio.guides.rules.transitions import Act
from studio.guides.threads import forgetting
from studio.jobs.queue import enqueue
from studio.members.actor import Actor, Role
from studio.publish import queries
from studio.publish.generation import raise_generation
from studio.publish.models import Edition, Schedule


def agreed(session: Session, translation: Translation) -> tuple[Revision, Approval]:
    """Return the saved version that may be published and its approval; raise Conflict where there is none (rule 7)."""
    approval = session.get(Approval, translation.id)
    ready = translation.progress in (Progress.APPROVED, Progress.SCHEDULED)
    if approval is None or not ready or approval.revision_id != translation.approved_revision_id:
        raise Conflict(N_("Not all checks of this text are done, so it cannot be published yet."))
    revision = session.get_one(Revision, approval.revision_id)
    if revision.content_hash != approval.content_hash:
        raise Conflict(N_("What was agreed to is not this text. An organiser should look at the trail."))
    return revision, approval


def publish(
    session: Session,
    actor: Actor,
    translation: Translation,
    *,
    content_hash: str,
    confirmed: Collection[str],
    now: datetime,
    correction: bool = False,
) -> Edition:
    """Make an edition of the agreed version, whose ``content_hash`` the editor has just looked at.

    ``confirmed`` holds the spelling changes ("before → after") that the editor saw; all of them must be there. A
    ``correction`` tells readers on its page, with the month, what it corrects; a first edition corrects nothing.
    """
    editors_only(actor)
    revision, approval = agreed(session, translation)
    with_consent(session, translation, now)
    if revision.content_hash != content_hash:
        raise Conflict(N_("This text has changed since you looked at it. Look at everything again, then publish."))
    unseen = {spelling_change(change) for change in approval.spelling_changes} - set(confirmed)
    if unseen:
        raise Invalid(N_("Confirm each changed spelling first: {change}", change=min(unseen)))
    return make_edition(session, actor.id, translation, revision, approval, now, correction=correction)


def spelling_change(change: list[str]) -> str:
    """Return a spelling change as one line, the value of its box on the page."""
    return f"{change[0]} → {change[1]}"


def make_edition(
    session: Session,
    actor_id: str,
    translation: Translation,
    revision: Revision,
    approval: Approval,
    now: datetime,
    *,
    correction: bool,
) -> Edition:
    """Make an edition of what the caller has seen to be agreed to, and ask the worker for its files."""
    edition = begin_edition(
        session,
        revision,
        changelog=str(revision.fields.get("changelog", "")),
        label=approval.label,
        aftercare=approval.aftercare,
        people=len(approval.people),
        checked_on=approval.checked_at.date(),
        now=now,
        correction=correction,
    )
    kernel.move(session, translation, Act.PUBLISH, actor_id, now, edition=edition.id, content=edition.content_hash)
    translation.published_revision_id = revision.id
    # An urgent fix is saved beside the draft, as of the edition before: nothing of the draft is settled by it.
    if revision.seq > translation.draft.settled_seq:
        log.settle(session, translation.draft, revision.seq, now)
    forgetting.forget(session, translation)
    _pin(session, translation)
    session.delete(approval)
    planned = session.get(Schedule, translation.id)
    if planned:
        session.delete(planned)
    ask_for_build(session, edition, now)
    return edition


def begin_edition(
    session: Session,
    revision: Revision,
    *,
    changelog: str,
    label: str,
    aftercare: Mapping[str, Any],
    people: int,
    checked_on: date,
    now: datetime,
    correction: bool,
) -> Edition:
    """Add the next edition of a text, made of a saved version; readers have it when it is built."""
    mine = Edition.translation_id == revision.translation_id
    count = session.scalar(select(func.max(Edition.number)).where(mine)) or 0
    edition = Edition(
        id=new_id(),
        translation_id=revision.translation_id,
        number=count + 1,
        revision_id=revision.id,
        content_hash=revision.content_hash,
        code=_free_code(session),
        changelog=changelog,
        correction=correction and count > 0,
        label=label,
        aftercare=dict(aftercare),
        people=people,
        checked_on=checked_on,
        published_on=now.date(),
        standing=Standing.BUILDING,
    )
    session.add(edition)
    session.flush()
    return edition


def _pin(session: Session, translation: Translation) -> None:
    """Note which edition of its source a translation was published beside."""
    source = (translation.pinned_to or "").partition("@")[0]
    guide_id, _, code = source.rpartition("/")
    found = session.scalar(select(Translation.id).where(Translation.guide_id == guide_id, Translation.language == code))
    live = queries.live_edition(session, found) if found else None
    if live:
        translation.pinned_to = f"{source}@{live.number}"


def ask_for_build(session: Session, edition: Edition, now: datetime) -> None:
    """Ask the worker to derive everything of ``edition``."""
    enqueue(session, "publish.build", f"publish.build:{edition.id}", {"edition": edition.id}, now)


def make_live(session: Session, edition: Edition, now: datetime) -> None:
    """Let readers have ``edition`` in the place of the one before; its files are all there.

    One that took longer than a later edition, or failed at first, never comes in that one's place.
    """
    if edition.standing is not Standing.BUILDING or _held(session, edition):
        return
    if any(one.number > edition.number for one in queries.editions(session, edition.translation_id)):
        edition.standing = Standing.SUPERSEDED
        return
    before = queries.live_edition(session, edition.translation_id)
    if before:
        before.standing = Standing.SUPERSEDED
        session.flush()
    edition.standing = Standing.LIVE
    if edition.label == "urgent":  # all checks may be done already
        key = edition.translation_id
        enqueue(session, "publish.confirm", f"publish.confirm:{key}", {"translation": key}, now)
    trail.record(
        session,
        actor=None,
        act="live",
        subject=f"edition:{edition.id}",
        details={"content": edition.content_hash},
        now=now,
    )
    raise_generation(session)


def choose_slug(session: Session, actor: Actor, translation: Translation, wanted: str, now: datetime) -> None:
    """Give a text another address name; the old one leads on if readers ever had it."""
    editors_only(actor)
    name = names.check_slug(session, translation, wanted.strip())
    if name == translation.slug:
        return
    if queries.newest_edition(session, translation.id):
        session.add(SlugAlias(language=translation.language, slug=translation.slug, translation_id=translation.id))
    translation.slug = name
    live = queries.live_edition(session, translation.id)
    if live:
        ask_for_build(session, live, now)
    trail.record(session, actor=actor.id, act="slug", subject=f"translation:{translation.id}", details={}, now=now)
    raise_generation(session)


def _held(session: Session, edition: Edition) -> bool:
    """Whether an edition of the same text is down and nobody has decided yet; nothing replaces it by itself."""
    return queries.waits_for_decision(session, edition.translation_id) is not None


def _free_code(session: Session) -> str:
    """Return a copy number that no edition has."""
    while True:
        code = new_copy_number()
        if queries.by_code(session, code) is None:
            return code


def with_consent(session: Session, translation: Translation, at: datetime) -> None:
    """Raise Conflict where a story may not go out on the day ``at`` for want of its teller's consent."""
    why = consents.why_not_out(session, translation, at.date())
    if why:
        raise Conflict(why)


def editors_only(actor: Actor) -> None:
    """Raise NotAllowed unless ``actor`` is an editor."""
    if not actor.has(Role.EDITOR):
        raise NotAllowed(N_("Editors publish. Ask one of them when all checks are done."))
