"""All rooms of a process: people come and go, what they type is written in groups, others' words are looked for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Final

from studio.core.words import N_
from studio.editor.live import frames
from studio.editor.live.bus import LocalBus
from studio.editor.live.frames import Frame, Kind
from studio.editor.live.line import Line
from studio.editor.live.people import person
from studio.editor.live.room import Answer, Pending, Room
from studio.editor.live.scribe import Message, News, Scribe, Welcome, Work, Written
from studio.editor.live.standing import Code
from studio.editor.rules.pace import Bucket
from studio.guides.drafts.live import Typed
from studio.i18n.catalogues import translator
from studio.members.visiting import Visitor

log = logging.getLogger(__name__)
LOOK_SECONDS: Final = 0.2
LOOK_ANYWAY_SECONDS: Final = 15.0
"""Visits end by the clock as well, so everybody is looked at from time to time although nothing was written."""
SHOW_SECONDS: Final = 0.15
"""Moves of carets are told together, so that fifty people cost no more than five."""
TELL_AGAIN_SECONDS: Final = 15.0
MOST_LINES: Final = 1_000
MOST_LINES_EACH: Final = 12
COMINGS: Final = (0.5, 60.0)
"""How often one member may come in, a second and at once: each coming may cost a whole text."""
TOLD_TOGETHER: Final = 40
"""People in one word to other processes, which has room for some 60 kB."""
PUT_AWAY: Final = N_("This text was put away. An editor can take it out again; then you can write in it.")


class Rooms:
    """Belongs to the event loop; the work that may take a while is the scribe's."""

    def __init__(self, scribe: Scribe, bus: LocalBus) -> None:
        """Keep who writes and who tells the other processes; begins with the first visitor."""
        self._scribe, self._bus = scribe, bus
        self._rooms: dict[str, Room] = {}
        self._wake, self._hint, self._stir = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing: set[asyncio.Task[None]] = set()
        self._unshown: dict[str, set[str]] = {}
        self._comings: dict[str, Bucket] = {}
        self._ended = False

    async def join(
        self, cookie: str, text_id: str, hello: Frame, pens: Callable[[Visitor], frozenset[int]]
    ) -> Line | Code:
        """Let somebody in and return their line, with their welcome in it; or why not. ValueError for a bad hello."""
        if self._ended:
            return Code.RESTARTING
        self._begin()
        there = self._rooms.get(text_id)
        welcome = await self._scribe.welcome(cookie, text_id, hello.data("state"), there.seq if there else 0)
        visitor = welcome.visitor
        if welcome.standing.code or visitor is None:
            return welcome.standing.code or Code.SIGN_IN
        every = [line for room in self._rooms.values() for line in room.lines.values()]
        own = [line for line in every if line.visitor.actor.id == visitor.actor.id]
        calm = self._comings.setdefault(visitor.actor.id, Bucket(*COMINGS)).lets(1, time.monotonic())
        if not calm or len(every) >= MOST_LINES or len(own) >= MOST_LINES_EACH:
            return Code.BROKE_A_LIMIT
        room = self._room(text_id)
        room.tell(welcome.news)
        line = _line(visitor, pens(visitor), welcome, quiet=hello.header.get("quiet") is True)
        line.put(_welcome_frame(line, room, welcome))
        room.lines[line.name] = line
        if len(room.lines) == 1:
            self._bus.tell({"text": text_id, "ask": True})
        self._moved(room, line)
        return line

    async def recognise(self, cookie: str) -> Visitor | None:
        """Return whose cookie this is."""
        return await self._scribe.recognise(cookie)

    def leave(self, text_id: str, line: Line) -> None:
        """Let somebody out."""
        room = self._rooms.get(text_id)
        if room and room.lines.pop(line.name, None):
            self._gone(room, line)
            self._close_if_empty(room)

    def typed(
        self, text_id: str, visitor: Visitor, pens: frozenset[int], frame: Frame, line: str, answer: Answer
    ) -> None:
        """Have a change written; ``answer`` is told what came of it."""
        message = Message(visitor.visit.id, Typed(visitor.actor.id, pens, frame.payload))
        room = self._room(text_id)
        room.pending.append(Pending(message, line, frame.whole("n"), visitor.actor.language, answer))
        self._begin()
        self._wake.set()

    def here(self, text_id: str, member_id: str, line_name: str, frame: Frame) -> None:
        """Take over where somebody says they are; their line may be another process's."""
        self._begin()
        room = self._rooms.get(text_id)
        line = room.lines.get(line_name) if room else None
        if room is None or line is None:
            self._bus.tell({"text": text_id, "line": line_name, "member": member_id, "move": dict(frame.header)})
            return
        if line.visitor.actor.id != member_id:
            return
        was_shown = line.shown
        line.quiet = frame.header.get("quiet") is True
        line.person.move(frame)
        if line.shown:
            self._moved(room, line)
        elif was_shown:
            self._gone(room, line)

    async def end(self) -> None:
        """Tell everybody that the house restarts; what they typed and was not written yet, they send again."""
        tasks, self._tasks, self._ended = self._tasks, [], True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._closing, return_exceptions=True)
        for room in self._rooms.values():
            for line in list(room.lines.values()):
                line.end(Code.RESTARTING)
            await self._scribe.close(room.text_id)
        self._bus.close()
        self._scribe.end()

    def _room(self, text_id: str) -> Room:
        if text_id not in self._rooms:
            self._rooms[text_id] = Room(text_id)
            self._hint.set()
        return self._rooms[text_id]

    def _begin(self) -> None:
        if not self._tasks and not self._ended:
            self._bus.listen(self._heard)
            works = (self._write_groups, self._look_around, self._show)
            self._tasks = [asyncio.create_task(_go_on(work)) for work in works]

    async def _write_groups(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            groups = [(room, room.take_pending()) for room in self._rooms.values() if room.pending]
            if not groups:
                continue
            works = [Work(room.text_id, room.seq, [one.message for one in pending]) for room, pending in groups]
            for (room, pending), written in zip(groups, await self._written(works), strict=True):
                for line in room.settle(pending, written):
                    self._moved(room, line)
                self._bus.tell({"text": room.text_id, "log": True})
                self._close_if_empty(room)

    async def _written(self, works: Sequence[Work]) -> list[Written]:
        try:
            return await self._scribe.write(works)
        except asyncio.CancelledError:
            raise
        except BaseException:  # a panic of the document's library is no Exception; writing must go on
            log.exception("a group of changes failed")
            return [Written(News(work.seq), None) for work in works]

    async def _look_around(self) -> None:
        last = time.monotonic()
        while True:
            hinted = self._hint.is_set()
            self._hint.clear()
            anyway = hinted or time.monotonic() - last > LOOK_ANYWAY_SECONDS
            if self._rooms and (anyway or self._scribe.may_have_news()):
                await self._look(anyway=anyway)
            if anyway:
                last = time.monotonic()
            try:
                await asyncio.wait_for(self._hint.wait(), LOOK_SECONDS if self._rooms else None)
            except TimeoutError:
                continue

    async def _look(self, *, anyway: bool) -> None:
        rooms = {room.text_id: room.seq for room in self._rooms.values()}
        people = {
            (line.visitor.visit.id, room.text_id) for room in self._rooms.values() for line in room.lines.values()
        }
        found = await self._scribe.look(rooms, people, anyway=anyway)
        if found is None:
            return
        for room in list(self._rooms.values()):
            if room.text_id in found.news:
                room.tell(found.news[room.text_id])
            if room.text_id in found.talked:
                room.hint("threads")
            for line in list(room.lines.values()):
                code = found.ended.get((line.visitor.visit.id, room.text_id))
                if code:
                    line.end(code)

    async def _show(self) -> None:
        told = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stir.wait(), TELL_AGAIN_SECONDS)
                await asyncio.sleep(SHOW_SECONDS)
            self._stir.clear()
            moved, self._unshown = self._unshown, {}
            for text_id, lines in moved.items():
                room = self._rooms.get(text_id)
                if room:
                    here = [
                        line.person.told()
                        for name in dict.fromkeys(lines)
                        if (line := room.lines.get(name)) and line.shown
                    ]
                    room.show(here, ())
                    self._tell_others(text_id, here)
            now = time.monotonic()
            if now - told > TELL_AGAIN_SECONDS:
                told = now
                for room in self._rooms.values():
                    room.show((), room.elsewhere.forget(now))
                    self._tell_others(room.text_id, room.shown())

    def _tell_others(self, text_id: str, here: Sequence[Mapping[str, Any]]) -> None:
        for start in range(0, len(here), TOLD_TOGETHER):
            self._bus.tell({"text": text_id, "here": here[start : start + TOLD_TOGETHER]})

    def _moved(self, room: Room, line: Line) -> None:
        if line.shown:
            self._unshown.setdefault(room.text_id, set()).add(line.name)
            self._stir.set()

    def _gone(self, room: Room, line: Line) -> None:
        room.show((), [line.name])
        self._bus.tell({"text": room.text_id, "gone": [line.name]})

    def _close_if_empty(self, room: Room) -> None:
        if room.empty and self._rooms.get(room.text_id) is room and not self._ended:
            del self._rooms[room.text_id]
            closing = asyncio.create_task(self._scribe.close(room.text_id))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _heard(self, message: Mapping[str, Any]) -> None:
        room = self._rooms.get(str(message.get("text")))
        if room is None:
            return
        if message.get("log"):
            self._hint.set()
        if message.get("ask"):
            self._tell_others(room.text_id, room.shown())
        if "move" in message and str(message.get("line")) in room.lines:
            frame = Frame(Kind.HERE, message["move"], b"")
            self.here(room.text_id, str(message.get("member")), str(message["line"]), frame)
        here, gone = message.get("here", ()), message.get("gone", ())
        room.elsewhere.hear(here, gone, time.monotonic())
        room.show(here, gone)


async def _go_on(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do a work that never ends, also after something in it failed: all rooms hang on it."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("a work of the rooms failed and begins again")
            await asyncio.sleep(1)


def _line(visitor: Visitor, pens: frozenset[int], welcome: Welcome, *, quiet: bool) -> Line:
    found = welcome.standing
    line = Line(visitor, person("", visitor), pens, found.in_team, quiet, may_write=found.may_write)
    line.person.line = line.name
    return line


def _welcome_frame(line: Line, room: Room, welcome: Welcome) -> bytes:
    people = room.people() if line.in_team else []
    sentence = translator(line.visitor.actor.language, "studio").say(PUT_AWAY) if not line.may_write else ""
    header = {
        "seq": welcome.seq,
        "state": frames.base64_of(welcome.vector),
        "write": line.may_write,
        "why": sentence,
        "key": frames.base64_of(welcome.key),
        "line": line.name,
        "people": people,
    }
    return frames.pack(Kind.WELCOME, header, welcome.update)
