"""The addresses of live editing, answered in the event loop before Flask is asked: sockets, and a way round them."""

from __future__ import annotations

from studio.core.settings import Settings
from studio.editor.live import events, socket
from studio.editor.live.request import PREFIX, Request
from studio.editor.live.rooms import Rooms
from studio.web.pagecache import App, Receive, Scope, Send
from studio.web.sockets import writer_of


class Door:
    """Leads whoever wants to write live into a room, and everybody else to the inner program."""

    def __init__(self, app: App, rooms: Rooms, settings: Settings, key: bytes) -> None:
        """Wrap ``app``; ``key`` is the house's secret, by which pens are known."""
        self._app, self._rooms, self._settings, self._key = app, rooms, settings, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "http" and not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            return
        request = Request(scope, self._settings, self._key)
        if scope["type"] == "websocket":
            await socket.serve(request, self._rooms, receive, send, writer_of(scope))
        else:
            await events.serve(request, scope, self._rooms, receive, send)
