"""How far a round of checks has come: who agreed, what still counts, what is missing, whether all checks are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from studio.core.words import N_
from studio.guides.rules.statuses import Progress, Significance
from studio.review.rules.carry import Carried, Snapshot, Weight, carry, for_safety
from studio.review.rules.policy import PHASES, Check, Judges

_WHOLE: Final = Check("override", {}, PHASES[-1], (), 0, Judges.ALL, "", 0)
"""What an override answers for: the whole text."""


RUNNING: Final = frozenset({Progress.IN_REVIEW, Progress.CHANGES_REQUESTED, Progress.APPROVED, Progress.SCHEDULED})
"""Where a text is while a round runs on it."""

AGREED: Final = frozenset({Progress.APPROVED, Progress.SCHEDULED})
"""Where a text is once all its checks are done."""


ENDED: Final = N_("The checks of this text have ended or were taken back. Thank you for looking.")


class Verdict(StrEnum):
    """What a checker says."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"


class Sort(StrEnum):
    """What kind of decision a row is."""

    NORMAL = "normal"
    SET_ASIDE = "set_aside"
    OVERRIDE = "override"
    UNSAID = "unsaid"
    """A story's teller takes their yes back."""


class State(StrEnum):
    """What a named dot says of a check."""

    DONE = "done"
    MUST_CHANGE = "must_change"
    LOOK_AGAIN = "look_again"
    TAKEN = "taken"
    OPEN = "open"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as the rules see it; ``number`` is that of the saved version it was given to."""

    id: str
    member: str
    stage: str
    verdict: Verdict
    number: int
    sort: Sort = Sort.NORMAL
    about: str | None = None
    """Of a setting aside: the decision that is set aside. Of a yes: the wish of somebody silent that it stands for."""
    questions: int = 0
    """The version of the checklist that was answered."""
    person: str = ""
    """Whom the counts take it for, where that is not the member: guests of one inviter are one person."""

    @property
    def counted_as(self) -> str:
        """Who it is for the counts."""
        return self.person or self.member


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody's latest word in a check, and what it weighs now."""

    given: Given
    carried: Carried
    able: bool
    """Whether the person could still give this check: active, trained, not an author since."""
    settled: bool = False
    """Of a wish for a change: an organiser set it aside, the person wrote the change and is an author now, or they were
    silent after it and somebody else agreed instead."""
    reached: bool = True
    """Whether the person can still be asked to look again; a guest whose link is over cannot."""

    @property
    def counts(self) -> bool:
        """Whether it is a yes that counts now."""
        return self.given.verdict is Verdict.APPROVE and self.able and self.carried.counts

    @property
    def blocks(self) -> bool:
        """Whether it asks for a change that is not made to the person's satisfaction yet."""
        return self.given.verdict is Verdict.REQUEST_CHANGES and not self.settled

    @property
    def waits(self) -> bool:
        """Whether the person is asked for a second look."""
        return self.given.verdict is Verdict.APPROVE and self.able and self.reached and not self.carried.counts


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one check stands."""

    check: Check
    votes: tuple[Vote, ...]
    state: State

    @property
    def counting(self) -> frozenset[str]:
        """Ids of the people whose yes counts."""
        return frozenset(vote.given.counted_as for vote in self.votes if vote.counts)

    @property
    def still_needs(self) -> int:
        """How many more yeses it needs."""
        return max(0, self.check.needs - len(self.counting))


@dataclass(frozen=True, slots=True)
class Round:
    """Where a whole round stands."""

    stages: tuple[Standing, ...]
    people: frozenset[str]
    """Everybody other than the authors whose yes counts."""
    fewest_people: int
    overridden: bool = False
    spelling: tuple[tuple[str, str], ...] = ()

    @property
    def all_agreed(self) -> bool:
        """Whether every check is done, by people enough."""
        done = all(standing.state is State.DONE for standing in self.stages)
        return done and len(self.people) >= self.fewest_people

    @property
    def missing(self) -> int:
        """How many yeses are missing, counted over all checks."""
        return sum(standing.still_needs for standing in self.stages)

    @property
    def blocked(self) -> bool:
        """Whether somebody asks for a change."""
        return any(standing.state is State.MUST_CHANGE for standing in self.stages)


def weigh(
    checks: Sequence[Check],
    decisions: Sequence[Given],
    versions: Mapping[int, Snapshot],
    now: Snapshot,
    *,
    able: Callable[[str, Check], bool],
    authors: frozenset[str],
    holders: Mapping[str, frozenset[str]],
    questions: Mapping[str, int],
    fewest_people: int,
    unreached: frozenset[str] = frozenset(),
    undone: int = 0,
) -> Round:
    """Weigh every decision of a round for the text ``now``.

    ``decisions`` are oldest first; ``versions`` holds each saved version by number; ``able`` says whether a member
    could still give a check; ``authors`` who wrote in it; ``holders`` who has taken which check;
    ``questions`` the version of each checklist that is asked now; ``unreached`` who cannot be asked again; ``undone``
    the number of the newest urgent safety fix that ``now`` lacks: no yes given before it counts without it.
    """
    aside = frozenset(one.about for one in decisions if one.sort is Sort.SET_ASIDE and one.about)
    stages: list[Standing] = []
    for check in checks:
        latest = _latest(decisions, check)
        votes = tuple(
            Vote(
                one,
                _carried(one, versions, now, check, questions.get(check.checklist, 0), undone),
                able(one.member, check),
                settled=one.id in aside or one.member in authors,
                reached=one.member not in unreached,
            )
            for one in latest.values()
        )
        votes = _after_silence(votes, decisions)
        state = _state(check, votes, holders.get(check.key, frozenset()), _is_open(check, stages))
        stages.append(Standing(check, votes, state))
    people = frozenset[str]().union(*(standing.counting for standing in stages if standing.check.counts))
    override = _override(decisions, versions, now, undone)
    return Round(
        stages=tuple(stages),
        people=people,
        fewest_people=fewest_people,
        overridden=override is not None,
        spelling=_spelling(stages, override),
    )


def _after_silence(votes: tuple[Vote, ...], decisions: Sequence[Given]) -> tuple[Vote, ...]:
    """Settle the wishes of whoever was silent, as long as a yes given instead counts or waits (rule 5)."""
    order = {one.id: place for place, one in enumerate(decisions)}
    instead = [order[vote.given.id] for vote in votes if vote.given.about and (vote.counts or vote.waits)]
    newest = max(instead, default=-1)
    return tuple(
        replace(vote, settled=True) if vote.blocks and order[vote.given.id] < newest else vote for vote in votes
    )


def _latest(decisions: Sequence[Given], check: Check) -> dict[str, Given]:
    """Return each member's latest word in a check; none of whoever took theirs back."""
    latest = dict[str, Given]()
    for one in decisions:
        if one.stage == check.key and one.sort is Sort.NORMAL:
            latest[one.member] = one
        elif one.stage == check.key and one.sort is Sort.UNSAID:
            latest.pop(one.member, None)
    return latest


def _carried(
    one: Given, versions: Mapping[int, Snapshot], now: Snapshot, check: Check, questions: int, undone: int
) -> Carried:
    if one.questions != questions:
        return Carried(Weight.LOOK_AGAIN, N_("The questions of this check changed, please look again."))
    if one.number < undone:
        return for_safety(versions[one.number], now)
    return carry(versions[one.number], now, check, _labels(one.number, versions, now))


def _labels(number: int, versions: Mapping[int, Snapshot], now: Snapshot) -> list[Significance]:
    return [version.significance for key, version in versions.items() if number < key <= now.number]


def _override(
    decisions: Sequence[Given], versions: Mapping[int, Snapshot], now: Snapshot, undone: int
) -> Carried | None:
    """Return what the latest override weighs; None where it does not count.

    It ends with a wish for a change that follows it, with the teller's yes, and where an urgent fix is missing now.
    """
    latest: Given | None = None
    for one in decisions:
        if one.sort is Sort.OVERRIDE:
            latest = one
        elif one.sort is Sort.UNSAID or (one.verdict is Verdict.REQUEST_CHANGES and one.sort is Sort.NORMAL):
            latest = None
    if latest is None or latest.number < undone:
        return None
    carried = carry(versions[latest.number], now, _WHOLE, _labels(latest.number, versions, now))
    return carried if carried.counts else None


def _spelling(stages: Sequence[Standing], override: Carried | None) -> tuple[tuple[str, str], ...]:
    counting = [vote.carried for standing in stages for vote in standing.votes if vote.counts]
    counting += [override] if override else []
    return tuple(dict.fromkeys(change for carried in counting for change in carried.changes))


def _is_open(check: Check, before: Sequence[Standing]) -> bool:
    """Say whether a check may be given: earlier phases have had their yeses; the last phase waits till they count."""
    earlier = [one for one in before if PHASES.index(one.check.phase) < PHASES.index(check.phase)]
    if check.phase is PHASES[-1]:
        return all(one.state is State.DONE for one in earlier)
    return all(sum(vote.counts or vote.waits for vote in one.votes) >= one.check.needs for one in earlier)


def _state(check: Check, votes: Sequence[Vote], holders: frozenset[str], is_open: bool) -> State:
    if any(vote.blocks for vote in votes):
        return State.MUST_CHANGE
    counting = {vote.given.counted_as for vote in votes if vote.counts}
    if len(counting) >= check.needs:
        return State.DONE
    if any(vote.waits for vote in votes):
        return State.LOOK_AGAIN
    if not is_open:
        return State.LATER
    return State.TAKEN if len(counting | holders) >= check.needs else State.OPEN
