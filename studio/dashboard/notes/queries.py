"""Notes as organisers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.dashboard import queries
from studio.dashboard.notes.models import OrganiserNote
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.members import queries as members
from studio.members.actor import Actor


@dataclass(frozen=True, slots=True)
class Read:
    """A note as its page shows it."""

    id: str
    on: date
    text: str
    who: str
    """The pen-name of who wrote it; empty where they wrote without."""
    about: queries.Text | None
    """The text that it is about, if the organiser may know of it."""
    of_a_team: bool
    """Whether it is about a text that is for a team that the organiser does not belong to."""
    handled_on: date | None


def waiting(session: Session) -> int:
    """Return how many notes nobody has handled yet."""
    open_ones = select(func.count()).select_from(OrganiserNote).where(OrganiserNote.handled_on.is_(None))
    return session.scalar(open_ones) or 0


def notes(session: Session, actor: Actor) -> list[Read]:
    """Return every note that is kept: those that wait first, then the newest."""
    every = select(OrganiserNote).order_by(
        OrganiserNote.handled_on.is_not(None), OrganiserNote.on.desc(), OrganiserNote.id
    )
    rows = session.scalars(every).all()
    names = members.pen_names(session, [one.member_id for one in rows if one.member_id])
    return [_read(session, actor, one, names.get(one.member_id or "", "")) for one in rows]


def _read(session: Session, actor: Actor, note: OrganiserNote, who: str) -> Read:
    translation = session.get(Translation, note.translation_id) if note.translation_id else None
    known = translation if translation and kernel.may_see(session, actor, translation) else None
    about = queries.text_of(session, known) if known else None
    hidden = translation is not None and known is None
    return Read(note.id, note.on, note.text, who, about, hidden, note.handled_on)
