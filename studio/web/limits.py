"""How often is too often, without knowing who: addresses are cut, sealed by a key of the day, and stay in memory."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, cast

from flask import current_app, request

from studio.core.errors import TooOften
from studio.core.words import N_, Message
from studio.web.context import now

MANY: Final = 20_000
"""Counters kept at most; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries within ``seconds`` from one neighbourhood, for one account, and from everybody together."""

    name: str
    seconds: int
    nearby: int
    account: int = 0
    everybody: int = 0


@dataclass(slots=True)
class _Window:
    began: float
    seconds: int
    count: int = 0


@dataclass(slots=True)
class Limiter:
    """Counters of one process. Nothing of it is ever written down; a restart forgets all."""

    clock: Callable[[], datetime]
    _windows: OrderedDict[bytes, _Window] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _key: bytes = b""
    _day: date | None = None

    def hit(self, limit: Limit, address: str, account: str = "") -> None:
        """Count one try; raise TooOften with the seconds to wait when one of the limits is used up."""
        with self._lock:
            at = self._turn_day().timestamp()
            for kind, what, most in (
                ("nearby", neighbourhood(address), limit.nearby),
                ("account", account, limit.account if account else 0),
                ("everybody", "", limit.everybody),
            ):
                if most:
                    self._count(self._sealed(f"{limit.name}|{kind}|{what}"), limit.seconds, most, at)

    def forgive(self, limit: Limit, address: str, account: str) -> None:
        """Forget the tries for ``account`` and from nearby, after one that went well."""
        with self._lock:
            for kind, what in (("nearby", neighbourhood(address)), ("account", account)):
                self._windows.pop(self._sealed(f"{limit.name}|{kind}|{what}"), None)

    def _turn_day(self) -> datetime:
        at = self.clock()
        if at.date() != self._day:
            self._day, self._key = at.date(), secrets.token_bytes(32)
            self._windows.clear()
        return at

    def _sealed(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), "sha256")[:16]

    def _count(self, key: bytes, seconds: int, most: int, at: float) -> None:
        window = self._windows.get(key)
        if window is None or not 0 <= at - window.began < window.seconds:
            window = self._windows[key] = _Window(at, seconds)
            self._windows.move_to_end(key)
            if len(self._windows) > MANY:
                self._windows.popitem(last=False)
        if window.count >= most:
            raise TooOften(_wait_a_little(window, at), max(1, int(window.began + seconds - at)))
        window.count += 1


def _wait_a_little(window: _Window, at: float) -> Message:
    minutes = max(1, round((window.began + window.seconds - at) / 60))
    return N_("That was often. Please wait {n} min and try again.", n=minutes)


def neighbourhood(address: str) -> str:
    """Return the /24 of an IPv4 and the /48 of an IPv6 address; anything else counts as one neighbourhood."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))  # noqa: PLR2004 - IP versions


def hit(limit: Limit, account: str = "") -> None:
    """Count this request for ``limit``; raise TooOften (429) when it is one too many."""
    _limiter().hit(limit, request.remote_addr or "", account)


def forgive(limit: Limit, account: str) -> None:
    """Forget this request's earlier tries for ``limit``, after one that went well."""
    _limiter().forgive(limit, request.remote_addr or "", account)


def _limiter() -> Limiter:
    if "limiter" not in current_app.extensions:
        current_app.extensions["limiter"] = Limiter(now)
    return cast("Limiter", current_app.extensions["limiter"])
