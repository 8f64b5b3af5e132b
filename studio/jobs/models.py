"""The queue's table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base


class Job(Base):
    """Something to be done after a commit; written in the same transaction as what made it necessary."""

    __tablename__ = "job"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    """One job a key: asking twice for the same thing is asking once."""
    name: Mapped[str] = mapped_column(String(80))
    args: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    """waiting, running, done or failed."""
    asked: Mapped[int] = mapped_column(default=1)
    """Goes up each time it is asked for; a run that ends finds out whether it must run again."""
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    started: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(Text, default="")
