"""Which texts cannot move, found in what is kept beside each check and then looked at again; and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from studio.core.words import Message
from studio.guides import queries as guides
from studio.guides.models import Guide, Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.review.models import Barred, Review, ReviewStage
from studio.review.queries import rounds
from studio.review.queries.choosing import House
from studio.review.queries.guests import asked
from studio.review.queries.notices import address_of, title_of_text
from studio.review.queries.panel import dots
from studio.review.rules.quorum import stops
from studio.review.rules.standing import RUNNING, State
from studio.review.rules.waiting import Bar, is_asked
from studio.review.titles import title_of

LISTED: Final = 20
_LOOKS: Final = 60
"""At most so many are looked at as they are now."""
_FEW: Final = 3
"""Where so few or fewer could give a check, each of them may have written in the text."""
_SMALL: Final = 12
"""Where so few or fewer take part, each check may have somebody, and all of them together may still be too few."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text in its checks, as an organiser sees it."""

    title: str
    language: str
    address: str
    since: datetime
    dots: tuple[tuple[str, str, Message], ...]
    why: tuple[Message, ...]
    """Why it cannot move, in sentences; empty where it can."""


def house_of(session: Session, now: datetime) -> House:
    """Return everybody who takes part, and who rests."""
    return House({one.id: one for one in members.actors(session)}, members.away(session, now))


def cannot_move(session: Session, actor: Actor, now: datetime, most: int = LISTED) -> list[Waiting]:
    """Return texts that the actor may know of and that cannot move: first for want of anybody, the oldest first."""
    house = house_of(session, now)
    found = list[Waiting]()
    for review_id in islice(_candidates(session, house), _LOOKS):
        text = _waiting(session, actor, session.get_one(Review, review_id), now, house)
        if text and text.why:
            found.append(text)
        if len(found) == most:
            break
    return found


def waiting(session: Session, actor: Actor, now: datetime, page: int = 0) -> tuple[list[Waiting], bool]:
    """Return the texts in their checks that the actor may know of, the oldest first, and whether there are more."""
    house = house_of(session, now)
    every = (
        select(Review)
        .join(Translation, Translation.id == Review.translation_id)
        .join(Guide)
        .where(Review.closed_at.is_(None), Translation.progress.in_(RUNNING), guides.visible_to(actor))
        .order_by(Review.opened_at, Review.id)
        .offset(page * LISTED)
        .limit(LISTED + 1)
    )
    reviews = session.scalars(every).all()
    shown = [_waiting(session, actor, one, now, house) for one in reviews[:LISTED]]
    return [one for one in shown if one], len(reviews) > LISTED


def _waiting(session: Session, actor: Actor, review: Review, now: datetime, house: House) -> Waiting | None:
    translation = session.get_one(Translation, review.translation_id)
    if translation.progress not in RUNNING or not guides.may_see(session, actor, translation):
        return None
    case = rounds.case(session, review, translation, now, actors=list(house.actors.values()), away=house.away)
    code = actor.language
    why = stops(
        case.round,
        case.could,
        case.policy.combine,
        title=lambda check: title_of(check, code),
        asked=asked(case.guests.values(), case.decisions),
    )
    done = case.round.overridden
    return Waiting(
        title_of_text(translation),
        translation.language,
        address_of(translation),
        review.opened_at,
        dots(case, code),
        () if done else why,
    )


def _candidates(session: Session, house: House) -> Iterator[str]:
    """Give ids of rounds in which a check may have nobody; the rest has somebody for each of its checks.

    First those with a check for which nobody in the house is trained, then those where all who are wrote or spoke, and
    in a small house all others: one person gives only some of the checks of a text, so that several may be missing.
    """
    undone = (Review.closed_at.is_(None), ReviewStage.state.in_([State.OPEN, State.LATER]))
    joined = select(ReviewStage.asked, ReviewStage.language).join(Review, Review.id == ReviewStage.review_id)
    pairs = session.execute(joined.where(*undone).distinct()).all()
    able = {
        (asked, code): [one.id for one in house.there if code in one.reads and is_asked(one, asked)]
        for asked, code in pairs
    }
    oldest = select(Review.id, Review.opened_at).join(ReviewStage, ReviewStage.review_id == Review.id).where(*undone)
    alone = or_(false(), *(_is(pair) for pair, ids in able.items() if not ids))
    team = (
        oldest.join(Translation, Translation.id == Review.translation_id).join(Guide).where(Guide.team_only.is_(True))
    )
    first = oldest.where(alone).order_by(Review.opened_at, Review.id).distinct().limit(_LOOKS)
    given = [row.id for row in session.execute(first)]
    yield from given
    barred = (
        select(Review.id, Review.opened_at, ReviewStage.asked, ReviewStage.language, func.count().label("barred"))
        .join(ReviewStage, ReviewStage.review_id == Review.id)
        .join(Barred, and_(Barred.review_id == Review.id, Barred.stage == ReviewStage.key))
        .where(*undone, Barred.sort.in_([Bar.TEXT, Bar.SAID]))
        .group_by(Review.id, Review.opened_at, ReviewStage.key, ReviewStage.asked, ReviewStage.language)
    )
    few = or_(false(), *(_is(pair) & Barred.member_id.in_(ids) for pair, ids in able.items() if 0 < len(ids) <= _FEW))
    found = {row.id: row.opened_at for row in session.execute(team.distinct())}
    for some in (barred.where(few), barred.having(func.count() > _FEW)):
        rows = session.execute(some).all()
        found |= {row.id: row.opened_at for row in rows if row.barred >= len(able[row.asked, row.language])}
    then = sorted(found.keys() - set(given), key=lambda one: (found[one], one))
    yield from then
    if len(house.there) <= _SMALL:
        rest = session.execute(oldest.order_by(Review.opened_at, Review.id).distinct().limit(_LOOKS))
        yield from (row.id for row in rest if row.id not in {*given, *then})


def _is(pair: tuple[str, str]) -> ColumnElement[bool]:
    return and_(ReviewStage.asked == pair[0], ReviewStage.language == pair[1])
