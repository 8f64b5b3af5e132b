"""Talks about a text: open one on a passage, answer, settle it. They flush and never commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Invalid, NotFound
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import queries
from studio.guides.drafts import anchors
from studio.guides.models import Translation
from studio.guides.rules.mentions import mentions
from studio.guides.rules.passages import chosen
from studio.guides.threads.models import Comment, Thread
from studio.jobs.queue import enqueue
from studio.members.actor import Actor
from studio.members.models import Member
from studio.members.rules import names

LONGEST: Final = 4_000


def open_thread(
    session: Session,
    actor: Actor,
    translation: Translation,
    text: str,
    *,
    now: datetime,
    quote: str = "",
    near: int = 0,
    words: str = "",
    must: bool = False,
) -> Thread:
    """Begin a talk about a passage, or about the whole text where nothing is quoted.

    Raise Invalid where nothing is said or the words are not one place, Conflict where the passage is there no more.
    """
    said = _said(text)
    session.refresh(translation.draft, with_for_update=True)
    draft = translation.draft
    anchor = anchors.add(session, draft, chosen(draft.text, quote, near, words)) if quote else None
    thread = Thread(
        id=new_id(),
        translation_id=translation.id,
        anchor_id=anchor.id if anchor else None,
        quote=anchor.quote if anchor else "",
        must=must,
        opened_at=now,
    )
    session.add(thread)
    _add(session, actor, translation, thread, said, now)
    _record(session, actor, "talk.open", translation, thread, now)
    return thread


def answer(
    session: Session, actor: Actor, translation: Translation, thread: Thread, text: str, *, now: datetime
) -> Comment:
    """Say something in a talk; raise Invalid where nothing is said."""
    comment = _add(session, actor, translation, thread, _said(text), now)
    _record(session, actor, "talk.answer", translation, thread, now)
    return comment


def settle(
    session: Session, actor: Actor, translation: Translation, thread: Thread, *, resolved: bool, now: datetime
) -> None:
    """Note that a talk is settled, or open it again; harmless the second time. No check hangs on it."""
    if resolved == (thread.resolved_at is not None):
        return
    thread.resolved_at, thread.resolved_by = (now, actor.id) if resolved else (None, None)
    _record(session, actor, "talk.resolve" if resolved else "talk.reopen", translation, thread, now)


def thread_of(session: Session, translation: Translation, thread_id: str) -> Thread:
    """Return a talk of this text; NotFound where it has none of that id."""
    thread = session.get(Thread, thread_id)
    if thread is None or thread.translation_id != translation.id:
        raise NotFound(N_("There is no such comment here."))
    return thread


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid(N_("Write your comment first."), {"comment": N_("Write your comment first.")})
    return text.strip()[:LONGEST]


def _add(session: Session, actor: Actor, translation: Translation, thread: Thread, said: str, now: datetime) -> Comment:
    comment = Comment(id=new_id(), thread_id=thread.id, author=actor.id, text=said, at=now)
    thread.comments.append(comment)
    session.flush()
    spoken_to = _spoken_to(session, actor, translation, said)
    if spoken_to:
        args = {"translation": translation.id, "members": sorted(spoken_to)}
        enqueue(session, "review.tell_mentioned", f"review.tell_mentioned:{comment.id}", args, now)
    return comment


def _spoken_to(session: Session, actor: Actor, translation: Translation, said: str) -> set[str]:
    """Return the members whom a comment names with an @, as far as they take part and may know of the text."""
    meant = [tuple(names.folded(names.clean(name)) for name in each) for each in mentions(said)]
    known = _by_folded_name(session, [name for each in meant for name in each])
    found = {next((known[name] for name in each if name in known), "") for each in meant} - {"", actor.id}
    hidden = translation.guide.team_only
    return {one for one in found if not hidden or queries.in_team(session, one, translation)}


def _by_folded_name(session: Session, folded: Sequence[str]) -> dict[str, str]:
    if not folded:
        return {}
    active = select(Member.name_folded, Member.id).where(Member.name_folded.in_(folded), Member.suspended.is_(False))
    return {name: member_id for name, member_id in session.execute(active)}  # noqa: C416 - rows are no pairs to dict()


def _record(session: Session, actor: Actor, act: str, translation: Translation, thread: Thread, now: datetime) -> None:
    subject, details = f"translation:{translation.id}", {"thread": thread.id}
    trail.record(session, actor=actor.id, act=act, subject=subject, details=details, now=now)
