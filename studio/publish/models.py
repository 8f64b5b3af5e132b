"""Publishing's tables: editions, what was derived from them, takedowns, the generation of what readers get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.guides.models import Translation
from studio.guides.rules.statuses import Standing
from studio.storage.base import Base

ID = String(40)


class Edition(Base):
    """A numbered publication of one approved saved version. Its words never change.

    Its standing does, and an urgent fix loses its label once all checks agreed to its words.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("translation_id", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    number: Mapped[int]
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(10), unique=True)
    changelog: Mapped[str] = mapped_column(Text)
    correction: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Published to correct a mistake; its page says so, with the month and the changelog."""
    label: Mapped[str] = mapped_column(String(20), default="")
    aftercare: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the policy of its checks says about re-checks and labels; empty in editions older than this."""
    people: Mapped[int]
    checked_on: Mapped[date]
    published_on: Mapped[date]
    standing: Mapped[Standing] = mapped_column(default=Standing.BUILDING, index=True)
    translation: Mapped[Translation] = relationship()
    builds: Mapped[list[Build]] = relationship(order_by="Build.n")


class Recheck(Base):
    """Somebody competent said "still right": a new month for an edition, no new edition."""

    __tablename__ = "recheck"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    on: Mapped[date]
    months: Mapped[int | None]
    """Until the next look, by the policy of that day; None in rows older than this."""
    person: Mapped[str] = mapped_column(ID)


class Build(Base):
    """One making of an edition's files; the newest finished one is what readers get."""

    __tablename__ = "build"
    __table_args__ = (UniqueConstraint("edition_id", "n"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    n: Mapped[int]
    inputs_checksum: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    """done or failed."""
    problem: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    artifacts: Mapped[list[Artifact]] = relationship(order_by="Artifact.kind")


class Artifact(Base):
    """A derived file: what it is, what it was made from, and the SHA-256 by which it is stored."""

    __tablename__ = "artifact"

    build_id: Mapped[str] = mapped_column(ForeignKey("build.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(60))
    source_checksum: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    alt: Mapped[str] = mapped_column(Text, default="")
    """Of a card: its words, for whoever does not see it."""


class CardOut(Base):
    """A card that an edition has or had, without its words: it may have been posted, and outlives a takedown."""

    __tablename__ = "card_out"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    sort: Mapped[str] = mapped_column(String(10))
    """What it is: one of ``slides.Sort``."""


class Takedown(Base):
    """An edition taken down at once by one person, and what another person decided about it later."""

    __tablename__ = "takedown"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    by: Mapped[str] = mapped_column(ID, index=True)
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(20))
    """harm, fact, identity or consent; the last two leave a plain 410."""
    instead: Mapped[str] = mapped_column(String(80), default="")
    """The id of a guide that readers may turn to."""
    follows: Mapped[str | None] = mapped_column(ForeignKey("takedown.id"))
    """The takedown of the text that this translation is pinned to."""
    decided_by: Mapped[str | None] = mapped_column(ID)
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """restored or stays, once somebody else has decided."""


class Schedule(Base):
    """An approved text that an editor wants to be published at a certain time."""

    __tablename__ = "schedule"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(ID)
    content_hash: Mapped[str] = mapped_column(String(64))
    correction: Mapped[bool] = mapped_column(default=False, server_default="0")


class PublicNote(Base):
    """A dated note to all readers of a text, such as an answer to what readers said about it."""

    __tablename__ = "public_note"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)


class Generation(Base):
    """The number that goes up whenever readers get something else than before."""

    __tablename__ = "generation"

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
