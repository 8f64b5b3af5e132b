"""The short way out of the server's web sockets: the same bytes as the library's own, and nothing out of order."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn
from loops import run
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Frame, Opcode

from studio.editor.live.line import Line
from studio.web.sockets import SocketProtocol, framed, writer_of

MANY, AT_ONCE = 3_000, 500
SMALL = 20_000
"""Bytes that the system keeps for a connection, so that a reader who sleeps is noticed."""


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_message_stands_on_the_wire_as_the_library_writes_it(size):
    message = bytes(n % 251 for n in range(size))
    assert framed(message) == Frame(Opcode.BINARY, message).serialize(mask=False)


def test_a_server_without_the_short_way_is_told_to_wait():
    assert writer_of({"type": "websocket"})(b"Rest.") is False
    assert writer_of({"type": "websocket", "extensions": None})(b"Rest.") is False


async def served(program, story):
    """Tell a story with the port of a server of ``program``."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
    listener.bind(("127.0.0.1", 0))
    listener.listen(8)
    config = uvicorn.Config(
        program, ws=SocketProtocol, lifespan="off", log_config=None, ws_per_message_deflate=False, ws_ping_interval=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        return await story(listener.getsockname()[1])
    finally:
        server.should_exit = True
        await serving
        listener.close()


def line_for(scope):
    line = Line(None, None, frozenset(), in_team=False, quiet=False)
    line.write_now = writer_of(scope)
    return line


async def send_all(line, send):
    while (frame := await line.next()) is not None:
        await send({"type": "websocket.send", "bytes": frame})


def test_what_a_slow_reader_is_sent_waits_and_comes_in_order():
    at_once = []

    async def program(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        line = line_for(scope)
        written = line.write_now
        line.write_now = lambda frame: at_once.append(written(frame)) or at_once[-1]
        sender = asyncio.create_task(send_all(line, send))
        for number in range(MANY):
            line.put(number.to_bytes(4) + bytes(1_000))
            if number % 7 == 0:
                await asyncio.sleep(0.001)
            if number % AT_ONCE == AT_ONCE - 1:
                await receive()  # go on after the reader has taken some
        await receive()
        sender.cancel()

    async def story(port):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        line.connect(("127.0.0.1", port))
        async with connect(f"ws://127.0.0.1:{port}/", sock=line, max_queue=2, compression=None) as reader:
            heard = []
            for _ in range(MANY // AT_ONCE):
                await asyncio.sleep(0.2)
                await reader.send(b"on")
                heard += [int.from_bytes((await reader.recv())[:4]) for _ in range(AT_ONCE)]
            await reader.send(b"end")
            return heard

    assert run(served(program, story)) == list(range(MANY))
    assert set(at_once) == {True, False}  # both ways were gone


def test_nothing_is_written_to_whom_the_house_has_let_go():
    said = []

    async def program(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        write = writer_of(scope)
        said.append(write(b"Rest."))
        await send({"type": "websocket.close", "code": 4403})
        said.append(write(b"More."))

    async def story(port):
        async with connect(f"ws://127.0.0.1:{port}/") as reader:
            heard = await reader.recv()
            with pytest.raises(ConnectionClosedError):
                await reader.recv()
            return heard, reader.close_code

    assert run(served(program, story)) == (b"Rest.", 4403)
    assert said == [True, False]
