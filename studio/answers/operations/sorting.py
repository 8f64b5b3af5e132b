"""What editors do with a message: look after it, sort it, talk about it, answer it, close it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from studio.answers import queries
from studio.answers.models import ReaderAnswer
from studio.answers.operations import echoes
from studio.answers.rules.sorts import MAY_SORT, Urgency, may_be_talked_about
from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.guides.threads import talk as threads
from studio.members import queries as members
from studio.members.actor import Actor

LONGEST: Final = 2_000
"""Characters of an answer, and of what was done."""
Note = Callable[[Session, Actor, str, str, datetime], None]
"""Puts a note for all readers beside a text: actor, the translation's id, the words, the time."""


def take(session: Session, actor: Actor, answer_id: str, version: int, now: datetime) -> None:
    """Look after a message from now on, also one of somebody else that was seen to be theirs, or one that is closed."""
    row = _locked(session, actor, answer_id)
    if row.owner_id == actor.id and row.closed_on is None:
        return
    _as_seen(session, row, version)
    row.closed_on = row.closed_by = None
    _act(session, actor, row, "answer.taken", now)


def give_back(session: Session, actor: Actor, answer_id: str, now: datetime) -> None:
    """Look after a message no more; harmless where it is not one's own."""
    row = _locked(session, actor, answer_id)
    if row.owner_id == actor.id:
        _act(session, actor, row, "answer.given_back", now)
        row.owner_id = None
        session.flush()


def sort(
    session: Session,
    actor: Actor,
    answer_id: str,
    version: int,
    *,
    urgency: Urgency,
    hidden: str,
    same_as: str,
    now: datetime,
) -> None:
    """Say how urgent a message is, hide its words behind a note, or lay it beside the one that says the same."""
    row = _locked(session, actor, answer_id)
    main = _main(session, actor, row, same_as)
    wanted = (urgency, hidden.strip()[:LONGEST], main.id if main else None)
    if wanted == (row.urgency, row.hidden, row.same_as) and row.looked_on:
        return
    _open_and_mine(session, actor, row, version)
    row.urgency, row.hidden, row.same_as = wanted
    if main:
        for one in queries.same_as(session, row.id):
            one.same_as = main.id
    _act(session, actor, row, "answer.sorted", now)


def talk(
    session: Session, actor: Actor, answer_id: str, version: int, words: str, quote: str, near: int, now: datetime
) -> None:
    """Open a talk at the passage, in the editor's own words, for those who work on the text; the second time nothing.

    Raise NotAllowed for what is about a person: nobody beyond editors and organisers hears of that.
    """
    row = _locked(session, actor, answer_id)
    if row.thread_id:
        return
    _open_and_mine(session, actor, row, version)
    translation = session.get_one(Translation, row.translation_id)
    if not may_be_talked_about(row.said):
        raise NotAllowed(N_("This is about a person, so it is not talked about beside the text."))
    if not kernel.may_see(session, actor, translation):
        raise NotAllowed(N_("This text is for its team alone. Tell its team by the way that you have with them."))
    thread = threads.open_thread(session, actor, translation, words, now=now, quote=quote, near=near)
    row.thread_id = thread.id
    _act(session, actor, row, "answer.talked_about", now)


def pass_on(
    session: Session, actor: Actor, answer_id: str, version: int, makers: Callable[[str], set[str]], now: datetime
) -> None:
    """Let those who made the edition have the reader's sentence, as its reader allowed; the second time nothing."""
    row = _locked(session, actor, answer_id)
    if row.passed_on:
        return
    _open_and_mine(session, actor, row, version)
    if not (row.may_pass_on and row.text) or row.hidden or not may_be_talked_about(row.said):
        raise NotAllowed(N_("The reader did not say that these words may be passed on."))
    echoes.sentence(session, row.translation_id, makers(row.edition_id), row.text, now)
    row.passed_on = True
    _act(session, actor, row, "answer.passed_on", now)


def close(
    session: Session,
    actor: Actor,
    answer_id: str,
    version: int,
    *,
    done: str,
    reply: str,
    note: str,
    notes: Note,
    now: datetime,
) -> None:
    """Close a message and those that say the same, with what was done; answer its reader, or all."""
    row = _locked(session, actor, answer_id)
    done, reply, note = (words.strip()[:LONGEST] for words in (done, reply, note))
    if row.closed_on and (row.closed_by, row.done, row.reply) == (actor.id, done, reply):
        return
    _open_and_mine(session, actor, row, version)
    if not done:
        raise Invalid(N_("Say in a few words what was done."), {"done": N_("Say in a few words what was done.")})
    if note and not may_be_talked_about(row.said):
        raise NotAllowed(N_("This is about a person, so readers are told nothing about it."))
    if note:
        notes(session, actor, row.translation_id, note, now)
    for one in (row, *queries.same_as(session, row.id)):
        one.closed_on, one.closed_by, one.done, one.reply = now.date(), actor.id, done, reply
    _act(session, actor, row, "answer.closed", now)


def _locked(session: Session, actor: Actor, answer_id: str) -> ReaderAnswer:
    if not actor.has(*MAY_SORT):
        raise NotAllowed(N_("Editors sort and answer what readers say. Ask one of them."))
    return queries.message(session, actor, answer_id, lock=True)


def _main(session: Session, actor: Actor, row: ReaderAnswer, same_as: str) -> ReaderAnswer | None:
    """Return the message that says the same, which is open and no copy itself; None where none was chosen."""
    if not same_as:
        return None
    main = queries.message(session, actor, same_as)
    if main.id == row.id or main.translation_id != row.translation_id or main.same_as or main.closed_on:
        raise Conflict(N_("That message cannot stand for this one any more. Choose again."))
    return main


def _open_and_mine(session: Session, actor: Actor, row: ReaderAnswer, version: int) -> None:
    _as_seen(session, row, version)
    if row.closed_on:
        raise Conflict(N_("This is closed. Take it up again first."))
    if row.owner_id not in (None, actor.id):
        name = _name(session, row.owner_id)
        raise Conflict(N_("{name} looks after this. Take it over first, if you have talked about it.", name=name))


def _as_seen(session: Session, row: ReaderAnswer, version: int) -> None:
    """Raise Conflict where somebody has done something about the message since its page was opened."""
    if row.version == version:
        return
    if row.owner_id:
        name = _name(session, row.owner_id)
        raise Conflict(N_("{name} has taken this up meanwhile. Open it again to see what was done.", name=name))
    raise Conflict(N_("Something was done about this meanwhile. Open it again to see what."))


def _name(session: Session, member_id: str | None) -> str:
    return next(iter(members.pen_names(session, [member_id or ""]).values()), "…")


def _act(session: Session, actor: Actor, row: ReaderAnswer, act: str, now: datetime) -> None:
    row.owner_id, row.looked_on = actor.id, row.looked_on or now.date()
    row.version += 1
    trail.record(session, actor=actor.id, act=act, subject=f"answer:{row.id}", details={}, now=now)
