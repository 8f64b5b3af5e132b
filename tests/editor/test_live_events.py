"""The way round for networks that break sockets: the same messages, down a stream of events, up by posts."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import patience
import pytest
from live import Place, Typist
from loops import run
from talking import Asked

from studio.editor.live import events, frames
from studio.editor.live.frames import Kind
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress


@pytest.fixture
def place(settings, clock):
    house = Place(settings, clock)
    yield house
    house.engine.dispose()


def stream(typist, **other):
    number, token = typist.pens[0]
    query = {"pen": number, "token": token, "state": frames.base64_of(typist.doc.vector), "quiet": 0, **other}
    return Asked(typist.door, typist.who, "GET", f"/studio/ws/{typist.text_id}/events", urlencode(query))


def post(typist, *said, **other):
    number, token = typist.pens[0]
    headers = {"x-pen": f"{number}.{token}", "x-line": "", **other.pop("headers", {})}
    where = f"/studio/ws/{typist.text_id}/send"
    return Asked(typist.door, other.pop("who", typist.who), "POST", where, "", headers, frames.together(said), **other)


def change(typist, n, new):
    return frames.pack(Kind.CHANGE, {"n": n}, typist.doc.edit([Edit(0, 0, new)], {}))


async def answered(asked):
    await asyncio.wait_for(asked.task, patience.SECONDS)
    return asked.status


def test_what_others_write_comes_down_the_stream_and_what_is_posted_goes_up(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as door:
            heron, kite = Typist(door, place.member("Heron"), text), Typist(door, place.member("Kite"), text)
            await kite.connect()
            down = stream(heron)
            await down.until(down.events)
            heron._take(down.events()[0])
            assert heron.text == "Rest."
            up = post(heron, change(heron, 1, "家 "), frames.pack(Kind.PING, {}))
            assert await answered(up) == 200
            assert [(one.kind, one.header.get("n")) for one in up.frames()] == [(Kind.PONG, None), (Kind.SAVED, 1)]
            await kite.until(lambda: kite.text == "家 Rest.")
            kite.type(0, 0, "か ")
            await down.until(lambda: any(one.kind is Kind.CHANGED and len(one.payload) for one in down.events()[2:]))
            for one in down.events()[1:]:
                heron._take(one)
            await down.go()
            await kite.leave()
            return heron.text, place.read(text)

    assert run(story()) == ("か 家 Rest.", "か 家 Rest.")


def test_several_pens_may_be_shown_for_words_that_were_found_again(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as door:
            heron = Typist(door, place.member("Heron"), text)
            number, token = heron.pens[0]
            down = stream(heron)
            await down.until(down.events)
            heron._take(down.events()[0])
            one = change(heron, 1, "家 ")
            told = [
                await answered(post(heron, one, headers={"x-pen": pens}))
                for pens in ("5.x", f"5.x, {number}.x", f"5.x, {number}.{token}")
            ]
            await down.go()
            return told, place.read(text)

    assert run(story()) == ([403, 403, 200], "家 Rest.")


def test_any_process_answers_a_post(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as one, place.process() as other:
            heron, kite = Typist(one, place.member("Heron"), text), Typist(one, place.member("Kite"), text)
            await kite.connect()
            down = stream(heron)
            await down.until(down.events)
            heron._take(down.events()[0])
            heron.door = other
            assert await answered(post(heron, change(heron, 1, "家 "))) == 200
            await kite.until(lambda: kite.text == "家 Rest.")
            await down.go()
            await kite.leave()

    run(story())


def test_who_comes_by_the_stream_is_shown_where_they_post_that_they_are(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as one, place.process() as other:
            heron, kite = Typist(one, place.member("Heron"), text), Typist(one, place.member("Kite"), text)
            await kite.connect()
            kite.type(0, 0, "x")
            await kite.all_saved()
            down = stream(heron)
            await down.until(down.events)
            line = down.events()[0].header["line"]
            heron._take(down.events()[0])
            assert await answered(post(heron, change(heron, 1, "家"), headers={"x-line": line})) == 200
            await kite.until(lambda: kite.heard(Kind.PEOPLE))
            said = frames.pack(Kind.HERE, {"state": "writing", "section": 4, "at": None, "quiet": False})
            heron.door = other
            assert await answered(post(heron, said, headers={"x-line": line})) == 200
            await kite.until(
                lambda: any(who["section"] == 4 for frame in kite.heard(Kind.PEOPLE) for who in frame.header["here"])
            )
            forged = frames.pack(Kind.HERE, {"state": "away", "section": 9, "at": None, "quiet": False})
            assert await answered(post(kite, forged, headers={"x-line": line})) == 200
            await asyncio.sleep(0.4)
            told = [who for frame in kite.heard(Kind.PEOPLE) for who in frame.header["here"]]
            await down.go()
            await kite.leave()
            return [who["section"] for who in told if who["section"] == 9]

    assert run(story()) == []


def test_posts_are_refused_by_who_sends_them_and_what_they_hold(place):
    async def story():
        text, heron, kite = place.text("Rest."), place.member("Heron"), place.member("Kite")
        hidden = place.text("Quietfern.", by=kite.id, team_only=True)
        async with place.process() as door:
            down = f"/studio/ws/{text}/events"
            one, elsewhere = Typist(door, heron, text), Typist(door, heron, hidden)
            elsewhere.doc.edit([Edit(0, 0, "x")], {})
            found = {
                "nobody": await answered(post(one, who=None)),
                "another site": await answered(post(one, headers={"sec-fetch-site": "cross-site"})),
                "no pen": await answered(post(one, headers={"x-pen": "5.x"})),
                "no number": await answered(post(one, headers={"x-pen": "x"})),
                "hidden text": await answered(post(elsewhere, change(elsewhere, 1, "x"))),
                "no message": await answered(post(one, b"\x63junk")),
                "too many": await answered(post(one, *[frames.pack(Kind.PING, {})] * 101)),
                "elsewhere": await answered(Asked(door, heron, "GET", f"/studio/ws/{text}/other")),
                "stream of nobody": await answered(Asked(door, None, "GET", down, "pen=1&state=")),
                "stream without pen": await answered(Asked(door, heron, "GET", down, "pen=x")),
            }
            return found, place.read(text), place.read(hidden)

    found, open_text, hidden = run(story())
    assert found == {
        "nobody": 401,
        "another site": 400,
        "no pen": 403,
        "no number": 403,
        "hidden text": 403,
        "no message": 400,
        "too many": 429,
        "elsewhere": 404,
        "stream of nobody": 401,
        "stream without pen": 400,
    }
    assert (open_text, hidden) == ("Rest.", "Quietfern.")


def test_a_body_that_is_cut_or_huge_changes_nothing(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as door:
            one = Typist(door, place.member("Heron"), text)
            cut = post(one, frames.pack(Kind.PING, {}))
            cut.body = b"\x00\x00\x00\xff"
            huge = post(one)
            huge.body = b"\x00" * (events.LARGEST_MESSAGE + 1)
            return await answered(cut), await answered(huge), place.read(text)

    assert run(story()) == (400, 400, "Rest.")


def test_a_stream_ends_with_the_reason_and_lives_by_heartbeats_till_then(place, monkeypatch):
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)

    async def story():
        text = place.text("Rest.")
        async with place.process() as door:
            heron = Typist(door, place.member("Heron"), text)
            down = stream(heron)
            await down.until(lambda: any(one.kind is Kind.PONG for one in down.events()))
            with place.session() as session:
                session.get_one(Translation, text).progress = Progress.ARCHIVED
                session.commit()
            await asyncio.wait_for(down.task, patience.SECONDS)
            late = post(heron, change(heron, 1, "x"))
            return down.answer.decode().split("\n\n")[-2], await answered(late)

    assert run(story()) == ("event: close\ndata: 4409", 409)


def test_a_stream_has_the_headers_of_every_answer(place):
    async def story():
        text = place.text("Rest.")
        async with place.process() as door:
            down = stream(Typist(door, place.member("Heron"), text))
            await down.until(down.events)
            await down.go()
            return down.told

    told = run(story())
    assert told[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert told[b"cache-control"] == b"no-store"
    assert b"default-src 'none'" in told[b"content-security-policy"]
