"""What an editor may not do: take others' place, change fields, send too much, come from elsewhere."""

from __future__ import annotations

import asyncio
import struct

import patience
import pytest
from live import KEY, Place, Typist, typing
from loops import run
from pycrdt import Doc, Map, Text
from sqlalchemy import select
from sqlalchemy import text as sql

from studio.editor.live import frames
from studio.editor.live.frames import BadFrameError, Kind
from studio.editor.rules.pens import make_pen
from studio.guides.drafts import live, log, wire
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.models import Draft
from studio.storage.changes import KeptConnection


@pytest.fixture
def place(settings, clock):
    house = Place(settings, clock)
    yield house
    house.engine.dispose()


def an_update(pen, change):
    """Return what a document of its own makes of ``change``."""
    doc, updates = Doc(client_id=pen), []
    body, fields = doc.get("body", type=Text), doc.get("fields", type=Map)
    subscription = doc.observe(lambda event: updates.append(event.update))
    with doc.transaction():
        change(body, fields)
    doc.unobserve(subscription)
    return updates[0]


async def refused(place, update, text="Rest.", pens=None):
    """Return the code with which an update is refused, and what the text is then for somebody else."""
    text_id = place.text(text)
    async with typing(place, text_id, place.member("Heron"), place.member("Kite")) as (heron, kite):
        if pens is not None:
            heron.pens = pens
        made = update(heron.pens[0][0]) if callable(update) else update
        heron.change(made)
        await heron.until(lambda: heron.heard(Kind.REFUSED))
        kite.type(0, 0, "家")
        await kite.all_saved()
        return heron.heard(Kind.REFUSED)[-1].header["code"], place.read(text_id)


@pytest.mark.parametrize(
    "change",
    [
        lambda _, fields: fields.update({"title": "Mine now"}),
        lambda body, _: (body.insert(0, "bold"), body.format(0, 4, {"bold": True})),
        lambda body, _: body.insert_embed(0, {"image": "x"}),
        lambda body, _: body.insert(0, "line\r\nend"),
        lambda body, _: body.insert(0, "nul\x00"),
    ],
    ids=["a field", "a format", "an embedded thing", "another line end", "nul"],
)
def test_a_live_editor_may_type_plain_words_and_delete_and_nothing_else(place, change):
    assert run(refused(place, lambda pen: an_update(pen, change))) == ("malformed", "家Rest.")


@pytest.mark.parametrize(
    "update", [b"", b"\x00", b"\x01\x02\x03", b"\xff" * 40, b"\x01\x00\x05\x00\x00", b"\x00\x00\x00"]
)
def test_bytes_that_are_no_update_are_refused(place, update):
    assert run(refused(place, update)) == ("malformed", "家Rest.")


def test_another_root_than_the_body_is_refused(place):
    def elsewhere(pen):
        doc = Doc(client_id=pen)
        doc.get("other", type=Text).insert(0, "hidden")
        return doc.get_update()

    assert run(refused(place, elsewhere)) == ("malformed", "家Rest.")


def test_nobody_writes_under_somebody_elses_pen(place):
    """The forger knows the number; the words that its owner types later must not be taken for known already."""

    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            forged = SharedDocument(writer=kite.pens[0][0])
            forged.apply(heron.doc.lacking(b"\x00"))
            heron.change(forged.edit([Edit(0, 0, "forged ")], {}))
            await heron.until(lambda: heron.heard(Kind.REFUSED))
            kite.type(0, 0, "mine ")
            await kite.all_saved()
            return heron.heard(Kind.REFUSED)[0].header["code"], place.read(text)

    assert run(story()) == ("not_yours", "mine Rest.")


@pytest.mark.parametrize("number", [1, 2, wire.FIRST_PEN - 1])
def test_nobody_writes_under_the_numbers_of_forms(place, number):
    async def story():
        text = place.text("Rest.")
        who = place.member("Heron")
        async with place.process() as door:
            heron = Typist(door, who, text, pens=[(number, "0" * 32)])
            await heron.connect()
            heron.type(0, 0, "forged ")
            await heron.until(lambda: heron.heard(Kind.REFUSED))
            await heron.leave()
            return heron.heard(Kind.REFUSED)[0].header["code"], place.read(text)

    assert run(story()) == ("not_yours", "Rest.")


def test_a_pen_of_another_text_or_another_member_does_not_fit(place):
    async def story():
        text, other, heron, kite = place.text("Rest."), place.text("x"), place.member("Heron"), place.member("Kite")
        codes = []
        for pen in (make_pen(KEY, other, heron.id), make_pen(KEY, text, kite.id)):
            async with place.process() as door:
                one = Typist(door, heron, text, pens=[pen])
                await one.connect()
                one.type(0, 0, "forged")
                await one.until(lambda one=one: one.heard(Kind.REFUSED))
                codes.append(one.heard(Kind.REFUSED)[0].header["code"])
                await one.leave()
        return codes, place.read(text)

    assert run(story()) == (["not_yours", "not_yours"], "Rest.")


def test_a_text_that_would_be_too_large_is_refused_with_what_to_do_and_takes_shorter_words_again(place):
    async def story():
        text = place.text("家" * 60_000)
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            heron.type(0, 0, "か" * 10_000)
            await heron.until(lambda: heron.heard(Kind.REFUSED))
            told = heron.heard(Kind.REFUSED)[0].header
            assert len(kite.text) == 60_000
            heron.type(0, 9_000, "")
            heron.catch_up(told_vector(told))
            await heron.until(lambda: heron.saved == heron.sent)
            await kite.until(lambda: kite.text == heron.text)
            return told["code"], "200 kB" in told["sentence"], place.read(text) == heron.text

    assert run(story()) == ("too_large", True, True)


def told_vector(header):
    return frames.from_base64(header["state"])


def test_a_text_that_is_too_large_already_may_become_smaller(place, monkeypatch):
    async def story():
        text = place.text("x")
        async with typing(place, text, place.member("Heron")) as (heron,):
            heron.type(0, 1, "家" * 66_000)
            await heron.all_saved()
            monkeypatch.setattr(log, "MAX_BYTES", 1_000)
            heron.type(0, 1, "")
            await heron.all_saved()
            return heron.closed, len(place.read(text))

    assert run(story()) == (None, 65_999)


def test_who_rests_on_something_that_never_came_is_asked_for_the_difference_and_nothing_is_lost(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            heron.doc.edit([Edit(0, 0, "lost on the way ")], {})  # typed, and the message never came
            heron.type(0, 0, "家 ")
            await heron.until(lambda: heron.heard(Kind.REFUSED) and heron.saved == heron.sent)
            await kite.until(lambda: kite.text == heron.text)
            return heron.heard(Kind.REFUSED)[0].header["code"], place.read(text)

    assert run(story()) == ("behind", "家 lost on the way Rest.")


@pytest.mark.parametrize(
    ("host", "origin", "closed"),
    [
        ("localhost", "https://elsewhere.example", 1008),
        ("localhost", "null", 1008),
        ("localhost", "http://localhost", None),
    ],
)
def test_a_socket_opens_from_pages_of_this_house_alone(place, host, origin, closed):
    async def story():
        text, who = place.text("Rest."), place.member("Heron")
        async with place.process() as door:
            one = Typist(door, who, text, host=host, origin=origin)
            await one.connect()
            closed = one.closed
            if one.connected:
                await one.leave()
            return closed

    assert run(story()) == closed


def test_without_a_session_nobody_comes_in(place):
    async def story():
        text, who = place.text("Rest."), place.member("Heron")
        stale = type(who)(who.id, who.cookie[:-1] + ("y" if who.cookie.endswith("x") else "x"))
        async with place.process() as door:
            one = Typist(door, stale, text)
            await one.connect()
            return one.closed, one.text

    assert run(story()) == (4401, "")


def test_a_hidden_text_is_no_text_for_who_is_not_of_its_team(place):
    async def story():
        heron, kite = place.member("Heron"), place.member("Kite")
        text = place.text("Quietfern.", by=heron.id, team_only=True)
        codes = []
        async with place.process() as door:
            for who, where in ((heron, text), (kite, text), (kite, "nosuchtext")):
                one = Typist(door, who, where)
                await one.connect()
                codes.append((one.closed, one.text))
                if one.connected:
                    await one.leave()
        return codes

    assert run(story()) == [(None, "Quietfern."), (4404, ""), (4404, "")]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x02",
        b"\x63\x00\x00\x00\x02{}",
        b"\x02\x00\x00\xff\xff{}",
        b"\x02\x00\x00\x00\x02[]",
        b"\x01\x00\x00\x00\x02{}",
    ],
)
def test_what_is_no_message_ends_the_connection(place, said):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron")) as (heron,):
            heron.say(said)
            await heron.until(lambda: heron.closed is not None)
            return heron.closed

    assert run(story()) == 1008


def test_a_flood_of_messages_ends_the_connection_and_the_others_go_on(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            for _ in range(400):
                heron.say(frames.pack(Kind.PING, {}))
            await heron.until(lambda: heron.closed is not None)
            kite.type(0, 0, "家")
            await kite.all_saved()
            return heron.closed, place.read(text)

    assert run(story()) == (1008, "家Rest.")


def test_an_editor_whose_every_word_has_to_be_refused_is_let_go(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron")) as (heron,):
            for _ in range(60):
                heron.change(b"\xff")
            await heron.until(lambda: heron.closed is not None)
            return heron.closed

    assert run(story()) == 1008


def test_who_says_nothing_at_the_door_is_not_waited_for(place, monkeypatch):
    monkeypatch.setattr("studio.editor.live.socket.HELLO_SECONDS", 0.1)

    async def story():
        told, said = [], asyncio.Queue()
        said.put_nowait({"type": "websocket.connect"})
        scope = {"type": "websocket", "path": "/studio/ws/x", "query_string": b"", "headers": []}
        scope["headers"] = [(b"host", b"localhost"), (b"origin", b"http://localhost")]

        async def tell(message):
            told.append(message)

        async with place.process() as door:
            await asyncio.wait_for(door(scope, said.get, tell), patience.SECONDS)
        return told[-1]

    assert run(story()) == {"type": "websocket.close", "code": 1008}


def test_a_disk_that_is_full_says_so_loses_nothing_and_recovers(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron"), place.member("Kite")) as (heron, kite):
            scribe = heron.door._rooms._scribe
            await scribe._do(fill, scribe)
            heron.type(0, 0, "家 " * 5_000)
            await heron.until(lambda: heron.heard(Kind.REFUSED))
            told = heron.heard(Kind.REFUSED)[0].header
            seen = (told["code"], bool(told["sentence"]), place.read(text), kite.text)
            await scribe._do(empty, scribe)
            heron.catch_up(told_vector(told))
            await heron.until(lambda: heron.saved == heron.sent)
            await kite.until(lambda: kite.text == heron.text)
            return seen, place.read(text) == heron.text == "家 " * 5_000 + "Rest."

    assert run(story()) == (("not_saved", True, "Rest.", "Rest."), True)


def fill(scribe):
    """Let the database have no more pages than it has."""
    with scribe._database.session() as session:
        pages = session.execute(sql("PRAGMA page_count")).scalar()
        session.execute(sql(f"PRAGMA max_page_count = {pages}"))


def empty(scribe):
    """Let the database grow again."""
    with scribe._database.session() as session:
        session.execute(sql("PRAGMA max_page_count = 1073741823"))


def test_the_head_of_a_message_is_read_with_care():
    good = frames.pack(Kind.CHANGE, {"n": 3}, b"rest")
    assert frames.unpack(good).whole("n") == 3
    for header in ({"n": -1}, {"n": True}, {"n": "3"}, {}, {"n": 2**60}):
        with pytest.raises(BadFrameError):
            frames.unpack(frames.pack(Kind.CHANGE, header)).whole("n")
    deep = b"[" * 100_000
    for bad in (
        struct.pack(">BI", 2, len(deep)) + deep,
        good[:7],
        struct.pack(">BI", 2, 2**31) + b"{}",
    ):
        with pytest.raises(BadFrameError):
            frames.unpack(bad)
    for value in (None, 3, "***", "a"):
        with pytest.raises(BadFrameError):
            frames.from_base64(value)
    assert frames.from_base64("_-8") == frames.from_base64("/+8=")
    assert frames.apart(frames.together([b"one", b""])) == [b"one", b""]
    for cut in (b"\x00", b"\x00\x00\x00\x05abc"):
        with pytest.raises(BadFrameError):
            frames.apart(cut)


def number(value):
    """Return a number as updates have it."""
    return bytes([value & 127 | 128]) + number(value >> 7) if value > 127 else bytes([value])


@pytest.mark.parametrize(
    "update",
    [
        lambda pen: number(1) + number(1) + number(pen) + number(0) + b"\x84" + number(1) + number(5) + b"\x02zz\x00",
        lambda _: number(0) + number(1) + number(1) + number(1) + number(5) + number(1),
    ],
    ids=["words beside a field's", "a field deleted"],
)
def test_the_fields_are_out_of_reach_by_every_way(place, update):
    assert run(refused(place, update)) == ("malformed", "家Rest.")
    with place.session() as session:
        draft = session.scalars(select(Draft)).one()
        assert log.load(session, draft, draft.head_seq).document.fields == draft.fields


def test_what_was_typed_in_the_same_group_as_something_refused_stays(place):
    text_id, member = place.text("Rest."), place.member("Heron")
    writing = KeptConnection(place.engine)
    with writing.group() as group:
        draft = group.session.scalars(select(Draft)).one()
        kept = live.load(group.session, draft.id)
        mine = SharedDocument(kept.loaded.document.state(), writer=2**27)
        pens = frozenset([2**27])
        good = [live.Typed(member.id, pens, mine.edit([Edit(0, 0, word)], {})) for word in "ab"]
        bad = live.Typed(member.id, pens, number(0) + number(1) + number(1) + number(1) + number(5) + number(1))
        outcomes = live.write(group, kept, [good[0], bad, good[1]], place.clock())
    writing.close()
    assert [one.why for one in outcomes] == [None, live.Why.MALFORMED, None]
    assert place.read(text_id) == kept.loaded.document.text == "baRest."
