"""The story of a text, put together from the trail, its saved versions, decisions, editions and takedowns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit.models import AuditEntry
from studio.core.words import N_, Message
from studio.dashboard.record.acts import NAMELESS
from studio.dashboard.record.facts import Facts, gather
from studio.dashboard.record.models import NamedInRecord
from studio.dashboard.record.saying import say
from studio.guides.models import Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.publish.models import Edition
from studio.review.models import Claim, ReadingLink, Review
from studio.review.queries import rounds
from studio.review.queries.panel import became
from studio.review.rules.policy import Check
from studio.review.rules.standing import RUNNING, Verdict, Vote

LOST: Final = N_("This yes no longer counts: somebody else is asked.")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the story."""

    entry: int
    """The number of the trail's entry."""
    on: date
    act: str
    said: Message
    words: tuple[str, ...] = ()
    """What people wrote themselves: the note of a saved version, a quoted passage, a reason."""
    after: Message | None = None
    """What the act weighs today: whether a yes still counts."""
    hash: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sentences that belong together: the beginning, a round of checks, the time after an edition."""

    heading: Message
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that a record says."""

    title: str
    """Empty while the text is down for who it shows, or because its teller wants it gone."""
    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    hidden: bool
    """Whether names and words before a takedown are left out."""


def story(session: Session, translation: Translation, code: str, now: datetime) -> Story:
    """Return the story of a text, with the names of checks in the language ``code``; the oldest act first."""
    entries = entries_of(session, translation)
    facts = gather(session, translation, entries, code)
    names = _names(session, translation)
    after = _weights(session, translation, now)
    lines, openings = list[Line](), dict[int, Message]()
    for entry in entries:
        facts.follow(entry)
        opening = _opening(entry, facts, first=not lines)
        if opening:
            openings[entry.seq] = opening
        bare = entry.seq <= facts.bare_until
        said, words = say(entry, facts, {} if bare else names)
        decision = str(entry.details.get("decision", "")) if entry.act == "review.decide" else ""
        line = Line(entry.seq, entry.at.date(), entry.act, said, () if bare else words, after.get(decision))
        lines.append(replace(line, hash=entry.hash))
    hidden = facts.bare_until > 0
    title = "" if hidden and not facts.live else str(translation.draft.fields.get("title", ""))
    return Story(title, tuple(lines), _chapters(lines, openings), hidden)


def entries_of(session: Session, translation: Translation) -> Sequence[AuditEntry]:
    """Return the trail's entries about a text, its rounds of checks, what was done in them, and its editions."""
    reviews = session.scalars(select(Review.id).where(Review.translation_id == translation.id)).all()
    claims = session.scalars(select(Claim.id).where(Claim.review_id.in_(reviews)))
    editions = session.scalars(select(Edition.id).where(Edition.translation_id == translation.id))
    # What its teller does to a story, they do to it in all its languages.
    subjects = [f"guide:{translation.guide_id}", f"translation:{translation.id}"]
    subjects += [f"review:{one}" for one in reviews]
    links = session.scalars(select(ReadingLink.id).where(ReadingLink.review_id.in_(reviews)))
    subjects += [f"reading_link:{one}" for one in links]
    subjects += [*(f"claim:{one}" for one in claims), *(f"edition:{one}" for one in editions)]
    about = select(AuditEntry).where(AuditEntry.subject.in_(subjects)).order_by(AuditEntry.seq)
    return session.scalars(about).all()


def is_named(session: Session, actor: Actor, translation: Translation) -> bool:
    """Whether the member wants their pen-name in the record of this text."""
    return session.get(NamedInRecord, (translation.id, actor.id)) is not None


def choose_name(session: Session, actor: Actor, translation: Translation, now: datetime, *, named: bool) -> None:
    """Write the member's pen-name in the record of this text, or leave it out; the same twice is once."""
    row = session.get(NamedInRecord, (translation.id, actor.id))
    if named and row is None:
        session.add(NamedInRecord(translation_id=translation.id, member_id=actor.id, since=now))
    elif row is not None and not named:
        session.delete(row)
    session.flush()


def merged(lines: Iterable[Line]) -> list[Line]:
    """Return lines with those that say the same on the same day, one after the other, told once with how often."""
    found = list[Line]()
    for line in lines:
        last = found[-1] if found else None
        same = last and (last.on, str(last.said), last.words, last.after) == (line.on, str(line.said), line.words, None)
        if last and same and not line.after:
            found[-1] = replace(last, times=last.times + 1)
        else:
            found.append(line)
    return found


def _names(session: Session, translation: Translation) -> dict[str, str]:
    chose = select(NamedInRecord.member_id).where(NamedInRecord.translation_id == translation.id)
    return members.pen_names(session, session.scalars(chose).all())


def _weights(session: Session, translation: Translation, now: datetime) -> dict[str, Message]:
    """Return for each yes of the round that runs whether it still counts, by the decision's id."""
    review = rounds.open_review(session, translation.id) if translation.progress in RUNNING else None
    if review is None:
        return {}
    case = rounds.case(session, review, translation, now)
    votes = [(one.check, vote) for one in case.round.stages for vote in one.votes]
    yes = [(check, vote) for check, vote in votes if vote.given.verdict is Verdict.APPROVE]
    return {vote.given.id: _weight(case, check, vote) for check, vote in yes}


def _weight(case: rounds.Case, check: Check, vote: Vote) -> Message:
    """Return whether a yes still counts, in a sentence about whoever gave it.

    Of somebody who is never named it is not told that they wrote in the text since: that could name them.
    """
    return LOST if vote.settled and NAMELESS & set(check.who) else became(case, check, vote).sentence


def _opening(entry: AuditEntry, facts: Facts, *, first: bool) -> Message | None:
    """Return the heading of the chapter that begins with an entry, None where none does."""
    if first:
        return N_("The beginning")
    if entry.act == "hand_in":
        return N_("Checks of version {n}", n=facts.version)
    if entry.act == "live":
        return N_("After edition {n}", n=facts.edition(entry))
    return None


def _chapters(lines: Sequence[Line], openings: dict[int, Message]) -> tuple[Chapter, ...]:
    found = list[tuple[Message, list[Line]]]()
    for line in merged(lines):
        if line.entry in openings or not found:
            found.append((openings.get(line.entry, N_("The beginning")), []))
        found[-1][1].append(line)
    return tuple(Chapter(heading, tuple(some)) for heading, some in found)
