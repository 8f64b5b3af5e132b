"""The whole team's waiting texts: what cannot move, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casts import Cast
from houses import BODY, FIELDS

from studio.guides import operations as guides
from studio.guides.rules.statuses import Kind
from studio.members.actor import Role
from studio.members.models import Member
from studio.review.operations import hand_in
from studio.review.operations.pausing import pause
from studio.review.operations.policies import choose_policy
from studio.review.queries.stuck import LISTED, cannot_move, waiting

HOW = "An organiser can invite somebody, or ask a guest to read."


@pytest.fixture
def cast(house):
    return Cast(house)


def why(house, actor):
    return {one.title: [str(sentence) for sentence in one.why] for one in cannot_move(house.session, actor, house.now)}


def test_a_text_moves_while_each_check_has_somebody(cast):
    assert why(cast.house, cast.organiser) == {}


def test_a_check_that_nobody_here_can_give_is_named_long_before_its_turn(house):
    fields = replace(FIELDS, sources=("A leaflet",))
    cast = Cast(house, facets=["health"], fields=fields)
    assert why(house, cast.organiser) == {
        "A calm talk": [f"Health facts: comes later, and nobody here can give it yet. {HOW}"]
    }
    house.member(Role.REVIEWER, trainings=("health",))
    assert why(house, cast.organiser) == {}


def test_who_rests_or_left_can_give_nothing(cast):
    house = cast.house
    pause(house.session, cast.copy, None, house.now)
    assert why(house, cast.organiser) == {"A calm talk": [f"Clear wording: nobody here can give this yet. {HOW}"]}
    house.session.get_one(Member, cast.safety.id).suspended = True
    house.session.get_one(Member, cast.second.id).suspended = True
    house.session.flush()
    assert len(why(house, cast.organiser)["A calm talk"]) == 2


def test_the_only_ones_who_could_wrote_in_it(cast):
    house = cast.house
    house.write(cast.copy, cast.text, "somebody calm", "a friend of many years, who keeps what you say to themselves")
    house.save(cast.copy, cast.text)
    assert why(house, cast.organiser) == {"A calm talk": [f"Clear wording: nobody here can give this yet. {HOW}"]}
    house.member(Role.EDITOR)
    assert why(house, cast.organiser) == {}


def test_many_who_all_wrote_are_as_good_as_nobody(house):
    cast = Cast(house)
    people = [cast.copy, cast.safety, cast.second, cast.organiser]
    words = ["somebody calm", "First", "Second", "Write down"]
    for person, old in zip(people, words, strict=True):
        house.write(person, cast.text, old, f"{old} and something that is a good deal longer than it was before")
        house.save(person, cast.text)
    assert len(why(house, cast.organiser)["A calm talk"]) == 4


def test_an_organiser_learns_nothing_of_a_text_that_is_for_its_team(house):
    cast = Cast(house, kind=Kind.STORY)
    assert why(house, cast.organiser) == {}
    assert why(house, cast.writer) != {}, "its team alone is too small"
    assert waiting(house.session, cast.organiser, house.now) == ([], False)


def test_all_that_waits_stands_in_pages_the_oldest_first(house):
    cast = Cast(house)
    for _ in range(LISTED):
        house.later(days=1)
        house.hand_in(cast.writer, house.text(cast.writer))
    first, more = waiting(house.session, cast.organiser, house.now)
    second, none = waiting(house.session, cast.organiser, house.now, 1)
    assert (len(first), more, len(second), none) == (LISTED, True, 1, False)
    assert [one.since for one in (*first, *second)] == sorted(one.since for one in (*first, *second))


def test_the_organisers_page_and_desk(client, browser, sign_in, session, member, clock):
    organiser, writer = member("Gate", Role.STEWARD), member("Reed")
    choose_policy(session, organiser, "tiny", clock())
    more = {"fields": FIELDS, "body": BODY, "topics": ["telling"], "language": "en", "now": clock()}
    hand_in.hand_in(session, writer, guides.start_guide(session, writer.id, **more), clock())
    session.commit()
    sign_in(client, organiser)
    assert "“A calm talk” cannot move." in client.get("/studio/").text
    page = client.get("/studio/checks/waiting").text
    assert "Clear wording: nobody here can give this yet." in page
    assert page.count("A calm talk") == 2
    for odd in ("-1", "x", "99999999", "٣"):
        assert client.get(f"/studio/checks/waiting?page={odd}").status_code == 200
    theirs = browser()
    sign_in(theirs, writer)
    assert theirs.get("/studio/checks/waiting").status_code == 403


def test_one_person_who_could_give_each_check_is_too_few_for_all_of_them(house):
    house.policy("tiny")
    writer, organiser = house.member(), house.member(Role.STEWARD, reads=("fr",))
    house.member(Role.EDITOR, Role.REVIEWER, trainings=("safety",))
    house.hand_in(writer, house.text(writer))
    shown = waiting(house.session, organiser, house.now)[0]
    assert [[str(sentence) for sentence in one.why] for one in shown] == [
        [f"Together you are too few for these checks: one more person is needed. {HOW}"]
    ]
