"""Reading members, their visits and open invitations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.ids import token_hash
from studio.core.words import N_
from studio.members.actor import Actor, Role
from studio.members.models import (
    Invitation,
    LanguageRead,
    Member,
    MemberRole,
    MemberSession,
    Pause,
    RecoveryCode,
    Training,
)
from studio.members.rules import names


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the People page shows them."""

    id: str
    pen_name: str
    pattern: str
    roles: frozenset[Role]
    trainings: frozenset[str]
    reads: frozenset[str]
    suspended: bool


def by_id(session: Session, member_id: str) -> Member:
    """Return the member, or raise NotFound."""
    member = session.get(Member, member_id)
    if member is None:
        raise NotFound(N_("There is no such member."))
    return member


def by_name(session: Session, pen_name: str) -> Member | None:
    """Return the member of this pen-name, whatever its capitals."""
    return session.scalar(select(Member).where(Member.name_folded == names.folded(names.clean(pen_name))))


def name_is_taken(session: Session, pen_name: str) -> bool:
    """Whether a member has this pen-name or one that looks like it."""
    same = (Member.name_folded == names.folded(pen_name)) | (Member.name_look == names.look(pen_name))
    return session.scalar(select(Member.id).where(same).limit(1)) is not None


def actor(session: Session, member: Member) -> Actor:
    """Return the plain value that rules and operations are given for ``member``."""
    roles = {
        Role(row.role): row.since
        for row in session.scalars(select(MemberRole).where(MemberRole.member_id == member.id))
    }
    trainings = session.scalars(select(Training.name).where(Training.member_id == member.id))
    reads = session.scalars(select(LanguageRead.language).where(LanguageRead.member_id == member.id))
    return Actor(
        id=member.id,
        pen_name=member.pen_name,
        roles=frozenset(roles),
        trainings=frozenset(trainings),
        reads=frozenset(reads),
        language=member.language,
        role_since=roles,
        founding=member.founding,
    )


def people(session: Session) -> list[Person]:
    """Return every member with roles, trainings and languages, by pen-name."""
    roles, trainings, reads = _by_member(session)
    return [
        Person(
            id=member.id,
            pen_name=member.pen_name,
            pattern=member.pattern,
            roles=frozenset(roles[member.id]),
            trainings=frozenset(trainings[member.id]),
            reads=frozenset(reads[member.id]),
            suspended=member.suspended,
        )
        for member in session.scalars(select(Member).order_by(Member.name_folded))
    ]


def actors(session: Session) -> list[Actor]:
    """Return every active member as an actor, by pen-name; four questions to the database however many they are."""
    roles, trainings, reads = _by_member(session)
    columns = (Member.id, Member.pen_name, Member.language, Member.founding)
    active = select(*columns).where(Member.suspended.is_(False)).order_by(Member.name_folded)
    return [
        Actor(
            id=member_id,
            pen_name=pen_name,
            roles=frozenset(roles[member_id]),
            trainings=frozenset(trainings[member_id]),
            reads=frozenset(reads[member_id]),
            language=language,
            role_since=roles[member_id],
            founding=founding,
        )
        for member_id, pen_name, language, founding in session.execute(active)
    ]


def away(session: Session, now: datetime) -> frozenset[str]:
    """Return the ids of the members who rest at ``now``; it ends by itself, and nobody is told why."""
    resting = or_(Pause.until.is_(None), Pause.until > now)
    return frozenset(session.scalars(select(Pause.member_id).where(resting)))


def pause_of(session: Session, member_id: str, now: datetime) -> Pause | None:
    """Return a member's pause, None where they do not rest at ``now``."""
    pause = session.get(Pause, member_id)
    return pause if pause and (pause.until is None or pause.until > now) else None


def pen_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Return the pen-name of each member of ``ids`` that there is."""
    rows = session.execute(select(Member.id, Member.pen_name).where(Member.id.in_(set(ids))))
    return {row.id: row.pen_name for row in rows}


def invitation(session: Session, token: str, kind: str) -> Invitation | None:
    """Return the invitation of a link's ``token``, open or not."""
    found = select(Invitation).where(Invitation.token_hash == token_hash(token), Invitation.kind == kind)
    return session.scalar(found)


def open_invitations(session: Session, now: datetime) -> Sequence[Invitation]:
    """Return the invitations that can still be accepted, the newest first."""
    still_open = (Invitation.spent.is_(None), Invitation.revoked.is_(None), Invitation.expires > now)
    return session.scalars(select(Invitation).where(*still_open).order_by(Invitation.made.desc(), Invitation.id)).all()


def visits(session: Session, member_id: str) -> Sequence[MemberSession]:
    """Return a member's visits, the newest first."""
    own = select(MemberSession).where(MemberSession.member_id == member_id)
    return session.scalars(own.order_by(MemberSession.started.desc(), MemberSession.id)).all()


def is_active(session: Session, member_id: str, role: Role) -> bool:
    """Whether the member takes part and has ``role`` now."""
    has = select(Member.id).join(MemberRole, MemberRole.member_id == Member.id)
    mine = has.where(Member.id == member_id, Member.suspended.is_(False), MemberRole.role == role)
    return session.scalar(mine) is not None


def active_stewards(session: Session) -> int:
    """Return how many organisers are active."""
    organisers = (
        select(func.count())
        .select_from(MemberRole)
        .join(Member, Member.id == MemberRole.member_id)
        .where(MemberRole.role == Role.STEWARD, Member.suspended.is_(False))
    )
    return session.scalar(organisers) or 0


def codes_left(session: Session, member_id: str) -> int:
    """Return how many recovery codes a member still has."""
    left = select(func.count()).select_from(RecoveryCode)
    return session.scalar(left.where(RecoveryCode.member_id == member_id, RecoveryCode.used.is_(None))) or 0


def _by_member(session: Session) -> tuple[dict[str, dict[Role, datetime]], dict[str, set[str]], dict[str, set[str]]]:
    """Return roles with their dates, trainings and languages, each by member."""
    roles: dict[str, dict[Role, datetime]] = defaultdict(dict)
    for member_id, role, since in session.execute(select(MemberRole.member_id, MemberRole.role, MemberRole.since)):
        roles[member_id][Role(role)] = since
    trainings: dict[str, set[str]] = defaultdict(set)
    for member_id, name in session.execute(select(Training.member_id, Training.name)):
        trainings[member_id].add(name)
    reads: dict[str, set[str]] = defaultdict(set)
    for member_id, code in session.execute(select(LanguageRead.member_id, LanguageRead.language)):
        reads[member_id].add(code)
    return roles, trainings, reads
