"""The reading links of a round, for members who may know of its text: who was asked for what, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.core.words import N_, Message
from studio.guides.models import Translation
from studio.i18n.formats import day
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.review.models import ReadingLink
from studio.review.queries import rounds
from studio.review.queries.guests import guest_of, links_of, named, vouching
from studio.review.queries.notices import address_of, title_of_text
from studio.review.queries.pieces import minutes_of, needs_second_look, vote_of
from studio.review.rules import guests
from studio.review.rules.policy import Check
from studio.review.rules.standing import RUNNING, State
from studio.review.rules.who import together
from studio.review.titles import title_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading link as its round's page shows it."""

    id: str
    check: str
    who: Message
    by: str
    state: Message
    doubt: Message | None
    """Why it would not count now."""
    may_confirm: bool
    may_revoke: bool
    minutes: int
    until: datetime | None
    """The last day, where the guest is still asked for something."""


@dataclass(frozen=True, slots=True)
class Open:
    """A check that a guest could be asked for: what is vouched for, and which earlier guest it could be."""

    stage: str
    check: str
    vouching: Message
    same: tuple[tuple[str, str], ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the page of a round's reading links shows."""

    review_id: str
    title: str
    address: str
    text_language: Language
    asked: tuple[Asked, ...]
    open: tuple[Open, ...]
    may_ask: bool
    wrote: bool
    """Whether the person wrote in the text, so that somebody else vouches as well."""
    team_only: bool


def desk(session: Session, actor: Actor, review_id: str, now: datetime) -> Desk:
    """Return the reading links of a round; NotFound for who may not know of its text."""
    review, translation = rounds.seen_review(session, actor, review_id)
    case = rounds.case(session, review, translation, now)
    links = links_of(session, review.id)
    may_ask = actor.has(Role.STEWARD) and _runs(case.translation)
    return Desk(
        review_id=review.id,
        title=title_of_text(translation),
        address=address_of(translation),
        text_language=language(translation.language),
        asked=tuple(_asked(session, case, actor, link, now) for link in reversed(links)),
        open=tuple(_open(case, actor, check, links) for check in _free(case, actor)) if may_ask else (),
        may_ask=may_ask,
        wrote=actor.id in case.text.authors,
        team_only=translation.guide.team_only,
    )


def link_minutes(session: Session, link: ReadingLink, translation: Translation, now: datetime) -> int:
    """Return how long the check of a new reading link takes."""
    review = rounds.open_review(session, translation.id)
    case = rounds.case(session, review, translation, now) if review else None
    return minutes_of(case, case.check(link.stage)) if case else 0


def _runs(translation: Translation) -> bool:
    return translation.progress in RUNNING


def _free(case: rounds.Case, actor: Actor) -> list[Check]:
    return [
        one.check
        for one in case.round.stages
        if one.state not in (State.LATER, State.DONE)
        and guests.vouchable(one.check)
        and guests.counted_as(actor.id) not in one.counting
    ]


def _open(case: rounds.Case, actor: Actor, check: Check, links: list[ReadingLink]) -> Open:
    code = actor.language
    own: dict[str, list[Check]] = {}
    for link in links:
        if link.made_by == actor.id and not link.revoked_at:
            own.setdefault(link.person, []).extend(one for one in case.checks if one.key == link.stage)
    fitting = {
        person: checks
        for person, checks in own.items()
        if check not in checks and together(check, checks, case.policy.combine)
    }
    return Open(
        stage=check.key,
        check=title_of(check, code),
        vouching=vouching(guests.vouchable(check), case.translation.language, code),
        same=tuple((person, " · ".join(title_of(one, code) for one in checks)) for person, checks in fitting.items()),
        minutes=minutes_of(case, check),
    )


def _asked(session: Session, case: rounds.Case, actor: Actor, link: ReadingLink, now: datetime) -> Asked:
    code, guest = actor.language, guest_of(link, now)
    check = next((one for one in case.checks if one.key == link.stage), None)
    vote = vote_of(case.standing(link.stage), link.id) if check else None
    others = [one for one in case.actors.values() if case.team is None or one.id in case.team]
    doubt = None if guest.revoked or not check else case.guest_why_not(link.id, check)
    runs = _runs(case.translation)
    again = vote is not None and needs_second_look(case, vote)
    waits = check is not None and runs and guest.is_open and (vote is None or again)
    state = _state(link, answered=vote is not None, again=again, code=code, now=now)
    return Asked(
        id=link.id,
        check=title_of(check, code) if check else link.stage,
        who=named(link.vouched, link.language, code),
        by=members.pen_names(session, [link.made_by]).get(link.made_by, ""),
        state=state,
        doubt=doubt,
        may_confirm=runs
        and not guest.revoked
        and guests.needs_another(guest, case.text)
        and guests.may_confirm(actor, guest, case.text, others) is None,
        may_revoke=runs and actor.has(Role.STEWARD) and not guest.revoked,
        minutes=minutes_of(case, check, vote if again else None) if waits and check else 0,
        until=guests.last_day(link.expires_at) if waits else None,
    )


def _state(link: ReadingLink, *, answered: bool, again: bool, code: str, now: datetime) -> Message:
    last = day(guests.last_day(link.expires_at), code)
    over = now >= link.expires_at
    if link.revoked_at:
        return N_("taken back")
    if answered and again and not over:
        return N_("answered; the text changed since, and the same link shows what changed, until {day}", day=last)
    if answered:
        return N_("answered")
    if link.given_back_at:
        return N_("given back")
    return N_("its days are over") if over else N_("waits until {day}", day=last)
