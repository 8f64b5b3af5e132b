"""The tables of consent: what holds now, and marks of what is gone, which hold no word of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base

ID = String(40)


class Consent(Base):
    """What the teller of a story agreed to, in all its languages."""

    __tablename__ = "consent"

    guide_id: Mapped[str] = mapped_column(ForeignKey("guide.id"), primary_key=True)
    scope: Mapped[list[str]]
    """Values of ``rules.consent.Scope``; the page itself is always among it."""
    given_on: Mapped[date]
    until: Mapped[date]
    ended: Mapped[bool] = mapped_column(default=False)
    """Whether the text was taken from its readers because ``until`` is past."""
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Keyed hash of the code with which the story is taken back without an account."""


class Gone(Base):
    """That a story was taken back for good: the day, in how many languages readers had it, and nothing else."""

    __tablename__ = "gone"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    on: Mapped[date]
    languages: Mapped[int]
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """As it was, so that the code answers alike the second time."""


class GoneAddress(Base):
    """Keyed hash of an address that a text taken back had, so that it answers 410; the address cannot be read back."""

    __tablename__ = "gone_address"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    gone_id: Mapped[str] = mapped_column(ForeignKey("gone.id"), index=True)
