"""Handing in, taking back, taking a check and giving it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from casts import Cast
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.guides import operations as guides
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Kind, Progress, Significance
from studio.guides.rules.transitions import Act
from studio.review import tasks
from studio.review.models import Review
from studio.review.operations import claims, hand_in
from studio.review.operations.looking import look_again
from studio.review.queries import offering
from studio.review.queries.screen import screen
from studio.review.rules.standing import State


@pytest.fixture
def cast(house):
    return Cast(house)


def test_a_hand_in_names_what_is_missing_and_changes_nothing(house):
    writer = house.member()
    text = house.text(writer, fields=TextFields(title="T"), topics=[], facets=["health", "crisis"])
    with pytest.raises(Invalid) as refused:
        house.hand_in(writer, text)
    assert list(refused.value.fields) == ["summary", "topics", "content_notes", "sources", "helplines"]
    assert text.progress is Progress.DRAFT


def test_neutral_title_and_first_list_of_changes_are_proposed_by_themselves_and_make_nobody_an_author(house):
    writer, reader = house.member(), house.member()
    house.policy("tiny")
    text = house.text(writer, fields=TextFields(title="T", summary="S", content_notes=("none",)))
    house.hand_in(reader, text)
    assert text.draft.fields["neutral_title"]
    assert text.draft.fields["changelog"]
    assert house.case(text).text.authors == {writer.id}


def test_who_answers_what_is_missing_is_an_author(house):
    writer, helper = house.member(), house.member()
    text = house.text(writer, fields=TextFields(title="T"), topics=[])
    answers = {"summary": "How to begin.", "content_notes": ["none"]}
    hand_in.answer(house.session, helper, text, fields=answers, topics=["telling", "no-such-topic"], now=house.now)
    assert text.guide.topics == ["telling"]
    house.hand_in(writer, text)
    assert helper.id in house.case(text).text.authors


def test_a_text_that_cannot_be_shown_is_not_handed_in(house):
    writer = house.member()
    sha = "a" * 64
    with pytest.raises(Invalid):
        house.hand_in(writer, house.text(writer, body=f"![](media:{sha})"))


def test_handing_in_twice_is_handing_in_once(cast):
    assert cast.house.hand_in(cast.copy, cast.text).id == cast.review.id


def test_nothing_new_since_the_edition_is_said_instead_of_checked_again(cast):
    house, text = cast.house, cast.text
    cast.all()
    text.published_revision_id = text.approved_revision_id
    guides.move(house.session, text, Act.PUBLISH, None, house.now)
    look_again(house.session, text, house.now)
    assert house.session.get(Review, cast.review.id).outcome == "published"
    with pytest.raises(Conflict):
        house.hand_in(cast.writer, text)


def test_a_new_edition_begins_a_new_round(cast):
    house, text = cast.house, cast.text
    cast.all()
    text.published_revision_id = text.approved_revision_id
    guides.move(house.session, text, Act.PUBLISH, None, house.now)
    house.write(cast.writer, text, "somebody calm", "a friend")
    guides.save_version(house.session, cast.writer.id, text, significance=Significance.CONTENT, note="", now=house.now)
    again = house.hand_in(cast.writer, text)
    assert again.id != cast.review.id
    assert house.case(text).round.people == frozenset()


def test_taking_back_and_handing_in_again_keeps_a_wish_for_a_change(cast):
    house, text = cast.house, cast.text
    cast.shape()
    house.agree(cast.second, text, "voice")
    house.ask_change(cast.safety, text, "safety")
    hand_in.take_back(house.session, cast.writer, text, house.now)
    assert text.progress is Progress.DRAFT
    hand_in.take_back(house.session, cast.writer, text, house.now)
    assert house.hand_in(cast.writer, text).id == cast.review.id
    assert house.case(text).standing("safety").state is State.MUST_CHANGE
    assert house.case(text).standing("peer").state is State.DONE


def test_taking_back_frees_claims_and_tells_who_held_them(cast):
    house = cast.house
    house.take(cast.copy, cast.text, "peer")
    with pytest.raises(NotAllowed):
        hand_in.take_back(house.session, cast.safety, cast.text, house.now)
    hand_in.take_back(house.session, cast.writer, cast.text, house.now)
    assert "taken_back" in cast.kinds(cast.copy)
    with pytest.raises(Conflict):
        claims.claim(house.session, cast.copy, cast.review.id, "peer", house.now)


def test_a_text_for_its_team_is_unknown_to_others_until_they_are_invited(house):
    cast = Cast(house, kind=Kind.STORY)
    for act in (
        lambda: hand_in.hand_in(house.session, cast.copy, cast.text, house.now),
        lambda: hand_in.take_back(house.session, cast.copy, cast.text, house.now),
        lambda: claims.claim(house.session, cast.copy, cast.review.id, "peer", house.now),
        lambda: screen(house.session, cast.copy, cast.review.id, "peer", house.now),
    ):
        with pytest.raises(NotFound):
            act()
    assert offering.offer(house.session, cast.copy, 40, house.now) is None
    assert house.case(cast.text).could["peer"] == []
    hand_in.invite(house.session, cast.writer, cast.text, [cast.copy.id], house.now)
    assert cast.kinds(cast.copy) == ["asked"]
    assert offering.offer(house.session, cast.copy, 40, house.now) is not None


def test_a_claim_holds_fourteen_days_and_its_ticks_are_found_again(cast):
    house = cast.house
    claim = house.take(cast.copy, cast.text, "peer")
    assert claim.expires_at - claim.taken_at == timedelta(days=14)
    claims.keep_ticks(house.session, cast.copy, cast.review.id, "peer", {"order": "yes"}, house.now)
    with pytest.raises(Conflict):
        house.take(cast.safety, cast.text, "peer")
    house.later(days=14)
    tasks.look_at_all(house.session, {}, house.now)
    assert "claim_ended" in cast.kinds(cast.copy)
    assert screen(house.session, cast.copy, cast.review.id, "peer", house.now).ticks == {"order": "yes"}
    house.take(cast.safety, cast.text, "peer")


def test_ticks_need_a_claim(cast):
    with pytest.raises(NotFound):
        claims.keep_ticks(cast.house.session, cast.copy, cast.review.id, "peer", {}, cast.house.now)


def test_who_gives_back_leaves_no_ticks_and_giving_back_nothing_is_harmless(cast):
    house = cast.house
    claims.give_back(house.session, cast.copy, cast.review.id, "peer", house.now)
    claim = house.take(cast.copy, cast.text, "peer")
    claims.keep_ticks(house.session, cast.copy, cast.review.id, "peer", {"order": "yes"}, house.now)
    claims.give_back(house.session, cast.copy, cast.review.id, "peer", house.now)
    assert (claim.released_at, claim.ticks) == (house.now, {})


def test_own_experience_is_said_each_time_and_kept_neither_with_the_person_nor_in_the_trail(cast):
    house = cast.house
    cast.shape()
    with pytest.raises(Invalid):
        house.take(cast.safety, cast.text, "voice")
    house.take(cast.safety, cast.text, "voice", own_experience=True)
    house.agree(cast.safety, cast.text, "voice")
    trail = house.session.scalars(select(AuditEntry).where(AuditEntry.actor == cast.safety.id)).all()
    assert [entry.act for entry in trail] == ["review.claim", "review.decide"]
    assert not any("voice" in str(entry.details) for entry in trail)
    other = house.session.scalars(select(AuditEntry).where(AuditEntry.actor == cast.copy.id)).all()
    assert any(entry.details.get("stage") == "peer" for entry in other)


def test_a_check_that_is_done_or_unknown_cannot_be_taken(cast):
    cast.shape()
    with pytest.raises(Conflict):
        cast.house.take(cast.second, cast.text, "peer")
    with pytest.raises(NotFound):
        cast.house.take(cast.second, cast.text, "no-such-check")
