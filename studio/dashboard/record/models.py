"""The record's one table: who lets a text's record name them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base


class NamedInRecord(Base):
    """That a member wants their pen-name written in the record of one text; without a row it is not."""

    __tablename__ = "named_in_record"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime]
