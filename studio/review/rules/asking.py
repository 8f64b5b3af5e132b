"""Asking a certain member for a certain check: who may ask, and what the others learn of the answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from studio.members.actor import Actor, Role

DAYS: Final = timedelta(days=14)
"""So long a question stands on somebody's desk; no answer is an answer, too."""


class Answer(StrEnum):
    """What whoever asked learns. Silence and “not now” look alike, so that nobody has to explain themself."""

    WAITS = "waits"
    TAKEN = "taken"
    NOT_NOW = "not_now"


def may_ask(actor: Actor, authors: Collection[str]) -> bool:
    """Whether somebody who may know of a text may ask others to check it: its authors, editors, organisers."""
    return actor.id in authors or actor.has(Role.EDITOR, Role.STEWARD)


def answer(*, taken: bool, declined: bool, expires_at: datetime, now: datetime) -> Answer:
    """Return what became of a question at ``now``."""
    if taken:
        return Answer.TAKEN
    return Answer.NOT_NOW if declined or expires_at <= now else Answer.WAITS
