"""Who could be asked for a check of a text, and what became of asking, as the people of the text see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.members.actor import Actor
from studio.review.models import Asked
from studio.review.queries import rounds
from studio.review.queries.pieces import vote_of
from studio.review.rules.asking import Answer, answer, may_ask
from studio.review.rules.policy import Check
from studio.review.rules.standing import State
from studio.review.rules.who import OWN_EXPERIENCE, is_teller
from studio.review.titles import title_of


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A check that is still open, and whom one could ask for it: ids and pen-names."""

    stage: str
    check: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WasAsked:
    """Somebody who was asked, as who may ask sees it."""

    check: str
    pen_name: str
    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page of a text says about asking somebody; empty for who may not ask."""

    open: tuple[ToAsk, ...] = ()
    asked: tuple[WasAsked, ...] = ()


def can_be_asked(case: rounds.Case, check: Check) -> list[Actor]:
    """Return who could give a check and does not rest, also those whom a text for its team would let in.

    Nobody is asked for their own experience: the question alone would say who somebody is.
    """
    standing = case.standing(check.key)
    if is_teller(check) or OWN_EXPERIENCE in check.who or standing.state not in (State.OPEN, State.LATER):
        return []
    return [
        actor
        for actor in case.actors.values()
        if actor.id not in case.away
        and not vote_of(standing, actor.id)
        and actor.id not in case.holders.get(check.key, frozenset())
        and case.why_not(actor, check) is None
    ]


def asking(session: Session, actor: Actor, case: rounds.Case, now: datetime) -> Asking:
    """Return whom ``actor`` could ask for what, without those who were asked for it before, and what they were told."""
    if not may_ask(actor, case.text.authors):
        return Asking()
    rows = session.scalars(select(Asked).where(Asked.review_id == case.review.id).order_by(Asked.at, Asked.id)).all()
    before = {(row.stage, row.member_id) for row in rows}
    return Asking(
        tuple(one for check in case.checks if (one := _to_ask(actor, case, check, before)).members),
        tuple(told for row in rows if (told := _was_asked(case, actor, row, now))),
    )


def _to_ask(actor: Actor, case: rounds.Case, check: Check, before: set[tuple[str, str]]) -> ToAsk:
    members = tuple(
        (one.id, one.pen_name)
        for one in can_be_asked(case, check)
        if one.id != actor.id and (check.key, one.id) not in before
    )
    return ToAsk(check.key, title_of(check, actor.language), members)


def _was_asked(case: rounds.Case, actor: Actor, row: Asked, now: datetime) -> WasAsked | None:
    check = next((one for one in case.checks if one.key == row.stage), None)
    who = case.actors.get(row.member_id)
    if check is None or who is None:
        return None
    holds = row.member_id in case.holders.get(check.key, frozenset())
    taken = holds or vote_of(case.standing(check.key), row.member_id) is not None
    said = answer(taken=taken, declined=row.declined_at is not None, expires_at=row.expires_at, now=now)
    return WasAsked(title_of(check, actor.language), who.pen_name, said, row.at)
