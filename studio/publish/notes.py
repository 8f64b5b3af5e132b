"""Dated notes to all readers of a text, on its page of editions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.ids import new_id
from studio.members.actor import Actor
from studio.publish.generation import raise_generation
from studio.publish.models import PublicNote
from studio.publish.pages.views import NoteEntry


def add(session: Session, actor: Actor, translation_id: str, text: str, now: datetime) -> int:
    """Put a note beside a text; return the new generation of what readers get."""
    session.add(PublicNote(id=new_id(), translation_id=translation_id, on=now.date(), text=text))
    subject = f"translation:{translation_id}"
    trail.record(session, actor=actor.id, act="note_to_readers", subject=subject, details={}, now=now)
    return raise_generation(session)


def of_text(session: Session, translation_id: str) -> tuple[NoteEntry, ...]:
    """Return the notes to the readers of a text, the newest first."""
    mine = select(PublicNote).where(PublicNote.translation_id == translation_id)
    return tuple(
        NoteEntry(one.on, one.text) for one in session.scalars(mine.order_by(PublicNote.on.desc(), PublicNote.id))
    )


def forget(session: Session, translation_ids: Collection[str]) -> None:
    """Delete the notes beside these texts for good."""
    session.execute(delete(PublicNote).where(PublicNote.translation_id.in_(list(translation_ids))))
