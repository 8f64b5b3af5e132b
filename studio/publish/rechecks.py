"""Looking at a published text again: who can, what there is to look at, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, NotAllowed
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import policies
from studio.guides.models import Revision
from studio.guides.rules.policies import read_aftercare
from studio.guides.rules.statuses import Standing
from studio.members.actor import Actor, Role
from studio.publish import operations, queries
from studio.publish.models import Edition, Recheck
from studio.publish.rules.freshness import due_on


@dataclass(frozen=True, slots=True)
class Months:
    """When a text was looked at last, when it is due again, and when it would be if somebody said so today."""

    checked_on: date
    due_on: date
    next_due_on: date


def months_of(session: Session, edition: Edition, today: date) -> Months:
    """Return the months of an edition that readers have."""
    listed = queries.listed(session, edition)
    months = policies.aftercare_in_force(session).months(listed.revision.facets)
    due = queries.due_days(session, [listed])[edition.id]
    return Months(queries.checked_on(session, edition), due, due_on(today, months))


@dataclass(frozen=True, slots=True)
class Due:
    """A text that readers have, the day from which it is due again, and what decides who can look."""

    translation_id: str
    on: date
    facets: tuple[str, ...]


def due_until(session: Session, day: date) -> list[Due]:
    """Return the live texts that are due by ``day``, the one due longest first; no text of them is read."""
    shortest = min(months for one in policies.known().values() for months in one.aftercare.recheck_months.values())
    columns = (Edition.id, Edition.translation_id, Edition.checked_on, Edition.aftercare, Revision.facets)
    live = select(*columns).join(Revision, Revision.id == Edition.revision_id).where(Edition.standing == Standing.LIVE)
    rows = session.execute(live.where(Edition.checked_on < due_on(day, 1 - shortest))).all()
    looks = select(Recheck.edition_id, Recheck.on, Recheck.months).order_by(Recheck.on)
    again = {key: (on, months) for key, on, months in session.execute(looks)}
    now = policies.aftercare_in_force(session) if any(not row.aftercare for row in rows) else None
    found = list[Due]()
    for key, translation_id, checked_on, aftercare, facets in rows:
        care = read_aftercare(aftercare) if aftercare else now
        on, months = again.get(key, (checked_on, None))
        due = due_on(max(on, checked_on), months or (care.months(facets) if care else shortest))
        found += [Due(translation_id, due, tuple(facets))] if due <= day else []
    return sorted(found, key=lambda one: (one.on, one.translation_id))


def is_competent(actor: Actor, facets: Sequence[str]) -> bool:
    """Whether ``actor`` may say that a text with ``facets`` is still right: a checker or editor trained for them all.

    Whoever wrote it may, too: all checks were others' when it was published, and here nothing new is agreed to.
    """
    needed = {facet for facet in facets if facet == "health" or facet.startswith("legal:")}
    return actor.has(Role.REVIEWER, Role.EDITOR) and needed <= actor.trainings


def recheck(session: Session, actor: Actor, edition: Edition, now: datetime) -> None:
    """Note that ``actor`` said "still right": a new month on everything, no new edition. Once a day is enough."""
    if edition.standing is not Standing.LIVE:
        raise Conflict(N_("Only what readers have now can be looked at again."))
    facets = session.get_one(Revision, edition.revision_id).facets
    if not is_competent(actor, facets):
        raise NotAllowed(N_("Somebody trained for what this text is about can say that it is still right."))
    same = select(Recheck.id).where(Recheck.edition_id == edition.id, Recheck.person == actor.id)
    if session.scalar(same.where(Recheck.on == now.date())):
        return
    months = policies.aftercare_in_force(session).months(facets)
    session.add(Recheck(id=new_id(), edition_id=edition.id, on=now.date(), months=months, person=actor.id))
    trail.record(session, actor=actor.id, act="recheck", subject=f"edition:{edition.id}", details={}, now=now)
    operations.ask_for_build(session, edition, now)
