"""A house of live editing without a network, and typists in it: each speaks the wire as a browser does."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import patience
from sqlalchemy.orm import Session, sessionmaker

import studio.app  # noqa: F401 - every slice's tables
from studio.core.clock import now as moment
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.editor.live import frames
from studio.editor.live.bus import LocalBus
from studio.editor.live.door import Door
from studio.editor.live.frames import Frame, Kind
from studio.editor.live.rooms import Rooms
from studio.editor.live.scribe import Scribe
from studio.editor.rules.pens import make_pen
from studio.guides import operations as kernel
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.members.models import Member, MemberRole
from studio.members.operations import visits
from studio.members.rules import names
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine
from studio.web import keyfile

SECRET = "k" * 40
KEY = keyfile.secret_key(Settings(data=Path(), database_url="", secret_key=SECRET))
HOST = "localhost"


@dataclass(frozen=True)
class Somebody:
    """A member with a session."""

    id: str
    cookie: str


async def nobody(scope: Any, receive: Any, send: Any) -> None:
    """The program behind the door, which no test here asks for."""
    raise AssertionError


@dataclass
class Place:
    """The database of a house, and the processes that are open on it."""

    settings: Settings
    clock: Callable[[], datetime] = moment
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.engine = make_engine(self.settings.database_url)
        Base.metadata.create_all(self.engine)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Door]:
        """Give the door of one more process, and end that."""
        rooms = Rooms(Scribe(self.settings.database_url, KEY, self.clock, {}), LocalBus(self.settings.data))
        try:
            yield Door(nobody, rooms, self.settings, KEY)
        finally:
            await rooms.end()

    def fresh(self, count: int) -> list[int]:
        """Return numbers that were not given before."""
        return [next(self._numbers) for _ in range(count)]

    def member(self, pen_name: str, *, own_phone: bool = False, passphrase_hash: str = "") -> Somebody:
        """Return a new member who is signed in."""
        with self.sessions() as session:
            begin_write(session)
            member = Member(
                id=new_id(),
                pen_name=pen_name,
                name_folded=names.folded(pen_name),
                name_look=names.look(pen_name),
                passphrase_hash=passphrase_hash,
                pattern=new_id(),
                language="en",
                founding=False,
                suspended=False,
                joined=self.clock(),
            )
            session.add(member)
            session.flush()
            session.add(MemberRole(member_id=member.id, role="writer", since=self.clock()))
            cookie = visits.begin(session, member=member, own_phone=own_phone, now=self.clock())
            session.commit()
            return Somebody(member.id, cookie)

    def visit(self, member_id: str) -> Somebody:
        """Return a member who signs in on one more device."""
        with self.sessions() as session:
            begin_write(session)
            member = session.get_one(Member, member_id)
            cookie = visits.begin(session, member=member, own_phone=False, now=self.clock())
            session.commit()
            return Somebody(member.id, cookie)

    def text(self, body: str = "", *, by: str | None = None, team_only: bool = False, language: str = "en") -> str:
        """Return the id of a new text."""
        with self.sessions() as session:
            begin_write(session)
            fields = TextFields(title="Rest")
            text = kernel.start_guide(session, by, fields=fields, language=language, body=body, now=self.clock())
            text.guide.team_only = team_only
            session.commit()
            return text.id

    def read(self, text_id: str) -> str:
        """Return what the database has."""
        with self.sessions() as session:
            return session.get_one(Translation, text_id).draft.text

    def session(self) -> Session:
        return self.sessions()


@dataclass
class Typist:
    """An editor as a browser is one: a copy of its own, a pen, and what it was told."""

    door: Door
    who: Somebody
    text_id: str
    host: str = HOST
    origin: str = f"http://{HOST}"
    doc: SharedDocument = field(init=False)
    pens: list[tuple[int, str]] = field(default_factory=list)
    quiet: bool = False
    told: list[Frame] = field(default_factory=list)
    closed: int | None = None
    sent: int = 0
    saved: int = 0
    seq: int = 0
    last: bytes = b"\x00\x00"
    """The update that was sent last."""
    _in: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    _task: asyncio.Task[None] | None = None
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._stuck = asyncio.Event()
        self._stuck.set()
        self.pens = self.pens or [make_pen(KEY, self.text_id, self.who.id)]
        self.doc = SharedDocument(writer=self.pens[0][0])

    @property
    def text(self) -> str:
        return self.doc.text

    @property
    def connected(self) -> bool:
        return self._task is not None and not self._task.done()

    async def connect(self) -> None:
        """Come in, take over what is there, and send what is not."""
        self._in, self.closed, known = asyncio.Queue(), None, len(self.told)
        headers = [(b"host", self.host.encode()), (b"origin", self.origin.encode())]
        headers.append((b"cookie", f"studio={self.who.cookie}".encode()))
        scope = {
            "type": "websocket",
            "path": f"/studio/ws/{self.text_id}",
            "query_string": b"",
            "headers": headers,
        }
        self._in.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self.door(scope, self._in.get, self._hear))
        hello = {"v": 1, "pens": self.pens, "state": frames.base64_of(self.doc.vector), "quiet": self.quiet}
        self.say(frames.pack(Kind.HELLO, hello))
        await self.until(lambda: self.closed is not None or any(f.kind is Kind.WELCOME for f in self.told[known:]))
        if self.closed is None:
            welcome = next(frame for frame in self.told[known:] if frame.kind is Kind.WELCOME)
            self.catch_up(welcome.data("state"))

    def catch_up(self, vector: bytes) -> None:
        """Send the difference to what the house has."""
        self.change(self.doc.lacking(vector))

    def type(self, start: int, end: int, new: str) -> None:
        """Replace code points, and send that if there is a connection."""
        size = len(self.text)
        start, end = min(start, size), min(max(start, end), size)
        update = self.doc.edit([Edit(start, end, new)], {})
        if self.connected:
            self.change(update)

    def change(self, update: bytes) -> None:
        """Send an update."""
        self.sent += 1
        self.last = update
        self.say(frames.pack(Kind.CHANGE, {"n": self.sent}, update))

    def say(self, frame: bytes) -> None:
        """Send a message, whatever it is."""
        self._in.put_nowait({"type": "websocket.receive", "bytes": frame})

    def drop(self) -> None:
        """Lose the connection without a word."""
        self._in.put_nowait({"type": "websocket.disconnect"})
        self._task = None

    def stop_reading(self) -> None:
        """Let everything that is sent here wait for ever."""
        self._stuck.clear()

    async def ended(self) -> None:
        """Wait until the house has let this connection go."""
        if self._task:
            await self._task

    async def leave(self) -> None:
        """Go, and wait until the house has noticed."""
        task = self._task
        self.drop()
        if task:
            await task

    async def until(self, true: Callable[[], bool], seconds: float = patience.SECONDS) -> None:
        """Wait until something has become true of what was heard."""
        async with asyncio.timeout(seconds):
            while not true():
                self._told.clear()
                await self._told.wait()

    async def all_saved(self) -> None:
        """Wait until everything sent was acknowledged."""
        await self.until(lambda: self.saved >= self.sent or self.closed is not None)

    async def _hear(self, message: dict[str, Any]) -> None:
        await self._stuck.wait()
        if message["type"] == "websocket.send":
            self._take(frames.unpack(message["bytes"]))
        elif message["type"] == "websocket.close":
            self.closed = message["code"]
        self._told.set()

    def _take(self, frame: Frame) -> None:
        self.told.append(frame)
        if frame.kind is Kind.WELCOME:
            self.doc.apply(frame.payload)
            self.seq = frame.header["seq"]
        elif frame.kind is Kind.CHANGED:
            at = 0
            for size in frame.header["sizes"]:
                self.doc.apply(frame.payload[at : at + size])
                at += size
            self.seq = frame.header["seq"]
        elif frame.kind is Kind.SAVED:
            self.saved = max(self.saved, frame.header["n"])
        elif frame.kind is Kind.REFUSED and frame.header["code"] in ("behind", "not_saved"):
            self.saved = max(self.saved, frame.header["n"])
            self.catch_up(frame.data("state"))

    def heard(self, kind: Kind) -> list[Frame]:
        """Return every message of one kind."""
        return [frame for frame in self.told if frame.kind is kind]


@asynccontextmanager
async def typing(place: Place, text_id: str, *who: Somebody) -> AsyncIterator[list[Typist]]:
    """Give connected typists of a text, in one process, and end them."""
    async with place.process() as door:
        typists = [Typist(door, one, text_id) for one in who]
        for one in typists:
            await one.connect()
        yield typists
        for one in typists:
            await one.leave()
