"""Whole rounds through the real operations, under each policy."""

from __future__ import annotations

import pytest

from studio.core.errors import Conflict, NotAllowed
from studio.guides.fields import TextFields
from studio.guides.operations import join_team
from studio.guides.rules.statuses import Kind, Progress, Significance
from studio.members.actor import Role
from studio.review.operations.looking import look_again


def test_three_people_can_bring_a_text_all_the_way_with_the_tiny_policy(house):
    writer = house.member(Role.EDITOR)
    first = house.member(Role.REVIEWER, trainings=("copy",))
    second = house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("tiny")
    text = house.text(writer)
    house.hand_in(writer, text)
    assert text.progress is Progress.IN_REVIEW
    house.agree(first, text, "peer", "copy")
    house.agree(second, text, "voice")
    assert text.progress is Progress.IN_REVIEW
    house.agree(second, text, "safety")
    assert text.progress is Progress.APPROVED
    approval = house.approval(text)
    assert approval is not None
    assert sorted(approval.people) == sorted([first.id, second.id])
    assert approval.revision_id == text.latest_revision_id == text.approved_revision_id
    assert approval.label == ""
    assert approval.policy == "tiny"


def test_two_people_are_not_enough_for_the_tiny_policy(house):
    writer = house.member()
    only = house.member(Role.REVIEWER, Role.EDITOR, trainings=("safety",))
    house.policy("tiny")
    text = house.text(writer)
    house.hand_in(writer, text)
    house.agree(only, text, "peer", "copy")
    with pytest.raises(NotAllowed):
        house.agree(only, text, "voice")
    assert house.approval(text) is None


def test_the_small_policy_is_done_by_two_checkers_beside_the_writer_and_facts_by_a_third(house):
    writer = house.member()
    one = house.member(Role.EDITOR)
    two = house.member(Role.REVIEWER, trainings=("safety",))
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    house.policy("small")
    text = house.text(
        writer,
        facets=["health"],
        fields=TextFields(
            title="A calm talk",
            summary="How.",
            content_notes=("none",),
            neutral_title="Pages",
            sources=("A guideline",),
        ),
    )
    house.hand_in(writer, text)
    house.agree(one, text, "peer", "copy", "voice")
    house.agree(two, text, "safety")
    with pytest.raises(NotAllowed):
        house.agree(two, text, "facts:health")
    assert text.progress is Progress.IN_REVIEW
    house.agree(nurse, text, "facts:health")
    assert text.progress is Progress.APPROVED


def test_the_full_policy_asks_three_people(house):
    writer = house.member()
    reader = house.member(Role.EDITOR)
    voice = house.member()
    safety = house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("full")
    text = house.text(writer)
    house.hand_in(writer, text)
    house.agree(reader, text, "peer", "copy")
    with pytest.raises(NotAllowed):
        house.agree(reader, text, "voice")
    house.agree(voice, text, "voice")
    house.agree(safety, text, "safety")
    assert text.progress is Progress.APPROVED


def test_a_text_at_high_risk_needs_two_people_for_safety(house):
    writer = house.member()
    reader = house.member(Role.EDITOR)
    one, two = (house.member(Role.REVIEWER, trainings=("safety",)) for _ in range(2))
    house.policy("small")
    text = house.text(writer, facets=["risk:high"])
    house.hand_in(writer, text)
    house.agree(reader, text, "peer", "copy", "voice")
    house.agree(one, text, "safety")
    assert text.progress is Progress.IN_REVIEW
    house.agree(two, text, "safety")
    assert text.progress is Progress.APPROVED


def test_a_story_waits_last_of_all_for_its_teller_whose_yes_counts_for_no_number(house):
    teller = house.member()
    one = house.member(Role.EDITOR)
    two = house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("tiny")
    text = house.text(teller, kind=Kind.STORY)
    for friend in (one, two):
        house.session.flush()
        join_team(house.session, text, friend.id, house.now)
    house.hand_in(teller, text)
    with pytest.raises(Conflict):
        house.agree(teller, text, "teller")
    house.agree(one, text, "peer", "copy")
    house.agree(two, text, "voice", "safety")
    assert text.progress is Progress.IN_REVIEW
    with pytest.raises(NotAllowed):
        house.agree(one, text, "teller")
    house.agree(teller, text, "teller")
    assert text.progress is Progress.APPROVED
    approval = house.approval(text)
    assert approval is not None
    assert teller.id not in approval.people


def test_checks_come_after_the_shape(house):
    writer = house.member()
    safety = house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("tiny")
    text = house.text(writer)
    house.hand_in(writer, text)
    with pytest.raises(Conflict):
        house.take(safety, text, "safety")


@pytest.fixture
def agreed(house):
    writer = house.member()
    one = house.member(Role.EDITOR)
    two = house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("tiny")
    text = house.text(writer)
    house.hand_in(writer, text)
    house.agree(one, text, "peer", "copy")
    house.agree(two, text, "voice", "safety")
    assert text.progress is Progress.APPROVED
    return writer, one, two, text


def test_spelling_after_all_agreed_leaves_every_yes_and_is_listed_for_the_publisher(house, agreed):
    writer, _, _, text = agreed
    house.write(writer, text, "somebody", "someboddy")
    house.save(writer, text, Significance.TYPO)
    look_again(house.session, text, house.now)
    assert text.progress is Progress.APPROVED
    approval = house.approval(text)
    assert approval is not None
    assert approval.revision_id == text.latest_revision_id
    assert approval.spelling_changes == [["somebody", "someboddy"]]


def test_a_new_meaning_after_all_agreed_takes_the_approval_away_until_the_same_people_looked(house, agreed):
    writer, one, two, text = agreed
    house.write(writer, text, "somebody calm", "a friend")
    house.save(writer, text)
    look_again(house.session, text, house.now)
    assert text.progress is Progress.IN_REVIEW
    assert house.approval(text) is None
    assert text.approved_revision_id is None
    house.agree(one, text, "peer", "copy")
    house.agree(two, text, "voice", "safety")
    assert text.progress is Progress.APPROVED


def test_a_wish_for_a_change_blocks_until_that_person_agrees(house):
    writer = house.member()
    one = house.member(Role.EDITOR)
    two, three = (house.member(Role.REVIEWER, trainings=("safety",)) for _ in range(2))
    house.policy("tiny")
    text = house.text(writer)
    house.hand_in(writer, text)
    house.agree(one, text, "peer", "copy")
    house.agree(two, text, "voice")
    house.ask_change(two, text, "safety")
    assert text.progress is Progress.CHANGES_REQUESTED
    house.write(writer, text, "somebody calm", "a friend")
    house.save(writer, text)
    house.agree(one, text, "peer", "copy")
    house.agree(two, text, "voice")
    assert text.progress is Progress.IN_REVIEW
    house.agree(three, text, "safety")
    assert text.progress is not Progress.APPROVED
    house.agree(two, text, "safety")
    assert text.progress is Progress.APPROVED


def test_nobody_checks_what_they_wrote_and_who_writes_later_loses_their_yes(house, agreed):
    writer, _, two, text = agreed
    with pytest.raises(NotAllowed):
        house.agree(writer, text, "peer")
    house.write(two, text, "somebody calm", "a friend")
    house.save(two, text)
    case = look_again(house.session, text, house.now)
    assert case is not None
    assert two.id in case.text.authors
    assert text.progress is Progress.IN_REVIEW
    with pytest.raises(NotAllowed):
        house.agree(two, text, "safety")


def test_who_mends_a_typo_may_still_check(house, agreed):
    _, _, two, text = agreed
    house.write(two, text, "somebody", "someboddy")
    house.save(two, text, Significance.TYPO)
    case = look_again(house.session, text, house.now)
    assert case is not None
    assert two.id not in case.text.authors
    assert text.progress is Progress.APPROVED
