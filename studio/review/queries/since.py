"""Since when somebody reads what changed: since their yes, since they were here last, since the last edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides import media
from studio.guides import queries as guides
from studio.guides.models import Revision
from studio.guides.rules.callouts import CallOut
from studio.guides.urgent import readers_have
from studio.review.models import Claim
from studio.review.queries import rounds
from studio.review.queries.changes import Change, changes, weighty
from studio.review.rules.carry import Snapshot
from studio.review.rules.standing import Vote

SEEN: Final = "seen"
"""Beside the ticks of a claim: the number of the saved version that its holder last had before them."""
CHOICES: Final = {
    "mine": N_("since your word"),
    "visit": N_("since you were here last"),
    "edition": N_("since the last edition"),
}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a certain version, and what else one could choose: name and words of each."""

    chosen: str
    choices: tuple[tuple[str, Message], ...]
    changes: tuple[Change, ...]
    call_outs: tuple[tuple[int, CallOut], ...]
    """What must not hide, with the number of its change."""


def since(
    session: Session,
    case: rounds.Case,
    vote: Vote | None,
    ticks: dict[str, Any],
    asked: str,
    *,
    again: bool,
    pictures: str = "/studio/media/",
) -> Since | None:
    """Return what changed, since what was ``asked`` for if that can be told; None where nothing is there to compare.

    ``pictures`` is the folder of the text's pictures. A second look begins with what changed since
    one's word, and with the passages of that check alone.
    """
    there = {key: one for key, one in _versions(session, case, vote, ticks).items() if _differs(one, case)}
    if not there:
        return None
    chosen = asked if asked in there else next(iter(there))
    only = vote.carried.passages or None if again and vote and chosen == "mine" else None
    picture = media.addresses(session, case.translation.id, pictures)
    spoken = language(case.translation.language)
    found = changes(there[chosen].blocks, case.now.blocks, spoken, only, picture, short=again)
    return Since(chosen, tuple((key, CHOICES[key]) for key in there), tuple(found), tuple(weighty(found)))


def _differs(one: Snapshot, case: rounds.Case) -> bool:
    return one.content_hash != case.now.content_hash


def _versions(session: Session, case: rounds.Case, vote: Vote | None, ticks: dict[str, Any]) -> dict[str, Snapshot]:
    found = dict[str, Snapshot]()
    if vote:
        found["mine"] = case.versions[vote.given.number]
    number = int(ticks.get(SEEN) or 0)
    if number and not (vote and vote.given.number == number):
        found["visit"] = rounds.snapshots(session, case.translation, [number])[number]
    edition = _edition(session, case)
    if edition:
        blocks = guides.blocks_of(session, edition.id)
        last = {"edition": rounds.snapshot(edition, blocks, case.translation.language)}
        # Where an urgent fix went, nothing that was seen before it tells so.
        found = last | found if case.undone else found | last
    return found


def _edition(session: Session, case: rounds.Case) -> Revision | None:
    """Return what readers have; where that is what is checked, as after an urgent fix, what was checked before it."""
    given = readers_have(session, case.translation)
    if given and given.content_hash != case.now.content_hash:
        return given
    published = case.translation.published_revision_id
    return session.get_one(Revision, published) if published else None


def last_ticks(session: Session, review_id: str, member_id: str, stage: str) -> dict[str, Any]:
    """Return what a member ticked in the last claim of theirs on a check, which may have ended by itself."""
    own = select(Claim).where(Claim.review_id == review_id, Claim.member_id == member_id, Claim.stage == stage)
    last = session.scalar(own.order_by(Claim.taken_at.desc(), Claim.id).limit(1))
    return dict(last.ticks) if last else {}
