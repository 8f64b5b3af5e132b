"""Before a person writes in a text that they could check, they hear who would be left; nobody else hears anything."""

from __future__ import annotations

import pytest

from studio.guides.models import TeamMember
from studio.guides.rules.statuses import Progress
from studio.members.actor import Role
from studio.members.models import Member
from studio.review.queries.left import left_to_check

ONE = "If you write here, only one person is left to check it for “First read”. Suggest instead?"
NOBODY = "If you write here, nobody is left to check it for “First read”. Suggest instead?"


@pytest.fixture
def writer(house):
    house.policy("tiny")
    return house.member(name="Reed")


@pytest.fixture
def text(house, writer):
    return house.text(writer)


@pytest.fixture
def members(house, writer):
    """Four who could give what anybody can give, two more who are trained for safety, and an editor for the wording."""
    anybody = [house.member(name=f"Wren {number}") for number in range(4)]
    safe = [house.member(Role.REVIEWER, trainings=("safety",), name=f"Heron {number}") for number in range(4)]
    for number in range(4):
        house.member(Role.EDITOR, name=f"Lamp {number}")
    return anybody, safe


def said(house, actor, text):
    return str(left_to_check(house.session, actor, text, house.now) or "")


def suspend(house, *members):
    for one in members:
        house.session.get_one(Member, one.id).suspended = True
    house.session.flush()


def test_where_many_could_check_nobody_is_kept_from_writing(house, text, members):
    anybody, safe = members
    assert [said(house, one, text) for one in (*anybody, *safe)] == [""] * 8


def test_fewer_than_two_others_for_what_anybody_can_give_are_too_few(house, text):
    first, second, third = (house.member() for _ in range(3))
    assert said(house, first, text) == ""
    suspend(house, third)
    assert said(house, first, text) == ONE
    suspend(house, second)
    assert said(house, first, text) == NOBODY


def test_whoever_has_a_training_hears_when_fewer_than_three_others_have_it(house, text, members):
    _, safe = members
    suspend(house, safe[3])
    sentence = "If you write here, only 2 people are left to check it for “Keeping people safe”. Suggest instead?"
    assert said(house, safe[0], text) == sentence
    suspend(house, safe[2])
    assert "only one person is left to check it for “Keeping people safe”" in said(house, safe[0], text)
    suspend(house, safe[1])
    assert "nobody is left to check it for “Keeping people safe”" in said(house, safe[0], text)


def test_a_training_that_others_have_keeps_nobody_else_from_writing(house, text, members):
    anybody, safe = members
    suspend(house, *safe[1:])
    assert said(house, anybody[0], text) == ""


def test_a_text_of_high_risk_needs_two_people_and_speaks_up_earlier(house, writer, members):
    _, safe = members
    text = house.text(writer, facets=["risk:high"])
    assert "only 3 people are left to check it for “Keeping people safe”" in said(house, safe[0], text)


def test_whoever_began_or_wrote_is_not_asked_and_does_not_count_as_left(house, text, writer):
    first, second, third = (house.member() for _ in range(3))
    assert said(house, writer, text) == ""
    assert said(house, first, text) == ""
    house.write(third, text, "somebody calm", "a friend")
    assert said(house, third, text) == ""
    assert said(house, first, text) == ONE
    house.write(second, text, "want", "wish")
    assert said(house, first, text) == NOBODY
    house.write(first, text, "First", "Begin")
    assert said(house, first, text) == ""


def test_words_typed_while_a_round_runs_make_an_author_before_any_version_is_saved(house, text, writer):
    first, second, _ = (house.member() for _ in range(3))
    house.hand_in(writer, text)
    assert said(house, first, text) == ""
    house.write(second, text, "somebody calm", "a friend")
    assert said(house, second, text) == ""
    assert said(house, first, text) == ONE


def test_whoever_agreed_already_would_take_their_yes_away(house, text, writer):
    first, second = (house.member() for _ in range(2))
    house.hand_in(writer, text)
    house.agree(first, text, "peer")
    assert said(house, first, text) == ONE
    assert "First read" not in said(house, second, text), "for them it is given already"


def test_only_who_reads_the_language_counts_and_is_asked(house, writer):
    text = house.text(writer, language="ar")
    reader, other = house.member(reads=("ar",)), house.member(reads=("en", "fr"))
    for _ in range(4):
        house.member(reads=("en",))
    assert said(house, reader, text) == NOBODY
    assert said(house, other, text) == ""
    house.member(reads=("ar", "en"))
    assert said(house, reader, text) == ONE


def test_only_the_team_counts_for_a_text_that_is_for_its_team(house, text):
    first, second, third = (house.member() for _ in range(3))
    text.guide.team_only = True
    house.session.add_all(
        TeamMember(translation_id=text.id, member_id=one.id, since=house.now) for one in (first, second)
    )
    house.session.flush()
    assert said(house, first, text) == ONE
    assert said(house, third, text) == ""


def test_a_text_that_was_put_away_asks_nobody(house, text):
    first = house.member()
    text.progress = Progress.ARCHIVED
    assert said(house, first, text) == ""


def test_looking_changes_nothing(house, text):
    first = house.member()
    said(house, first, text)
    assert not house.session.dirty
    assert not house.session.new
