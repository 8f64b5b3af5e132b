"""Every active member as an actor, in four questions to the database however many they are."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training


def active_actors(session: Session) -> list[Actor]:
    """Return every member who is not suspended, by pen-name."""
    roles: dict[str, dict[Role, datetime]] = defaultdict(dict)
    for member_id, role, since in session.execute(select(MemberRole.member_id, MemberRole.role, MemberRole.since)):
        roles[member_id][Role(role)] = since
    trainings: dict[str, set[str]] = defaultdict(set)
    for member_id, name in session.execute(select(Training.member_id, Training.name)):
        trainings[member_id].add(name)
    reads: dict[str, set[str]] = defaultdict(set)
    for member_id, code in session.execute(select(LanguageRead.member_id, LanguageRead.language)):
        reads[member_id].add(code)
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
