"""The second way of live editing for browsers in tests: events from the house and posts to it, for one page."""

from __future__ import annotations

import base64
import json
import queue
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fake_room import CHANGE, PONG, SAVED, WELCOME, frame, parts
from flask import Flask, Response, request
from pycrdt import Doc, Text


def split(whole: bytes) -> list[bytes]:
    """Take frames apart that were put one after another, each behind its length."""
    found, at = [], 0
    while at < len(whole):
        (size,) = struct.unpack_from(">I", whole, at)
        found.append(whole[at + 4 : at + 4 + size])
        at += 4 + size
    return found


@dataclass(eq=False)
class Events:
    """Answers under the addresses of any text, with one; ``asked`` holds what browsers showed of themselves."""

    app: Flask
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.doc: Doc[Any] = Doc()
        self.shared = self.doc.get("body", type=Text)
        self.waiting: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self.app.add_url_rule("/studio/ws/<text_id>/events", "fake_events", self.events)
        self.app.add_url_rule("/studio/ws/<text_id>/send", "fake_send", self.send, methods=["POST"])

    def events(self, text_id: str) -> Response:
        self.asked.append({"text": text_id, "query": dict(request.args)})
        state = base64.b64encode(self.doc.get_state()).decode()
        header = {"seq": 0, "state": state, "write": True, "why": "", "key": "", "line": "line-7", "people": []}
        self.waiting.put(("", frame(WELCOME, header, self.doc.get_update())))
        return Response(self.stream(), content_type="text/event-stream")

    def stream(self) -> Iterator[str]:
        while True:
            event, message = self.waiting.get()
            if event == "close":
                yield f"event: close\ndata: {message.decode()}\n\n"
                return
            yield f"data: {base64.b64encode(message).decode()}\n\n"

    def send(self, text_id: str) -> Response:
        self.asked.append({"text": text_id, "pen": request.headers["X-Pen"], "line": request.headers["X-Line"]})
        answers = []
        for message in split(request.get_data()):
            kind, header, payload = parts(message)
            if kind == CHANGE:
                self.doc.apply_update(payload)
                answers.append(frame(SAVED, {"n": header["n"], "seq": 1}))
            elif kind != PONG:
                self.asked.append(json.loads(json.dumps(header)))
        return Response(b"".join(struct.pack(">I", len(one)) + one for one in answers))
