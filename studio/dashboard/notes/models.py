"""Notes to the organisers. A note without a name holds nobody's id, and stands in no trail until it is handled."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base

ID = String(40)


class OrganiserNote(Base):
    """What worries somebody. The row is deleted, words and all, some days after an organiser has handled it."""

    __tablename__ = "organiser_note"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    """Made from the form's random id and what was sent, so that a form that is sent twice is one note."""
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    member_id: Mapped[str | None] = mapped_column(ID)
    """None where somebody wrote without their pen-name."""
    translation_id: Mapped[str | None] = mapped_column(ForeignKey("translation.id"))
    """The text that it is about, if it is about one."""
    handled_on: Mapped[date | None]
