"""Members' tables. No column holds an e-mail, a telephone number, an address or an agent; secrets are hashed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.core.ids import new_id
from studio.storage.base import Base

_ID = String(20)
_MEMBER = "member.id"


class Member(Base):
    """A person of the house, known by a pen-name alone."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    pen_name: Mapped[str] = mapped_column(String(60))
    name_folded: Mapped[str] = mapped_column(String(120), unique=True)
    name_look: Mapped[str] = mapped_column(String(120), unique=True)
    passphrase_hash: Mapped[str] = mapped_column(String(200))
    pattern: Mapped[str] = mapped_column(String(40))
    """The seed of the drawing beside the name."""
    language: Mapped[str] = mapped_column(String(12), default="en")
    joined: Mapped[datetime]
    founding: Mapped[bool] = mapped_column(default=False)
    suspended: Mapped[bool] = mapped_column(default=False)


class MemberRole(Base):
    """A role that a member has, and since when."""

    __tablename__ = "member_role"

    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime]


class Training(Base):
    """What a checker is trained for: ``copy``, ``safety``, ``health``, ``legal:FR``."""

    __tablename__ = "training"

    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class Pause(Base):
    """That a member rests: nobody offers them anything. Why is kept nowhere."""

    __tablename__ = "member_pause"

    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), primary_key=True)
    until: Mapped[datetime | None]
    """When it ends by itself; None: when the member says so."""


class LanguageRead(Base):
    """A language that a member reads."""

    __tablename__ = "language_read"

    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)


class Invitation(Base):
    """A one-time link: for somebody new, or, with ``member_id`` from the start, for a member who is let in again."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    """``join`` or ``return``."""
    role: Mapped[str] = mapped_column(String(20), default="writer")
    language: Mapped[str] = mapped_column(String(12), default="en")
    made_by: Mapped[str | None] = mapped_column(ForeignKey(_MEMBER))
    made: Mapped[datetime]
    expires: Mapped[datetime]
    spent: Mapped[datetime | None]
    revoked: Mapped[datetime | None]
    member_id: Mapped[str | None] = mapped_column(ForeignKey(_MEMBER))


class RecoveryCode(Base):
    """One of ten codes that let a member choose a new passphrase; each works once."""

    __tablename__ = "recovery_code"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used: Mapped[datetime | None]


class MemberSession(Base):
    """A visit. ``id`` is the public half of the cookie, ``token_hash`` guards its secret half."""

    __tablename__ = "member_session"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), index=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    own_phone: Mapped[bool]
    started: Mapped[datetime]
    last_seen: Mapped[datetime]
    renew: Mapped[bool] = mapped_column(default=False)
    """What the member may do has changed: the secret half is made anew at the next post."""


class Agreement(Base):
    """What a member agreed to, in which wording."""

    __tablename__ = "agreement"

    member_id: Mapped[str] = mapped_column(ForeignKey(_MEMBER), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    wording: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the sentence as it was shown."""
    at: Mapped[datetime]
