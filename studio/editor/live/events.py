"""The way round for networks that break sockets: a stream of events down, posts up, the same messages in both."""

from __future__ import annotations

import asyncio
import base64
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from studio.editor.live import frames
from studio.editor.live.frames import BadFrameError, Frame, Kind
from studio.editor.live.line import Line, buckets
from studio.editor.live.request import Request
from studio.editor.live.rooms import Rooms
from studio.editor.live.socket import LARGEST_MESSAGE
from studio.editor.live.standing import Code
from studio.editor.rules.pace import Bucket
from studio.members.visiting import Visitor
from studio.web.headers import headers_for
from studio.web.pagecache import Receive, Scope, Send

HEARTBEAT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 30.0
BODY_SECONDS: Final = 60.0
MANY_FRAMES: Final = 100
_STATUS: Final = {Code.SIGN_IN: 401, Code.NO_LONGER: 403, Code.NO_SUCH_TEXT: 404, Code.PUT_AWAY: 409}
_MANY: Final = 2_000


class Posters:
    """How fast each visit posts."""

    def __init__(self) -> None:
        """Nobody has posted yet."""
        self._pace: OrderedDict[str, tuple[Bucket, Bucket]] = OrderedDict()

    def lets(self, visit_id: str, size: int) -> bool:
        """Whether a post of ``size`` bytes is within the limits; the same as those of a socket."""
        messages, data = self._pace.setdefault(visit_id, buckets())
        self._pace.move_to_end(visit_id)
        if len(self._pace) > _MANY:
            self._pace.popitem(last=False)
        now = time.monotonic()
        return messages.lets(1, now) and data.lets(size, now)


POSTERS: Final = Posters()


async def serve(request: Request, scope: Scope, rooms: Rooms, receive: Receive, send: Send) -> None:
    """Answer one request of the second transport."""
    what = (scope["method"], request.rest)
    if what not in (("GET", "events"), ("POST", "send")):
        await _answer(scope, send, 404)
    elif not request.is_from_here:
        await _answer(scope, send, 400)
    elif what[1] == "events":
        await _events(request, scope, rooms, receive, send)
    else:
        await _post(request, scope, rooms, receive, send)


async def _events(request: Request, scope: Scope, rooms: Rooms, receive: Receive, send: Send) -> None:
    try:
        hello = _hello(request)
        line = await rooms.join(request.cookie, request.text_id, hello, lambda who: request.pens(hello, who))
    except ValueError:
        line = Code.BROKE_A_LIMIT
    if isinstance(line, Code):
        await _answer(scope, send, _STATUS.get(line, 400))
        return
    sender = asyncio.create_task(_stream(line, scope, send))
    line.overflowed = sender.cancel
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await asyncio.wait((sender, gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        line.code = line.code or Code.RESTARTING
        rooms.leave(request.text_id, line)
        for task in (sender, gone):
            task.cancel()
        await asyncio.gather(sender, gone, return_exceptions=True)


def _hello(request: Request) -> Frame:
    number, state = request.query.get("pen", ""), request.query.get("state", "")
    if not number.isascii() or not number.isdigit():
        raise BadFrameError
    pen = [int(number[:20]), request.query.get("token", "")]
    return Frame(Kind.HELLO, {"pens": [pen], "state": state, "quiet": request.query.get("quiet") == "1"}, b"")


async def _stream(line: Line, scope: Scope, send: Send) -> None:
    more = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": [*_headers(scope), *more]})
    while True:
        try:
            frame = await asyncio.wait_for(line.next(), HEARTBEAT_SECONDS)
        except TimeoutError:
            frame = frames.pack(Kind.PONG, {})
        said = b"event: close\ndata: %d\n\n" % (line.code or 0) if frame is None else _event(frame)
        await send({"type": "http.response.body", "body": said, "more_body": frame is not None})
        if frame is None:
            return


def _event(frame: bytes) -> bytes:
    return b"data: " + base64.b64encode(frame) + b"\n\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _post(request: Request, scope: Scope, rooms: Rooms, receive: Receive, send: Send) -> None:
    visitor = await rooms.recognise(request.cookie)
    if visitor is None:
        await _answer(scope, send, 401)
        return
    pens = request.pens(Frame(Kind.HELLO, {"pens": _pens(request.header("x-pen"))}, b""), visitor)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _body(receive)
        said = [frames.unpack(one) for one in frames.apart(body)]
    except (ValueError, TimeoutError):
        await _answer(scope, send, 400)
        return
    if not pens or len(said) > MANY_FRAMES or not POSTERS.lets(visitor.visit.id, len(body)):
        await _answer(scope, send, 429 if pens else 403)
        return
    await _do(request, scope, rooms, visitor, pens, said, send)


async def _do(
    request: Request,
    scope: Scope,
    rooms: Rooms,
    visitor: Visitor,
    pens: frozenset[int],
    said: Sequence[Frame],
    send: Send,
) -> None:
    """Do what the messages of a post ask for and answer when all of it is done."""
    line_name, waiting, answers = request.header("x-line"), list[asyncio.Future[bytes | Code]](), list[bytes]()
    for frame in said:
        if frame.kind is Kind.CHANGE and "n" in frame.header:
            answer = asyncio.get_running_loop().create_future()
            waiting.append(answer)
            rooms.typed(request.text_id, visitor, pens, frame, line_name, _once(answer))
        elif frame.kind is Kind.HERE:
            rooms.here(request.text_id, visitor.actor.id, line_name, frame)
        elif frame.kind is Kind.PING:
            answers.append(frames.pack(Kind.PONG, {}))
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            got = await asyncio.gather(*waiting)
    except TimeoutError:
        await _answer(scope, send, 503)
        return
    code = next((one for one in got if isinstance(one, Code)), None)
    if code:
        await _answer(scope, send, _STATUS.get(code, 403))
        return
    answers += [one for one in got if isinstance(one, bytes)]
    await _answer(scope, send, 200, frames.together(answers))


def _pens(shown: str) -> list[list[object]]:
    """Return numbers and tokens; there are several where words were found again that an earlier page had written."""
    each = (one.strip().partition(".") for one in shown.split(","))
    return [[int(number[:20]) if number.isascii() and number.isdigit() else 0, token] for number, _, token in each]


def _once(answer: asyncio.Future[bytes | Code]) -> Callable[[bytes | Code], None]:
    def tell(said: bytes | Code) -> None:
        if not answer.done():
            answer.set_result(said)

    return tell


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadFrameError
        body += message.get("body", b"")
        if len(body) > LARGEST_MESSAGE:
            raise BadFrameError
        if not message.get("more_body", False):
            return bytes(body)


async def _answer(scope: Scope, send: Send, status: int, body: bytes = b"") -> None:
    more = [(b"content-type", b"application/octet-stream"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*_headers(scope), *more]})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    told = headers_for(scope["path"], https=scope.get("scheme") == "https")
    return [(name.lower().encode(), value.encode()) for name, value in told]
