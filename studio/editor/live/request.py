"""What a connection of an editor says of itself: where it comes from, whose cookie it has, which pens."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from werkzeug.http import parse_cookie

from studio.core.settings import Settings
from studio.editor.live.frames import Frame
from studio.editor.rules.pens import is_pen
from studio.members.visiting import Visitor
from studio.web import hosts, protect
from studio.web.pagecache import Scope

PREFIX: Final = "/studio/ws/"
_MANY_PENS: Final = 20


class Request:
    """What a connection says of itself."""

    def __init__(self, scope: Scope, settings: Settings, key: bytes) -> None:
        """Read ``scope``; ``key`` is the house's secret."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        self._headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
        self._settings, self._key = settings, key
        self.query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        self.text_id, _, self.rest = scope["path"].removeprefix(PREFIX).partition("/")

    @property
    def is_from_here(self) -> bool:
        """Whether it was sent by a page of this house, under a name that the house answers to."""
        host = self._headers.get("host", "")
        scheme = "https" if self._settings.https else "http"
        own = f"{scheme}://{host}"
        site, origin = self._headers.get("sec-fetch-site", ""), self._headers.get("origin", "")
        return hosts.is_ours(host, self._settings) and protect.is_from_here(site, origin, own)

    @property
    def cookie(self) -> str:
        """The value of the member's cookie, empty where there is none."""
        name = "__Secure-studio" if self._settings.https else "studio"
        return parse_cookie(self._headers.get("cookie", "")).get(name, "")

    def header(self, name: str) -> str:
        """Return a header by its name in small letters."""
        return self._headers.get(name, "")

    def pens(self, hello: Frame, visitor: Visitor) -> frozenset[int]:
        """Return the pens of a hello that the house gave to this visitor for this text."""
        told = hello.header.get("pens")
        each = told[:_MANY_PENS] if isinstance(told, list) else []
        return frozenset(one[0] for one in each if self._is_pen(one, visitor))

    def _is_pen(self, one: object, visitor: Visitor) -> bool:
        if not isinstance(one, list) or len(one) != 2 or type(one[0]) is not int or not isinstance(one[1], str):  # noqa: PLR2004 - number and token
            return False
        return is_pen(self._key, self.text_id, visitor.actor.id, one[0], one[1])
