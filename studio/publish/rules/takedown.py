"""Who may take a text down at once (rule 8), and what readers then see."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from studio.core.errors import NotAllowed
from studio.core.words import N_, Message
from studio.members.actor import Actor, Role

MAY: Final = (Role.REVIEWER, Role.EDITOR, Role.STEWARD)


class Reason(StrEnum):
    """Why a text is down, in the general words that readers get."""

    HARM = "harm"
    FACT = "fact"
    IDENTITY = "identity"
    CONSENT = "consent"

    @property
    def silent(self) -> bool:
        """Whether readers get a plain 410: no title, no reason."""
        return self in SILENT


SILENT: Final = (Reason.IDENTITY, Reason.CONSENT)


def check_role(actor: Actor) -> None:
    """Raise NotAllowed unless ``actor`` has a role in which one takes texts down."""
    if not actor.has(*MAY):
        raise NotAllowed(N_("Checkers, editors and organisers can take a text down. Ask one of them, at once."))


def check_may_take_down(actor: Actor, open_takedowns: int, now: datetime, days: int) -> None:
    """Raise NotAllowed, with the reason, unless ``actor`` may take a text down now, after ``days`` in their role."""
    check_role(actor)
    since = [at for role, at in actor.role_since.items() if role in MAY]
    if not actor.founding and not any(now - at >= timedelta(days=days) for at in since):
        sentence = N_(
            "You can take texts down after some days in your role: {days}. Ask another checker or an organiser.",
            days=days,
        )
        raise NotAllowed(sentence)
    if open_takedowns:
        raise NotAllowed(N_("A text that you took down still waits for somebody's decision; one at a time."))


def check_may_decide(actor: Actor, taken_down_by: str) -> None:
    """Raise NotAllowed unless ``actor`` is an editor other than who took the text down."""
    if not actor.has(Role.EDITOR):
        raise NotAllowed(N_("An editor decides whether this is put back."))
    if actor.id == taken_down_by:
        raise NotAllowed(N_("You took this down, so somebody else decides about it."))


def public_words(reason: Reason) -> Message:
    """Return the general words for readers; only for reasons that are not silent."""
    if reason is Reason.FACT:
        return N_("Something in this text was wrong or out of date.")
    return N_("Something in this text could have harmed somebody.")
