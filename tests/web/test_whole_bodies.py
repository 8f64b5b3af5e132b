"""Who sends slowly waits alone: no thread and no lock of the house waits with them."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
from loops import run

from studio.web.whole import LARGEST, WholeBodies


class House:
    """An inner program that notes what it was given, and answers 204."""

    def __init__(self) -> None:
        self.got: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.got.append((await receive()).get("body", b"") if scope["method"] == "POST" else b"")
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Sender:
    """A browser that sends its body in ``parts``; None is a pause without an end."""

    def __init__(self, *parts: bytes | None, gone: bool = False) -> None:
        self.parts, self.gone, self.sent = list(parts), gone, list[MutableMapping[str, Any]]()

    async def receive(self) -> MutableMapping[str, Any]:
        if not self.parts:
            return {"type": "http.disconnect"}
        part = self.parts.pop(0)
        if part is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": part, "more_body": bool(self.parts) or self.gone}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.sent.append(message)


def ask(bodies: WholeBodies, sender: Sender, method: str = "POST", length: bytes = b"") -> int:
    """Return the status of the answer, 0 where there was none."""
    headers = [(b"content-length", length)] if length else []
    scope = {"type": "http", "method": method, "path": "/studio/new", "query_string": b"", "headers": headers}
    run(bodies(scope, sender.receive, sender.send))
    return int(sender.sent[0]["status"]) if sender.sent else 0


def test_the_house_is_asked_once_with_the_whole_body():
    house = House()
    assert ask(WholeBodies(house, https=False), Sender(b"title=a", b"&body=", b"b")) == 204
    assert house.got == [b"title=a&body=b"]


def test_who_stops_in_the_middle_of_a_form_is_told_so_and_the_house_is_never_asked():
    house, sender = House(), Sender(b"title=", None)
    assert ask(WholeBodies(house, https=True, seconds=0.01), sender) == 408
    assert house.got == []
    headers = dict(sender.sent[0]["headers"])
    assert headers[b"content-security-policy"].startswith(b"default-src 'none'")
    assert headers[b"cache-control"] == b"no-store"
    assert b"strict-transport-security" in headers


def test_a_sender_who_has_gone_changes_nothing():
    house = House()
    assert ask(WholeBodies(house, https=False), Sender(b"title=half", gone=True)) == 0
    assert house.got == []


def test_more_than_there_is_room_for_is_put_off_and_the_room_is_free_again():
    house = House()
    bodies = WholeBodies(house, https=False, most=10)
    assert [ask(bodies, Sender(b"x" * 6, b"y" * 6)), ask(bodies, Sender(b"z" * 10))] == [503, 204]
    assert house.got == [b"z" * 10]


@pytest.mark.parametrize(("method", "length"), [("GET", b""), ("POST", str(LARGEST + 1).encode()), ("POST", b"-1")])
def test_what_is_never_read_is_not_waited_for(method: str, length: bytes):
    assert ask(WholeBodies(House(), https=False, seconds=0.5), Sender(b""), method, length) == 204
