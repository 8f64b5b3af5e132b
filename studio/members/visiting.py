"""Who a cookie belongs to, without a request: for pages and for sockets alike."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.ids import token_hash
from studio.members import queries
from studio.members.actor import Actor
from studio.members.models import Member, MemberSession
from studio.members.rules import visits


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that goes on."""

    id: str
    member_id: str
    own_phone: bool
    started: datetime
    written: datetime
    """When its last sight was written down."""
    renew: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member who is here, and the visit they are here by."""

    visit: Visit
    actor: Actor
    pattern: str
    """The seed of the small drawing beside their pen-name."""


def by_cookie(session: Session, value: str, now: datetime, seen: Mapping[str, datetime]) -> Visitor | None:
    """Return whose cookie ``value`` is; None where nobody is signed in by it any more.

    ``seen`` is what this process remembers of when each visit was last here; rows know it coarsely.
    """
    visit_id, _, secret = value.partition(".")
    row = session.get(MemberSession, visit_id) if secret else None
    if row is None or not hmac.compare_digest(row.token_hash, token_hash(secret)):
        return None
    return _going_on(session, row, now, seen)


def by_ids(session: Session, visit_ids: Iterable[str], now: datetime, seen: Mapping[str, datetime]) -> dict[str, Visit]:
    """Return those of some visits that were shown before that go on, of members who are not suspended; one question."""
    row = MemberSession
    every = (
        select(row.id, row.member_id, row.own_phone, row.started, row.last_seen, row.renew)
        .join(Member, Member.id == row.member_id)
        .where(row.id.in_(visit_ids), ~Member.suspended)
    )
    visits = (Visit(*row) for row in session.execute(every))
    return {visit.id: visit for visit in visits if goes_on(visit, now, seen)}


def goes_on(visit: Visit, now: datetime, seen: Mapping[str, datetime]) -> bool:
    """Whether time has not ended a visit, which is all that can end it while nothing is written."""
    last_seen = max(visit.written, seen.get(visit.id, visit.written))
    return not visits.is_over(visit.started, last_seen, now, own_phone=visit.own_phone)


def _going_on(session: Session, row: MemberSession, now: datetime, seen: Mapping[str, datetime]) -> Visitor | None:
    visit = Visit(row.id, row.member_id, row.own_phone, row.started, row.last_seen, row.renew)
    member = session.get(Member, row.member_id)
    if member is None or member.suspended or not goes_on(visit, now, seen):
        return None
    return Visitor(visit, queries.actor(session, member), member.pattern)
