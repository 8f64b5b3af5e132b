"""The one piece that a member is offered, and what else they could do: chosen from what is kept, then looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.guides import queries as guides
from studio.guides.models import Translation
from studio.members import queries as members
from studio.members.actor import Actor
from studio.review.models import Asked, Review
from studio.review.queries import choosing, rounds
from studio.review.queries.choosing import House, Pair
from studio.review.queries.pieces import Offer, offer_of, piece_of
from studio.review.rules.queue import Piece, in_order, one_piece
from studio.review.rules.standing import RUNNING

LOOKS: Final = 3
"""So many free pieces are looked at for one that does not cost a check which nobody else could give."""
STALE: Final = 12
"""So many pieces that turn out to be free no more are passed over before the desk says that nothing waits."""
LISTED: Final = 20


@dataclass
class _Desk:
    """What one member could do at one moment; each round is looked at once."""

    session: Session
    actor: Actor
    now: datetime
    cases: dict[str, rounds.Case | None] = field(default_factory=dict)

    @cached_property
    def house(self) -> House:
        """Everybody, asked once."""
        every = {one.id: one for one in members.actors(self.session)}
        return House(every, members.away(self.session, self.now))

    @cached_property
    def askers(self) -> dict[Pair, str]:
        """Pen-names of who asked the member for which check."""
        rows = self.session.execute(
            select(Asked.review_id, Asked.stage, Asked.by).where(
                Asked.member_id == self.actor.id, Asked.declined_at.is_(None), Asked.expires_at > self.now
            )
        )
        return {(row.review_id, row.stage): self._name(row.by) for row in rows}

    def _name(self, member_id: str) -> str:
        return self.house.actors[member_id].pen_name if member_id in self.house.actors else "—"

    def case(self, review_id: str) -> rounds.Case | None:
        """Return a round as it is now; None where it has ended or the member may not know of it."""
        if review_id not in self.cases:
            self.cases[review_id] = self._case(review_id)
        return self.cases[review_id]

    def _case(self, review_id: str) -> rounds.Case | None:
        review = self.session.get_one(Review, review_id)
        translation = self.session.get_one(Translation, review.translation_id)
        over = review.closed_at is not None or translation.progress not in RUNNING
        if over or not guides.may_see(self.session, self.actor, translation):
            return None
        every, away = list(self.house.actors.values()), self.house.away
        return rounds.case(self.session, review, translation, self.now, actors=every, away=away)

    def piece(self, pair: Pair) -> Piece | None:
        """Return a check as a piece, if the member can give it now."""
        case = self.case(pair[0])
        standing = next((one for one in case.round.stages if one.check.key == pair[1]), None) if case else None
        if case is None or standing is None or case.translation.language not in self.actor.reads:
            return None
        return piece_of(case, self.actor, standing, self.now, self.askers.get(pair, ""))

    def pieces(self, pairs: Iterable[Pair], most: int) -> Iterator[Piece]:
        """Give the pieces of ``pairs`` that hold, looking at no more than ``most``."""
        return (piece for piece in map(self.piece, islice(pairs, most)) if piece)

    def begun(self) -> list[Piece]:
        """Return what the member holds, is asked to look at again, or was asked for by name."""
        pairs = [
            *choosing.asked_for(self.session, self.actor, self.now),
            *choosing.own(self.session, self.actor, self.now),
        ]
        return list(self.pieces(dict.fromkeys(pairs), len(pairs)))

    def offer(self, piece: Piece, have: int) -> Offer | None:
        """Return a piece as a page shows it."""
        case = self.case(piece.review)
        return (
            offer_of(case, self.actor, piece, have, self.askers.get((piece.review, piece.stage), "")) if case else None
        )

    def free(self, have: int) -> Piece | None:
        """Return the free piece that fits and waits most, one that costs no other check if there is such a one near."""
        session, actor, now = self.session, self.actor, self.now
        first: Piece | None = None
        for piece in islice(self.pieces(choosing.free(session, actor, now, most=have), STALE), LOOKS):
            if not piece.costs:
                return piece
            first = first or piece
        if first is None:
            return None
        sparing = choosing.free(session, actor, now, most=have, sparing=self.house)
        return next((piece for piece in self.pieces(sparing, LOOKS) if not piece.costs), first)


def offer(session: Session, actor: Actor, have: int, now: datetime, *, begun_only: bool = False) -> Offer | None:
    """Return the member's one piece for ``have`` minutes; None where nothing waits that they could do.

    ``begun_only``: only what they hold, are asked to look at again, or were asked for by name.
    """
    desk = _Desk(session, actor, now)
    begun = desk.begun()
    chosen = one_piece(begun, have)
    if begun_only:
        pass
    elif chosen is None or not (chosen.invited or chosen.minutes <= have) or _safety_waits(session, chosen):
        free = desk.free(have)
        short = free or next(desk.pieces(choosing.shortest(session, actor, now), STALE), None)
        chosen = one_piece([one for one in (chosen, short) if one], have)
    return desk.offer(chosen, have) if chosen else None


def _safety_waits(session: Session, chosen: Piece) -> bool:
    """Whether something that was saved for somebody's safety may come before what was chosen."""
    return not chosen.safety and choosing.safety_waits(session)


def offers(session: Session, actor: Actor, now: datetime) -> list[Offer]:
    """Return what the actor could check now, what waits most first: so many that a person can choose."""
    desk = _Desk(session, actor, now)
    begun = desk.begun()
    free = desk.pieces(choosing.free(session, actor, now), LISTED)
    return [found for one in in_order({*begun, *free}) if (found := desk.offer(one, one.minutes))]
