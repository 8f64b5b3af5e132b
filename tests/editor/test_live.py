"""Writing together live: what is acknowledged is on disk, everybody comes to the same text, nobody is held up."""

from __future__ import annotations

import asyncio

import pytest
from live import Place, Typist, typing
from loops import run


@pytest.fixture
def place(settings):
    house = Place(settings)
    yield house
    house.engine.dispose()


def test_two_people_type_in_one_paragraph_and_both_see_both(place):
    async def story():
        text = place.text("Rest is work. نَعَم")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            heron.type(0, 0, "家で ")
            kite.type(len(kite.text), len(kite.text), " too 👩‍👩‍👧")
            await heron.all_saved()
            await kite.all_saved()
            await heron.until(lambda: "too" in heron.text)
            await kite.until(lambda: "家" in kite.text)
            return heron.text, kite.text, place.read(text)

    texts = run(story())
    assert set(texts) == {"家で Rest is work. نَعَم too 👩‍👩‍👧"}
