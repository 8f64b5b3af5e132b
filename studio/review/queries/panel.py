"""What a text's own page says of its checks: dots, "Can we publish this?", who said what, and what one can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.review.models import Decision
from studio.review.queries import rounds
from studio.review.queries.asking import Asking, asking
from studio.review.queries.guests import asked, guest_names
from studio.review.queries.joining import also, joining
from studio.review.queries.left import before_writing, case_to_be
from studio.review.queries.pieces import address_of_check, is_offered, needs_second_look, vote_of
from studio.review.rules.fates import FATES, Fate, Told, told
from studio.review.rules.policy import Check
from studio.review.rules.quorum import sentences
from studio.review.rules.standing import RUNNING, Sort, Standing, State, Verdict, Vote
from studio.review.rules.who import OWN_EXPERIENCE
from studio.review.titles import title_of

_DOTS: Final = {
    State.DONE: ("done", N_("done")),
    State.MUST_CHANGE: ("stopped", N_("something must change")),
    State.LOOK_AGAIN: ("now", N_("somebody is asked to look again")),
    State.TAKEN: ("now", N_("somebody has taken it")),
    State.OPEN: ("open", N_("waits for somebody")),
    State.LATER: ("open", N_("comes later")),
}
"""Class and words of the dot of each state."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's word in a check, as members see it. A name is never shown with own experience."""

    check: str
    who: str | Message
    """A pen-name; what a guest was vouched for as; empty where the name is hidden."""
    said: Message
    fate: Message | None = None
    """In a word: whether it counts, waits or ended."""
    quote: str = ""
    note: str = ""
    wish: str = ""
    """Id of the decision, where it is a wish for a change that an organiser could set aside."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the person can do now: its words and where."""

    words: Message
    address: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that the page of a text says of its checks."""

    review_id: str
    """Empty where no round runs."""
    policy: str
    dots: tuple[tuple[str, str, Message], ...]
    """Name of the check, class of its dot, and words for its state."""
    sentences: tuple[Message, ...]
    """Can we publish this?"""
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    """The checks that the person could give now."""
    guests: int
    """How many guests are asked and have not answered."""
    guests_page: bool
    """Whether there is something to see or to do on the page of reading links."""
    before_writing: Message | None
    joining: Message | None
    """What happens if the person gives a check."""
    also: tuple[Message, ...]
    """What else stops it."""
    asking: Asking
    """Whom the person could ask by name."""
    may_hand_in: bool
    may_take_back: bool
    may_override: bool
    team_only: bool


def panel(session: Session, actor: Actor, translation: Translation, now: datetime) -> Panel:
    """Return what the page of a text says of its checks to ``actor``, who may know of the text."""
    running = translation.progress in RUNNING
    review = rounds.open_review(session, translation.id) if running else None
    case = rounds.case(session, review, translation, now) if review else case_to_be(session, translation, now)
    code = actor.language
    steward = actor.has(Role.STEWARD) and actor.id not in case.text.authors
    approved = translation.progress in (Progress.APPROVED, Progress.SCHEDULED)
    settled = translation.progress is Progress.SETTLED
    return Panel(
        review_id=review.id if review else "",
        policy=case.policy.key,
        dots=dots(case, code),
        sentences=can_we_publish(case, code, approved=approved, settled=settled),
        lines=tuple(_lines(session, case, code)),
        steps=tuple(_steps(case, actor, now)) if review else (),
        guests=sum(map(len, asked(case.guests.values(), case.decisions).values())),
        guests_page=review is not None and (actor.has(Role.STEWARD) or bool(case.guests)),
        before_writing=before_writing(case, actor),
        joining=None if approved or settled else joining(case, actor, now, running=review is not None),
        also=() if approved or settled else also(session, actor, case, running=review is not None),
        asking=asking(session, actor, case, now) if review and not approved else Asking(),
        may_hand_in=translation.progress is Progress.DRAFT,
        may_take_back=review is not None and may_take_back(case, actor),
        may_override=review is not None and steward and not approved,
        team_only=translation.guide.team_only,
    )


def may_take_back(case: rounds.Case, actor: Actor) -> bool:
    """Whether the actor may take the hand-in back: an author, who handed it in, or an editor."""
    possible = case.translation.progress is not Progress.SCHEDULED
    return possible and (actor.id in case.text.authors | {case.review.opened_by} or actor.has(Role.EDITOR))


def dots(case: rounds.Case, code: str) -> tuple[tuple[str, str, Message], ...]:
    """Return a named dot for each check."""
    return tuple((title_of(one.check, code), *_DOTS[one.state]) for one in case.round.stages)


def can_we_publish(case: rounds.Case, code: str, *, approved: bool, settled: bool = False) -> tuple[Message, ...]:
    """Answer "Can we publish this?" in sentences, from the first minute on."""
    if settled:
        return (N_("It is published. A new saved version begins the next edition."),)
    return sentences(
        case.round,
        case.could,
        case.policy.combine,
        title=lambda check: title_of(check, code),
        approved=approved,
        asked=asked(case.guests.values(), case.decisions),
    )


def _steps(case: rounds.Case, actor: Actor, now: datetime) -> list[Step]:
    steps: list[Step] = []
    for standing in case.round.stages:
        words = _step(case, actor, standing, now)
        if words:
            address = address_of_check(case.review.id, standing.check.key)
            steps.append(Step(words, address, title_of(standing.check, actor.language)))
    return steps


def _step(case: rounds.Case, actor: Actor, standing: Standing, now: datetime) -> Message | None:
    vote = vote_of(standing, actor.id)
    if actor.id in case.holders.get(standing.check.key, frozenset()):
        return N_("Go on with your check")
    if vote and needs_second_look(case, vote):
        return N_("See what changed since you looked")
    if is_offered(case, actor, standing, now):
        return N_("You could check this")
    return None


def _lines(session: Session, case: rounds.Case, code: str) -> list[Line]:
    by_id = {one.id: one for one in case.decisions}
    ids = {one.member_id for one in case.decisions}
    names = members.pen_names(session, ids) | guest_names(session, ids, code)
    lines = [
        _line(case, standing.check, vote, by_id[vote.given.id], names, code)
        for standing in case.round.stages
        for vote in standing.votes
    ]
    for one in case.decisions:
        if one.sort is not Sort.NORMAL:
            said = _OTHER_SORTS[one.sort]
            who = "" if one.sort is Sort.UNSAID else names.get(one.member_id, "—")
            lines.append(Line("", who, said, note=one.note))
    return lines


_OVER: Final = N_("This yes no longer counts: the text changed, and the days of the reading link are over.")
_OTHER_SORTS: Final = {
    Sort.SET_ASIDE: N_("set a wish for a change aside."),
    Sort.OVERRIDE: N_("lets this version be published without all checks; readers see that."),
    Sort.UNSAID: N_("took their yes back. That needs no reason."),
}


def _line(
    case: rounds.Case, check: Check, vote: Vote, row: Decision, names: Mapping[str, str | Message], code: str
) -> Line:
    hidden = check.who == (OWN_EXPERIENCE,) and row.member_id not in case.guests
    who = "" if hidden else names.get(row.member_id, "—")
    told_of = became(case, check, vote)
    line = Line(title_of(check, code), who, told_of.sentence, FATES[told_of.fate], row.quote, row.note)
    return replace(line, wish=row.id) if vote.blocks else line


def became(case: rounds.Case, check: Check, vote: Vote) -> Told:
    """Return what became of a member's or a guest's word, as everybody who sees the text may read it."""
    doubt = case.guest_why_not(vote.given.member, check) if vote.given.member in case.guests else None
    if vote.given.verdict is Verdict.APPROVE and (doubt or (not vote.reached and not vote.carried.counts)):
        return Told(Fate.FELL, doubt or _OVER)
    return told(vote)
