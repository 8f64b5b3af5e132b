"""Who may be in a room: asked when somebody comes, with each group of changes, and while they only look on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy.orm import Session

from studio.guides import queries
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members import visiting
from studio.members.visiting import Visitor


class Code(IntEnum):
    """Why a connection is ended, as the browser is told."""

    BROKE_A_LIMIT = 1008
    RESTARTING = 1012
    FELL_BEHIND = 1013
    SIGN_IN = 4401
    NO_LONGER = 4403
    NO_SUCH_TEXT = 4404
    PUT_AWAY = 4409


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody before a text: who they are, whether its team counts them, or the code that ends their connection."""

    visitor: Visitor | None
    code: Code | None = None
    in_team: bool = False
    put_away: bool = False

    @property
    def may_write(self) -> bool:
        """Whether they may type."""
        return self.code is None and not self.put_away


def of(visitor: Visitor | None, session: Session, text_id: str) -> Standing:
    """Return how ``visitor`` stands before a text; whoever may not know of it is told that there is none."""
    if visitor is None:
        return Standing(None, Code.SIGN_IN)
    text = session.get(Translation, text_id)
    if text is None or not queries.may_see(session, visitor.actor, text):
        return Standing(visitor, Code.NO_SUCH_TEXT)
    in_team = queries.in_team(session, visitor.actor.id, text)
    return Standing(visitor, None, in_team, put_away=text.progress is Progress.ARCHIVED)


class Standings:
    """How people stood when they were asked last. Whoever keeps this forgets it as soon as anybody else has written.

    While nothing was written nothing but time can end a visit, and time is asked always.
    """

    def __init__(self, seen: Mapping[str, datetime]) -> None:
        """``seen`` is what this process knows of when each visit was last here."""
        self._seen, self._found = seen, dict[tuple[str, str], Standing]()

    def forget(self) -> None:
        """Have everybody asked again."""
        self._found.clear()

    def forget_one(self, member_id: str) -> None:
        """Have one member asked again, of whom this process has written something."""
        for key in [key for key, one in self._found.items() if one.visitor and one.visitor.actor.id == member_id]:
            del self._found[key]

    def still(self, session: Session, visit_id: str, text_id: str, now: datetime) -> Standing:
        """Return how somebody stands who was let in by a visit before."""
        found = self._found.get((visit_id, text_id))
        if found and found.visitor and visiting.goes_on(found.visitor.visit, now, self._seen):
            return found
        found = still(session, visit_id, text_id, now, self._seen)
        if found.code is None:
            self._found[visit_id, text_id] = found
        return found


def still(session: Session, visit_id: str, text_id: str, now: datetime, seen: Mapping[str, datetime]) -> Standing:
    """Return how somebody stands who was let in by a visit before."""
    found = of(visiting.by_visit(session, visit_id, now, seen), session, text_id)
    if found.code is Code.NO_SUCH_TEXT:
        return Standing(found.visitor, Code.NO_LONGER)
    return found
