"""The server's web sockets, with a shorter way out: what fifty readers are told costs one piece of work, not fifty."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

EXTENSION: Final = "studio.write"
"""The name in a connection's ``extensions`` of what writes a message at once."""
Write = Callable[[bytes], bool]
_BINARY: Final = 0x82
"""The first byte of a whole message of bytes that a server sends (RFC 6455, 5.2); servers do not mask."""
_SHORT: Final = 126
_MEDIUM: Final = 1 << 16


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own, which also offers to write a message without a task being woken for it."""

    async def run_asgi(self) -> None:
        """Run the program with the offer among its extensions."""
        offered: dict[str, Any] = {**(self.scope.get("extensions") or {}), EXTENSION: self.write_now}
        self.scope["extensions"] = offered
        await super().run_asgi()

    def write_now(self, message: bytes) -> bool:
        """Write a binary message at once; return False, and write nothing, where it would have to wait or is over."""
        if not self.writable.is_set() or self.conn.state is not State.OPEN or self.transport.is_closing():
            return False
        self.transport.write(framed(message))
        return True


def writer_of(scope: Mapping[str, Any]) -> Write:
    """Return what writes to a connection at once, for servers without it something that never does."""
    found: Write | None = (scope.get("extensions") or {}).get(EXTENSION)
    return found or (lambda _message: False)


@lru_cache(maxsize=1)
def framed(message: bytes) -> bytes:
    """Return a message of bytes as it stands on the wire, whole and not masked (RFC 6455, 5.2).

    The last one is kept, as everybody in a room is told the same.
    """
    size = len(message)
    if size < _SHORT:
        return bytes((_BINARY, size)) + message
    if size < _MEDIUM:
        return struct.pack(">BBH", _BINARY, 126, size) + message
    return struct.pack(">BBQ", _BINARY, 127, size) + message
