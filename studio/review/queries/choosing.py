"""Which checks may be somebody's next piece, found in what is kept beside each check, without looking at every text.

What comes out is a guess of seconds ago: whoever offers a piece looks at its round as it is now first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, String, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session, aliased

from studio.guides.models import Guide, Revision, TeamMember, Translation
from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor
from studio.review.models import Asked, Barred, Claim, Decision, Review, ReviewStage
from studio.review.rules.queue import SAFETY_FIRST, Piece
from studio.review.rules.standing import RUNNING, Sort, State
from studio.review.rules.waiting import is_asked
from studio.storage.base import UtcTime

Pair = tuple[str, str]
"""Ids of a round and of a check in it."""
MOST: Final = 20
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


# The questions are put together once: that takes SQLAlchemy longer than SQLite takes to answer them.
_ME: Final = bindparam("me", type_=String())
_NOW: Final = bindparam("now", type_=UtcTime())
_LATER: Final = aliased(Decision)
_OTHER: Final = aliased(ReviewStage)
_HELD: Final = (
    select(Claim.review_id, Claim.stage)
    .join(Review, Review.id == Claim.review_id)
    .where(Claim.member_id == _ME, Claim.released_at.is_(None), Claim.expires_at > _NOW, Review.closed_at.is_(None))
    .order_by(Claim.taken_at, Claim.id)
)
_ASKED: Final = (
    select(Asked.review_id, Asked.stage)
    .join(Review, Review.id == Asked.review_id)
    .where(Asked.member_id == _ME, Asked.declined_at.is_(None), Asked.expires_at > _NOW, Review.closed_at.is_(None))
    .order_by(Asked.at, Asked.id)
    .limit(MOST_OWN)
)
_AGAIN: Final = (
    select(Decision.review_id, Decision.stage, Revision.significance, ReviewStage.risk, ReviewStage.since)
    .join(Review, Review.id == Decision.review_id)
    .join(Translation, Translation.id == Review.translation_id)
    .join(Revision, Revision.id == Translation.latest_revision_id)
    .join(ReviewStage, and_(ReviewStage.review_id == Review.id, ReviewStage.key == Decision.stage))
    .where(Decision.member_id == _ME, Decision.sort == Sort.NORMAL, Review.closed_at.is_(None))
    .where(
        or_(
            ReviewStage.state == State.LOOK_AGAIN,
            and_(ReviewStage.state == State.MUST_CHANGE, Decision.content_hash != Revision.content_hash),
        )
    )
    .where(
        ~select(_LATER.id)
        .where(
            _LATER.review_id == Decision.review_id,
            _LATER.stage == Decision.stage,
            _LATER.member_id == _ME,
            _LATER.sort == Sort.NORMAL,
            _LATER.position > Decision.position,
        )
        .exists()
    )
)
_SORTS: Final = select(ReviewStage.risk, ReviewStage.asked).where(ReviewStage.free_at.is_not(None)).distinct()
_FREE: Final = (
    select(ReviewStage.review_id, ReviewStage.key, ReviewStage.minutes, ReviewStage.since, ReviewStage.position)
    .join(Review, Review.id == ReviewStage.review_id)
    .join(Translation, Translation.id == Review.translation_id)
    .join(Guide, Guide.id == Translation.guide_id)
    .where(
        ReviewStage.risk == bindparam("risk"),
        ReviewStage.free_at <= _NOW,
        ReviewStage.language.in_(bindparam("reads", expanding=True)),
        ReviewStage.asked.in_(bindparam("asked", expanding=True)),
        ReviewStage.minutes <= bindparam("most"),
        Review.closed_at.is_(None),
        Translation.progress.in_(RUNNING),
        or_(
            Guide.team_only.is_(False),
            Translation.id.in_(select(TeamMember.translation_id).where(TeamMember.member_id == _ME)),
        ),
        ~select(Barred.member_id)
        .where(Barred.review_id == ReviewStage.review_id, Barred.stage == ReviewStage.key, Barred.member_id == _ME)
        .exists(),
    )
)
_OLDEST: Final = _FREE.order_by(ReviewStage.free_at).limit(MOST)
_SHORTEST: Final = _FREE.order_by(ReviewStage.minutes, ReviewStage.free_at).limit(MOST)
_ANY_LENGTH: Final = 1_000_000


def own(session: Session, actor: Actor, now: datetime) -> list[Pair]:
    """Return what the actor holds or is asked to look at again, what was marked as a matter of safety first."""
    again = _second_looks(session, actor, now)
    first, then = ([one for one, urgent in again if urgent is wanted] for wanted in (True, False))
    held = _pairs(session, _HELD, actor, now)
    return list(dict.fromkeys([*first, *held, *then]))[:MOST_OWN]


def asked_for(session: Session, actor: Actor, now: datetime) -> list[Pair]:
    """Return what somebody asked the actor for, the oldest first, as long as there is no answer."""
    return _pairs(session, _ASKED, actor, now)


def _pairs(session: Session, wanted: Select[str, str], actor: Actor, now: datetime) -> list[Pair]:
    return [(review_id, stage) for review_id, stage in session.execute(wanted, {"me": actor.id, "now": now})]


def _second_looks(session: Session, actor: Actor, now: datetime) -> list[tuple[Pair, bool]]:
    """Return the checks in which the actor's word may wait for a second look, and whether safety is the reason."""
    rows = session.execute(_AGAIN, {"me": actor.id}).all()
    ordered = sorted(rows, key=lambda row: (-row.risk * max(1, (now - row.since).days), row.review_id))
    return [((row.review_id, row.stage), row.significance is Significance.SAFETY) for row in ordered]


def free(
    session: Session, actor: Actor, now: datetime, *, most: int = _ANY_LENGTH, sparing: House | None = None
) -> Iterator[Pair]:
    """Give what the actor could take, as the queue orders it: what they read, are trained for, and did not write.

    ``most``: minutes that it may take. ``sparing``: leave out texts that have another check which nobody but the actor
    could give in this house, and which should therefore be theirs.
    """
    wanted = _OLDEST.where(~_sole(session, actor, sparing).exists()) if sparing else _OLDEST
    pieces = _found(session, actor, now, wanted, most)
    for piece in sorted(pieces, key=lambda one: (-one.weight, one.minutes, one.review, one.position)):
        yield piece.review, piece.stage


def safety_waits(session: Session) -> bool:
    """Whether a check of a text that was saved for somebody's safety is free for anybody."""
    waits = select(ReviewStage.key).where(ReviewStage.risk == SAFETY_FIRST, ReviewStage.free_at.is_not(None))
    return session.scalar(waits.limit(1)) is not None


def shortest(session: Session, actor: Actor, now: datetime) -> Iterator[Pair]:
    """Give what the actor could take, the shortest first."""
    pieces = _found(session, actor, now, _SHORTEST, _ANY_LENGTH)
    for piece in sorted(pieces, key=lambda one: (one.minutes, -one.weight, one.review, one.position)):
        yield piece.review, piece.stage


def _found(
    session: Session, actor: Actor, now: datetime, wanted: Select[*tuple[Any, ...]], most: int
) -> Iterator[Piece]:
    mine = dict[int, list[str]]()
    for risk, asked in session.execute(_SORTS):
        if is_asked(actor, asked):
            mine.setdefault(risk, []).append(asked)
    values = {"me": actor.id, "now": now, "reads": sorted(actor.reads), "most": most}
    for risk, every in mine.items():
        for row in session.execute(wanted, {**values, "risk": risk, "asked": every}):
            yield Piece(row.review_id, row.key, row.minutes, risk, (now - row.since).days, position=row.position)


def _sole(session: Session, actor: Actor, house: House) -> Select[str]:
    """Return the other checks of a text for which the actor alone is trained among those who read its language."""
    every = session.execute(select(_OTHER.asked, _OTHER.language).distinct()).all()
    sole = [
        and_(_OTHER.asked == asked, _OTHER.language == code)
        for asked, code in every
        if [one.id for one in house.there if code in one.reads and is_asked(one, asked)] == [actor.id]
    ]
    same = (_OTHER.review_id == ReviewStage.review_id, _OTHER.key != ReviewStage.key, _OTHER.state != State.DONE)
    return select(_OTHER.key).where(*same, or_(false(), *sole))
