"""Who may give which check of which text: training, language, authorship, and what one person may combine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from studio.core.words import N_, Message
from studio.members.actor import Actor, Role
from studio.review.rules.policy import Check

OWN_EXPERIENCE: Final = "own_experience"
TELLER: Final = "teller"


@dataclass(frozen=True, slots=True)
class Text:
    """What the question needs to know of a text."""

    language: str
    authors: frozenset[str] = frozenset()
    tellers: frozenset[str] = frozenset()
    """Whose story it is."""


def is_teller(check: Check) -> bool:
    """Whether the check is the teller's own yes."""
    return TELLER in check.who


def asks_for_some(check: Check) -> bool:
    """Whether a check asks for a role or a training, and not for any member."""
    return not {"any_member", OWN_EXPERIENCE} & set(check.who)


def trained(actor: Actor, check: Check, text: Text) -> bool:
    """Whether the actor is somebody whom the check asks for; own experience is anybody's to say, each time anew."""
    return any(_is(actor, who, text) for who in check.who)


def _is(actor: Actor, who: str, text: Text) -> bool:
    if who in ("any_member", OWN_EXPERIENCE):
        return True
    if who == TELLER:
        return actor.id in text.tellers
    what, _, name = who.partition(":")
    if what == "role":
        return name in {str(role) for role in actor.roles}
    return what == "training" and actor.has(Role.REVIEWER) and name in actor.trainings


def fits(keys: Iterable[str], combine: Collection[frozenset[str]]) -> bool:
    """Whether one person may give all of ``keys`` in one review; one alone always fits."""
    wanted = frozenset(keys)
    return len(wanted) <= 1 or any(wanted <= line for line in combine)


def why_not(
    actor: Actor, check: Check, text: Text, others: Iterable[Check], combine: Collection[frozenset[str]]
) -> Message | None:
    """Return why the actor cannot give ``check``, or None; ``others`` are the checks that they gave or hold already."""
    teller = is_teller(check)
    if actor.id in text.authors and not teller:
        return N_("You wrote in this text, so somebody else checks it. Thank you for writing.")
    if text.language not in actor.reads:
        return N_("This check needs somebody who reads the language of the text.")
    if not trained(actor, check, text):
        return _TELLER_ONLY if teller else _TRAINING
    if not together(check, others, combine):
        return N_("You give another check of this text already. A second pair of eyes is needed here.")
    return None


_TELLER_ONLY: Final = N_("Only the person whose story it is can give this yes.")
_TRAINING: Final = N_(
    "This check needs a training that you have not been given here yet. An organiser can change that."
)


def together(check: Check, others: Iterable[Check], combine: Collection[frozenset[str]]) -> bool:
    """Whether one person may give ``check`` beside ``others``; a check that counts for no number stands apart."""
    counted = [other for other in others if other.counts and other.key != check.key]
    if not check.counts:
        return True
    if any(other.line == check.line for other in counted):
        return False  # the law of two countries: one line of the policy, two checks, two people
    return fits([check.line, *(other.line for other in counted)], combine)
