"""Who is here: shown to the text's team alone, told across processes, never written down, and nobody who hides."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from live import Place, Typist, typing
from loops import run

from studio.editor.live import frames, rooms
from studio.editor.live.frames import Kind
from studio.editor.live.people import Elsewhere
from studio.guides import operations as kernel
from studio.guides.models import Translation


@pytest.fixture
def place(settings, clock):
    house = Place(settings, clock)
    yield house
    house.engine.dispose()


def team(place, text, *people):
    with place.session() as session:
        for who in people:
            kernel.join_team(session, session.get_one(Translation, text), who.id, place.clock())
        session.commit()


def names(typist):
    """Return who this editor shows, by what it was told."""
    here = {one["line"]: one for frame in typist.heard(Kind.WELCOME) for one in frame.header["people"]}
    for frame in typist.heard(Kind.PEOPLE):
        here |= {one["line"]: one for one in frame.header["here"]}
        here = {line: one for line, one in here.items() if line not in frame.header["gone"]}
    own = typist.heard(Kind.WELCOME)[-1].header["line"]
    return {one["name"]: one for line, one in here.items() if line != own}


def here(state="reading", section=0, at=None, *, quiet=False):
    return frames.pack(Kind.HERE, {"state": state, "section": section, "at": at, "quiet": quiet})


def test_the_team_sees_who_is_here_where_and_doing_what_and_that_they_have_gone(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron, kite)
        async with typing(place, text, heron, kite) as (first, second):
            second.say(here("writing", 3, "caret"))
            await first.until(lambda: names(first).get("Kite", {}).get("state") == "writing")
            seen = dict(names(first)["Kite"])
            await second.leave()
            await first.until(lambda: not names(first))
            return seen

    seen = run(story())
    assert (seen["name"], seen["section"], seen["at"]) == ("Kite", 3, "caret")
    assert set(seen["picture"]) == {"colour", "cells"}


def test_who_is_not_of_the_team_sees_nobody_and_is_seen_by_nobody_until_they_write(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron)
        async with typing(place, text, heron, kite) as (first, second):
            first.say(here("writing"))
            second.say(here("writing"))
            await asyncio.sleep(3 * rooms.SHOW_SECONDS)
            before = names(first), names(second)
            second.type(0, 0, "家")
            await first.until(lambda: "Kite" in names(first))
            await second.until(lambda: "Heron" in names(second))  # who need not move for it
            return before

    assert run(story()) == ({}, {})


def test_who_hides_is_not_shown_and_can_come_out_and_hide_again(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron, kite)
        async with place.process() as door:
            first, second = Typist(door, heron, text), Typist(door, kite, text, quiet=True)
            await first.connect()
            await second.connect()
            second.type(0, 0, "家")
            await first.until(lambda: "家" in first.text)
            await asyncio.sleep(3 * rooms.SHOW_SECONDS)
            assert names(first) == {}
            assert set(names(second)) == {"Heron"}
            second.say(here("reading"))
            await first.until(lambda: "Kite" in names(first))
            second.say(here("reading", quiet=True))
            await first.until(lambda: not names(first))
            await first.leave()
            await second.leave()

    run(story())


@asynccontextmanager
async def in_two_processes(place, heron, kite, text):
    async with place.process() as one, place.process() as other:
        first, second = Typist(one, heron, text), Typist(other, kite, text)
        await first.connect()
        await second.connect()
        yield first, second
        for typist in (first, second):
            if typist.connected:
                await typist.leave()


def test_people_of_another_process_are_shown_too(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron, kite)
        async with in_two_processes(place, heron, kite, text) as (first, second):
            await first.until(lambda: "Kite" in names(first))
            await second.until(lambda: "Heron" in names(second))
            second.say(here("away", 1))
            await first.until(lambda: names(first)["Kite"]["state"] == "away")
            await second.leave()
            await first.until(lambda: not names(first))

    run(story())


def test_a_place_that_makes_no_sense_is_passed_over(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron, kite)
        async with typing(place, text, heron, kite) as (first, second):
            second.say(here("dancing", -1, "x" * 10_000))
            second.say(frames.pack(Kind.HERE, {"state": 7, "section": "x", "at": {}}))
            second.say(here("writing", 2))
            await first.until(lambda: names(first).get("Kite", {}).get("state") == "writing")
            return names(first)["Kite"]["at"], second.closed

    assert run(story()) == (None, None)


def test_nothing_of_who_is_here_is_written_down(place, settings):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        team(place, text, heron, kite)
        async with typing(place, text, heron, kite) as (first, second):
            second.say(here("writing", 2, "quokkaplume"))
            await first.until(lambda: names(first).get("Kite", {}).get("at") == "quokkaplume")
            second.type(0, 0, "x")
            await second.all_saved()

    run(story())
    files = [path for path in settings.data.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if b"quokkaplume" in path.read_bytes()] == []


def test_whoever_is_not_told_of_again_is_forgotten():
    elsewhere = Elsewhere()
    elsewhere.hear([{"line": "a"}, {"line": "b"}], (), 0.0)
    elsewhere.hear([{"line": "b"}], (), 40.0)
    assert elsewhere.forget(50.0) == ["a"]
    assert elsewhere.people() == [{"line": "b"}]
    elsewhere.hear((), ["b"], 51.0)
    assert elsewhere.people() == []
