"""A house with all its web program, in threads of this process, and somebody who types in it from elsewhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import patience
from live import KEY, Place, Somebody
from live_wire import FarTypist, far
from sqlalchemy import select

from studio import server
from studio.core.settings import Settings
from studio.editor.live import frames
from studio.editor.live.frames import Kind
from studio.guides.models import Draft, Translation


@dataclass
class LiveHouse:
    """The house, where it answers, its database, and the loop of those who come from elsewhere."""

    place: Place
    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def path(self, text_id: str) -> str:
        """Return the address of a text in the studio, without what is done with it."""
        with self.place.session() as session:
            text = session.get_one(Translation, text_id)
            return f"{self.address}/studio/guides/{text.guide_id}/{text.language}/"

    def draft(self, text_id: str) -> Draft:
        """Return a draft as the database has it."""
        with self.place.session() as session:
            return session.scalars(select(Draft).where(Draft.translation_id == text_id)).one()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Have something done in the loop of those who come from elsewhere."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, patience.SECONDS), self.loop).result()


@dataclass
class Other:
    """Somebody else, who has the text open too."""

    house: LiveHouse
    typist: FarTypist

    def come(self) -> None:
        self.house.do(self.typist.connect())

    def go(self) -> None:
        self.house.do(self.typist.leave())

    def type(self, words: str, *, after: str = "", before: str = "") -> None:
        """Write behind ``after`` or before ``before``, as soon as that is seen here, and wait until it is on disk.

        Words that two type at one place before either has seen the other's may stand in either order.
        """

        async def story() -> None:
            await self.typist.until(lambda: (after or before) in self.typist.text)
            at = self.typist.text.index(after or before) + len(after)
            self.typist.type(at, at, words)
            await self.typist.all_saved()

        self.house.do(story())

    def is_at(self, place: str | None, *, section: int, state: str = "writing") -> None:
        """Let the others see where one is."""

        async def story() -> None:
            here = {"state": state, "section": section, "at": place, "quiet": False}
            self.typist.say(frames.pack(Kind.HERE, here))

        self.house.do(story())

    def until(self, true: Callable[[FarTypist], bool]) -> None:
        """Wait until something is true of what this typist was told."""
        self.house.do(self.typist.until(lambda: true(self.typist)))

    @property
    def people(self) -> dict[str, dict[str, Any]]:
        """Everybody whom this typist is shown, with this typist, by the names of their connections."""
        here: dict[str, dict[str, Any]] = {}
        for frame in list(self.typist.told):
            for one in [*frame.header.get("people", ()), *frame.header.get("here", ())]:
                here[one["line"]] = one
            for line in frame.header.get("gone", ()):
                here.pop(line, None)
        return here

    @property
    def sees(self) -> set[str]:
        """The pen-names of the same."""
        return {one["name"] for one in self.people.values()}


def other(house: LiveHouse, who: Somebody, text_id: str) -> Other:
    """Return somebody who has not come yet."""
    return Other(house, far(house.port, who, text_id, KEY))


@contextmanager
def live_house(settings: Settings) -> Iterator[LiveHouse]:
    """Give a house on a free port, on a database that has its tables."""
    listener = server.listen("127.0.0.1", 0)
    web = server.web_server(settings)
    loop = asyncio.new_event_loop()
    threads = [
        threading.Thread(target=web.run, kwargs={"sockets": [listener]}),
        threading.Thread(target=loop.run_forever),
    ]
    for thread in threads:
        thread.start()
    place = Place(settings)
    try:
        yield LiveHouse(place, listener.getsockname()[1], loop)
    finally:
        web.should_exit = True
        loop.call_soon_threadsafe(loop.stop)
        for thread in threads:
            thread.join()
        loop.close()
        listener.close()
        place.engine.dispose()
