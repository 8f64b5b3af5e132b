"""What a checker and an organiser say, and what it does."""

from __future__ import annotations

import pytest
from casts import Cast

from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.guides import operations as guides
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.guides.threads.models import Thread
from studio.members.models import Member, MemberRole, Training
from studio.review import tasks
from studio.review.operations import decisions, organiser, talk
from studio.review.operations.policies import choose_policy
from studio.review.queries.panel import panel
from studio.review.queries.policies import policy_in_force
from studio.review.rules.standing import State, Verdict


@pytest.fixture
def cast(house):
    return Cast(house)


def test_a_decision_on_words_that_moved_on_is_refused(cast):
    house = cast.house
    word = house.word(cast.text, "peer")
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    with pytest.raises(Conflict):
        decisions.decide(house.session, cast.copy, cast.review.id, "peer", word, house.now)


def test_a_decision_on_other_questions_is_refused(cast):
    word = cast.house.word(cast.text, "peer")
    other = decisions.Word(word.verdict, word.content_hash, 9, word.answers)
    with pytest.raises(Conflict):
        decisions.decide(cast.house.session, cast.copy, cast.review.id, "peer", other, cast.house.now)


def test_a_wish_for_a_change_cites_a_passage_opens_a_talk_and_tells_the_writers(cast):
    house = cast.house
    block = next(one for one in house.case(cast.text).now.blocks if "somebody calm" in one.source)
    word = house.word(cast.text, "peer", Verdict.REQUEST_CHANGES, answers={}, block_id=block.block_id)
    row = decisions.decide(house.session, cast.copy, cast.review.id, "peer", word, house.now)
    assert row.quote == "Talk with somebody calm."
    thread = house.session.get(Thread, row.thread_id)
    assert (thread.must, thread.quote, thread.comments[0].author) == (True, row.quote, cast.copy.id)
    assert "must_change" in cast.kinds(cast.writer)
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    assert "look_again" in cast.kinds(cast.copy)
    house.agree(cast.copy, cast.text, "peer")
    assert thread.resolved_at is not None


def test_a_passage_of_another_text_cannot_be_cited(cast):
    word = cast.house.word(cast.text, "peer", Verdict.REQUEST_CHANGES, block_id="elsewhere")
    with pytest.raises(Invalid):
        decisions.decide(cast.house.session, cast.copy, cast.review.id, "peer", word, cast.house.now)


def test_what_somebody_asks_from_their_own_experience_bears_no_name(cast):
    cast.shape()
    row = cast.house.ask_change(cast.safety, cast.text, "voice")
    assert cast.house.session.get(Thread, row.thread_id).comments[0].author == ""
    shown = panel(cast.house.session, cast.writer, cast.text, cast.house.now)
    assert [line.who for line in shown.lines if line.check == "Own experience"] == [""]


def test_a_comment_stops_nothing(cast):
    house = cast.house
    thread = talk.comment(house.session, cast.copy, cast.review.id, "peer", "A picture would help.", house.now)
    assert not thread.must
    assert cast.text.progress is Progress.IN_REVIEW
    with pytest.raises(Invalid):
        talk.comment(house.session, cast.copy, cast.review.id, "peer", " ", house.now)


def test_somebody_whose_yes_counted_may_still_ask_for_a_change_after_all_agreed(cast):
    house = cast.house
    cast.all()
    assert cast.kinds(cast.copy)[-1] == "done"
    guides.move(house.session, cast.text, Act.SCHEDULE, cast.copy.id, house.now)
    with pytest.raises(Conflict):
        house.ask_change(cast.second, cast.text, "safety")
    house.ask_change(cast.safety, cast.text, "safety")
    assert cast.text.progress is Progress.CHANGES_REQUESTED
    assert house.approval(cast.text) is None


@pytest.mark.parametrize("gone", ["role", "training", "suspended"])
def test_a_yes_goes_with_the_role_or_training_it_needed_or_with_the_member(cast, gone):
    house = cast.house
    cast.all()
    member = cast.safety.id
    if gone == "role":
        house.session.delete(house.session.get(MemberRole, (member, "reviewer")))
    elif gone == "training":
        house.session.delete(house.session.get(Training, (member, "safety")))
    else:
        house.session.get(Member, member).suspended = True
    house.session.flush()
    tasks.look_at_all(house.session, {}, house.now)
    assert cast.text.progress is Progress.IN_REVIEW
    assert house.approval(cast.text) is None
    assert "lost" in cast.kinds(cast.writer)
    assert house.case(cast.text).standing("safety").state is State.OPEN


def test_questions_that_changed_before_a_text_is_handed_in_again_are_asked_again(cast):
    house = cast.house
    cast.shape()
    checklist = dict(cast.review.checklists["peer"])
    cast.review.checklists = {**cast.review.checklists, "peer": {**checklist, "version": 2}}
    house.session.flush()
    assert house.case(cast.text).standing("peer").state is State.LOOK_AGAIN


def test_a_wish_is_set_aside_only_by_another_organiser_with_a_reason_and_somebody_else_still_agrees(cast):
    house, text, review = cast.house, cast.text, cast.review
    cast.shape()
    house.agree(cast.second, text, "voice")
    wish = house.ask_change(cast.safety, text, "safety")
    for who, reason, refusal in (
        (cast.copy, "A reason.", NotAllowed),
        (cast.organiser, " ", Invalid),
    ):
        with pytest.raises(refusal):
            organiser.set_aside(house.session, who, review.id, wish.id, reason, house.now)
    with pytest.raises(NotFound):
        organiser.set_aside(house.session, cast.organiser, review.id, "no-such-wish", "A reason.", house.now)
    organiser.set_aside(house.session, cast.organiser, review.id, wish.id, "A reason.", house.now)
    assert text.progress is Progress.IN_REVIEW
    assert "set_aside" in cast.kinds(cast.safety)
    assert house.session.get(Thread, wish.thread_id).resolved_at is not None
    assert house.approval(text) is None
    house.agree(cast.second, text, "safety")
    assert text.progress is Progress.APPROVED


def test_an_organiser_decides_neither_their_own_wish_nor_their_own_text(cast):
    house, session = cast.house, cast.house.session
    session.add(MemberRole(member_id=cast.copy.id, role="steward", since=house.now))
    session.add(MemberRole(member_id=cast.writer.id, role="steward", since=house.now))
    session.flush()
    wish = house.ask_change(cast.copy, cast.text, "peer")
    for who in (cast.copy, cast.writer):
        with pytest.raises(NotAllowed):
            organiser.set_aside(session, house.actor(who.id), cast.review.id, wish.id, "A reason.", house.now)
    with pytest.raises(NotAllowed):
        organiser.override(session, house.actor(cast.writer.id), cast.review.id, "A reason.", house.now)


def test_an_override_is_labelled_and_the_label_goes_when_all_checks_are_done_after_all(cast):
    house, text = cast.house, cast.text
    with pytest.raises(NotAllowed):
        organiser.override(house.session, cast.copy, cast.review.id, "A reason.", house.now)
    organiser.override(house.session, cast.organiser, cast.review.id, "A reason.", house.now)
    assert text.progress is Progress.APPROVED
    assert house.approval(text).label == "override"
    assert "overridden" in cast.kinds(cast.writer)
    with pytest.raises(Conflict):
        organiser.override(house.session, cast.organiser, cast.review.id, "A reason.", house.now)
    cast.all()
    assert house.approval(text).label == ""


def test_an_override_holds_for_no_other_meaning(cast):
    house, text = cast.house, cast.text
    organiser.override(house.session, cast.organiser, cast.review.id, "A reason.", house.now)
    house.write(cast.writer, text, "somebody calm", "a friend")
    house.save(cast.writer, text)
    assert text.progress is Progress.IN_REVIEW
    assert house.approval(text) is None


def test_a_running_round_keeps_the_policy_it_began_with(cast):
    house = cast.house
    with pytest.raises(NotAllowed):
        choose_policy(house.session, cast.copy, "full", house.now)
    with pytest.raises(Invalid):
        choose_policy(house.session, cast.organiser, "none", house.now)
    choose_policy(house.session, cast.organiser, "full", house.now)
    cast.all()
    assert cast.text.progress is Progress.APPROVED
    assert house.approval(cast.text).policy == "tiny"


def test_without_a_choice_the_size_of_the_house_decides(house):
    for _ in range(4):
        house.member()
    assert policy_in_force(house.session).key == "small"
    assert policy_in_force(house.session, people=2).key == "tiny"
