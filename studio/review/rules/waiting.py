"""What is kept of a waiting check, so that a desk finds one piece among thousands: whom it asks for, who is barred."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum

from studio.members.actor import Actor, Role
from studio.review.rules.policy import Check
from studio.review.rules.who import OWN_EXPERIENCE, TELLER, Text

_ANYBODY = frozenset({"any_member", OWN_EXPERIENCE})


class Bar(StrEnum):
    """Why somebody is not offered a check."""

    TEXT = "text"
    """They wrote in the text, or give another check of it that does not go together with this one."""
    SAID = "said"
    """They said something in this check already."""
    PASSED = "passed"
    """They gave it back, or said “not now”. They still may take it."""


def asked_of(check: Check, text: Text) -> str:
    """Return whom a check of a text asks for: words with single spaces, sorted; a teller is ``member:<id>``."""
    words = {word for word in check.who if word != TELLER}
    if TELLER in check.who:
        words |= {f"member:{one}" for one in text.tellers}
    return " ".join(sorted(words))


def is_asked(actor: Actor, asked: str) -> bool:
    """Whether ``asked``, as ``asked_of`` spells it, means this person, as far as roles and trainings go."""
    words = set(asked.split())
    mine = {f"member:{actor.id}", *(f"role:{role}" for role in actor.roles)}
    if actor.has(Role.REVIEWER):
        mine |= {f"training:{name}" for name in actor.trainings}
    return bool(words & (_ANYBODY | mine))


def barred(
    members: Iterable[str], may: Callable[[str], bool], *, said: Collection[str], passed: Collection[str]
) -> dict[str, Bar]:
    """Return who of ``members`` is not offered a check, and the weightiest reason.

    ``may``: whether the text lets somebody give it; ``said``: who said something in it; ``passed``: who passed it by.
    """
    found = dict[str, Bar]()
    for member in members:
        if member in said:
            found[member] = Bar.SAID
        elif not may(member):
            found[member] = Bar.TEXT
        elif member in passed:
            found[member] = Bar.PASSED
    return found
