"""How people stand is asked once while nobody else writes, and anew as soon as anybody has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from live import Place, typing
from loops import run
from sqlalchemy import event

from studio.editor.live.standing import Code, Standings
from studio.members.models import Member
from studio.storage.changes import Changes
from studio.storage.engine import make_engine, make_sessions


@pytest.fixture
def place(settings, clock):
    made = Place(settings, clock)
    yield made
    made.engine.dispose()


def test_a_standing_is_read_once_but_time_is_asked_each_time(place, clock):
    text, heron = place.text("Rest."), place.member("Heron")
    visit, asked, standings = heron.cookie.partition(".")[0], [], Standings({})
    event.listen(place.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    with place.session() as session:
        first = standings.still(session, visit, text, clock())
        count = len(asked)
        assert first.code is None
        assert standings.still(session, visit, text, clock()) is first
        assert len(asked) == count
        assert standings.still(session, visit, text, clock() + timedelta(minutes=31)).code is Code.SIGN_IN
        standings.forget_one("nobody")
        assert standings.still(session, visit, text, clock()) is first
        standings.forget_one(heron.id)
        assert standings.still(session, visit, text, clock()) is not first


def test_who_is_suspended_while_they_type_is_not_written_any_more(place):
    async def story():
        text = place.text("Rest.")
        async with typing(place, text, place.member("Heron")) as (heron,):
            for _ in range(3):
                heron.type(0, 0, "a")
                await heron.all_saved()
            with place.session() as session:
                session.get_one(Member, heron.who.id).suspended = True
                session.commit()
            heron.type(0, 0, "b")
            await heron.until(lambda: heron.closed is not None)
            return heron.closed, place.read(text)

    assert run(story()) == (4401, "aaaRest.")


def test_what_one_connection_saw_says_nothing_about_another(place):
    changes = Changes()
    for expected in (True, True):
        engine = make_engine(place.settings.database_url)
        with make_sessions(engine)() as session:
            assert changes.since_last(session) is expected
            assert changes.since_last(session) is False
        engine.dispose()
