"""The first words of a text: from four answers, or from what was written elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.editor import operations
from studio.editor.models import Sent
from studio.guides import foreign, media
from studio.guides.drafts import log
from studio.guides.fields import TextFields
from studio.guides.models import Draft, Translation
from studio.guides.wordfile.opening import Opened
from studio.i18n.content import folder
from studio.members.actor import Actor

_NOTE: Final = re.compile(r"\[\^([0-9]{1,6})\]")


def begin(session: Session, actor: Actor, *, title: str, language: str, now: datetime) -> Translation:
    """Begin a guide; where the member has begun the same and written nothing yet, that is the one."""
    untouched = (
        select(Translation)
        .join(Draft)
        .where(
            Translation.created_by == actor.id, Translation.language == language, Draft.head_seq == 1, Draft.text == ""
        )
    )
    for one in session.scalars(untouched):
        if one.draft.fields.get("title") == title:
            return one
    return operations.start(session, actor, title=title, language=language, now=now)


def tell(
    session: Session, actor: Actor, text: Translation, answers: Iterable[tuple[str, str]], *, now: datetime
) -> None:
    """Make each answer a section of the draft, below what is there."""
    sections = [f"## {heading}\n\n{answer.strip()}\n" for heading, answer in answers if answer.strip()]
    if not sections:
        raise Invalid(N_("Write a little in one of the boxes, or begin with an empty page."))
    _add(session, actor, text, "\n".join(sections), TextFields.from_dict(text.draft.fields), now)


def paste(session: Session, actor: Actor, text: Translation, pasted: str, *, now: datetime) -> list[Message]:
    """Take in a text that was written elsewhere, and return a sentence for each thing that was changed or dropped."""
    if not pasted.strip():
        raise Invalid(N_("Paste your text first, or begin with an empty page."))
    mine = TextFields.from_dict(text.draft.fields)
    taken = foreign.read(pasted.encode("utf-8", "replace"), mine.title, lambda _: None)
    body = taken.body if taken.fields.title == mine.title else f"## {taken.fields.title}\n\n{taken.body}"
    answered = {name: value for name, value in taken.fields.to_dict().items() if value and name != "title"}
    _add(session, actor, text, body, TextFields.from_dict({**mine.to_dict(), **answered}), now)
    return taken.dropped


def first_note(text: Translation) -> int:
    """Return the first number that no note of the draft has."""
    return max((int(one) for one in _NOTE.findall(text.draft.text)), default=0) + 1


def take_over(session: Session, actor: Actor, text: Translation, opened: Opened, *, now: datetime) -> None:
    """Put what a word processor's file says into the draft, below what is there, with its pictures."""
    operations.check_open(text)
    for drawn in opened.pictures:
        media.keep(session, text, drawn, now)
    _add(session, actor, text, opened.body, TextFields.from_dict(text.draft.fields), now)


def outline_for(text: Translation) -> str:
    """Return the outline of the text's kind in its language; empty where the community has none."""
    path = folder() / "templates" / str(text.guide.kind) / f"{text.language}.md"
    return foreign.read(path.read_bytes(), "", lambda _: None).body if path.is_file() else ""


def fill_outline(session: Session, actor: Actor, text: Translation, *, now: datetime) -> None:
    """Put the outline of the text's kind into the draft, below what is there."""
    outline = outline_for(text)
    if not outline:
        raise Invalid(N_("There is no outline in this language. Begin with an empty page."))
    _add(session, actor, text, outline, TextFields.from_dict(text.draft.fields), now)


def _add(session: Session, actor: Actor, text: Translation, body: str, fields: TextFields, now: datetime) -> None:
    head = log.head(text.draft)
    whole = f"{head.text.rstrip()}\n\n{body}" if head.text.strip() else body
    operations.save(session, actor, text, Sent(whole, fields, head.seq, head.digest), now=now)
