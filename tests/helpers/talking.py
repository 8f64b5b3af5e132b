"""Requests of the second transport of live editing, asked of a door without a network."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field
from typing import Any

from live import HOST, Somebody

from studio.editor.live import frames
from studio.editor.live.door import Door
from studio.editor.live.frames import Frame


@dataclass
class Asked:
    """One request and what was answered to it so far."""

    door: Door
    who: Somebody | None
    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = 0
    answer: bytes = b""
    told: dict[bytes, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._gone, self._more = asyncio.Event(), asyncio.Event()
        self._given = False
        own = {"host": HOST, "sec-fetch-site": "same-origin"}
        own |= {"cookie": f"studio={self.who.cookie}"} if self.who else {}
        scope: dict[str, Any] = {
            "type": "http",
            "scheme": "http",
            "method": self.method,
            "path": self.path,
            "query_string": self.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in {**own, **self.headers}.items()],
        }
        self.task = asyncio.create_task(self.door(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if not self._given:
            self._given = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.told |= dict(message.get("headers", ()))
        self.answer += message.get("body", b"")
        self._more.set()

    async def go(self) -> None:
        """Lose the connection."""
        self._gone.set()
        await self.task

    def events(self) -> list[Frame]:
        """Return the messages of a stream of events."""
        lines = [line.removeprefix(b"data: ") for line in self.answer.split(b"\n\n") if line.startswith(b"data: ")]
        return [frames.unpack(base64.b64decode(line)) for line in lines]

    def frames(self) -> list[Frame]:
        """Return the messages of an answered post."""
        return [frames.unpack(one) for one in frames.apart(self.answer)]

    async def until(self, true: Any) -> None:
        """Wait until something is true of what was answered."""
        async with asyncio.timeout(10):
            while not true():
                self._more.clear()
                await self._more.wait()
