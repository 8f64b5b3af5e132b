"""What organisers do: give and take roles and trainings, suspend, let take part again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict
from studio.core.words import N_
from studio.jobs.queue import enqueue
from studio.members import queries
from studio.members.actor import Actor, Role
from studio.members.models import Member, MemberRole, Training
from studio.members.operations.permits import need_steward
from studio.members.operations.visits import end_all, renew_all


def set_roles(session: Session, *, actor: Actor, member_id: str, roles: Collection[Role], now: datetime) -> None:
    """Give and take roles so that the member has ``roles`` and writer; a role that stays keeps its date.

    Conflict when it would leave the house without an organiser.
    """
    need_steward(actor)
    member = queries.by_id(session, member_id)
    before, after = queries.actor(session, member).roles, frozenset(roles) | {Role.WRITER}
    if Role.STEWARD in before - after:
        _keep_an_organiser(session, member)
    taken, given = before - after, after - before
    session.execute(delete(MemberRole).where(MemberRole.member_id == member_id, MemberRole.role.in_(taken)))
    session.add_all(MemberRole(member_id=member_id, role=role, since=now) for role in sorted(given))
    if taken or given:
        renew_all(session, member_id)
        _note(session, actor, "member.roles", member_id, {"given": sorted(given), "taken": sorted(taken)}, now)


def set_trainings(session: Session, *, actor: Actor, member_id: str, trainings: Collection[str], now: datetime) -> None:
    """Set what a checker is trained for."""
    need_steward(actor)
    before = queries.actor(session, queries.by_id(session, member_id)).trainings
    after = frozenset(trainings)
    session.execute(delete(Training).where(Training.member_id == member_id))
    session.add_all(Training(member_id=member_id, name=name) for name in sorted(after))
    if before != after:
        details = {"given": sorted(after - before), "taken": sorted(before - after)}
        _note(session, actor, "member.trainings", member_id, details, now)


def suspend(session: Session, *, actor: Actor, member_id: str, now: datetime) -> None:
    """Keep a member out; their visits end at once. Conflict for the last active organiser."""
    need_steward(actor)
    member = queries.by_id(session, member_id)
    if Role.STEWARD in queries.actor(session, member).roles and not member.suspended:
        _keep_an_organiser(session, member)
    member.suspended = True
    end_all(session, member_id)
    _unnamed(session, member_id, now)
    _note(session, actor, "member.suspended", member_id, {}, now)


def unsuspend(session: Session, *, actor: Actor, member_id: str, now: datetime) -> None:
    """Let a suspended member take part again."""
    need_steward(actor)
    queries.by_id(session, member_id).suspended = False
    _unnamed(session, member_id, now)
    _note(session, actor, "member.unsuspended", member_id, {}, now)


def _unnamed(session: Session, member_id: str, now: datetime) -> None:
    """Have what names a member to readers made again: who is kept out is named nowhere."""
    enqueue(session, "publish.credits", f"publish.credits:{member_id}", {"member": member_id}, now)


def _keep_an_organiser(session: Session, member: Member) -> None:
    if not member.suspended and queries.active_stewards(session) <= 1:
        raise Conflict(N_("The house needs an organiser. Please make somebody else one first."))


def _note(session: Session, actor: Actor, act: str, member_id: str, details: Mapping[str, Any], now: datetime) -> None:
    # A yes counts only while who gave it could still give it: every round of checks is looked at again.
    enqueue(session, "review.look_at_all", "review.look_at_all", {}, now)
    trail.record(session, actor=actor.id, act=act, subject=f"member:{member_id}", details=details, now=now)
