"""What a reader can say, how urgent that is (S1 to S4), and which members may see or sort it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from studio.members.actor import Actor, Role


class Said(StrEnum):
    """What a reader says about a text or a part of it."""

    HELPED = "helped"
    UNCLEAR = "unclear"
    WRONG = "wrong"
    UNSAFE = "unsafe"
    ABOUT_ME = "about_me"


class Urgency(StrEnum):
    """How fast a message asks for something: harm, a wrong fact, something stale, wording; or nothing at all."""

    HARM = "S1"
    FACT = "S2"
    STALE = "S3"
    WORDING = "S4"
    NONE = ""


AT_FIRST: Final = {
    Said.UNSAFE: Urgency.HARM,
    Said.ABOUT_ME: Urgency.HARM,
    Said.WRONG: Urgency.FACT,
    Said.UNCLEAR: Urgency.WORDING,
    Said.HELPED: Urgency.NONE,
}
"""How urgent a message counts until somebody has sorted it."""
DAYS: Final = {Urgency.HARM: 1, Urgency.FACT: 7, Urgency.STALE: 30}
"""Days after the day on which it came. Of a message only the day is known, so one day keeps the 48 hours of S1."""
MAY_SORT: Final = (Role.EDITOR,)
MAY_SEE_ALL: Final = (Role.EDITOR, Role.STEWARD)
MAY_ACT_AT_ONCE: Final = (Role.REVIEWER, Role.EDITOR, Role.STEWARD)
"""Whoever may take a text down, and is told at once that it may harm somebody."""


def due_on(urgency: Urgency, came_on: date) -> date | None:
    """Return the last day on which a message of this urgency should be looked after; None for "no day"."""
    days = DAYS.get(urgency)
    return None if days is None else came_on + timedelta(days=days)


def may_see(actor: Actor, said: Said, *, hidden: bool) -> bool:
    """Whether ``actor`` may read a message: editors and organisers any; checkers only what says that a text can harm.

    What is about a person is seen by editors and organisers alone, and so are words that an editor has hidden.
    """
    if actor.has(*MAY_SEE_ALL):
        return True
    return actor.has(*MAY_ACT_AT_ONCE) and said is Said.UNSAFE and not hidden


def may_be_talked_about(said: Said) -> bool:
    """Whether all who work on a text may hear of a message; of what is about a person, nobody beyond who must."""
    return said is not Said.ABOUT_ME
