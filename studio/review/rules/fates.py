"""What became of each word in a round, and what would become of it: a sentence per person, and what saving costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studio.core.words import N_, Message
from studio.review.rules.carry import Weight
from studio.review.rules.policy import Check
from studio.review.rules.standing import Round, Standing, Verdict, Vote


class Fate(StrEnum):
    """What a word is worth now."""

    COUNTS = "counts"
    WAITS = "waits"
    FELL = "fell"
    WISH = "wish"
    SETTLED = "settled"


FATES: Final = {
    Fate.COUNTS: N_("counts"),
    Fate.WAITS: N_("waits"),
    Fate.FELL: N_("ended"),
    Fate.WISH: N_("asks for a change"),
    Fate.SETTLED: N_("settled"),
}
"""The word for each on the screen."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of somebody's word, and why, in a sentence about them."""

    fate: Fate
    sentence: Message


def told(vote: Vote) -> Told:
    """Return what became of somebody's word, as everybody who sees the text may read it."""
    if vote.given.verdict is Verdict.REQUEST_CHANGES:
        if vote.blocks:
            return Told(Fate.WISH, N_("Something must change."))
        return Told(Fate.SETTLED, N_("Asked for a change, which is settled."))
    if vote.counts:
        return Told(Fate.COUNTS, vote.carried.sentence)
    if vote.waits:
        return Told(Fate.WAITS, _waits(vote))
    if vote.settled:
        return Told(Fate.FELL, N_("Wrote in this text since, so this yes no longer counts: somebody else is asked."))
    return Told(Fate.FELL, N_("This yes no longer counts: somebody else is asked."))


def _waits(vote: Vote) -> Message:
    carried = vote.carried
    if carried.weight is Weight.SAFETY:
        return N_("Something about safety or health changed. This yes waits for a second look, first of all.")
    n = len(carried.passages)
    if n == 0:
        return N_("The questions of this check changed. This yes waits for a second look.")
    if n == 1:
        return N_("1 passage changed. This yes waits for a second look.")
    return N_("{n} passages changed. This yes waits for a second look.", n=n)


def costs(before: Round, after: Round, title: Callable[[Check], str], *, agreed: bool) -> tuple[Message, ...]:
    """Return what saving would cost, from a round as it is to the same round with the text saved.

    ``agreed``: whether all checks were done. Empty where nobody has said anything yet.
    """
    if not any(one.votes for one in before.stages):
        return ()
    asked = [*_asked(before, after, title)]
    lost = agreed and not (after.all_agreed or after.overridden)
    return (
        *_counting(before, after, whole=not asked),
        *asked,
        *([N_("All checks were done; the text waits again until they are.")] if lost else []),
    )


def _counting(before: Round, after: Round, *, whole: bool) -> Iterator[Message]:
    """Say how many people's yes still counts; nobody is named."""
    had, left = (frozenset[str]().union(*(one.counting for one in now.stages)) for now in (before, after))
    if had and whole:
        yield N_("Every yes still counts.")
    elif len(left) == 1:
        yield N_("One person’s yes still counts.")
    elif left:
        yield N_("{n} people’s yes still counts.", n=len(left))
    elif had:
        yield N_("No yes counts any more until people have looked again.")


def _asked(before: Round, after: Round, title: Callable[[Check], str]) -> Iterator[Message]:
    counted = {(one.check.key, member) for one in before.stages for member in one.counting}
    for one in after.stages:
        stage = title(one.check)
        waiting = [vote for vote in one.votes if vote.waits]
        if waiting:
            yield _second_look(one, max(waiting, key=lambda vote: len(vote.carried.passages)), stage)
        fallen = (vote for vote in one.votes if (one.check.key, vote.given.member) in counted)
        if any(not (vote.counts or vote.waits) for vote in fallen):
            yield N_(
                "{stage}: a yes ends, for whoever gave it wrote in the text. Somebody else is asked.",
                stage=title(one.check),
            )
        if any(vote.blocks for vote in one.votes):
            yield N_("{stage}: whoever asked for a change is shown what became of it.", stage=stage)


def _second_look(one: Standing, vote: Vote, title: str) -> Message:
    values = {"stage": title, "who": _who(one.check), "n": len(vote.carried.passages)}
    if vote.carried.weight is Weight.SAFETY:
        return Message(_FIRST_OF_ALL.text, values)
    return Message((_ONE if values["n"] == 1 else _SEVERAL).text, values)


_FIRST_OF_ALL: Final = N_("{stage} ({who}) will be asked to look again, first of all.")
_ONE: Final = N_("{stage} ({who}) will be asked to look again at one passage.")
_SEVERAL: Final = N_("{stage} ({who}) will be asked to look again at {n} passages.")
_WHO: Final = {
    "training:health": N_("someone with health training"),
    "training:legal": N_("someone with legal training"),
    "training:safety": N_("someone trained for safety"),
    "role:editor": N_("an editor"),
}
_ANYBODY: Final = N_("whoever agreed to it")


def _who(check: Check) -> Message:
    """Return who a check asks, never by name."""
    return next((words for who in check.who for key, words in _WHO.items() if who.startswith(key)), _ANYBODY)
