"""Take this down now, and what another person decides about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import policies
from studio.guides.models import Guide, Translation
from studio.guides.rules.statuses import Standing
from studio.jobs.queue import enqueue
from studio.members.actor import Actor
from studio.publish import going, queries
from studio.publish.generation import raise_generation
from studio.publish.models import Edition, Takedown
from studio.publish.rules.takedown import Reason, check_may_decide, check_may_take_down, check_role


def take_down(
    session: Session, actor: Actor, translation: Translation, *, reason: Reason, instead: str, now: datetime
) -> list[Edition]:
    """Take a text from its readers at once, with every translation pinned to it; return the editions taken down.

    Where it is down already and waits for a decision, nothing happens, whoever asks a second time: none are returned.
    """
    session.refresh(translation, with_for_update=True)
    check_role(actor)
    if queries.live_edition(session, translation.id) is None and queries.waits_for_decision(session, translation.id):
        return []
    waiting = select(func.count()).where(
        Takedown.by == actor.id, Takedown.decided_at.is_(None), Takedown.follows.is_(None)
    )
    days = policies.aftercare_in_force(session).takedown_days
    check_may_take_down(actor, session.scalar(waiting) or 0, now, days)
    edition = queries.live_edition(session, translation.id)
    if edition is None:
        raise Conflict(N_("Readers do not have this text now; there is nothing to take down."))
    if instead and session.get(Guide, instead) is None:
        instead = ""
    first = _withdraw(session, actor, edition, reason, instead, None, now)
    taken = [edition]
    for other in list(going.with_it(session, translation)):
        _withdraw(session, actor, other, reason, instead, first.id, now)
        taken.append(other)
    raise_generation(session)
    return taken


def decide(session: Session, actor: Actor, edition: Edition, *, put_back: bool, now: datetime) -> None:
    """Put a text back, or let it stay down; by an editor other than who took it down."""
    takedown = queries.open_takedown(session, edition.id)
    if takedown is None or takedown.decided_at or edition.standing is not Standing.WITHDRAWN:
        raise Conflict(N_("Somebody has decided about this already."))
    check_may_decide(actor, takedown.by)
    takedown.decided_by, takedown.decided_at = actor.id, now
    takedown.outcome = "restored" if put_back else "stays"
    act = "put_back" if put_back else "stays_down"
    if put_back:
        live = queries.live_edition(session, edition.translation_id)
        edition.standing = Standing.SUPERSEDED if live else Standing.LIVE
        _go_on(session, edition, now)
    trail.record(session, actor=actor.id, act=act, subject=f"edition:{edition.id}", details={}, now=now)
    _reindex(session, edition, now)
    raise_generation(session)


def _withdraw(
    session: Session, actor: Actor, edition: Edition, reason: Reason, instead: str, follows: str | None, now: datetime
) -> Takedown:
    edition.standing = Standing.WITHDRAWN
    takedown = Takedown(
        id=new_id(), edition_id=edition.id, by=actor.id, at=now, reason=reason, instead=instead, follows=follows
    )
    session.add(takedown)
    details = {"reason": str(reason), "follows": follows}
    trail.record(session, actor=actor.id, act="take_down", subject=f"edition:{edition.id}", details=details, now=now)
    _reindex(session, edition, now)
    return takedown


def _go_on(session: Session, edition: Edition, now: datetime) -> None:
    """Have a later edition made that waited for the decision."""
    newest = queries.newest_edition(session, edition.translation_id)
    if newest and newest.standing is Standing.BUILDING:
        enqueue(session, "publish.build", f"publish.build:{newest.id}", {"edition": newest.id}, now)


def _reindex(session: Session, edition: Edition, now: datetime) -> None:
    key = edition.translation_id
    enqueue(session, "publish.index", f"publish.index:{key}", {"translation": key}, now)
    enqueue(session, "publish.collections", f"publish.collections:{key}", {"translation": key}, now)
