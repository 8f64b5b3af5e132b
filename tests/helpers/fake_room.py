"""A room of one draft for browsers in tests, which speaks the wire of live editing without a server."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocketRoute
from pycrdt import Doc, Text

HELLO, CHANGE, HERE, PING = 1, 2, 3, 4
WELCOME, CHANGED, SAVED, PEOPLE, REFUSED, PONG = 11, 12, 13, 14, 15, 16
KEY = base64.b64encode(bytes(range(32))).decode()
NOBODY: dict[str, Any] = {"picture": "", "state": "reading", "section": 0, "at": None, "tint": 1}


def frame(kind: int, header: dict[str, Any], payload: bytes = b"") -> bytes:
    words = json.dumps(header).encode()
    return struct.pack(">BI", kind, len(words)) + words + payload


def parts(message: bytes) -> tuple[int, dict[str, Any], bytes]:
    kind, length = struct.unpack(">BI", message[:5])
    return kind, json.loads(message[5 : 5 + length]), message[5 + length :]


@dataclass(eq=False)
class Room:
    """One text; every browser that asks for its socket is in it."""

    body: str = ""
    silent: bool = False
    shut: int = 0
    acknowledges: bool = True
    write: bool = True
    refuse: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, WebSocketRoute] = field(default_factory=dict)
    heard: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    seq: int = 0

    def __post_init__(self) -> None:
        self.doc: Doc[Any] = Doc()
        self.shared = self.doc.get("body", type=Text)
        self.shared += self.body

    @property
    def text(self) -> str:
        return str(self.shared)

    def stand_in(self, place: Page | BrowserContext) -> None:
        place.route_web_socket("**/studio/ws/**", self.enter)

    def enter(self, socket: WebSocketRoute) -> None:
        if self.shut:
            socket.close(code=self.shut)
            return
        line = f"line-{len(self.heard)}-{len(self.lines)}"
        socket.on_message(lambda message: self.take(line, socket, message))

    def take(self, line: str, socket: WebSocketRoute, message: Any) -> None:
        kind, header, payload = parts(message)
        self.heard.append((kind, header))
        if self.silent:
            return
        if kind == HELLO:
            self.welcome(line, socket, header)
        elif kind == CHANGE:
            self.change(line, socket, header["n"], payload)
        elif kind == HERE and not header["quiet"]:
            self.people[line] = {**NOBODY, "line": line, "name": "Kite", **header}
            self.tell(line, frame(PEOPLE, {"here": [self.people[line]], "gone": []}))
        elif kind == PING:
            socket.send(frame(PONG, {}))

    def welcome(self, line: str, socket: WebSocketRoute, header: dict[str, Any]) -> None:
        self.lines[line] = socket
        theirs = base64.b64decode(header["state"])
        right = {"write": self.write, "why": "" if self.write else "Not yours."}
        own = {"seq": self.seq, "state": self.state(), "key": KEY, "line": line}
        answer = {**own, **right, "people": list(self.people.values())}
        socket.send(frame(WELCOME, answer, self.doc.get_update(theirs)))

    def change(self, line: str, socket: WebSocketRoute, n: int, update: bytes) -> None:
        if self.refuse:
            socket.send(frame(REFUSED, {"n": n, "state": self.state(), **self.refuse}))
            return
        self.doc.apply_update(update)
        self.seq += 1
        self.tell(line, frame(CHANGED, {"seq": self.seq, "sizes": [len(update)]}, update))
        if self.acknowledges:
            socket.send(frame(SAVED, {"n": n, "seq": self.seq}))

    def type(self, at: int, words: str, delete: int = 0) -> None:
        """Write as somebody else; ``at`` is an offset in bytes, as the library counts."""
        before = self.doc.get_state()
        if delete:
            del self.shared[at : at + delete]
        self.shared.insert(at, words)
        update = self.doc.get_update(before)
        self.seq += 1
        self.tell("", frame(CHANGED, {"seq": self.seq, "sizes": [len(update)]}, update))

    def tell(self, besides: str, message: bytes) -> None:
        for line, socket in self.lines.items():
            if line != besides:
                socket.send(message)

    def drop(self, code: int = 1012) -> None:
        """End every line."""
        lines, self.lines = self.lines, {}
        self.people.clear()
        for socket in lines.values():
            socket.close(code=code)

    def state(self) -> str:
        return base64.b64encode(self.doc.get_state()).decode()


def wait_for(page: Page, true: Callable[[], bool], ms: int = 15_000) -> None:
    """Let the browser go on until ``true()``."""
    for _ in range(ms // 50):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come")
