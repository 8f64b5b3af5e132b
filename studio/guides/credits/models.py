"""The table of credits: what each person chose for each text."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studio.storage.base import Base


class CreditChoice(Base):
    """How somebody wants to be named to readers of one text; without a row they are part of the community.

    When it was chosen is kept nowhere.
    """

    __tablename__ = "credit_choice"

    translation_id: Mapped[str] = mapped_column(ForeignKey("translation.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    part: Mapped[str] = mapped_column(String(12), primary_key=True)
    """A value of ``rules.credit.Part``."""
    choice: Mapped[str] = mapped_column(String(12))
    """A value of ``rules.credit.Choice``."""
    name: Mapped[str] = mapped_column(String(60), default="")
    """Another pen-name for this text alone; empty: the member's own."""
    name_look: Mapped[str] = mapped_column(String(120), default="", index=True)
    """What two names have in common that the eye may take for one another."""
    edition: Mapped[int] = mapped_column(default=0)
    """Of a checker: the number of the one edition that they are named in."""
