"""Typists who come over a real network to a house that really runs."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

from live import Somebody, Typist
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from studio.editor.live import frames
from studio.editor.live.frames import Kind
from studio.editor.rules.pens import make_pen


@dataclass
class FarTypist(Typist):
    """A typist at the other end of a socket, who comes back by themselves."""

    port: int = 0
    _line: ClientConnection | None = None
    _reader: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self._line is not None

    async def connect(self) -> None:
        """Come in as soon as somebody answers, and send what the house does not have."""
        host = f"127.0.0.1:{self.port}"
        headers = {"Cookie": f"studio={self.who.cookie}"}
        known = len(self.told)
        while True:
            try:
                line = await connect(
                    f"ws://{host}/studio/ws/{self.text_id}",
                    additional_headers=headers,
                    origin=f"http://{host}",
                    max_size=None,
                    compression=None,
                )
                hello = {"v": 1, "pens": self.pens, "state": frames.base64_of(self.doc.vector), "quiet": False}
                await line.send(frames.pack(Kind.HELLO, hello))
                self._line, self.closed = line, None
                self._reader = asyncio.create_task(self._read(line))
                await self.until(lambda: any(f.kind is Kind.WELCOME for f in self.told[known:]), 5)
                break
            except (OSError, InvalidHandshake, ConnectionClosed, TimeoutError):
                self.drop()
                await asyncio.sleep(0.1)
        welcome = next(frame for frame in self.told[known:] if frame.kind is Kind.WELCOME)
        self.catch_up(welcome.data("state"))

    def say(self, frame: bytes) -> None:
        """Send a message; what goes into the void is sent again by the difference."""
        if self._line:
            self._sending = asyncio.ensure_future(self._send(self._line, frame))

    def drop(self) -> None:
        """Forget the connection."""
        if self._reader:
            self._reader.cancel()
        self._line = self._reader = None

    async def leave(self) -> None:
        """Hang up."""
        line = self._line
        self.drop()
        if line:
            await line.close()

    @staticmethod
    async def _send(line: ClientConnection, frame: bytes) -> None:
        with contextlib.suppress(ConnectionClosed):
            await line.send(frame)

    async def _read(self, line: ClientConnection) -> None:
        try:
            async for message in line:
                await self._hear({"type": "websocket.send", "bytes": message})
        except ConnectionClosed:
            pass
        self.closed = line.close_code or 1006
        self._line = None
        self._told.set()


def far(port: int, who: Somebody, text_id: str, key: bytes, **values: Any) -> FarTypist:
    """Return somebody who is not connected yet."""
    return FarTypist(None, who, text_id, pens=[make_pen(key, text_id, who.id)], port=port, **values)
