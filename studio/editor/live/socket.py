"""One WebSocket of an editor: a hello, then changes in, and out whatever its line has."""

from __future__ import annotations

import asyncio
from typing import Final

from studio.editor.live import frames
from studio.editor.live.frames import BadFrameError, Frame, Kind
from studio.editor.live.line import Line
from studio.editor.live.request import Request
from studio.editor.live.room import answer_line
from studio.editor.live.rooms import Rooms
from studio.editor.live.standing import Code
from studio.guides.drafts.live import LARGEST_UPDATE
from studio.web.pagecache import Receive, Send
from studio.web.sockets import Write

HELLO_SECONDS: Final = 15.0
CLOSE_SECONDS: Final = 2.0
LARGEST_MESSAGE: Final = LARGEST_UPDATE + 500_000
"""Bytes of one message; the server closes the connection of a larger one unread."""


async def serve(request: Request, rooms: Rooms, receive: Receive, send: Send, write_now: Write) -> None:
    """Serve one socket to its end; ``write_now`` is the server's short way out."""
    if (await receive())["type"] != "websocket.connect":
        return
    if not request.is_from_here or request.rest:
        await send({"type": "websocket.close", "code": int(Code.BROKE_A_LIMIT)})
        return
    await send({"type": "websocket.accept"})
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            hello = await _next(receive)
            if hello is None:
                return
            if hello.kind is not Kind.HELLO or hello.header.get("v") != 1:
                raise BadFrameError
            line = await rooms.join(request.cookie, request.text_id, hello, lambda who: request.pens(hello, who))
    except (TimeoutError, ValueError):
        line = Code.BROKE_A_LIMIT
    if isinstance(line, Code):
        await send({"type": "websocket.close", "code": int(line)})
        return
    line.write_now = write_now
    try:
        await _talk(request.text_id, rooms, line, receive, send)
    finally:
        rooms.leave(request.text_id, line)


async def _talk(text_id: str, rooms: Rooms, line: Line, receive: Receive, send: Send) -> None:
    sender = asyncio.create_task(_send_all(line, send))
    line.overflowed = sender.cancel
    reader = asyncio.create_task(_read_all(text_id, rooms, line, receive))
    try:
        await asyncio.wait((sender, reader), return_when=asyncio.FIRST_COMPLETED)
        if reader.done() and line.code:  # it broke a limit: what waits for it, and why it ends, may still go out
            await asyncio.wait((sender,), timeout=CLOSE_SECONDS)
    finally:
        line.code = line.code or Code.RESTARTING
        for task in (sender, reader):
            task.cancel()
        await asyncio.gather(sender, reader, return_exceptions=True)
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await send({"type": "websocket.close", "code": int(line.code)})
    except (TimeoutError, OSError, RuntimeError):  # it has gone, or does not read
        return


async def _send_all(line: Line, send: Send) -> None:
    while (frame := await line.next()) is not None:
        await send({"type": "websocket.send", "bytes": frame})


async def _read_all(text_id: str, rooms: Rooms, line: Line, receive: Receive) -> None:
    """Read until the browser goes or breaks a limit."""
    while line.code is None:
        try:
            frame = await _next(receive, line)
            if frame is None:
                return
            take(text_id, rooms, line, frame)
        except BadFrameError:
            line.end(Code.BROKE_A_LIMIT)


def take(text_id: str, rooms: Rooms, line: Line, frame: Frame) -> None:
    """Do what a message of an editor that is in asks for."""
    if frame.kind is Kind.CHANGE:
        rooms.typed(text_id, line.visitor, line.pens, frame, line.name, answer_line(line))
    elif frame.kind is Kind.HERE:
        rooms.here(text_id, line.visitor.actor.id, line.name, frame)
    elif frame.kind is Kind.PING:
        line.put(frames.pack(Kind.PONG, {}))
    else:
        raise BadFrameError


async def _next(receive: Receive, line: Line | None = None) -> Frame | None:
    """Return the next message, None where the browser has gone; BadFrameError for what is none, or too much."""
    message = await receive()
    if message["type"] == "websocket.disconnect":
        return None
    data = message.get("bytes") or b""
    if len(data) > LARGEST_MESSAGE or (line and not line.lets(len(data))):
        raise BadFrameError
    return frames.unpack(data)
