"""One connection of an editor: what waits to be sent to it, and how fast it may send."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from studio.core.ids import new_id
from studio.editor.live.people import Person
from studio.editor.live.standing import Code
from studio.editor.rules.pace import Bucket
from studio.members.visiting import Visitor

MOST_WAITING: Final = 4_000_000
MANY_WAITING: Final = 1_000
"""Bytes and messages that wait for one reader; who falls further behind comes back and gets the whole difference."""
MESSAGES: Final = (30.0, 300.0)
BYTES: Final = (60_000.0, 3_000_000.0)
"""A second and at once; typing is five messages of 50 bytes a second."""
MANY_REFUSED: Final = 50


def buckets() -> tuple[Bucket, Bucket]:
    """Return what bounds the messages, and the bytes, of one connection."""
    return Bucket(*MESSAGES), Bucket(*BYTES)


@dataclass(slots=True, eq=False)
class Line:
    """A connection after its visitor was let in. The room puts messages in; its sender takes them out."""

    visitor: Visitor
    person: Person
    pens: frozenset[int]
    in_team: bool
    quiet: bool
    may_write: bool = True
    name: str = field(default_factory=new_id)
    code: Code | None = None
    """Why it ends, once it does."""
    refused: int = 0
    overflowed: Callable[[], object] = lambda: None
    """Called when it falls so far behind that waiting for its reader makes no sense."""
    write_now: Callable[[bytes], bool] = lambda _frame: False
    """Writes a message without the sender, or says that it must wait."""
    _sending: bool = False
    _waiting: deque[bytes | None] = field(default_factory=deque)
    _wake: asyncio.Future[None] | None = None
    """What the sender waits for while nothing is to be sent."""
    _bytes: int = 0
    _pace: tuple[Bucket, Bucket] = field(default_factory=buckets)

    def put(self, frame: bytes) -> None:
        """Have a message sent; a line that has ended takes none."""
        if self.code:
            return
        if not self._waiting and not self._sending and self.write_now(frame):
            return
        if self._bytes + len(frame) > MOST_WAITING or len(self._waiting) >= MANY_WAITING:
            self.end(Code.FELL_BEHIND)
            self.overflowed()
            return
        self._bytes += len(frame)
        self._have_sent(frame)

    def end(self, code: Code) -> None:
        """End the line when what waits has been sent."""
        if self.code is None:
            self.code = code
            self._have_sent(None)

    async def next(self) -> bytes | None:
        """Return what is to be sent next; None at the end. For one sender."""
        self._sending = False
        while not self._waiting:
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake
        self._sending = True
        frame = self._waiting.popleft()
        self._bytes -= len(frame or b"")
        return frame

    def _have_sent(self, frame: bytes | None) -> None:
        self._waiting.append(frame)
        if self._wake and not self._wake.done():
            self._wake.set_result(None)

    def lets(self, size: int) -> bool:
        """Whether a message of ``size`` bytes that came just now is within the limits."""
        now = time.monotonic()
        messages, data = self._pace
        return messages.lets(1, now) and data.lets(size, now)

    @property
    def shown(self) -> bool:
        """Whether others are shown that somebody is here."""
        return self.in_team and not self.quiet and self.code is None
