"""Asking a certain member for a certain check: once, kindly, and “not now” is all that anybody learns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from casts import Cast
from houses import BODY, FIELDS
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.core.errors import Conflict, NotAllowed, NotFound
from studio.guides import operations as guides
from studio.guides.models import TeamMember
from studio.guides.rules.statuses import Kind
from studio.members.actor import Role
from studio.review.models import Asked
from studio.review.operations import asking, claims, hand_in
from studio.review.operations.pausing import pause
from studio.review.operations.policies import choose_policy
from studio.review.queries.notices import notices
from studio.review.queries.offering import offer
from studio.review.queries.panel import panel
from studio.review.rules.asking import Answer, answer


@pytest.fixture
def cast(house):
    return Cast(house)


def ask(cast, who, stage="peer", by=None):
    house = cast.house
    return asking.ask(house.session, by or cast.writer, cast.review.id, stage, who.id, house.later(minutes=1))


def answers(cast, actor):
    shown = panel(cast.house.session, actor, cast.text, cast.house.now).asking
    return [(one.pen_name, one.check, one.answer) for one in shown.asked]


def test_who_is_asked_finds_it_first_although_it_takes_longer_than_they_have(house):
    cast = Cast(house, body="Rest, and tell somebody calm. " * 700)
    older = house.text(cast.writer)
    house.hand_in(cast.writer, older)
    house.later(days=9)
    assert not offer(house.session, cast.second, 10, house.now).piece.invited
    ask(cast, cast.second)
    found = offer(house.session, cast.second, 10, house.now)
    assert found.piece.invited
    assert found.piece.review == cast.review.id
    assert str(found.why) == "Reed asks you for this. “Not now” is an answer, and needs no reason."
    assert not offer(house.session, cast.safety, 10, house.now).piece.invited


def test_taking_it_is_the_answer_and_who_asked_sees_it(cast):
    ask(cast, cast.second)
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.WAITS)]
    cast.house.take(cast.second, cast.text, "peer")
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.TAKEN)]
    assert offer(cast.house.session, cast.second, 20, cast.house.now).piece.own


def test_not_now_is_all_that_who_asked_learns_and_nobody_is_asked_twice(cast):
    house = cast.house
    ask(cast, cast.second)
    for _ in range(2):
        asking.not_now(house.session, cast.second, cast.review.id, "peer", house.later(minutes=1))
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.NOT_NOW)]
    assert [str(one.sentence) for one in notices(house.session, cast.writer)] == [
        "“A calm talk”: somebody whom you asked for a check says “not now”."
    ]
    assert offer(house.session, cast.second, 20, house.now) is None
    ask(cast, cast.second)
    ask(cast, cast.second, by=cast.copy)
    assert len(house.session.scalars(select(Asked)).all()) == 1
    assert offer(house.session, cast.second, 20, house.now) is None
    assert answers(cast, cast.second) == [], "nobody else is shown"
    assert not any("Marten" in str(one.details) for one in house.session.scalars(select(AuditEntry)))
    house.take(cast.second, cast.text, "peer")
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.TAKEN)]


def test_silence_looks_like_not_now_after_fourteen_days(cast):
    house = cast.house
    ask(cast, cast.second)
    house.later(days=14)
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.NOT_NOW)]
    assert not offer(house.session, cast.second, 20, house.now).piece.invited


def test_giving_it_back_is_an_answer_too(cast):
    house = cast.house
    ask(cast, cast.second)
    house.take(cast.second, cast.text, "peer")
    claims.give_back(house.session, cast.second, cast.review.id, "peer", house.now)
    assert offer(house.session, cast.second, 20, house.now) is None
    assert answers(cast, cast.writer) == [("Marten", "First read", Answer.NOT_NOW)]


def test_authors_editors_and_organisers_ask_and_nobody_else(cast):
    house = cast.house
    with pytest.raises(NotAllowed):
        ask(cast, cast.second, by=cast.safety)
    assert panel(house.session, cast.safety, cast.text, house.now).asking.open == ()
    for by in (cast.writer, cast.copy, cast.organiser):
        shown = panel(house.session, by, cast.text, house.now).asking.open
        assert by.id not in {member for one in shown for member, _ in one.members}
        assert "Marten" in {name for one in shown for _, name in one.members}


def test_only_who_could_give_it_and_does_not_rest_can_be_asked(cast):
    house = cast.house
    for who, stage in ((cast.writer, "peer"), (cast.second, "copy"), (house.member(reads=("fr",)), "peer")):
        with pytest.raises(Conflict):
            ask(cast, who, stage)
    pause(house.session, cast.second, None, house.now)
    with pytest.raises(Conflict):
        ask(cast, cast.second)
    house.agree(cast.copy, cast.text, "peer", "copy")
    with pytest.raises(Conflict):
        ask(cast, cast.safety, "peer")
    assert house.session.scalars(select(Asked)).all() == []


def test_nobody_is_asked_for_their_own_experience_for_the_question_would_say_who_they_are(cast):
    house = cast.house
    assert "voice" not in {one.stage for one in panel(house.session, cast.writer, cast.text, house.now).asking.open}
    with pytest.raises(Conflict):
        ask(cast, cast.second, "voice")


def test_who_is_asked_for_a_text_of_a_team_belongs_to_it_from_then_on(house):
    cast = Cast(house, kind=Kind.STORY)
    with pytest.raises(NotFound):
        ask(cast, cast.second, by=cast.organiser)
    ask(cast, cast.second)
    assert house.session.get(TeamMember, (cast.text.id, cast.second.id)) is not None
    assert offer(house.session, cast.second, 20, house.now).piece.invited


def test_asking_and_declining_leave_no_name_and_own_words_in_the_trail(cast):
    ask(cast, cast.second)
    rows = [one for one in cast.house.session.scalars(select(AuditEntry)) if one.act == "review.ask"]
    assert [sorted(one.details) for one in rows] == [["asked", "stage"]]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"taken": True, "declined": True}, Answer.TAKEN),
        ({"taken": False, "declined": True}, Answer.NOT_NOW),
        ({"taken": False, "declined": False}, Answer.WAITS),
    ],
)
def test_what_became_of_a_question(house, how, said):
    assert answer(**how, expires_at=house.now + timedelta(days=1), now=house.now) is said


def test_the_pages_of_asking(client, browser, sign_in, session, member, clock):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())
    writer, heron = member("Reed"), member("Heron")
    more = {"fields": FIELDS, "body": BODY, "topics": ["telling"], "language": "en", "now": clock()}
    text = guides.start_guide(session, writer.id, **more)
    review = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    sign_in(client, writer)
    place, check = f"/studio/guides/{text.guide_id}/en/", f"/studio/checks/{review.id}/peer"
    assert "Ask somebody by name" in client.get(place).text
    assert client.post(f"{check}/ask", data={"member": heron.id}).status_code == 303
    theirs = browser()
    sign_in(theirs, heron)
    desk = theirs.get("/studio/").text
    assert "Reed asks you for this." in desk
    assert f'action="{check}/not-now"' in desk
    assert f'action="{check}/take"' in desk
    for _ in range(2):
        assert theirs.post(f"{check}/not-now").status_code == 303
    assert "Reed asks you" not in theirs.get("/studio/").text
    page = client.get(place).text
    assert "not now" in page
    assert client.post(f"{check}/ask", data={"member": "nobody"}).status_code == 409
