"""What a story's teller agrees to: which forms, and until when. The page is what the yes itself is about."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from studio.core.words import N_, Message


class Scope(StrEnum):
    """What a teller can agree to beside the page."""

    FILES = "files"
    CARDS = "cards"
    PASSING_ON = "passing_on"
    TRANSLATION = "translation"


EVERYTHING: Final = frozenset(Scope)
BEFORE: Final = frozenset({Scope.FILES, Scope.CARDS, Scope.TRANSLATION})
"""What a yes covered by the words of its questions before tellers could choose."""
MONTHS: Final = 24
"""How long a consent holds (research/domain.md §3.6)."""
ASK_BEFORE: Final = timedelta(days=30)
"""From so long before its end on the teller finds the question on their desk."""
NOT_SAID: Final = N_(
    "Whoever told this story has not said yet in which forms it may go out. They find the question on its page."
)
ENDED: Final = N_("The consent of whoever told this story has ended. Only they can renew it, on the story’s page.")
NO_TRANSLATION: Final = N_("Whoever told this story has not agreed to other languages. Ask them; it is one tick.")


def ends_on(today: date, months: int = MONTHS) -> date:
    """Return the day until which a consent holds that is given on ``today``: the same day of its last month."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def why_not_out(
    scope: Collection[Scope] | None, until: date | None, today: date, *, translated: bool
) -> Message | None:
    """Return why a story may not go out on ``today``; None where it may.

    ``scope`` and ``until`` are None where its teller has said nothing yet. ``translated``: whether this is a language
    that somebody else brought it into.
    """
    if scope is None or until is None:
        return NOT_SAID
    if until < today:
        return ENDED
    return NO_TRANSLATION if translated and Scope.TRANSLATION not in scope else None
