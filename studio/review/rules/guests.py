"""Guests with a reading link that counts: what is vouched for, when it counts, and as whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from studio.core.words import N_, Message
from studio.members.actor import Actor, Role
from studio.review.rules.policy import Check
from studio.review.rules.who import Text, is_teller

DAYS: Final = (3, 7, 14)
"""For how many days a link may be made; the one in the middle is offered first."""
_SLACK: Final = timedelta(hours=12)
"""After a day has ended in UTC it goes on for as long somewhere."""
_BEST: Final = ("training", "own_experience", "role", "any_member")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account who was given a link for one check of one text."""

    id: str
    """The link's; it stands for the guest in their decisions."""
    person: str
    """The same for all links that were made for one guest."""
    inviter: str
    confirmed_by: str
    stage: str
    language: str
    vouched: str
    revoked: bool = False
    is_open: bool = True
    """Whether the link may still be used: not taken back, not given back, its days not over."""

    @property
    def counted_as(self) -> str:
        """Who the guest is for the counts."""
        return counted_as(self.inviter)


def counted_as(inviter: str) -> str:
    """Return who the guests of a member are for the counts: one person, however many they are."""
    return f"guest:{inviter}"


def last_moment(now: datetime, days: int) -> datetime:
    """Return when a link of ``days`` ends: after its last day is over everywhere."""
    day = (now + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1) + _SLACK


def last_day(expires_at: datetime) -> datetime:
    """Return the last whole day on which a link that ends at ``expires_at`` can be used."""
    return expires_at - _SLACK - timedelta(days=1)


def vouchable(check: Check) -> str:
    """Return what must be vouched for so that somebody may give ``check``; empty where no guest can give it."""
    if is_teller(check):
        return ""
    return min(check.who, key=lambda who: _BEST.index(who.partition(":")[0]))


def why_not(guest: Guest, check: Check, text: Text, active: Collection[str]) -> Message | None:
    """Return why what a guest says of ``check`` does not count, or None; ``active`` are the members of today."""
    if guest.revoked:
        return N_("This no longer counts: an organiser took the reading link back.")
    if guest.stage != check.key or guest.vouched not in check.who or guest.language != text.language:
        return N_("This does not count: the reading link was made for another check.")
    vouchers = {guest.inviter, guest.confirmed_by} & set(active)
    if not vouchers:
        return N_("This no longer counts: whoever vouched for this guest is not with us any more.")
    if not vouchers - text.authors:
        return _NEEDS_ANOTHER
    return None


_NEEDS_ANOTHER: Final = N_(
    "This does not count yet: whoever vouched for this guest wrote in the text, so somebody else must vouch too."
)


def needs_another(guest: Guest, text: Text) -> bool:
    """Whether somebody who did not write in the text must vouch as well."""
    return not {guest.inviter, guest.confirmed_by} - {""} - text.authors


def may_confirm(actor: Actor, guest: Guest, text: Text, others: Collection[Actor]) -> Message | None:
    """Return why the actor cannot vouch as well, or None.

    It takes an editor or organiser who did not write in the text; where ``others``, who may know of the text, hold
    none but the inviter, any member who did not write in it.
    """
    if actor.id == guest.inviter:
        return N_("You vouched already. Somebody else does it too.")
    if actor.id in text.authors:
        return N_("You wrote in this text, so somebody else vouches.")
    if not _weighs(actor) and any(_weighs(one) and one.id not in text.authors | {guest.inviter} for one in others):
        return N_("An editor or another organiser vouches here.")
    return None


def _weighs(actor: Actor) -> bool:
    return actor.has(Role.EDITOR, Role.STEWARD)
