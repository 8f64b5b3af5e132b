"""The people of the bench of live editing, in a process of their own: ``python -m bench.live_load`` for bench/live.py.

A plan in JSON comes by the first line of the input. When all are connected a line is printed, and whoever wrote the
plan answers with a line; then they type at random moments (Poisson), and at the end the times are printed as JSON.
Of each room two people take over what the others wrote; the others only take the messages apart.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import random
import string
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

import uvloop

from bench.live_peer import PadEditor
from bench.live_socket import Socket
from studio.editor.live import frames
from studio.editor.live.frames import Kind
from studio.guides.drafts.document import Edit, SharedDocument

REPLICAS = 2
QUIET = 1.0
PATIENCE = 30.0
CHANCE = random.Random(11)  # noqa: S311 - moments and places, not secrets


class Editor(Protocol):
    """One person at one text, of whichever program."""

    room: str

    @property
    def in_flight(self) -> int:
        """How many changes were not acknowledged yet."""

    async def come(self) -> None:
        """Connect, and take over the text."""

    def type(self) -> None:
        """Insert a letter somewhere."""

    @property
    def text(self) -> str:
        """The text as this editor has it; only replicas know what others wrote."""


class Times:
    """When each change was sent, acknowledged and heard; the same for every program."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.saved: list[float] = []
        self.heard: list[tuple[object, float]] = []
        self.sent: dict[object, float] = {}
        self.last = time.perf_counter()

    def hear(self, change: object) -> None:
        """Note that somebody has somebody else's change."""
        self.last = time.perf_counter()
        self.heard.append((change, self.last))

    def save(self, since: float) -> None:
        """Note that a change was acknowledged."""
        self.last = time.perf_counter()
        self.saved.append(self.last - since)

    def report(self) -> dict[str, Any]:
        """Return what was measured, times in milliseconds."""
        delivered = [at - self.sent[change] for change, at in self.heard]
        return {"deliveries": len(delivered), "sent": len(self.saved)} | {
            f"{name}_{part}": _part(times, part)
            for name, times in (("saved", self.saved), ("delivered", delivered))
            for part in (50, 99)
        }


class StudioEditor:
    """Speaks the studio's own messages, as the browser does."""

    def __init__(self, plan: dict[str, Any], port: int, times: Times, *, replica: bool) -> None:
        """Be one member; nothing is connected yet."""
        self.room, self._pen, self._replica, self._times = plan["room"], plan["pen"], replica, times
        self._socket = Socket(port, f"/studio/ws/{self.room}", f"Cookie: studio={plan['cookie']}\r\n", self._take)
        self._doc = SharedDocument(writer=self._pen[0])
        self._welcome: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._numbers: dict[int, float] = {}
        self._n = self._size = 0

    @property
    def in_flight(self) -> int:
        """How many changes were not acknowledged yet."""
        return len(self._numbers)

    @property
    def text(self) -> str:
        """The text of this copy."""
        return self._doc.text

    async def come(self) -> None:
        """Connect, and take over the text."""
        await self._socket.open()
        hello = {"v": 1, "pens": [self._pen], "state": base64.b64encode(self._doc.vector).decode(), "quiet": False}
        self._socket.send(frames.pack(Kind.HELLO, hello))
        self._doc.apply(await asyncio.wait_for(self._welcome, PATIENCE))
        self._size = len(self._doc.text)

    def type(self) -> None:
        """Insert a letter somewhere."""
        at = CHANCE.randrange(self._size)
        update = self._doc.edit([Edit(at, at, CHANCE.choice(string.ascii_lowercase))], {})
        self._n += 1
        self._size += 1
        self._numbers[self._n] = self._times.sent[update] = time.perf_counter()
        self._socket.send(frames.pack(Kind.CHANGE, {"n": self._n}, update))

    def _take(self, message: bytes, _opcode: int) -> None:
        kind = message[0]
        if kind not in (Kind.CHANGED, Kind.SAVED, Kind.WELCOME):
            assert kind != Kind.REFUSED, message
            return
        frame = frames.unpack(message)
        if kind == Kind.CHANGED:
            self._changed(frame.header["sizes"], frame.payload)
        elif kind == Kind.SAVED:
            self._times.save(self._numbers.pop(frame.header["n"]))
        else:
            self._welcome.set_result(frame.payload)

    def _changed(self, sizes: list[int], payload: bytes) -> None:
        at = 0
        for size in sizes:
            update = payload[at : at + size]
            self._times.hear(update)
            if self._replica:
                self._doc.apply(update)
            at += size


EDITORS: dict[str, Callable[..., Editor]] = {"studio": StudioEditor, "etherpad": PadEditor}


async def load(plan: dict[str, Any]) -> dict[str, Any]:
    """Do what the plan says and return the report."""
    times, people = Times(), list[Editor]()
    rooms = defaultdict[str, list[Editor]](list)
    for one in plan["editors"]:
        there = rooms[one["room"]]
        there.append(EDITORS[plan["program"]](one, plan["port"], times, replica=len(there) < REPLICAS))
        await there[-1].come()
        people.append(there[-1])
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    began, worked = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_typing(one, plan["rate"], plan["seconds"]) for one in people))
    seconds = time.perf_counter() - began
    busy = (time.process_time() - worked) / seconds
    await _until_quiet(people, times)
    copies = {room: [one.text for one in there[:REPLICAS]] for room, there in rooms.items()}
    return {**times.report(), "seconds": seconds, "busy": busy, "copies": copies}


async def _typing(one: Editor, rate: float, seconds: float) -> None:
    """Type at random moments, each at its own time, however late the one before came."""
    began, at = time.perf_counter(), CHANCE.expovariate(rate)
    while at < seconds:
        await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
        one.type()
        at += CHANCE.expovariate(rate)
    await asyncio.sleep(max(0.0, began + seconds - time.perf_counter()))


async def _until_quiet(people: list[Editor], times: Times) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        await asyncio.sleep(0.1)
        waits = any(one.in_flight for one in people)
        if not waits and time.perf_counter() - times.last > QUIET:
            return


def _part(times: list[float], hundredths: int) -> float:
    """Return in milliseconds what so many of a hundred stay below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * hundredths // 100)] * 1000 if ordered else 0.0


def main() -> None:
    """Read the plan, load the server, print the report."""
    plan = json.loads(sys.stdin.readline())
    if plan["core"] is not None:
        os.sched_setaffinity(0, {plan["core"]})
    print(json.dumps(uvloop.run(load(plan))), flush=True)


if __name__ == "__main__":
    main()
