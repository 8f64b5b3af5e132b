"""Which checks may be somebody's next piece, found in what is kept beside each check, without looking at every text.

What comes out is a guess of seconds ago: whoever offers a piece looks at its round as it is now first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from studio.guides.models import Guide, Revision, Translation
from studio.guides.queries import visible_to
from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor
from studio.review.models import Asked, Barred, Claim, Decision, Review, ReviewStage
from studio.review.rules.queue import Piece
from studio.review.rules.standing import RUNNING, Sort, State
from studio.review.rules.waiting import is_asked

Pair = tuple[str, str]
"""Ids of a round and of a check in it."""
MOST: Final = 60
"""Of each weight of risk so many are read: only the oldest can come first."""
MOST_OWN: Final = 8
"""So many begun pieces and second looks are weighed against each other; the rest comes when these are done."""


@dataclass(frozen=True, slots=True)
class House:
    """Who takes part and who rests, asked once for a page."""

    actors: Mapping[str, Actor]
    away: frozenset[str] = frozenset()

    @property
    def there(self) -> list[Actor]:
        """Everybody who could be asked."""
        return [one for one in self.actors.values() if one.id not in self.away]


def own(session: Session, actor: Actor, now: datetime) -> list[Pair]:
    """Return what the actor holds or is asked to look at again, what was marked as a matter of safety first."""
    held = (
        select(Claim.review_id, Claim.stage)
        .join(Review, Review.id == Claim.review_id)
        .where(Claim.member_id == actor.id, Claim.released_at.is_(None), Claim.expires_at > now)
        .where(Review.closed_at.is_(None))
        .order_by(Claim.taken_at, Claim.id)
    )
    again = _second_looks(session, actor, now)
    first, then = ([one for one, urgent in again if urgent is wanted] for wanted in (True, False))
    return list(dict.fromkeys([*first, *_pairs(session, held), *then]))[:MOST_OWN]


def asked_for(session: Session, actor: Actor, now: datetime) -> list[Pair]:
    """Return what somebody asked the actor for, the oldest first, as long as there is no answer."""
    open_ones = (
        select(Asked.review_id, Asked.stage)
        .join(Review, Review.id == Asked.review_id)
        .where(Asked.member_id == actor.id, Asked.declined_at.is_(None), Asked.expires_at > now)
        .where(Review.closed_at.is_(None))
        .order_by(Asked.at, Asked.id)
        .limit(MOST_OWN)
    )
    return _pairs(session, open_ones)


def _pairs(session: Session, wanted: Select[tuple[str, str]]) -> list[Pair]:
    return [(review_id, stage) for review_id, stage in session.execute(wanted)]


def _second_looks(session: Session, actor: Actor, now: datetime) -> list[tuple[Pair, bool]]:
    """Return the checks in which the actor's word may wait for a second look, and whether safety is the reason."""
    later = aliased(Decision)
    newer = select(later.id).where(
        later.review_id == Decision.review_id,
        later.stage == Decision.stage,
        later.member_id == actor.id,
        later.sort == Sort.NORMAL,
        later.position > Decision.position,
    )
    changed = Decision.content_hash != Revision.content_hash
    waits = or_(ReviewStage.state == State.LOOK_AGAIN, and_(ReviewStage.state == State.MUST_CHANGE, changed))
    rows = session.execute(
        select(Decision.review_id, Decision.stage, Revision.significance, ReviewStage.risk, ReviewStage.since)
        .join(Review, Review.id == Decision.review_id)
        .join(Translation, Translation.id == Review.translation_id)
        .join(Revision, Revision.id == Translation.latest_revision_id)
        .join(ReviewStage, and_(ReviewStage.review_id == Review.id, ReviewStage.key == Decision.stage))
        .where(Decision.member_id == actor.id, Decision.sort == Sort.NORMAL, Review.closed_at.is_(None), waits)
        .where(~newer.exists())
    ).all()
    ordered = sorted(rows, key=lambda row: (-row.risk * max(1, (now - row.since).days), row.review_id))
    return [((row.review_id, row.stage), row.significance is Significance.SAFETY) for row in ordered]


def free(
    session: Session, actor: Actor, now: datetime, *, most: int | None = None, sparing: House | None = None
) -> Iterator[Pair]:
    """Give what the actor could take, as the queue orders it: what they read, are trained for, and did not write.

    ``most``: minutes that it may take. ``sparing``: leave out texts that have another check which nobody but the actor
    could give in this house, and which should therefore be theirs.
    """
    mine = _mine(session, actor, now)
    if most is not None:
        mine.append(ReviewStage.minutes <= most)
    if sparing:
        mine.append(~_sole(session, actor, sparing).exists())
    pieces = list[Piece]()
    for risk in session.scalars(select(ReviewStage.risk).where(ReviewStage.free_at.is_not(None)).distinct()).all():
        oldest = _free().where(ReviewStage.risk == risk, *mine).order_by(ReviewStage.free_at).limit(MOST)
        for row in session.execute(oldest):
            days = (now - row.since).days
            pieces.append(Piece(row.review_id, row.key, row.minutes, risk, days, position=row.position))
    for piece in sorted(pieces, key=lambda one: (-one.weight, one.minutes, one.review, one.position)):
        yield piece.review, piece.stage


def shortest(session: Session, actor: Actor, now: datetime) -> Iterator[Pair]:
    """Give what the actor could take, the shortest first."""
    order = (ReviewStage.minutes, ReviewStage.free_at, ReviewStage.review_id, ReviewStage.position)
    wanted = _free().where(*_mine(session, actor, now)).order_by(*order).limit(MOST)
    for row in session.execute(wanted):
        yield row.review_id, row.key


def _free() -> Select[tuple[str, str, int, datetime, int]]:
    columns = (ReviewStage.review_id, ReviewStage.key, ReviewStage.minutes, ReviewStage.since, ReviewStage.position)
    return (
        select(*columns)
        .join(Review, Review.id == ReviewStage.review_id)
        .join(Translation, Translation.id == Review.translation_id)
        .join(Guide, Guide.id == Translation.guide_id)
    )


def _mine(session: Session, actor: Actor, now: datetime) -> list[ColumnElement[bool]]:
    every = select(ReviewStage.asked).where(ReviewStage.free_at.is_not(None)).distinct()
    asked = [one for one in session.scalars(every) if is_asked(actor, one)]
    bar = select(Barred.member_id).where(
        Barred.review_id == ReviewStage.review_id, Barred.stage == ReviewStage.key, Barred.member_id == actor.id
    )
    return [
        ReviewStage.free_at <= now,
        ReviewStage.language.in_(actor.reads),
        ReviewStage.asked.in_(asked),
        ~bar.exists(),
        Review.closed_at.is_(None),
        Translation.progress.in_(RUNNING),
        visible_to(actor),
    ]


def _sole(session: Session, actor: Actor, house: House) -> Select[tuple[str]]:
    """Return the other checks of a text for which the actor alone is trained among those who read its language."""
    other = aliased(ReviewStage)
    every = session.execute(select(other.asked, other.language).distinct()).all()
    sole = [
        and_(other.asked == asked, other.language == code)
        for asked, code in every
        if [one.id for one in house.there if code in one.reads and is_asked(one, asked)] == [actor.id]
    ]
    same = (other.review_id == ReviewStage.review_id, other.key != ReviewStage.key, other.state != State.DONE)
    return select(other.key).where(*same, or_(false(), *sole))
