"""What is said about a text: threads with their comments, and suggestions with their hunks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.guides.rules.hunks import HunkState
from studio.storage.base import Base

ID = String(40)


class Thread(Base):
    """A talk about a text, or about one block of it, whose words it quotes."""

    __tablename__ = "thread"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    block_id: Mapped[str | None] = mapped_column(ID)
    anchor_id: Mapped[str | None] = mapped_column(ID)
    """Of a talk about a passage of the draft: where the passage stands now."""
    quote: Mapped[str] = mapped_column(Text, default="")
    must: Mapped[bool] = mapped_column(default=False)
    """"Something must change" as against "would be nicer"."""
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(ID)
    opened_at: Mapped[datetime]
    comments: Mapped[list[Comment]] = relationship(order_by="Comment.at, Comment.id")


class Comment(Base):
    """One thing said in a thread."""

    __tablename__ = "comment"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("thread.id"), index=True)
    author: Mapped[str] = mapped_column(ID)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Suggestion(Base):
    """What somebody would change in a draft, for others to take or leave hunk by hunk."""

    __tablename__ = "suggestion"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), index=True)
    author: Mapped[str] = mapped_column(ID)
    note: Mapped[str] = mapped_column(Text, default="")
    base_seq: Mapped[int]
    """The number of the text that it was written in."""
    at: Mapped[datetime]
    hunks: Mapped[list[Hunk]] = relationship(order_by="Hunk.position", back_populates="suggestion")


class Hunk(Base):
    """One change of a suggestion: ``old`` becomes ``new``; an insertion has no old words."""

    __tablename__ = "hunk"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    suggestion_id: Mapped[str] = mapped_column(ForeignKey("suggestion.id"), index=True)
    position: Mapped[int]
    anchor_id: Mapped[str | None] = mapped_column(ID)
    """While it is open: where its words stand now."""
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    state: Mapped[HunkState] = mapped_column(default=HunkState.OPEN)
    decided_by: Mapped[str | None] = mapped_column(ID)
    decided_at: Mapped[datetime | None]
    suggestion: Mapped[Suggestion] = relationship(back_populates="hunks")
