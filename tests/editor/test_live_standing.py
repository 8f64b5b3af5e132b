"""How people stand is asked once while nobody else writes, and anew as soon as anybody has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from live import Place, typing
from loops import run
from sqlalchemy import event

from studio.editor.live.standing import Code, Standings
from studio.members.models import Member
from studio.storage.changes import KeptConnection
from studio.storage.engine import begin_write

NAMES = ("birch", "cedar", "elm", "fern", "hazel", "maple", "oak", "pine", "rowan", "willow")


@pytest.fixture
def place(settings, clock):
    made = Place(settings, clock)
    yield made
    made.engine.dispose()


def test_a_standing_is_read_once_but_time_is_asked_each_time(place, clock):
    text, heron = place.text("Rest."), place.member("Heron")
    pair, asked, standings = (heron.cookie.partition(".")[0], text), [], Standings({})
    event.listen(place.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    with place.session() as session:

        def still(**later):
            return standings.still(session, [pair], clock() + timedelta(**later))[pair]

        first = still()
        count = len(asked)
        assert first.code is None
        assert still() is first
        assert len(asked) == count
        assert still(minutes=31).code is Code.SIGN_IN
        assert still() is first
        standings.forget()
        assert still() is not first


def test_ten_people_are_asked_after_in_as_many_questions_as_one(place, clock):
    text, asked, standings = place.text("Rest."), [], Standings({})
    pairs = [(place.member(f"Kite {name}").cookie.partition(".")[0], text) for name in NAMES]
    event.listen(place.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    with place.session() as session:
        standings.still(session, pairs[:1], clock())
        one = len(asked)
        found = standings.still(session, pairs, clock())
    assert len(asked) == 2 * one - 1  # the transaction begins once
    assert all(found[pair].code is None and not found[pair].in_team for pair in pairs)


def test_somebody_who_joins_the_team_is_in_it_at_once_and_what_was_written_down_counts(place, clock):
    text, another, heron = place.text("Rest."), place.text("Walk."), place.member("Heron")
    visit, standings = heron.cookie.partition(".")[0], Standings({})
    with place.session() as session:
        here = standings.still(session, [(visit, text), (visit, another)], clock())
        standings.joined((visit, text))
        standings.written_down(here[visit, text].visit, clock() + timedelta(minutes=20))
        later = standings.still(session, [(visit, text), (visit, another)], clock() + timedelta(minutes=40))
    assert [later[visit, text].in_team, later[visit, another].in_team] == [True, False]
    assert [one.code for one in later.values()] == [None, None]


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


def test_a_kept_connection_hears_of_others_but_not_of_itself(place):
    kept, heron = KeptConnection(place.engine), place.member("Heron")
    assert kept.others_wrote()
    assert not kept.others_wrote()

    def rename(session, name):
        begin_write(session)
        session.get_one(Member, heron.id).pen_name = name
        session.commit()

    with kept.session() as session:
        rename(session, "Kite")
    assert not kept.others_wrote()
    with place.session() as session:
        rename(session, "Wren")
    assert kept.others_wrote()
    assert not kept.others_wrote()
    with kept.session() as session:  # only to read, after it was used to write
        assert session.get_one(Member, heron.id).pen_name == "Wren"
        with place.session() as another:
            rename(another, "Swift")
    kept.close()
    assert kept.others_wrote()  # a new connection cannot know
    kept.close()
