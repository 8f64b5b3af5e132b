"""The network between browsers and a house that really answers; a test says what gets through of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import patience
from playwright.sync_api import BrowserContext, Error, Page, Route, WebSocketRoute

from studio.editor.live import frames
from studio.editor.live.frames import Frame, Kind

SOCKETS = "**/studio/ws/*"
REQUESTS = "**/studio/ws/*/*"


@dataclass(eq=False)
class Network:
    """Everything between the browsers of a context and the rooms of a house goes through it."""

    context: BrowserContext
    lost: set[Kind] = field(default_factory=set)
    """Kinds of messages of the house that do not arrive."""
    shut: int = 0
    """The code with which a socket is closed before its hello; 0 lets it through."""
    heard: list[Frame] = field(default_factory=list)
    """What browsers sent, whether it got through or not."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """The headers of what was posted, while requests are looked at."""
    _open: list[tuple[WebSocketRoute, WebSocketRoute]] = field(default_factory=list)
    _held: list[Callable[[], None]] | None = None

    def __post_init__(self) -> None:
        self.context.route_web_socket(SOCKETS, self._enter)

    def hold(self) -> None:
        """Let nothing through in either direction; what is sent meanwhile waits."""
        if self._held is None:
            self._held = []

    def release(self) -> None:
        """Let through what waited, but for what waits for a page that is gone."""
        held, self._held = self._held or [], None
        for go_on in held:
            with contextlib.suppress(Error):
                go_on()

    def cut(self, code: int = 1012) -> None:
        """End every socket at both its ends."""
        ends, self._open = self._open, []
        for browser, house in ends:
            with contextlib.suppress(Error):
                browser.close(code=code)
            with contextlib.suppress(Error):
                house.close()

    def refuse_requests(self) -> None:
        """Let nothing through of the second way either."""
        self.context.route(REQUESTS, lambda route: route.abort())

    def lose_answers(self, count: int) -> None:
        """Let posts of the second way through to the house, and lose the answers to the next ``count``."""
        self.context.route("**/studio/ws/*/send", partial(_without_answer, self), times=count)

    def sent(self, kind: Kind) -> list[Frame]:
        """Return every message of a kind that browsers sent."""
        return [frame for frame in self.heard if frame.kind is kind]

    def _enter(self, browser: WebSocketRoute) -> None:
        if self.shut:
            browser.close(code=self.shut)
            return
        house = browser.connect_to_server()
        self._open.append((browser, house))
        browser.on_message(partial(self._up, house))
        house.on_message(partial(self._down, browser))

    def _up(self, house: WebSocketRoute, message: str | bytes) -> None:
        self.heard.append(frames.unpack(_data(message)))
        self._pass(partial(house.send, message))

    def _down(self, browser: WebSocketRoute, message: str | bytes) -> None:
        if frames.unpack(_data(message)).kind not in self.lost:
            self._pass(partial(browser.send, message))

    def _pass(self, go_on: Callable[[], None]) -> None:
        if self._held is None:
            go_on()
        else:
            self._held.append(go_on)


def _data(message: str | bytes) -> bytes:
    assert isinstance(message, bytes), "messages of live editing are bytes"
    return message


def _without_answer(network: Network, route: Route) -> None:
    network.asked.append(route.request.headers)
    route.fetch()
    route.abort()


def wait_for(page: Page, true: Callable[[], bool], ms: int = patience.MS) -> None:
    """Let the browser go on until ``true()``."""
    for _ in range(ms // 50):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come")
