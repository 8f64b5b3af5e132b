"""Pause me: nobody is told why, nothing is lost, and it ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from casts import Cast
from houses import FIELDS
from sqlalchemy import select

from studio.core.errors import Invalid
from studio.members import queries as members
from studio.members.actor import Role
from studio.members.models import Pause
from studio.members.operations import own
from studio.review.models import Claim
from studio.review.operations import claims, hand_in
from studio.review.operations.pausing import pause
from studio.review.queries.asking import can_be_asked
from studio.review.queries.offering import offer
from studio.review.queries.panel import panel
from studio.review.queries.screen import screen


@pytest.fixture
def cast(house):
    return Cast(house)


def test_what_one_holds_goes_back_with_its_ticks_and_somebody_else_finds_it(cast):
    house = cast.house
    house.take(cast.second, cast.text, "peer")
    claims.keep_ticks(house.session, cast.second, cast.review.id, "peer", {"order": "yes"}, house.now)
    assert offer(house.session, cast.safety, 20, house.now) is None
    pause(house.session, cast.second, None, house.now)
    pause(house.session, cast.second, None, house.now)
    assert offer(house.session, cast.safety, 20, house.now).piece.stage == "peer"
    assert house.session.scalar(select(Claim)).released_at == house.now
    own.come_back(house.session, actor=cast.second)
    assert screen(house.session, cast.second, cast.review.id, "peer", house.now).ticks["order"] == "yes"
    assert offer(house.session, cast.second, 20, house.now).piece.stage == "peer"


def test_who_rests_is_not_counted_among_those_who_could_check(cast):
    house = cast.house

    def said():
        return [str(one) for one in panel(house.session, cast.writer, cast.text, house.now).sentences]

    assert "First read: nobody has taken it yet. Members who could give it: 4." in said()
    pause(house.session, cast.second, house.now + timedelta(days=7), house.now)
    assert "First read: nobody has taken it yet. Members who could give it: 3." in said()
    case = house.case(cast.text)
    assert cast.second.id not in {one.id for one in can_be_asked(case, case.check("peer"))}


def test_it_ends_by_itself_on_its_day_or_with_one_tap(cast):
    house = cast.house
    until = house.now + timedelta(days=7)
    pause(house.session, cast.second, until, house.now)
    assert members.away(house.session, house.now) == {cast.second.id}
    assert members.away(house.session, until) == frozenset()
    assert members.pause_of(house.session, cast.second.id, until) is None
    pause(house.session, cast.second, None, house.now)
    assert members.pause_of(house.session, cast.second.id, until).until is None
    own.come_back(house.session, actor=cast.second)
    own.come_back(house.session, actor=cast.second)
    assert members.pause_of(house.session, cast.second.id, house.now) is None


def test_nobody_who_rests_is_told_of_what_waits(house):
    cast = Cast(house)
    pause(house.session, cast.second, None, house.now)
    other = house.text(cast.writer)
    house.hand_in(cast.writer, other)
    hand_in.take_back(house.session, cast.writer, other, house.now)
    assert cast.kinds(cast.second) == ["asked"], "of the text before, and seen"
    assert cast.kinds(cast.safety) == ["asked", "asked"]


def test_a_day_that_is_over_is_no_pause(cast):
    house = cast.house
    with pytest.raises(Invalid):
        own.pause(house.session, actor=cast.second, until=house.now, now=house.now)
    assert house.session.scalars(select(Pause)).all() == []


def test_who_rests_and_opens_a_text_all_the_same_may_check_it(cast):
    house = cast.house
    pause(house.session, cast.second, None, house.now)
    assert screen(house.session, cast.second, cast.review.id, "peer", house.now).offered
    assert not screen(house.session, cast.writer, cast.review.id, "peer", house.now).offered


def test_the_pages_of_resting(client, sign_in, session, member, clock):
    heron = member("Heron")
    sign_in(client, heron)
    page = client.get("/studio/checks/").text
    assert "Pause me" in page
    assert "Nobody is told why." in page
    assert client.post("/studio/checks/pause", data={"rest": "2"}).status_code == 303
    for place in ("/studio/", "/studio/checks/", "/studio/checks/?minutes=20"):
        page = client.get(place).text
        assert "You rest until 23 March 2027." in page
        assert "I have" not in page
    assert client.post("/studio/checks/back").status_code == 303
    assert "You rest" not in client.get("/studio/").text
    client.post("/studio/checks/pause", data={"rest": "open"})
    assert "You rest until you come back." in client.get("/studio/").text
    assert client.post("/studio/checks/pause", data={"rest": "a while"}).status_code == 422


def test_who_holds_a_check_that_the_text_no_longer_has_can_rest_all_the_same(house):
    cast = Cast(house, facets=["health"], fields=replace(FIELDS, sources=("A guideline",)))
    nurse = house.member(Role.REVIEWER, trainings=("health",), name="Wader")
    cast.shape()
    claim = house.take(nurse, cast.text, "facts:health")
    cast.text.guide.facets = []
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    assert claim.released_at is not None
    pause(house.session, nurse, None, house.now)
