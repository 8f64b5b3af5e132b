"""The servers that bench/live.py loads: a real house on one core, and an Etherpad where BENCH_ETHERPAD names one."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import shutil
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bench import serving
from studio import app as _all_tables  # noqa: F401 - the tables of every slice belong to the database
from studio.core.clock import now as moment
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.editor.rules.pens import make_pen
from studio.guides import operations
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.jobs.models import Job
from studio.members.models import Member, MemberRole
from studio.members.operations import visits
from studio.members.rules import names
from studio.storage import migrate
from studio.storage.engine import begin_write, make_engine, make_sessions
from studio.web import keyfile

Made = TypeVar("Made")
SECRET = "k" * 40
PATIENCE, IDLE_LOOKS = 60.0, 10
SIZE = 20_000
TEXT = ("rest walk slow room kind door light call wait home talk friend " * SIZE)[:SIZE]
"""One line: positions in it are counted alike by both programs."""


class Server(Protocol):
    """A server under load."""

    name: str
    program: str
    port: int
    pid: int

    def people(self, rooms: int, editors: int) -> list[dict[str, Any]]:
        """Make rooms with a text of 20 kB each and return the editors as bench/live_load.py wants them."""

    def text(self, room: str) -> str:
        """Return what the server keeps of a room."""


def core(number: int) -> int | None:
    """Return the number of a core that this process may use; None where there is only one, or nobody can say."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    return cores[number] if len(cores) > 1 else None


@contextmanager
def on_one_core() -> Iterator[None]:
    """Have whatever is started meanwhile stay on the first core."""
    first = core(0)
    if first is None:
        yield
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {first})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


@dataclass
class House:
    """A house that runs; what is asked of its database is asked past it."""

    settings: Settings
    sessions: sessionmaker[Session]
    pid: int
    port: int
    name: str = "studio"
    program: str = "studio"

    def people(self, rooms: int, editors: int) -> list[dict[str, Any]]:
        """Make a member with a visit for each editor, as many in each room."""
        key = keyfile.secret_key(self.settings)
        texts = [self._written(self._start, number) for number in range(rooms)]
        members = [self._written(self._join, number) for number in range(editors)]
        self._until_idle()
        return [
            {"room": text, "cookie": cookie, "pen": make_pen(key, text, member)}
            for (member, cookie), text in zip(members, texts * (editors // rooms), strict=True)
        ]

    def _until_idle(self) -> None:
        """Wait for the work that a new house and new texts make in the background: the load is to meet a quiet core."""
        until, idle = time.monotonic() + PATIENCE, 0
        while idle < IDLE_LOOKS:
            assert time.monotonic() < until, "the house does not come to rest"
            time.sleep(0.2)
            with self.sessions() as session:
                busy = session.scalar(
                    select(Job.key).where(Job.state.in_(("waiting", "running")), Job.not_before <= moment()).limit(1)
                )
            idle = 0 if busy else idle + 1

    def text(self, room: str) -> str:
        """Return the draft as the database has it."""
        with self.sessions() as session:
            return session.get_one(Translation, room).draft.text

    def _written(self, make: Callable[[Session, int], Made], number: int) -> Made:
        """Commit each alone, for the house's own processes want to write as well."""
        with self.sessions() as session:
            begin_write(session)
            made = make(session, number)
            session.commit()
        return made

    @staticmethod
    def _start(session: Session, number: int) -> str:
        fields = TextFields(title=f"How to rest, part {number}")
        text = operations.start_guide(session, None, fields=fields, language="en", body=TEXT, now=moment())
        return text.id

    @staticmethod
    def _join(session: Session, number: int) -> tuple[str, str]:
        name = "Kite " + "".join(chr(97 + int(digit)) for digit in f"{number:03}")
        member = writer(session, name)
        return member.id, visits.begin(session, member=member, own_phone=True, now=moment())


def writer(session: Session, name: str, passphrase_hash: str = "") -> Member:
    """Add a member who writes."""
    same = {"pen_name": name, "name_folded": names.folded(name), "name_look": names.look(name)}
    known = {"passphrase_hash": passphrase_hash, "pattern": new_id(), "language": "en"}
    member = Member(id=new_id(), **same, **known, founding=False, joined=moment())
    session.add(member)
    session.flush()
    session.add(MemberRole(member_id=member.id, role="writer", since=moment()))
    return member


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Start a house without any text and wait until it answers."""
    settings = Settings(data=folder, database_url=f"sqlite:///{folder / 'studio.db'}", secret_key=SECRET)
    folder.mkdir()
    migrate.upgrade(settings)
    engine, port = make_engine(settings.database_url), free_port()
    command = [sys.executable, "-m", "studio", "run", "--port", str(port)]
    with on_one_core():
        running = serving.started(command, STUDIO_DATA=str(folder), STUDIO_SECRET_KEY=SECRET)
        process = running.__enter__()
    try:
        _wait(port, "/health")
        pid = serving.busiest(process.pid, serving.Server(process.pid, port, "/health"))
        yield House(settings, make_sessions(engine), pid, port)
    finally:
        running.__exit__(None, None, None)
        engine.dispose()


@dataclass
class Pads:
    """An Etherpad that runs."""

    pid: int
    port: int
    name: str
    key: str
    program: str = "etherpad"
    cookies: dict[str, str] = field(default_factory=dict)

    def people(self, rooms: int, editors: int) -> list[dict[str, Any]]:
        """Make pads; an author is made for whoever comes with a new token."""
        pads = [f"bench{secrets.token_hex(4)}" for _ in range(rooms)]
        for pad in pads:
            self._ask("createPad", padID=pad, text="a")
            self._ask("setText", padID=pad, text=TEXT)
        cookie = _cookie(self.port, f"/p/{pads[0]}")
        return [
            {"room": pad, "cookie": cookie, "token": f"t.{secrets.token_hex(10)}", "protocol": 3}
            for pad in pads * (editors // rooms)
        ]

    def text(self, room: str) -> str:
        """Return what the pad holds."""
        return str(self._ask("getText", padID=room)["text"])

    def _ask(self, method: str, **values: str) -> Any:  # noqa: ANN401 - whatever its interface returns
        body = urllib.parse.urlencode({"apikey": self.key, **values})
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", f"/api/1.2.1/{method}", body, kind)
            answer = json.loads(line.getresponse().read())
        assert answer["code"] == 0, answer
        return answer["data"]


@contextmanager
def etherpad(installed: Path, folder: Path) -> Iterator[Pads]:
    """Start the Etherpad of ``installed`` (with ``src/node/server.js`` in it) with its own kind of database."""
    folder.mkdir()
    port, key = free_port(), secrets.token_hex(16)
    settings = {
        "ip": "127.0.0.1",
        "port": port,
        "dbType": "dirty",
        "dbSettings": {"filename": str(folder / "dirty.db")},
        "commitRateLimiting": {"duration": 1, "points": 1_000_000},
        "loglevel": "ERROR",
    }
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "key").write_text(key, encoding="ascii")
    options = ["--settings", str(folder / "settings.json"), "--apikey", str(folder / "key")]
    command = [shutil.which("node") or "node", str(installed / "src/node/server.js"), *options]
    version = json.loads((installed / "src/package.json").read_text(encoding="utf-8"))["version"]
    with on_one_core():
        running = serving.started(command, NODE_ENV="production")
        process = running.__enter__()
    try:
        _wait(port, "/api")
        yield Pads(process.pid, port, f"Etherpad {version}", key)
    finally:
        running.__exit__(None, None, None)


def memory(pid: int) -> tuple[float, float]:
    """Return the resident memory of a process in MB, and its share: pages that several processes use are shared out."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    resident, share = (re.search(rf"^{name}:\s+(\d+) kB", told, re.MULTILINE) for name in ("Rss", "Pss"))
    assert resident
    assert share
    return int(resident[1]) / 1000, int(share[1]) / 1000


def free_port() -> int:
    """Return a port that nobody listens on."""
    wanted = os.environ.get("BENCH_PORT")
    return int(wanted) if wanted else serving.free_port()


def _wait(port: int, path: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", port)) as one,
        ):
            one.request("GET", path)
            if one.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise AssertionError("a server did not come up")


def _cookie(port: int, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return (answer.getheader("set-cookie") or "none=").partition(";")[0]
