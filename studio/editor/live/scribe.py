"""The one thread that has the shared documents in its hands: it reads and writes the log for every room."""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from sqlalchemy.orm import Session

from studio.editor.live.standing import Code, Standing, Standings
from studio.guides import operations as kernel
from studio.guides.drafts import live
from studio.guides.drafts.live import Live, Outcome, Typed
from studio.guides.models import Translation
from studio.guides.threads import reading
from studio.members import visiting
from studio.members.operations import visits
from studio.members.rules.visits import WRITE_DOWN
from studio.members.visiting import Visitor
from studio.storage.changes import KeptConnection
from studio.storage.engine import make_engine
from studio.storage.group import Group

log = logging.getLogger(__name__)
TALK_SECONDS: Final = 1.0
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Message:
    """Something typed by somebody who was let in by a visit."""

    visit_id: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Work:
    """What waits in a room: its text, the number that the text is at for its editors, and what they typed."""

    text_id: str
    seq: int
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True)
class News:
    """What others wrote: the number it leads to, and the updates."""

    seq: int
    updates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a room's messages; ``outcomes`` is None where the database would not take anything."""

    news: News
    outcomes: tuple[Outcome, ...] | None
    vector: bytes = b"\x00"
    standings: dict[str, Standing] = field(default_factory=dict)
    """By visit, for whoever wrote."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """All that somebody who comes in is given."""

    visitor: Visitor | None
    standing: Standing
    seq: int = 0
    vector: bytes = b""
    update: bytes = b""
    key: bytes = b""
    news: News = News(0)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the database found: news by text, and whoever may stay no longer, by visit and text."""

    news: dict[str, News]
    ended: dict[tuple[str, str], Code]
    talked: frozenset[str] = frozenset()
    """Texts about which something was said or suggested."""


class Scribe:
    """Every method that is awaited does its work on the one thread, in the order of the calls."""

    def __init__(
        self,
        database_url: str,
        key: bytes,
        clock: Callable[[], datetime],
        seen: MutableMapping[str, datetime],
    ) -> None:
        """``key`` is the house's secret; ``seen`` is what this process knows of when each visit was last here."""
        self._engine = make_engine(database_url)
        self._database, self._watch = KeptConnection(self._engine), KeptConnection(self._engine)
        """One for the thread, and one for the loop, which only asks whether anybody wrote, the thread included."""
        self._key, self._clock, self._seen = key, clock, seen
        self._lives: dict[str, Live] = {}
        self._standings, self._fresh = Standings(seen), set[str]()
        """What stays true until another connection has written: how people stand, which texts have nothing new."""
        self._marks: dict[str, tuple[object, ...]] = {}
        self._marked, self._owed, self._unread = 0.0, True, False
        """When was looked last whether something was said; whether that is owed, and a look at every room."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scribe")

    async def recognise(self, cookie: str) -> Visitor | None:
        """Return whose cookie this is."""
        return await self._do(self._recognise, cookie)

    async def welcome(self, cookie: str, text_id: str, vector: bytes, seq: int) -> Welcome:
        """Return what somebody is given who comes in and knows as much as ``vector``; ValueError for a bad one.

        ``seq`` is the number that the text is at for those who are here already, 0 where nobody is.
        """
        return await self._do(self._welcome, cookie, text_id, vector, seq)

    async def write(self, works: Sequence[Work]) -> list[Written]:
        """Write the messages of several rooms in one commit; return what became of each room's."""
        return await self._do(self._write, works)

    async def look(self, rooms: Mapping[str, int], people: Iterable[tuple[str, str]], *, anyway: bool) -> Look | None:
        """Look what else was written, and whether each (visit, text) may stay; None where nothing can have changed.

        ``rooms`` has the number that each text is at for its editors.
        """
        return await self._do(self._look, rooms, list(people), anyway)

    def may_have_news(self) -> bool:
        """Whether a look may find something; for the event loop, which asks many times a second."""
        return self._watch.others_wrote() or self._unread or self._due()

    async def close(self, text_id: str) -> None:
        """Put a text down after its last editor has gone."""
        await self._do(self._close, text_id)

    def end(self) -> None:
        """Let the thread go."""
        self._thread.shutdown()
        self._database.close()
        self._watch.close()
        self._engine.dispose()

    def buffer_key(self, member_id: str, text_id: str) -> bytes:
        """Return the key of what a member's browser keeps of a text, given only to whoever is signed in."""
        return hmac.digest(self._key, f"buffer|{member_id}|{text_id}".encode(), "sha256")

    async def _do(self, work: Callable[..., Result], *given: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _recognise(self, cookie: str) -> Visitor | None:
        with self._database.session() as session:
            return visiting.by_cookie(session, cookie, self._clock(), self._seen)

    def _welcome(self, cookie: str, text_id: str, vector: bytes, seq: int) -> Welcome:
        with self._database.session() as session:
            self._notice()
            visitor, now = visiting.by_cookie(session, cookie, self._clock(), self._seen), self._clock()
            if visitor is None:
                return Welcome(None, Standing(code=Code.SIGN_IN))
            pair = visitor.visit.id, text_id
            found = self._standings.still(session, [pair], now)[pair]
            if found.code:  # whoever may not know of a text is told that there is none
                return Welcome(None, Standing(code=Code.NO_SUCH_TEXT if found.code is Code.NO_LONGER else found.code))
            self._seen[visitor.visit.id] = now
            kept, news = self._caught_up(session, text_id, seq)
        return Welcome(
            visitor,
            found,
            kept.seq,
            kept.vector,
            kept.loaded.document.lacking(vector),
            self.buffer_key(visitor.actor.id, text_id),
            news,
        )

    def _write(self, works: Sequence[Work]) -> list[Written]:
        try:
            with self._database.group() as group:
                self._notice()
                return [self._write_one(group, work) for work in works]
        except SQLAlchemyError:
            log.exception("changes of live editors could not be written")
            return [self._not_written(work) for work in works]
        except BaseException:  # the copies, and who is in the team, may be ahead of the database
            self._standings.forget()
            for work in works:
                self._lives.pop(work.text_id, None)
            raise

    def _notice(self) -> bool:
        """Forget what may no longer be true, where another connection has written; return whether one has."""
        wrote = self._database.others_wrote()
        if wrote:
            self._owed = self._unread = True
            self._standings.forget()
            self._fresh.clear()
        return wrote

    def _write_one(self, group: Group, work: Work) -> Written:
        text_id, messages, now = work.text_id, work.messages, self._clock()
        pairs = {(message.visit_id, text_id) for message in messages}
        found = self._standings.known(pairs, now) or self._standings.still(group.session, pairs, now)
        standings = {visit_id: one for (visit_id, _), one in found.items()}
        if not any(found.may_write for found in standings.values()):
            return Written(News(work.seq), tuple(Outcome(0) for _ in messages), standings=standings)
        kept, news = self._known(text_id) or self._caught_up(group.session, text_id, work.seq)
        allowed = [message for message in messages if standings[message.visit_id].may_write]
        outcomes = iter(live.write(group, kept, [message.typed for message in allowed], now))
        taken = {id(message): outcome for message, outcome in zip(allowed, outcomes, strict=True)}
        wrote = {message.visit_id for message in allowed if taken[id(message)].new}
        for visit_id in wrote:
            self._note(group, text_id, standings[visit_id], now)
        every = tuple(taken.get(id(message), Outcome(kept.seq)) for message in messages)
        return Written(news, every, kept.vector, standings)

    def _note(self, group: Group, text_id: str, found: Standing, now: datetime) -> None:
        """Count who wrote to the text's team, and note coarsely that they are here."""
        visit = found.visit
        if visit is None:
            return
        if not found.in_team:
            kernel.join_team(group.session, group.session.get_one(Translation, text_id), visit.member_id, now)
            self._standings.joined((visit.id, text_id))
        self._seen[visit.id] = now
        if now - visit.written >= WRITE_DOWN:
            visits.note_seen(group.session, visit.id, now)
            self._standings.written_down(visit, now)

    def _not_written(self, work: Work) -> Written:
        """Forget the copy, which is ahead of the database now, and load it anew if that can be read."""
        self._lives.pop(work.text_id, None)
        self._standings.forget()
        try:
            with self._database.session() as session:
                kept, news = self._caught_up(session, work.text_id, work.seq)
                return Written(news, None, kept.vector)
        except SQLAlchemyError:
            return Written(News(work.seq), None)

    def _look(self, rooms: Mapping[str, int], people: Sequence[tuple[str, str]], anyway: bool) -> Look | None:
        try:
            if not self._notice() and not self._unread and not anyway and not self._due():
                return None
            with self._database.session() as session:
                due, self._unread = self._due(), False
                news = {text_id: self._news(session, text_id, seq) for text_id, seq in rooms.items()}
                found = self._standings.still(session, people, self._clock())
                ended = {pair: one.code or Code.PUT_AWAY for pair, one in found.items() if not one.may_write}
                talked = self._talked(session, rooms) if due else frozenset()
        except SQLAlchemyError:
            log.exception("a look at the log failed")
            self._unread = True
            return None
        return Look({text_id: one for text_id, one in news.items() if one.updates}, ended, talked)

    def _news(self, session: Session, text_id: str, seq: int) -> News:
        """Return what a room lacks; nothing of a text that was taken back for good, whose editors are let go."""
        try:
            return self._caught_up(session, text_id, seq)[1]
        except NoResultFound:
            self._lives.pop(text_id, None)
            return News(seq)

    def _due(self) -> bool:
        return self._owed and time.monotonic() - self._marked > TALK_SECONDS

    def _talked(self, session: Session, rooms: Iterable[str]) -> frozenset[str]:
        """Return the rooms about whose texts something was said since the last call; at most once a second.

        A room that was not here then is among them: something may have been said since its first editor asked.
        """
        before, self._marked, self._owed = self._marks, time.monotonic(), False
        here = {one: self._lives[one].draft_id for one in rooms if one in self._lives}
        self._marks = {one: reading.mark(session, one, draft_id) for one, draft_id in here.items()}
        return frozenset(one for one, now in self._marks.items() if before.get(one) != now)

    def _close(self, text_id: str) -> None:
        kept = self._lives.pop(text_id, None)
        self._standings.forget()
        if kept is None:
            return
        try:
            # There is no row where the text was taken back for good.
            with self._database.group() as group, suppress(NoResultFound):
                if not live.catch_up(group.session, kept):
                    live.keep(group.session, kept, self._clock())
        except SQLAlchemyError:
            log.exception("a checkpoint could not be written")

    def _known(self, text_id: str) -> tuple[Live, News] | None:
        """Return a copy that is the newest for certain, with nothing that its editors lack; else None."""
        kept = self._lives.get(text_id)
        return (kept, News(kept.seq)) if kept and text_id in self._fresh else None

    def _caught_up(self, session: Session, text_id: str, seq: int) -> tuple[Live, News]:
        """Return the newest copy, and what its editors lack, who are at ``seq``; nothing where that is 0."""
        kept = self._lives.get(text_id)
        if kept is None:
            draft_id = session.get_one(Translation, text_id).draft.id
            kept = self._lives[text_id] = live.load(session, draft_id)
            self._fresh.add(text_id)
            lacking = (kept.loaded.document.state(),) if seq not in (0, kept.seq) else ()
            return kept, News(kept.seq, lacking)
        updates = () if text_id in self._fresh else live.catch_up(session, kept)
        self._fresh.add(text_id)
        return kept, News(kept.seq, updates)
