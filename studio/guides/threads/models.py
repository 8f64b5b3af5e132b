"""Comments on a text: threads and what was said in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.storage.base import Base

ID = String(40)


class Thread(Base):
    """A talk about a text, or about one block of it, whose words it quotes."""

    __tablename__ = "thread"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), index=True)
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    block_id: Mapped[str | None] = mapped_column(ID)
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
