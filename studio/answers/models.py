"""What readers said, as long as it is kept. No row holds an address, a browser's name, an hour or a person outside."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.answers.rules.sorts import Said, Urgency
from studio.storage.base import Base

ID = String(40)


class ReaderAnswer(Base):
    """One message of a reader, and what was done about it."""

    __tablename__ = "reader_answer"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    edition_id: Mapped[str] = mapped_column(ID)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    """The words that the reader had."""
    part: Mapped[str] = mapped_column(Text, default="")
    """The heading that it is about; empty for the whole text."""
    said: Mapped[Said]
    text: Mapped[str] = mapped_column(Text, default="")
    """Forgotten some days after it was closed."""
    may_pass_on: Mapped[bool] = mapped_column(default=False)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """The keyed hash of the return code, where the reader took one."""
    on: Mapped[date]
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.NONE)
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with each act, so that of two editors the second one sees what the first one did."""
    owner_id: Mapped[str | None] = mapped_column(ID)
    looked_on: Mapped[date | None]
    hidden: Mapped[str] = mapped_column(Text, default="")
    """Why an editor hid the words; empty: they are shown."""
    same_as: Mapped[str | None] = mapped_column(ForeignKey("reader_answer.id"), index=True)
    """The message that says the same, and with which this one is answered."""
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("thread.id"))
    passed_on: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None] = mapped_column(index=True)
    closed_by: Mapped[str | None] = mapped_column(ID)
    done: Mapped[str] = mapped_column(Text, default="")
    """For members: what was done."""
    reply: Mapped[str] = mapped_column(Text, default="")
    """For whoever has the return code."""


class AnswerCount(Base):
    """How often each thing was said about an edition; for members alone."""

    __tablename__ = "reader_answer_count"

    edition_id: Mapped[str] = mapped_column(ID, primary_key=True)
    said: Mapped[str] = mapped_column(String(12), primary_key=True)
    n: Mapped[int]


class UsedStamp(Base):
    """A stamp that was sent: it works once. Kept until it is too old to be sent anyway."""

    __tablename__ = "reader_used_stamp"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """The keyed hash of what came with it, so that a second click on the same form is no second message."""
    until: Mapped[date]


class AnswerHour(Base):
    """How much came in an hour from everybody together; only the newest hours are kept."""

    __tablename__ = "reader_answer_hour"

    hour: Mapped[datetime] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int]


class Echo(Base):
    """Something good that those who made a text should hear, each on their own desk, until they put it away."""

    __tablename__ = "reader_echo"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    member_id: Mapped[str] = mapped_column(ID, index=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"))
    edition: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """``out``, ``helped`` or ``sentence``."""
    text: Mapped[str] = mapped_column(Text, default="")
    on: Mapped[date]
