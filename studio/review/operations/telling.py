"""Tell members what changed in checks, inside the house alone, and forget it when it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides.models import Translation
from studio.members.actor import Actor
from studio.members.queries import away
from studio.review.models import Notice
from studio.review.queries.notices import unseen

ASKING: Final = frozenset({"asked", "look_again", "guest_again", "urgent_asked"})
"""Kinds of notices that ask for something."""


def tell(
    session: Session, members: Iterable[str], kind: str, translation: Translation, now: datetime, *, stage: str = ""
) -> None:
    """Tell each of ``members`` once; who has not seen the same notice yet is not told again.

    Whoever rests is asked for nothing.
    """
    resting = away(session, now) if kind in ASKING else frozenset()
    for member_id in sorted(set(members) - resting):
        if not unseen(session, member_id, kind, translation.id):
            session.add(
                Notice(id=new_id(), member_id=member_id, kind=kind, translation_id=translation.id, stage=stage, at=now)
            )
    session.flush()


def no_longer(
    session: Session, kind: str, translation: Translation, now: datetime, *, member_id: str | None = None
) -> None:
    """Count notices of this kind about a text as seen, for everybody or one member: they do not hold any more."""
    open_ones = [Notice.kind == kind, Notice.translation_id == translation.id, Notice.seen_at.is_(None)]
    if member_id:
        open_ones.append(Notice.member_id == member_id)
    session.execute(update(Notice).where(*open_ones).values(seen_at=now))


def seen(session: Session, actor: Actor, notice_id: str, now: datetime) -> None:
    """Note that the actor has seen a notice; NotFound for one that is not theirs."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.member_id != actor.id:
        raise NotFound(N_("There is no such notice."))
    notice.seen_at = notice.seen_at or now
    session.flush()
