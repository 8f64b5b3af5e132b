"""What the rows beside the trail know of its entries: numbers of versions and editions, decisions, reasons, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit.models import AuditEntry
from studio.core.words import Message
from studio.guides.models import Revision, Translation
from studio.guides.rules.statuses import Standing
from studio.publish.models import Edition, Takedown
from studio.publish.rules.takedown import Reason
from studio.review.models import Claim, Decision, Review
from studio.review.queries.guests import guest_names
from studio.review.rules.policy import Check, Policy, read_policy
from studio.review.rules.who import OWN_EXPERIENCE

OF_A_CHECK: Final = frozenset(
    {"review.claim", "review.give_back", "review.claim_ended", "review.decide", "review.comment"}
)
"""The acts of a checker in a check."""


@dataclass
class Facts:
    """Rows by id, and which version was the newest when an act was done."""

    code: str
    """The language in which checks are named."""
    revisions: dict[str, Revision]
    editions: dict[str, Edition]
    decisions: dict[str, Decision]
    claims: dict[str, Claim]
    policies: dict[str, Policy]
    """By the id of the round."""
    guests: dict[str, Message]
    """What each guest was vouched for as, by the id of their reading link."""
    bare_until: int
    """The number of the last entry that may tell no name and no words; 0 where there is none."""
    live: bool
    version: int = 0

    def follow(self, entry: AuditEntry) -> None:
        """Remember which version is the newest from ``entry`` on."""
        revision = self.revisions.get(str(entry.details.get("revision", "")))
        if revision and entry.act in ("save_version", "save_spelling"):
            self.version = revision.number

    def edition(self, entry: AuditEntry) -> int:
        """Return the number of the edition that an entry is about, 0 where it is about none."""
        kind, _, key = entry.subject.partition(":")
        found = self.editions.get(key if kind == "edition" else str(entry.details.get("edition", "")))
        return found.number if found else 0

    def decision(self, entry: AuditEntry) -> Decision | None:
        """Return the decision that an entry is about."""
        return self.decisions.get(str(entry.details.get("decision", "")))

    def check(self, entry: AuditEntry) -> Check | None:
        """Return the check that an act of a checker is about. Where the trail names none, it is own experience."""
        if entry.act not in OF_A_CHECK:
            return None
        kind, _, key = entry.subject.partition(":")
        claim = self.claims.get(key) if kind == "claim" else None
        policy = self.policies.get(claim.review_id if claim else key)
        if policy is None:
            return None
        name = claim.stage if claim else str(entry.details.get("stage", ""))
        stages = [stage.check for stage in policy.stages]
        if not name:
            return next((one for one in stages if one.who == (OWN_EXPERIENCE,)), None)
        return next((found for found in (_of(one, name) for one in stages) if found), None)


def gather(session: Session, translation: Translation, entries: Sequence[AuditEntry], code: str) -> Facts:
    """Return what is known beside ``entries`` of a text."""
    own = Revision.translation_id == translation.id
    editions = session.scalars(select(Edition).where(Edition.translation_id == translation.id)).all()
    reviews = session.scalars(select(Review).where(Review.translation_id == translation.id)).all()
    of_reviews = [one.id for one in reviews]
    decisions = session.scalars(select(Decision).where(Decision.review_id.in_(of_reviews)))
    claims = session.scalars(select(Claim).where(Claim.review_id.in_(of_reviews)))
    return Facts(
        code=code,
        revisions={one.id: one for one in session.scalars(select(Revision).where(own))},
        editions={one.id: one for one in editions},
        decisions={one.id: one for one in decisions},
        claims={one.id: one for one in claims},
        policies={one.id: read_policy(one.policy) for one in reviews},
        guests=guest_names(session, (entry.actor for entry in entries if entry.actor), code),
        bare_until=_bare_until(session, editions, entries),
        live=any(one.standing is Standing.LIVE for one in editions),
    )


def _of(check: Check, name: str) -> Check | None:
    """Return ``check`` if it is called ``name``, with its country where the name has one."""
    if check.key == name:
        return check
    country = name.removeprefix(f"{check.key}:")
    return replace(check, key=name, country=country) if country != name else None


def _bare_until(session: Session, editions: Sequence[Edition], entries: Sequence[AuditEntry]) -> int:
    """Return the entry of the last takedown for who somebody is, or for consent, of an edition that is still down.

    A teller who takes a story back takes down with one entry whatever readers have of it, in all its languages.
    """
    down = [one.id for one in editions if one.standing is Standing.WITHDRAWN]
    still = select(Takedown.edition_id, Takedown.reason).where(
        Takedown.edition_id.in_(down), Takedown.outcome != "restored"
    )
    silent = {key for key, reason in session.execute(still) if Reason(reason).silent}
    return max((one.seq for one in entries if silent.intersection(_taken_by(one))), default=0)


def _taken_by(entry: AuditEntry) -> list[str]:
    """Return the ids of the editions that readers lost by an entry."""
    if entry.act in ("take_down", "consent.end"):
        return [entry.subject.removeprefix("edition:")]
    return list(entry.details["editions"]) if entry.act == "teller.take_back" else []
