"""The real program in its own processes: ``python -m studio run`` on a folder and a port of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXIT = "https://weather.example/"
"""Where Leave goes in every practice house of the tests."""


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return the header ``name``, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Running:
    """A house that runs, with what it wrote to the terminal."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    said: Path
    started: float = field(default_factory=time.monotonic)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What it wrote to the terminal so far."""
        return self.said.read_text(encoding="utf-8")

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask for ``path``; OSError while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())

    def answers(self, path: str = "/health") -> bool:
        """Whether somebody answers."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask(path).status == 200
        return False

    def wait(self, seconds: float = 120, path: str = "/health") -> float:
        """Wait until it answers; return the seconds since its start."""
        until = time.monotonic() + seconds
        while not self.answers(path):
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, f"no answer within {seconds} s\n{self.log}"
            time.sleep(0.1)
        return time.monotonic() - self.started

    def processes(self) -> dict[int, str]:
        """Return every process of the house but the supervisor: number → its command and name."""
        return {pid: _command(pid) for pid in _below(self.process.pid)}

    def stop(self) -> float:
        """End it as an operator would; return the seconds that it took."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        return time.monotonic() - began


def free_port() -> int:
    """Return a port that nobody listens on, of those that systems do not hand out for connections by themselves."""
    while True:
        port = random.SystemRandom().randrange(11_000, 32_000)
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


def start(data: Path, *options: str, **settings: str) -> Running:
    """Start a house; ``settings`` are environment variables. It may not answer yet."""
    data.mkdir(parents=True, exist_ok=True)
    port, said = free_port(), data.with_name(f"{data.name}-{time.monotonic_ns()}.log")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_")}
    environment = {**kept, "STUDIO_DATA": str(data), "PYTHONUNBUFFERED": "1", **settings}
    command = [sys.executable, "-m", "studio", "run", "--port", str(port), *options]
    with said.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    return Running(data, port, process, said)


@contextlib.contextmanager
def running(data: Path, *options: str, **settings: str) -> Iterator[Running]:
    """Give a house that answers, and end it."""
    house = start(data, *options, **settings)
    try:
        house.wait()
        yield house
    finally:
        house.stop()


def furnish(data: Path) -> None:
    """Begin a practice house in ``data``, let it make every file that it wants to, and end it."""
    with practising(data) as house:
        until = time.monotonic() + 600
        while unfinished(house):
            assert house.process.poll() is None, house.log
            assert time.monotonic() < until, unfinished(house)
            time.sleep(0.5)


def unfinished(house: Running) -> list[str]:
    """Return the names of what the worker of a practice house has still to make; before it began, that is something."""
    path = house.data / "practice" / "studio.db"
    making = "name LIKE 'publish.%' AND name <> 'publish.daily' AND state IN ('waiting', 'running')"
    with contextlib.closing(sqlite3.connect(path, timeout=20)) as database:
        live = database.execute("SELECT count(*) FROM edition WHERE standing = 'LIVE'").fetchone()[0]
        names = [name for (name,) in database.execute(f"SELECT name FROM job WHERE {making}")]  # noqa: S608 - the words above
    return names if live else ["editions"]


def practising(data: Path) -> contextlib.AbstractContextManager[Running]:
    """Give a practice house that answers, and end it."""
    return running(data, "--demo", STUDIO_EXIT_URL=EXIT)


def passphrases(house: Running) -> dict[str, str]:
    """Return how the members of the practice house sign in."""
    told: list[dict[str, Any]] = json.loads((house.data / "practice" / "demo-members.json").read_text("utf-8"))
    return {one["pen_name"]: one["passphrase"] for one in told}


def _below(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [each for child in map(int, children) for each in (child, *_below(child))]
    return []


def _command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8").replace("\0", " ")
    return ""
