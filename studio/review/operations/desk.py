"""Keep, beside each check of a round, what a desk needs to choose from thousands of them; see ``queries.choosing``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.review.models import Barred, Review
from studio.review.queries import rounds
from studio.review.queries.passing import passed
from studio.review.queries.pieces import minutes_of, saved_for_safety, silent_wishes
from studio.review.rules.policy import risk_of
from studio.review.rules.queue import SAFETY_FIRST
from studio.review.rules.standing import Standing, State
from studio.review.rules.waiting import Bar, asked_of, barred
from studio.review.rules.who import is_teller, together


def keep(session: Session, case: rounds.Case) -> None:
    """Write down of each check when it is free, whom it asks for, what it weighs, and who is barred from it."""
    rows = {row.key: row for row in case.review.stages}
    for key in rows.keys() - {check.key for check in case.checks}:
        rows[key].free_at = None
    for standing in case.round.stages:
        check, row = standing.check, rows[standing.check.key]
        row.free_at = _free_at(case, standing, row.since)
        row.asked = asked_of(check, case.text)
        row.language = case.translation.language
        row.risk = SAFETY_FIRST if saved_for_safety(case) else risk_of(case.policy, case.candidate.facets)
        row.minutes = minutes_of(case, check)
    _keep_barred(session, case)


def forget(review: Review) -> None:
    """Offer no check of a round that has ended."""
    for row in review.stages:
        row.free_at = None


def _free_at(case: rounds.Case, standing: Standing, since: datetime) -> datetime | None:
    if standing.state is State.OPEN:
        return since
    if standing.state is State.LOOK_AGAIN:
        return since + timedelta(days=case.policy.silent_days)
    if standing.state is State.MUST_CHANGE:
        then = case.candidate.saved_at + timedelta(days=case.policy.silent_days)
        return then if silent_wishes(case, standing, then) else None
    if standing.state is State.TAKEN:
        return min((one.expires_at for one in case.claims if one.stage == standing.check.key), default=None)
    return None


def _keep_barred(session: Session, case: rounds.Case) -> None:
    by_hand = passed(session, case.review.id)
    wanted = {
        (standing.check.key, member): sort
        for standing in case.round.stages
        for member, sort in _barred(case, standing, {one for key, one in by_hand if key == standing.check.key}).items()
    }
    rows: Sequence[Barred] = session.scalars(select(Barred).where(Barred.review_id == case.review.id)).all()
    kept = {(row.stage, row.member_id): row for row in rows}
    for pair in kept.keys() - wanted.keys():
        session.delete(kept[pair])
    for (stage, member), sort in wanted.items():
        if (stage, member) in kept:
            kept[stage, member].sort = sort
        else:
            session.add(Barred(review_id=case.review.id, stage=stage, member_id=member, sort=sort))


def _barred(case: rounds.Case, standing: Standing, by_hand: set[str]) -> dict[str, Bar]:
    check = standing.check
    said = {vote.given.member for vote in standing.votes}
    busy = {one.member_id for one in case.decisions} | {one.member_id for one in case.claims}

    def may(member: str) -> bool:
        written = member in case.text.authors and not is_teller(check)
        return not written and together(check, case.theirs(member), case.policy.combine)

    return barred(case.text.authors | busy | said | by_hand, may, said=said, passed=by_hand)
