"""Who may be in a room: asked when somebody comes, with each group of changes, and while they only look on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from sqlalchemy.orm import Session

from studio.guides import queries
from studio.guides.rules.statuses import Progress
from studio.members import visiting
from studio.members.visiting import Visit

Pair = tuple[str, str]
"""A visit and a text."""


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
    """Somebody before a text: the visit they came by, whether the text's team counts them, or why they may not stay."""

    visit: Visit | None = None
    code: Code | None = None
    in_team: bool = False
    put_away: bool = False

    @property
    def may_write(self) -> bool:
        """Whether they may type."""
        return self.code is None and not self.put_away


class Standings:
    """How people stood when they were asked last. Whoever keeps this forgets it as soon as anybody else has written.

    While nothing was written nothing but time can end a visit, and time is asked always.
    """

    def __init__(self, seen: Mapping[str, datetime]) -> None:
        """``seen`` is what this process knows of when each visit was last here."""
        self._seen, self._found = seen, dict[Pair, Standing]()

    def forget(self) -> None:
        """Have everybody asked again."""
        self._found.clear()

    def joined(self, pair: Pair) -> None:
        """Note that the text's team counts somebody now, who was let in before."""
        self._found[pair] = replace(self._found[pair], in_team=True)

    def written_down(self, visit: Visit, now: datetime) -> None:
        """Note that it was written down when somebody was here last."""
        for pair, found in self._found.items():
            if pair[0] == visit.id:
                self._found[pair] = replace(found, visit=replace(visit, written=now))

    def known(self, pairs: Iterable[Pair], now: datetime) -> dict[Pair, Standing] | None:
        """Return how each stands without asking the database; None where somebody has to be asked."""
        found = dict[Pair, Standing]()
        for pair in pairs:
            one = self._found.get(pair)
            if one is None or not self._goes_on(one, now):
                return None
            found[pair] = one
        return found

    def still(self, session: Session, pairs: Iterable[Pair], now: datetime) -> dict[Pair, Standing]:
        """Return how each stands who has come by a visit to a text; three questions to the database for all of them."""
        asked = set(pairs)
        answers = {pair: found for pair in asked if (found := self._found.get(pair)) and self._goes_on(found, now)}
        answers |= self._ask(session, asked - answers.keys(), now)
        self._found |= {pair: found for pair, found in answers.items() if found.code is None}
        return answers

    def _goes_on(self, found: Standing, now: datetime) -> bool:
        return found.visit is not None and visiting.goes_on(found.visit, now, self._seen)

    def _ask(self, session: Session, pairs: set[Pair], now: datetime) -> dict[Pair, Standing]:
        if not pairs:
            return {}
        visits = visiting.by_ids(session, {visit_id for visit_id, _ in pairs}, now, self._seen)
        texts = queries.entrances(session, {text_id for _, text_id in pairs})
        team = queries.teams(session, texts)
        found = dict[Pair, Standing]()
        for visit_id, text_id in pairs:
            visit, text = visits.get(visit_id), texts.get(text_id)
            in_team = visit is not None and (text_id, visit.member_id) in team
            if visit is None:
                found[visit_id, text_id] = Standing(code=Code.SIGN_IN)
            elif text is None or (text.team_only and not in_team):
                found[visit_id, text_id] = Standing(visit, Code.NO_LONGER)
            else:
                found[visit_id, text_id] = Standing(visit, None, in_team, put_away=text.progress is Progress.ARCHIVED)
        return found
