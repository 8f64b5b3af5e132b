"""Can we publish this? Who is missing, who could give what, and whether all checks can be given at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from studio.core.words import N_, Message
from studio.review.rules.policy import Check
from studio.review.rules.standing import Round, Standing, State
from studio.review.rules.who import together

_NOBODY: Final[Mapping[str, Collection[str]]] = {}
STEPS: Final = 20_000
"""Tries after which the search for a cast gives up and says that one may exist."""
TOO_FEW: Final = N_(
    "Together you are too few for these checks: one more person is needed. "
    "An organiser can invite somebody, or ask a guest to read."
)


@dataclass(slots=True)
class _Search:
    slots: list[Check]
    could: Mapping[str, Collection[str]]
    combine: Collection[frozenset[str]]
    people: int
    given: dict[str, list[Check]]
    steps: int = field(default=STEPS)

    def run(self, at: int = 0) -> bool:
        self.steps -= 1
        if at == len(self.slots):
            return sum(any(check.counts for check in checks) for checks in self.given.values()) >= self.people
        if self.steps < 0:
            return True
        check = self.slots[at]
        return any(self._with(check, member, at) for member in self.could[check.key])

    def _with(self, check: Check, member: str, at: int) -> bool:
        own = self.given.setdefault(member, [])
        if any(one.key == check.key for one in own) or not together(check, own, self.combine):
            return False
        own.append(check)
        found = self.run(at + 1)
        own.pop()
        return found


def can_be_cast(
    standings: Sequence[Standing],
    could: Mapping[str, Collection[str]],
    combine: Collection[frozenset[str]],
    people: int,
) -> bool:
    """Whether the members in ``could`` (by check) suffice for all that is missing, none giving more than they may."""
    slots = [one.check for one in standings for _ in range(one.still_needs)]
    given: dict[str, list[Check]] = {}
    for standing in standings:
        for member in standing.counting:
            given.setdefault(member, []).append(standing.check)
    few = _interchangeable(could, given, len(slots))
    slots.sort(key=lambda check: len(few[check.key]))
    return _Search(slots, few, combine, people, given).run()


def _interchangeable(
    could: Mapping[str, Collection[str]], given: Mapping[str, Sequence[Check]], enough: int
) -> dict[str, list[str]]:
    """Leave out members who can do just what others can, beyond as many as could ever be needed."""
    abilities: dict[str, frozenset[str]] = {}
    for key, members in could.items():
        for member in members:
            abilities[member] = abilities.get(member, frozenset()) | {key}
    seen: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    kept: set[str] = set()
    for member in sorted(abilities):
        sort = abilities[member], frozenset(check.key for check in given.get(member, ()))
        seen[sort] = seen.get(sort, 0) + 1
        if seen[sort] <= enough:
            kept.add(member)
    return {key: [member for member in sorted(members) if member in kept] for key, members in could.items()}


def sentences(
    now: Round,
    could: Mapping[str, Collection[str]],
    combine: Collection[frozenset[str]],
    *,
    title: Callable[[Check], str],
    approved: bool = False,
    asked: Mapping[str, Collection[str]] = _NOBODY,
) -> tuple[Message, ...]:
    """Answer "Can we publish this?": first the short answer, then a sentence for each check that is missing.

    ``asked``: the guests by check who have a reading link and have not answered.
    """
    if approved:
        return (N_("Yes. All checks are done, and an editor can publish it."),)
    missing = [_missing(one, len(could[one.check.key]), title(one.check), asked) for one in now.stages]
    told = [sentence for sentence in missing if sentence]
    everybody = _with_guests(could, asked)
    nobody = any(one.still_needs and not everybody[one.check.key] for one in now.stages)
    if not nobody and not suffice(now, could, combine, asked):
        told.append(TOO_FEW)
    return (_short(now, len(told)), *told)


def stops(
    now: Round,
    could: Mapping[str, Collection[str]],
    combine: Collection[frozenset[str]],
    *,
    title: Callable[[Check], str],
    asked: Mapping[str, Collection[str]] = _NOBODY,
) -> tuple[Message, ...]:
    """Say why a text cannot move by itself: a check that nobody here can give, or too few people for all of them.

    ``asked``: the guests by check who have a reading link and have not answered.
    """
    everybody = _with_guests(could, asked)
    nobody = [
        _missing(one, 0, title(one.check), asked)
        for one in now.stages
        if one.state in (State.OPEN, State.LATER) and not everybody[one.check.key]
    ]
    told = tuple(sentence for sentence in nobody if sentence)
    if told or suffice(now, could, combine, asked):
        return told
    return (TOO_FEW,)


def suffice(
    now: Round,
    could: Mapping[str, Collection[str]],
    combine: Collection[frozenset[str]],
    asked: Mapping[str, Collection[str]] = _NOBODY,
) -> bool:
    """Whether the members in ``could`` and the guests in ``asked``, both by check, suffice for all that is missing."""
    return can_be_cast(now.stages, _with_guests(could, asked), combine, now.fewest_people)


def _with_guests(could: Mapping[str, Collection[str]], asked: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    return {key: [*members, *asked.get(key, ())] for key, members in could.items()}


def _short(now: Round, missing: int) -> Message:
    yeses = len(now.people)
    if not missing:
        return N_("Almost. People besides the authors who agree: {n} of {needed}.", n=yeses, needed=now.fewest_people)
    return N_("Not yet. People besides the authors who agree so far: {n}.", n=yeses)


def _missing(one: Standing, could: int, title: str, asked: Mapping[str, Collection[str]]) -> Message | None:
    if one.state is State.DONE:
        return None
    if one.state is State.OPEN and one.check.key in asked:
        return N_("{stage}: a guest is asked to read.", stage=title)
    if one.state is State.OPEN and not could:
        return N_(
            "{stage}: nobody here can give this yet. An organiser can invite somebody, or ask a guest to read.",
            stage=title,
        )
    if one.state is State.LATER:
        return _later(could, title)
    return Message(_SENTENCES[one.state].text, {"stage": title, "n": could})


def _later(could: int, title: str) -> Message:
    if could:
        return N_("{stage}: comes after the checks before it. Members who could give it: {n}.", stage=title, n=could)
    return N_(
        "{stage}: comes later, and nobody here can give it yet. "
        "An organiser can invite somebody, or ask a guest to read.",
        stage=title,
    )


_SENTENCES: Final = {
    State.MUST_CHANGE: N_("{stage}: somebody asks for a change, and it waits for their yes."),
    State.LOOK_AGAIN: N_("{stage}: passages changed since a yes, and that person is asked to look again."),
    State.TAKEN: N_("{stage}: somebody has taken it."),
    State.OPEN: N_("{stage}: nobody has taken it yet. Members who could give it: {n}."),
}
"""The sentence for a check that is not done; ``{stage}`` and ``{n}`` are filled in."""


@dataclass(frozen=True, slots=True)
class Left:
    """A check that somebody could give before they write, and what would be left of it afterwards."""

    key: str
    others: int
    """Other people who could give it."""
    wanted: int
    """How many yeses it still needs, without that person's."""
    trained: bool
    """Whether only some people are asked for it."""

    @property
    def scarce(self) -> bool:
        """Whether one person more or less matters.

        A check that anybody who reads the language can give needs one person to spare: somebody is always away. One
        that asks for a training needs two, for whoever has it is asked by every text, gives at most one of the last
        checks of a text, and cannot be replaced by asking round. With more people than that, the sentence would only
        keep everybody from writing.
        """
        return self.others < self.wanted + (2 if self.trained else 1)


def if_you_write(left: Iterable[Left], title: Callable[[str], str], *, suffice: bool = True) -> Message | None:
    """Return what somebody who could check a text should know before writing in it; the scarcest check is named.

    ``suffice``: whether the others are still enough for all its checks together, where one person gives only some.
    """
    scarce = sorted((one.others, one.key) for one in left if one.scarce)
    number, key = scarce[0] if scarce else (None, "")
    if number == 0:
        return N_("If you write here, nobody is left to check it for “{stage}”. Suggest instead?", stage=title(key))
    if not suffice:
        return N_("If you write here, the others are too few for all its checks. Suggest instead?")
    if number is None:
        return None
    if number == 1:
        return N_(
            "If you write here, only one person is left to check it for “{stage}”. Suggest instead?", stage=title(key)
        )
    return N_(
        "If you write here, only {n} people are left to check it for “{stage}”. Suggest instead?",
        n=number,
        stage=title(key),
    )
