"""Write a note to the organisers, note that it is handled, delete it. They flush and never commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Invalid, NotFound
from studio.core.words import N_
from studio.dashboard.notes.models import OrganiserNote
from studio.guides.models import Translation
from studio.jobs.queue import enqueue
from studio.members.actor import Actor

LONGEST: Final = 4_000
"""Characters of a note."""
KEPT_DAYS: Final = 30
"""How long a note stays after it was handled."""
TASK: Final = "notes.forget"


def write(
    session: Session,
    actor: Actor,
    form_id: str,
    text: str,
    *,
    named: bool,
    translation: Translation | None,
    now: datetime,
) -> None:
    """Keep a note for the organisers; the same words that are sent twice from one form are kept once.

    Other words from a form that was sent before are a note of their own. Without ``named`` nothing of the member is
    kept, and the trail has no entry: those beside it would tell the hour, and so who was signed in just then. Raise
    Invalid where nothing is said.
    """
    if not text.strip():
        sentence = N_("Write a few words first.")
        raise Invalid(sentence, {"note": sentence})
    note_id = _id_of(form_id, text, named=named)
    if session.get(OrganiserNote, note_id) is not None:
        return
    note = OrganiserNote(
        id=note_id,
        on=now.date(),
        text=text.strip()[:LONGEST],
        member_id=actor.id if named else None,
        translation_id=translation.id if translation else None,
    )
    session.add(note)
    session.flush()
    if named:
        day = datetime.combine(now.date(), time(), UTC)
        trail.record(session, actor=None, act="note.written", subject=f"note:{note_id}", details={}, now=day)


def handle(session: Session, actor: Actor, note_id: str, now: datetime) -> None:
    """Note that an organiser has dealt with a note; some days later it is deleted. Harmless the second time."""
    note = _note(session, note_id)
    if note.handled_on is None:
        note.handled_on = now.date()
        trail.record(session, actor=actor.id, act="note.handled", subject=f"note:{note_id}", details={}, now=now)
        later = now + timedelta(days=KEPT_DAYS)
        enqueue(session, TASK, f"{TASK}:{note_id}", {"note": note_id}, now, not_before=later)


def delete(session: Session, actor: Actor, note_id: str, now: datetime) -> None:
    """Delete a note for good, now; one that was not handled before counts as handled."""
    handle(session, actor, note_id, now)
    session.delete(_note(session, note_id))
    session.flush()


def forget(session: Session, args: Mapping[str, Any], now: datetime) -> None:
    """Delete the note named in ``args["note"]``, whose days are over; harmless where it is gone."""
    note = session.get(OrganiserNote, str(args["note"]))
    if note and note.handled_on and now.date() - note.handled_on >= timedelta(days=KEPT_DAYS):
        session.delete(note)
        session.flush()


def _id_of(form_id: str, text: str, *, named: bool) -> str:
    """Return the id of a note: the same words of one form have the same; nobody can tell that two are of one form."""
    return hashlib.sha256(f"{form_id} {named} {text}".encode()).hexdigest()[:20]


def _note(session: Session, note_id: str) -> OrganiserNote:
    note = session.get(OrganiserNote, note_id, with_for_update=True)
    if note is None:
        raise NotFound(N_("There is no such note any more."))
    return note
