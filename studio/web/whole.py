"""Bodies of requests, waited for before Flask is asked: a slow sender holds no thread, and no lock of the database."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any, Final

from studio.web.headers import headers_for
from studio.web.pagecache import App, Receive, Scope, Send

LARGEST: Final = 9_000_000
"""Bytes of a body that are waited for; Flask refuses a larger one by its ``Content-Length``, without reading it."""
SECONDS: Final = 300.0
"""An image of 8 MB from a slow phone takes less."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""Bytes of all bodies that one process waits with."""
_UNREAD: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_TOO_SLOW, _NO_ROOM = 408, 503


class WholeBodies:
    """Asks the inner program when the whole body is there."""

    def __init__(self, app: App, *, https: bool, seconds: float = SECONDS, most: int = MOST_BYTES) -> None:
        """Wrap ``app``; ``https`` as ``headers_for`` wants it."""
        self._app, self._https, self._seconds, self._most = app, https, seconds, most
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what has no body, or one that is refused unread; wait for the rest."""
        if scope["type"] != "http" or scope["method"] in _UNREAD or _length(scope) > LARGEST:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        try:
            async with asyncio.timeout(self._seconds):
                whole = await self._read(receive, body)
            if whole:
                await self._app(scope, _replayed(bytes(body), receive), send)
        except TimeoutError:
            await self._refuse(scope, send, _TOO_SLOW)
        except _FullError:
            await self._refuse(scope, send, _NO_ROOM)
        finally:
            self._waiting -= len(body)

    async def _read(self, receive: Receive, body: bytearray) -> bool:
        """Read into ``body``; return False where the sender has gone."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            part = message.get("body", b"")
            body += part
            self._waiting += len(part)
            if self._waiting > self._most or len(body) > LARGEST:
                raise _FullError
            if not message.get("more_body", False):
                return True

    async def _refuse(self, scope: Scope, send: Send, status: int) -> None:
        headers = [(name.lower(), value) for name, value in headers_for(scope["path"], https=self._https)]
        headers += [("content-type", "text/plain; charset=utf-8"), ("content-length", "0"), ("connection", "close")]
        packed = [(name.encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": packed})
        await send({"type": "http.response.body", "body": b""})


class _FullError(Exception):
    """More is waiting than there is room for."""


def _length(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() and len(told) < 20 else LARGEST + 1  # noqa: PLR2004 - digits of any real size


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives the whole body at once, and then what comes after it."""
    given = False

    async def whole() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return whole
