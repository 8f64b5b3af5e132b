"""Who acts: the plain value that operations and rules are given instead of an account."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a member may do; roles add up. On the screen: writer, checker, editor, organiser."""

    WRITER = "writer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    STEWARD = "steward"


@dataclass(frozen=True, slots=True)
class Actor:
    """An active member at the moment of an act."""

    id: str
    pen_name: str
    roles: frozenset[Role] = frozenset({Role.WRITER})
    trainings: frozenset[str] = frozenset()
    """What a checker is trained for: ``copy``, ``safety``, ``health``, ``legal:FR``."""
    reads: frozenset[str] = frozenset()
    """Codes of the languages the member reads."""
    language: str = "en"
    """The language in which the studio speaks to the member."""
    role_since: dict[Role, datetime] = field(default_factory=dict, hash=False)
    founding: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether the member has at least one of ``roles``."""
        return not self.roles.isdisjoint(roles)
