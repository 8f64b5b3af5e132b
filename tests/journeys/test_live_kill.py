"""Ten people type, and the process that holds their sockets is killed again and again: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from live import KEY, SECRET, Place
from live_wire import FarTypist, far
from loops import run
from processes import web_process
from running import Running, start

from studio.audit import links
from studio.core.settings import Settings
from studio.guides.drafts import log
from studio.guides.models import Translation
from studio.storage import migrate

pytestmark = pytest.mark.slow
ROUNDS, PEOPLE = 20, 10
DICE = random.Random()  # noqa: S311 - moments and places, not secrets
SIGNS = ("سلام", "家で", "👩‍👩‍👧", "e\u0301", "zz")


@dataclass
class Words:
    """What one typist typed, each word once in its life: number of the message → the word."""

    typist: FarTypist
    typed: dict[int, str] = field(default_factory=dict)

    def type(self, number: int) -> None:
        text = self.typist.text
        word = f"[{number}{DICE.choice(SIGNS)}]"
        place = DICE.choice([0, *(at for at in range(1, len(text) + 1) if text[at - 1] == "]")])
        self.typist.type(place, place, word)
        if self.typist.connected:
            self.typed[self.typist.sent] = word

    def acknowledged(self) -> set[str]:
        return {word for n, word in self.typed.items() if n <= self.typist.saved}


def place_of(tmp_path):
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key=SECRET)
    migrate.upgrade(settings)
    return Place(settings)


async def evening(house: Running, place: Place, text: str) -> list[Words]:
    people = [place.member(f"Kite {chr(97 + n)}", own_phone=True) for n in range(PEOPLE)]
    words = [Words(far(house.port, who, text, KEY)) for who in people]
    await asyncio.gather(*(one.typist.connect() for one in words))
    number = 0
    for _ in range(ROUNDS):
        until = time.monotonic() + DICE.uniform(0.2, 0.6)
        while time.monotonic() < until:
            number += 1
            DICE.choice(words).type(number)
            await asyncio.sleep(0.003)
        os.kill(web_process(house), signal.SIGKILL)
        for one in words:  # a sentence goes on while nobody listens
            number += 1
            one.type(number)
        await asyncio.gather(*(back(one.typist) for one in words))
    for one in words:
        await one.typist.all_saved()
    there = place.read(text)
    for one in words:
        await one.typist.until(lambda one=one: one.typist.text == there)
        await one.typist.leave()
    return words


async def back(typist: FarTypist) -> None:
    await typist.until(lambda: not typist.connected, 30)
    await typist.connect()


def test_whatever_was_acknowledged_is_there_after_twenty_kills(tmp_path):
    if not Path("/proc/net/tcp").exists():
        pytest.skip("the process is found by /proc")
    place = place_of(tmp_path)
    text = place.text("Begin.")
    house = start(tmp_path, STUDIO_SECRET_KEY=SECRET)
    try:
        house.wait()
        words = run(evening(house, place, text))
    finally:
        house.stop()
    there = place.read(text)
    missing = {word for one in words for word in one.acknowledged() if word not in there}
    assert sum(len(one.acknowledged()) for one in words) > 20 * ROUNDS
    assert missing == set()
    assert len({one.typist.text for one in words} | {there}) == 1
    with place.session() as session:
        draft = session.get_one(Translation, text).draft
        assert log.load(session, draft, draft.head_seq).document.text == there
        assert list(links.breaks(session)) == []
    place.engine.dispose()
