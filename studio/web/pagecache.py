"""Pages that are the same for everybody, kept packed in memory and answered before Flask is asked."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

import brotli

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

KEEP: Final = b"x-studio-keep"
MOST_BYTES: Final = 128 * 1024 * 1024
LARGEST: Final = 8 * 1024 * 1024
_NOT_FORWARDED: Final = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
_NOT_KEPT: Final = frozenset({KEEP, b"content-length", b"content-encoding", b"vary", b"date"})
"""Headers that each answer gets anew; the server itself tells the time."""
_PACKED_TYPES: Final = (b"text/", b"application/json", b"application/xml", b"application/atom+xml", b"image/svg")
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Variant:
    """One coding of a kept answer, ready to be sent."""

    headers: Headers
    body: bytes
    etag: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with its codings; ``size`` counts all of them."""

    status: int
    variants: dict[bytes, Variant]
    size: int

    async def answer(self, scope: Scope, send: Send) -> None:
        """Send what suits the request: 304, or the smallest coding that the browser takes."""
        wanted = dict(scope["headers"])
        variant = self._best(wanted.get(b"accept-encoding", b""))
        if self.status == 200 and _knows(wanted.get(b"if-none-match", b""), variant.etag):  # noqa: PLR2004 - HTTP's own
            slim = [
                (name, value) for name, value in variant.headers if name not in (b"content-length", b"content-type")
            ]
            await send({"type": "http.response.start", "status": 304, "headers": slim})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": self.status, "headers": variant.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else variant.body})

    def _best(self, accepted: bytes) -> Variant:
        offered = {one.split(b";")[0].strip() for one in accepted.split(b",")}
        for coding in (b"br", b"gzip"):
            if coding in self.variants and coding in offered:
                return self.variants[coding]
        return self.variants[b""]


class PageCache:
    """Keeps what the inner program marks as kept, until the generation changes."""

    def __init__(self, app: App, generation: Callable[[], int]) -> None:
        """Wrap ``app``; ``generation`` is read on each request and must cost next to nothing."""
        self._app, self._generation = app, generation
        self._kept: OrderedDict[tuple[str, bytes], Kept] = OrderedDict()
        self._seen, self._size = generation(), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or ask the inner program and remember."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/studio"):
            await self._app(scope, receive, send)
            return
        generation = self._generation()
        if generation != self._seen:
            self._kept.clear()
            self._seen, self._size = generation, 0
        key = (scope["path"], scope["query_string"])
        kept = self._kept.get(key)
        if kept is None:
            kept = await self._ask(scope, receive, send, key, generation)
        if kept is not None:
            await kept.answer(scope, send)

    async def _ask(
        self, scope: Scope, receive: Receive, send: Send, key: tuple[str, bytes], generation: int
    ) -> Kept | None:
        """Return what may be kept; where it may not, it has been sent already."""
        started: list[MutableMapping[str, Any]] = []
        body = bytearray()

        async def watch(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                if not _may_keep(message, key[0]):
                    await send(message)
            elif _may_keep(started[0], key[0]):
                body.extend(message.get("body", b""))
            else:
                await send(message)

        plain = {**scope, "method": "GET", "headers": [h for h in scope["headers"] if h[0] not in _NOT_FORWARDED]}
        await self._app(plain, receive, watch)
        if not started or not _may_keep(started[0], key[0]):
            return None
        kept = _packed(started[0], bytes(body))
        if generation == self._generation() and kept.size <= LARGEST:
            self._keep(key, kept)
        return kept

    def _keep(self, key: tuple[str, bytes], kept: Kept) -> None:
        self._kept[key] = kept
        self._size += kept.size
        while self._size > MOST_BYTES or len(self._kept) > _MANY:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size


def _may_keep(start: MutableMapping[str, Any], path: str) -> bool:
    marked = any(name.lower() == KEEP for name, _ in start["headers"])
    return marked or (path.startswith("/static/") and start["status"] == 200)  # noqa: PLR2004 - HTTP's own


def _packed(start: MutableMapping[str, Any], body: bytes) -> Kept:
    headers = [(name.lower(), value) for name, value in start["headers"] if name.lower() not in _NOT_KEPT]
    kind = next((value for name, value in headers if name == b"content-type"), b"")
    variants = {b"": _variant(headers, body, b"")}
    if kind.startswith(_PACKED_TYPES) and body:
        variants[b"br"] = _variant(headers, brotli.compress(body, quality=7), b"br")
        variants[b"gzip"] = _variant(headers, gzip.compress(body, 8, mtime=0), b"gzip")
    return Kept(start["status"], variants, sum(len(one.body) for one in variants.values()))


def _variant(headers: Iterable[tuple[bytes, bytes]], body: bytes, coding: bytes) -> Variant:
    etag, own = b"", Headers()
    for name, value in headers:
        if name == b"etag":
            etag = value[:-1] + b"-" + coding + b'"' if coding and value.endswith(b'"') else value
            own.append((name, etag))
        else:
            own.append((name, value))
    if coding:
        own.append((b"content-encoding", coding))
    own += [(b"vary", b"Accept-Encoding"), (b"content-length", str(len(body)).encode())]
    return Variant(own, body, etag)


def _knows(if_none_match: bytes, etag: bytes) -> bool:
    known = (one.strip().removeprefix(b"W/") for one in if_none_match.split(b","))
    return bool(etag) and bool(if_none_match) and (etag in known or if_none_match.strip() == b"*")
