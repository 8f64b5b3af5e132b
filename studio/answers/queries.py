"""Reading what readers said: the board of editors, what waits on a desk, what a return code finds, the echo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.answers.models import AnswerCount, Echo, ReaderAnswer
from studio.answers.rules.sorts import (
    MAY_ACT_AT_ONCE,
    MAY_SEE_ALL,
    Said,
    Urgency,
    due_on,
    may_be_talked_about,
    may_see,
)
from studio.core.errors import NotFound
from studio.core.locales import Language, language
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.models import Revision, Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.rendering.blocks import split

SHOWN: Final = 60
"""So many messages stand on the board; the most pressing first."""
CLOSED: Final = 20
HEARD: Final = 5
"""So many echoes stand on a desk."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a return code finds: nothing of the text, and nothing of what the reader wrote."""

    on: date
    looked_on: date | None
    closed_on: date | None
    reply: str


@dataclass(frozen=True, slots=True)
class Read:
    """A message as the board shows it."""

    row: ReaderAnswer
    title: str
    """As the reader had it."""
    language: Language
    due: date | None
    """By when it should be looked after; for harm: looked at."""
    late: bool
    owner: str
    address: str
    """Of the text's own page; empty where who looks may not know its draft."""
    text_path: str
    """Of the text below ``/studio``, for acts that readers' texts allow."""
    same: tuple[ReaderAnswer, ...] = ()
    """Messages that say the same, as far as who looks may read them."""

    @property
    def talked_about(self) -> bool:
        """Whether those who work on the text may hear of it."""
        return may_be_talked_about(self.row.said)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a desk says of messages: how many nobody has looked at that may mean harm, by when, and how many others."""

    harm: int = 0
    by: date | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """An echo as a desk shows it."""

    id: str
    kind: str
    title: str
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the draft as it is now: where it begins, and its words."""

    start: int
    text: str

    @property
    def words(self) -> str:
        """Its words without the marks before them, for a list to choose from."""
        return self.text.lstrip("#>*- ")


def message(session: Session, actor: Actor, answer_id: str, *, lock: bool = False) -> ReaderAnswer:
    """Return a message that ``actor`` may read; raise NotFound for any other."""
    row = session.get(ReaderAnswer, answer_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or not may_see(actor, row.said, hidden=bool(row.hidden)):
        raise NotFound(N_("There is no such message any more."))
    return row


def read(session: Session, actor: Actor, row: ReaderAnswer, today: date) -> Read:
    """Return a message as its page shows it."""
    return _reads(session, actor, [row], today)[0]


def board(session: Session, actor: Actor, today: date) -> list[Read]:
    """Return the open messages that ``actor`` may read: the most urgent first, of those the oldest; copies left out."""
    wanted = select(ReaderAnswer).where(ReaderAnswer.closed_on.is_(None), ReaderAnswer.same_as.is_(None))
    rows = [one for one in session.scalars(wanted) if may_see(actor, one.said, hidden=bool(one.hidden))]
    rows.sort(key=lambda one: (due_on(one.urgency, one.on) or date.max, one.urgency or "S9", one.on, one.id))
    return _reads(session, actor, rows[:SHOWN], today)


def closed(session: Session, actor: Actor, today: date) -> list[Read]:
    """Return the messages that were closed last."""
    wanted = select(ReaderAnswer).where(ReaderAnswer.closed_on.is_not(None), ReaderAnswer.same_as.is_(None))
    newest = wanted.order_by(ReaderAnswer.closed_on.desc(), ReaderAnswer.id).limit(CLOSED)
    rows = [one for one in session.scalars(newest) if may_see(actor, one.said, hidden=bool(one.hidden))]
    return _reads(session, actor, rows, today)


def same_as(session: Session, answer_id: str) -> Sequence[ReaderAnswer]:
    """Return the messages that were laid beside the message ``answer_id``."""
    return session.scalars(
        select(ReaderAnswer).where(ReaderAnswer.same_as == answer_id).order_by(ReaderAnswer.on, ReaderAnswer.id)
    ).all()


def could_be_same(session: Session, actor: Actor, row: ReaderAnswer) -> list[ReaderAnswer]:
    """Return the other open messages about the same text, which this one could be laid beside."""
    wanted = select(ReaderAnswer).where(
        ReaderAnswer.translation_id == row.translation_id,
        ReaderAnswer.id != row.id,
        ReaderAnswer.closed_on.is_(None),
        ReaderAnswer.same_as.is_(None),
    )
    found = session.scalars(wanted.order_by(ReaderAnswer.on, ReaderAnswer.id))
    return [one for one in found if may_see(actor, one.said, hidden=bool(one.hidden))]


def passages(session: Session, row: ReaderAnswer) -> tuple[list[Passage], int]:
    """Return the blocks of the draft, and where the one begins that the message is about (0 where none does)."""
    draft = session.get_one(Translation, row.translation_id).draft
    found, at, chosen = list[Passage](), 0, 0
    for block in split(draft.text):
        bare = block.source.strip()
        if bare:
            found.append(Passage(at, bare))
            if block.kind == "heading" and row.part and bare.strip("# \n") == row.part:
                chosen = at
        at += len(block.source)
    return found, chosen


def waiting(session: Session, actor: Actor) -> Waiting:
    """Return what waits for ``actor``: nothing for whoever may not take a text down."""
    if not actor.has(*MAY_ACT_AT_ONCE):
        return Waiting()
    wanted = select(
        ReaderAnswer.said, ReaderAnswer.urgency, ReaderAnswer.hidden, ReaderAnswer.looked_on, ReaderAnswer.on
    )
    rows = session.execute(wanted.where(ReaderAnswer.closed_on.is_(None), ReaderAnswer.same_as.is_(None)))
    seen = [one for one in rows if may_see(actor, one.said, hidden=bool(one.hidden))]
    harm = [one.on for one in seen if one.urgency is Urgency.HARM and one.looked_on is None]
    others = len(seen) - len(harm) if actor.has(*MAY_SEE_ALL) else 0
    return Waiting(len(harm), due_on(Urgency.HARM, min(harm)) if harm else None, others)


def counts(session: Session, actor: Actor, edition_id: str) -> dict[Said, int]:
    """Return how often each thing was said about an edition; what is about a person for those alone who may see it."""
    rows = session.scalars(select(AnswerCount).where(AnswerCount.edition_id == edition_id))
    told = {Said(one.said): one.n for one in rows}
    shown = [said for said in Said if may_be_talked_about(said) or actor.has(*MAY_SEE_ALL)]
    return {said: told[said] for said in shown if said in told}


def by_code_hash(session: Session, code_hash: str) -> Found | None:
    """Return what became of the message with this return code; a copy is answered with the one it lies beside."""
    row = session.scalar(select(ReaderAnswer).where(ReaderAnswer.code_hash == code_hash))
    if row is None:
        return None
    main = session.get(ReaderAnswer, row.same_as) if row.same_as else row
    return Found(row.on, main.looked_on if main else None, row.closed_on, row.reply)


def echoes(session: Session, actor: Actor) -> list[Heard]:
    """Return what the member should hear as one of those who made a text; nothing of a text they may not see now."""
    mine = (
        select(Echo, Translation)
        .join(Translation, Translation.id == Echo.translation_id)
        .where(Echo.member_id == actor.id)
        .order_by(Echo.on.desc(), Echo.id)
    )
    found = list[Heard]()
    for echo, translation in session.execute(mine):
        if len(found) < HEARD and kernel.may_see(session, actor, translation):
            title = str(translation.draft.fields.get("title") or translation.guide_id)
            found.append(Heard(echo.id, echo.kind, title, language(translation.language), echo.text))
    return found


def _reads(session: Session, actor: Actor, rows: Sequence[ReaderAnswer], today: date) -> list[Read]:
    names = members.pen_names(session, [one.owner_id for one in rows if one.owner_id])
    return [_read(session, actor, one, names, today) for one in rows]


def _read(session: Session, actor: Actor, row: ReaderAnswer, names: Mapping[str, str], today: date) -> Read:
    translation = session.get_one(Translation, row.translation_id)
    fields: Mapping[str, Any] = session.get_one(Revision, row.revision_id).fields
    path = f"/studio/guides/{translation.guide_id}/{translation.language}/"
    due = due_on(row.urgency, row.on)
    if row.urgency is Urgency.HARM and row.looked_on:
        due = None
    return Read(
        row=row,
        title=str(fields.get("title", "")),
        language=language(translation.language),
        due=due,
        late=due is not None and due < today and row.closed_on is None,
        owner=names.get(row.owner_id or "", ""),
        address=path if kernel.may_see(session, actor, translation) else "",
        text_path=path,
        same=tuple(one for one in same_as(session, row.id) if may_see(actor, one.said, hidden=bool(one.hidden))),
    )
