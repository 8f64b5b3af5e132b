"""Visits: begun at sign-in, made anew when rights change, ended by the member, an organiser, or time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.ids import new_id, new_token, token_hash
from studio.core.words import N_
from studio.members.actor import Actor
from studio.members.models import Member, MemberSession
from studio.members.rules import visits


def begin(session: Session, *, member: Member, own_phone: bool, now: datetime) -> str:
    """Begin a visit and return the cookie's value; visits that are long over, anybody's, are removed on the way."""
    sweep(session, now)
    visit_id, secret = new_id(), new_token()
    session.add(
        MemberSession(
            id=visit_id,
            member_id=member.id,
            token_hash=token_hash(secret),
            own_phone=own_phone,
            started=now,
            last_seen=now,
        )
    )
    session.flush()
    return f"{visit_id}.{secret}"


def renew(session: Session, visit_id: str) -> str:
    """Give a visit a new secret half and return the cookie's new value."""
    secret = new_token()
    changed = {"token_hash": token_hash(secret), "renew": False}
    session.execute(update(MemberSession).where(MemberSession.id == visit_id).values(**changed))
    return f"{visit_id}.{secret}"


def note_seen(session: Session, visit_id: str, now: datetime) -> None:
    """Write down that somebody was here."""
    session.execute(update(MemberSession).where(MemberSession.id == visit_id).values(last_seen=now))


def end(session: Session, *, actor: Actor, visit_id: str) -> None:
    """End one of the actor's own visits; raise NotFound for anybody else's."""
    visit = session.scalar(
        select(MemberSession).where(MemberSession.id == visit_id, MemberSession.member_id == actor.id)
    )
    if visit is None:
        raise NotFound(N_("This visit has ended already."))
    session.delete(visit)
    session.flush()


def end_all(session: Session, member_id: str, *, but: str = "") -> None:
    """End every visit of a member, ``but`` for the one named."""
    session.execute(delete(MemberSession).where(MemberSession.member_id == member_id, MemberSession.id != but))


def renew_all(session: Session, member_id: str) -> None:
    """Have every visit of a member get a new secret at its next post, since their rights have changed."""
    session.execute(update(MemberSession).where(MemberSession.member_id == member_id).values(renew=True))


def sweep(session: Session, now: datetime) -> None:
    """Remove the visits that are over."""
    over = or_(
        MemberSession.started <= now - visits.ABSOLUTE,
        MemberSession.last_seen <= now - visits.IDLE_OWN_PHONE,
        (MemberSession.last_seen <= now - visits.IDLE - visits.WRITE_DOWN) & MemberSession.own_phone.is_(False),
    )
    session.execute(delete(MemberSession).where(over))
