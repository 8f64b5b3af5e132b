"""The echo: a private note on the desk of each who made an edition; nobody learns of anybody else by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.answers.models import Echo
from studio.core.ids import new_id
from studio.members.models import Member


def out(session: Session, translation_id: str, edition: int, makers: Collection[str], now: datetime) -> None:
    """Tell those who made an edition that readers have it; once for each edition."""
    _tell(session, translation_id, edition, "out", makers, "", now)


def helped(session: Session, translation_id: str, edition: int, makers: Collection[str], now: datetime) -> None:
    """Tell those who made an edition that it helped somebody; no second note while the first one is not put away."""
    _tell(session, translation_id, edition, "helped", makers, "", now)


def sentence(session: Session, translation_id: str, makers: Collection[str], words: str, now: datetime) -> None:
    """Give those who made an edition the words that a reader allowed to be passed on, and an editor has read."""
    _tell(session, translation_id, 0, "sentence", makers, words, now)


def put_away(session: Session, member_id: str, echo_id: str) -> None:
    """Delete one's own note; harmless where it is gone, or is somebody else's."""
    row = session.get(Echo, echo_id)
    if row and row.member_id == member_id:
        session.delete(row)
        session.flush()


def _tell(
    session: Session, translation_id: str, edition: int, kind: str, makers: Collection[str], words: str, now: datetime
) -> None:
    active = select(Member.id).where(Member.id.in_(sorted(makers)), Member.suspended.is_(False))
    told = select(Echo.member_id).where(
        Echo.translation_id == translation_id, Echo.edition == edition, Echo.kind == kind, Echo.text == words
    )
    for member_id in session.scalars(active.where(Member.id.not_in(told)).order_by(Member.id)).all():
        row = {"id": new_id(), "member_id": member_id, "translation_id": translation_id, "edition": edition}
        session.add(Echo(**row, kind=kind, text=words, on=now.date()))
    session.flush()
