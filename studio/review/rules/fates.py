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


@dataclass(frozen=True, slots=True)
class Cost:
    """What saving would cost: a sentence, and the checks that it is about, each with whom it asks where few can."""

    sentence: Message
    stages: tuple[tuple[str, Message | None], ...] = ()


def costs(before: Round, after: Round, title: Callable[[Check], str], *, agreed: bool) -> tuple[Cost, ...]:
    """Return what saving would cost, from a round as it is to the same round with the text saved.

    ``agreed``: whether all checks were done. Empty where nobody has said anything yet. Nobody is named.
    """
    if not any(one.votes for one in before.stages):
        return ()
    asked: dict[Message, list[tuple[str, Message | None]]] = {}
    for standing, sentence in _asked(before, after):
        asked.setdefault(sentence, []).append((title(standing.check), _who(standing.check)))
    lost = agreed and not (after.all_agreed or after.overridden)
    return (
        *(Cost(sentence) for sentence in _counting(before, after, whole=not asked)),
        *(Cost(sentence, tuple(stages)) for sentence, stages in asked.items()),
        *([Cost(N_("All checks were done; the text waits again until they are."))] if lost else []),
    )


def _counting(before: Round, after: Round, *, whole: bool) -> Iterator[Message]:
    """Say how many people's yes still counts."""
    had, left = (frozenset[str]().union(*(one.counting for one in now.stages)) for now in (before, after))
    if had and whole:
        yield N_("Every yes still counts.")
    elif len(left) == 1:
        yield N_("One person’s yes still counts.")
    elif left:
        yield N_("{n} people’s yes still counts.", n=len(left))
    elif had:
        yield N_("No yes counts any more until people have looked again.")


def _asked(before: Round, after: Round) -> Iterator[tuple[Standing, Message]]:
    counted = {(one.check.key, vote.given.member) for one in before.stages for vote in one.votes if vote.counts}
    for one in after.stages:
        waiting = [vote for vote in one.votes if vote.waits]
        if waiting:
            yield one, _second_look(max(waiting, key=lambda vote: len(vote.carried.passages)))
        fallen = (vote for vote in one.votes if (one.check.key, vote.given.member) in counted)
        if any(not (vote.counts or vote.waits) for vote in fallen):
            yield one, N_("A yes ends, for whoever gave it wrote in the text; somebody else is asked:")
        if any(vote.blocks for vote in one.votes):
            yield one, N_("Whoever asked for a change is shown what became of it:")


def _second_look(vote: Vote) -> Message:
    if vote.carried.weight is Weight.SAFETY:
        return N_("Asked to look again, first of all:")
    if len(vote.carried.passages) == 1:
        return N_("Asked to look again at one passage:")
    return N_("Asked to look again at {n} passages:", n=len(vote.carried.passages))


_WHO: Final = {
    "training:health": N_("someone with health training"),
    "training:legal": N_("someone with legal training"),
    "training:safety": N_("someone trained for safety"),
    "role:editor": N_("an editor"),
}


def _who(check: Check) -> Message | None:
    """Return who a check asks, where it does not ask everybody."""
    return next((words for who in check.who for key, words in _WHO.items() if who.startswith(key)), None)
