"""Kept pages: the same bytes for everybody, dropped at once when what readers get changes."""

from __future__ import annotations

import gzip
from collections.abc import MutableMapping
from typing import Any

import brotli
from loops import run

from studio.web.pagecache import PageCache


class House:
    """An inner program that counts how often it is asked, and a generation that tests raise."""

    def __init__(self) -> None:
        self.asked = 0
        self.generation = 1
        self.body = b"<p>first</p>" * 50
        self.keep = True
        self.while_answering = lambda: None

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.asked += 1
        body = self.body
        self.while_answering()
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"etag", b'"abc"')]
        if self.keep:
            headers.append((b"x-studio-keep", b"1"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})


def ask(cache: PageCache, path: str = "/en/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}
    run(cache(scope, receive, send))
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def cached() -> tuple[House, PageCache]:
    house = House()
    return house, PageCache(house, lambda: house.generation)


def test_a_page_is_made_once_and_then_answered_from_memory():
    house, cache = cached()
    assert [ask(cache)[2] for _ in range(3)] == [house.body] * 3
    assert house.asked == 1


def test_each_browser_gets_the_coding_it_can_unpack_and_an_etag_of_its_own():
    house, cache = cached()
    plain, small, other = ask(cache), ask(cache, accept_encoding="gzip, br"), ask(cache, accept_encoding="gzip")
    assert (plain[2], brotli.decompress(small[2]), gzip.decompress(other[2])) == (house.body,) * 3
    assert [one[1]["etag"] for one in (plain, small, other)] == ['"abc"', '"abc-br"', '"abc-gzip"']
    assert small[1]["vary"] == "Accept-Encoding"
    assert "x-studio-keep" not in plain[1]


def test_a_browser_that_has_the_page_already_gets_304_without_a_body():
    _, cache = cached()
    ask(cache)
    status, headers, body = ask(cache, accept_encoding="br", if_none_match='"abc-br"')
    assert (status, body) == (304, b"")
    assert "content-length" not in headers


def test_a_head_request_gets_the_headers_of_the_page_and_no_body():
    house, cache = cached()
    status, headers, body = ask(cache, method="HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", str(len(house.body)))


def test_a_new_generation_drops_every_kept_page():
    house, cache = cached()
    ask(cache)
    house.body, house.generation = b"<p>second</p>", 2
    assert ask(cache)[2] == b"<p>second</p>"


def test_a_page_that_was_taken_down_while_it_was_made_is_not_kept():
    house, cache = cached()

    def taken_down() -> None:
        house.generation = 2

    house.while_answering = taken_down
    ask(cache)
    house.body = b"gone"
    assert ask(cache)[2] == b"gone"


def test_an_answer_without_the_mark_is_asked_for_each_time():
    house, cache = cached()
    house.keep = False
    assert [ask(cache)[2] for _ in range(2)] == [house.body] * 2
    assert house.asked == 2


def test_members_pages_never_pass_through_the_memory():
    house, cache = cached()
    ask(cache, "/studio/")
    ask(cache, "/studio/")
    assert house.asked == 2
