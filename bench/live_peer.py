"""A person at a pad of Etherpad for bench/live.py: the messages of its browser, insertions of one letter."""

from __future__ import annotations

import asyncio
import json
import random
import re
import string
import time
from typing import Any, Protocol

from bench.live_socket import TEXT, Socket

CHANCE = random.Random(12)  # noqa: S311 - places, not secrets
_INSERTION = re.compile(r"Z:([0-9a-z]+)>1(?:=([0-9a-z]+))?\*[0-9a-z]+\+1\$(.)")
_DIGITS = string.digits + string.ascii_lowercase


class Times(Protocol):
    """Where the times are noted; see bench/live_load.py."""

    sent: dict[object, float]

    def hear(self, change: object) -> None:
        """Note that somebody has somebody else's change."""

    def save(self, since: float) -> None:
        """Note that a change was acknowledged."""


class PadEditor:
    """Has one change under way at a time, as Etherpad wants it; what is typed meanwhile waits."""

    def __init__(self, plan: dict[str, Any], port: int, times: Times, *, replica: bool) -> None:
        """Be one author; nothing is connected yet."""
        self.room, self._token, self._replica, self._times = plan["room"], plan["token"], replica, times
        path = f"/socket.io/?EIO={plan['protocol']}&transport=websocket&padId={self.room}"
        self._socket = Socket(port, path, f"Cookie: {plan['cookie']}\r\n", self._take)
        self._welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._author, self._text, self._size, self._revision, self._waiting = "", "", 0, 0, 0
        self._mine: tuple[int, str, float] | None = None

    @property
    def in_flight(self) -> int:
        """How many changes were not acknowledged yet."""
        return self._waiting + bool(self._mine)

    @property
    def text(self) -> str:
        """The text of this copy."""
        return self._text

    async def come(self) -> None:
        """Connect, and take over the text."""
        await self._socket.open()
        await asyncio.wait_for(self._welcome, 60)

    def type(self) -> None:
        """Insert a letter somewhere, now or after the one before."""
        self._waiting += 1
        self._send_next()

    def _send_next(self) -> None:
        if self._mine or not self._waiting:
            return
        self._waiting -= 1
        at, letter = CHANCE.randrange(1, self._size - 1), CHANCE.choice(string.ascii_lowercase)
        change = f"Z:{_base36(self._size)}>1={_base36(at)}*0+1${letter}"
        pool = {"numToAttrib": {"0": ["author", self._author]}, "nextNum": 1}
        told = {"type": "USER_CHANGES", "baseRev": self._revision, "changeset": change, "apool": pool}
        self._mine = (at, letter, time.perf_counter())
        self._say({"type": "COLLABROOM", "component": "pad", "data": told})

    def _say(self, message: dict[str, Any]) -> None:
        self._socket.send(b"42" + json.dumps(["message", message]).encode(), TEXT)

    def _take(self, message: bytes, _opcode: int) -> None:
        if message.startswith(b"40"):
            ready = {"component": "pad", "type": "CLIENT_READY", "padId": self.room, "sessionID": None}
            self._say({**ready, "token": self._token, "protocolVersion": 2, "password": None})
        elif message == b"2":
            self._socket.send(b"3", TEXT)
        elif message.startswith(b"42"):
            self._hear(json.loads(message[2:])[1])

    def _hear(self, told: dict[str, Any]) -> None:
        assert not {"disconnect", "accessStatus"} & set(told), told
        if told["type"] == "CLIENT_VARS":
            found = told["data"]["collab_client_vars"]
            self._author, self._revision = told["data"]["userId"], found["rev"]
            self._text = found["initialAttributedText"]["text"]
            self._size = len(self._text)
            self._welcome.set_result(None)
        elif told["type"] == "COLLABROOM":
            data = told["data"]
            if data["type"] == "NEW_CHANGES":
                self._theirs(data["changeset"], data["newRev"])
            elif data["type"] == "ACCEPT_COMMIT":
                self._accepted(data["newRev"])

    def _theirs(self, change: str, revision: int) -> None:
        self._times.hear((self.room, revision))
        found = _INSERTION.fullmatch(change)
        assert found, change
        assert int(found[1], 36) == self._size, "a change was missed"
        self._size, self._revision = self._size + 1, revision
        if not self._replica:
            return
        at = int(found[2] or "0", 36)
        self._text = self._text[:at] + found[3] + self._text[at:]
        if self._mine and at <= self._mine[0]:  # what was there first stands first
            self._mine = (self._mine[0] + 1, *self._mine[1:])

    def _accepted(self, revision: int) -> None:
        assert self._mine
        at, letter, since = self._mine
        self._times.save(since)
        self._times.sent[self.room, revision] = since
        self._text = self._text[:at] + letter + self._text[at:] if self._replica else self._text
        self._size, self._revision, self._mine = self._size + 1, revision, None
        self._send_next()


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
