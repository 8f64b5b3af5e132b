"""The mark that tells a practice house from a real one."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base


class House(Base):
    """One row: whether this database is for practice."""

    __tablename__ = "house"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool]
