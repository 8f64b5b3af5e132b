"""I'll take this, I'll give this back: who works on which check, and what they have ticked so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import operations as guides
from studio.members.actor import Actor
from studio.review.models import Asked, Claim
from studio.review.operations.looking import look_again
from studio.review.queries import rounds
from studio.review.queries.since import SEEN, last_ticks
from studio.review.rules.policy import Check
from studio.review.rules.standing import ENDED, State
from studio.review.rules.who import OWN_EXPERIENCE

MOST_WORDS: Final = 4000
"""Characters of a note that are kept with the ticks."""
MOST_TICKS: Final = 100
"""Answers, and parts of the text that were read."""


def current(session: Session, actor: Actor, review_id: str, now: datetime) -> rounds.Case:
    """Return the round as it is now, looked at again; NotFound for who may not know, Conflict where it has ended."""
    _, translation = rounds.seen_review(session, actor, review_id, lock=True)
    case = look_again(session, translation, now)
    if case is None or case.review.id != review_id:
        raise Conflict(ENDED)
    return case


def claim(
    session: Session, actor: Actor, review_id: str, stage: str, now: datetime, *, own_experience: bool = False
) -> Claim:
    """Take a check for as many days as the policy says; taking it twice is taking it once.

    For own experience the member says so each time anew; that they did is kept nowhere but in the check itself.
    """
    return take(session, actor, current(session, actor, review_id, now), stage, now, own_experience=own_experience)


def take(
    session: Session, actor: Actor, case: rounds.Case, stage: str, now: datetime, *, own_experience: bool
) -> Claim:
    """Take a check of a round that was just looked at."""
    check = case.check(stage)
    held = held_by(case, actor, stage)
    if held:
        return held
    _must_be_able(actor, case, check, own_experience=own_experience)
    _must_be_free(case, check)
    row = Claim(
        id=new_id(),
        review_id=case.review.id,
        stage=stage,
        member_id=actor.id,
        taken_at=now,
        expires_at=now + timedelta(days=case.policy.claim_days),
        ticks={SEEN: seen_before(session, case, actor, stage)},
    )
    session.add(row)
    guides.join_team(session, case.translation, actor.id, now)
    record(session, actor, "review.claim", case, check, {"claim": row.id}, now)
    look_again(session, case.translation, now)
    return row


def held_by(case: rounds.Case, actor: Actor, stage: str) -> Claim | None:
    """Return the actor's claim on a check, None where they hold none."""
    mine = (claim for claim in case.claims if claim.member_id == actor.id and claim.stage == stage)
    return next(mine, None)


def _must_be_able(actor: Actor, case: rounds.Case, check: Check, *, own_experience: bool) -> None:
    why = case.why_not(actor, check)
    if why:
        raise NotAllowed(why)
    if check.who == (OWN_EXPERIENCE,) and not own_experience:
        raise Invalid(N_("This check is for people whose life the text is about. Is it about yours?"))


def _must_be_free(case: rounds.Case, check: Check) -> None:
    standing = case.standing(check.key)
    if standing.state is State.LATER:
        raise Conflict(N_("This check comes after the ones before it. It will be offered to you then."))
    if standing.state is State.DONE:
        raise Conflict(N_("This check is done already. Thank you; something else waits for you."))
    holders = case.holders.get(check.key, frozenset())
    if len(standing.counting | holders) >= check.needs:
        raise Conflict(N_("Somebody else has just taken this. Something else waits for you."))


def give_back(session: Session, actor: Actor, review_id: str, stage: str, now: datetime) -> None:
    """Give a check back; no reason is asked, and what was ticked is not shown to anybody."""
    case = current(session, actor, review_id, now)
    held = held_by(case, actor, stage)
    if held is None:
        return
    held.released_at, held.ticks = now, {}
    asked = (Asked.review_id == review_id, Asked.stage == stage, Asked.member_id == actor.id)
    session.execute(update(Asked).where(*asked, Asked.declined_at.is_(None)).values(declined_at=now))
    record(session, actor, "review.give_back", case, case.check(stage), {"claim": held.id}, now)
    look_again(session, case.translation, now)


def keep_ticks(
    session: Session,
    actor: Actor,
    review_id: str,
    stage: str,
    ticks: Mapping[str, Any],
    now: datetime,
    *,
    content_hash: str = "",
) -> None:
    """Keep the answers so far with the claim, so that another evening goes on from here.

    ``content_hash`` is that of the text they are about: next time, what changed since is shown.
    """
    case = current(session, actor, review_id, now)
    held = held_by(case, actor, stage)
    if held is None:
        raise NotFound(N_("You have not taken this check, or its days are over. Take it again; nothing is lost."))
    seen = held.ticks.get(SEEN)
    if content_hash == case.now.content_hash:
        seen = case.now.number
    held.ticks = {str(key)[:80]: str(value)[:MOST_WORDS] for key, value in list(ticks.items())[:MOST_TICKS]} | {
        SEEN: seen
    }
    session.flush()


def seen_before(session: Session, case: rounds.Case, actor: Actor, stage: str) -> int:
    """Return the number of the version that the actor last had before them in a check: by default the one of now."""
    last = last_ticks(session, case.review.id, actor.id, stage)
    return int(last.get(SEEN) or case.now.number)


def record(
    session: Session, actor: Actor, act: str, case: rounds.Case, check: Check, details: dict[str, Any], now: datetime
) -> None:
    """Write an act of a checker to the trail, which never says that somebody spoke from their own experience."""
    named = {} if check.who == (OWN_EXPERIENCE,) else {"stage": check.key}
    trail.record(
        session, actor=actor.id, act=act, subject=f"review:{case.review.id}", details={**details, **named}, now=now
    )
