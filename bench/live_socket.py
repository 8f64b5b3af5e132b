"""The other end of a web socket, as small as it can be, so that hundreds of them cost one process little."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Socket(asyncio.Protocol):
    """One connection to 127.0.0.1; what is heard is given to ``heard`` with its opcode, as soon as it is whole."""

    def __init__(self, port: int, path: str, headers: str, heard: Callable[[bytes, int], None]) -> None:
        """Nothing is connected yet; ``headers`` are lines with their ends."""
        self._port, self._heard, self._rest = port, heard, b""
        self._asks = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n{headers}"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ).encode()
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line: asyncio.Transport | None = None

    async def open(self) -> None:
        """Connect and wait until the server speaks web sockets."""
        self._line, _ = await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self._port)
        self._line.write(self._asks)
        await asyncio.wait_for(self._opened, 30)

    def send(self, message: bytes, opcode: int = BINARY) -> None:
        """Send a whole message; the mask that clients must use is zero, which changes nothing."""
        size = len(message)
        if size < 126:
            head = struct.pack(">BB", 0x80 | opcode, 0x80 | size)
        elif size < 65_536:
            head = struct.pack(">BBH", 0x80 | opcode, 0xFE, size)
        else:
            head = struct.pack(">BBQ", 0x80 | opcode, 0xFF, size)
        assert self._line
        self._line.write(head + b"\x00\x00\x00\x00" + message)

    def data_received(self, data: bytes) -> None:
        """Take apart what came."""
        data = self._rest + data if self._rest else data
        at = 0
        if not self._opened.done():
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._rest = data
                return
            assert data.startswith(b"HTTP/1.1 101"), data[:200]
            self._opened.set_result(None)
        while (end := self._message(data, at)) is not None:
            at = end
        self._rest = data[at:]

    def _message(self, data: bytes, at: int) -> int | None:
        """Hear the message at ``at`` and return where it ends; None where it is not whole yet."""
        if len(data) < at + 2:
            return None
        opcode, size, start = data[at] & 15, data[at + 1], at + 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, start = int.from_bytes(data[start : start + wide]), start + wide
        if len(data) < start + size or start > len(data):
            return None
        message = data[start : start + size]
        if opcode == PING:
            self.send(message, PONG)
        elif opcode == CLOSE:
            raise ConnectionError(f"the server has closed: {int.from_bytes(message[:2])}")
        else:
            assert data[at] & 0x80, "messages in parts were not reckoned with"
            self._heard(message, opcode)
        return start + size
