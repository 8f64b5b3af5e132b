"""The pages of checks, as a browser without a script sees them."""

from __future__ import annotations

import re

import pytest
from houses import BODY, FIELDS
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Kind, Progress, Significance, UpdateKind
from studio.members.actor import Role
from studio.review.models import Claim, Decision
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy


@pytest.fixture
def writer(member):
    return member("Reed")


@pytest.fixture
def text(session, writer, clock, member):
    organiser = member("Gate", Role.STEWARD)
    choose_policy(session, organiser, "tiny", clock())
    made = guides.start_guide(
        session, writer.id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"]
    )
    session.commit()
    return made


@pytest.fixture
def review(session, text, writer, clock):
    made = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    return made


@pytest.fixture
def checker(member):
    return member("Heron", Role.REVIEWER, trainings={"copy", "safety"})


def the_form(page):
    """Return what a browser would send of the check's form: hidden fields, and yes to every question."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    names = set(re.findall(r'name="(answer-[\w-]+)"', page))
    return {**{key: hidden[key] for key in ("content_hash", "checklist_version")}, **dict.fromkeys(names, "yes")}


def test_a_checker_goes_from_minutes_to_one_piece_to_a_yes(client, sign_in, session, review, checker):
    sign_in(client, checker)
    page = client.get("/studio/checks/?minutes=20").text
    assert "A calm talk" in page
    assert f"/studio/checks/{review.id}/peer" in page
    address = f"/studio/checks/{review.id}/peer"
    assert "take this" in client.get(address).text
    assert client.post(f"{address}/take").status_code == 303
    page = client.get(address).text
    assert "Talk with somebody calm." in page
    assert client.post(address, data={**the_form(page), "act": "agree"}).status_code == 303
    session.expire_all()
    decision = session.scalar(select(Decision))
    assert decision.member_id == checker.id
    assert session.scalar(select(Claim)).released_at is not None


def test_a_double_click_is_one_decision(client, sign_in, session, review, checker):
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    client.post(f"{address}/take")
    form = {**the_form(client.get(address).text), "act": "agree"}
    assert client.post(address, data=form).status_code == 303
    assert client.post(address, data=form).status_code == 303
    session.expire_all()
    assert len(session.scalars(select(Decision)).all()) == 1
    assert len(session.scalars(select(Claim)).all()) == 1


def test_a_text_that_moved_on_gives_the_answers_back_beside_the_new_text(
    client, sign_in, session, review, text, writer, checker, clock
):
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    form = {**the_form(client.get(address).text), "act": "change", "note": "The second heading comes too early here."}
    draft = session.get(Translation, text.id).draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(len(draft.text), len(draft.text), "\n\nMore to say.")],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    guides.save_version(
        session, writer.id, session.get(Translation, text.id), significance=Significance.CONTENT, note="", now=clock()
    )
    session.commit()
    answer = client.post(address, data=form)
    assert answer.status_code == 409
    assert "The second heading comes too early here." in answer.text
    assert "More to say." in answer.text
    assert 'value="yes" checked' in answer.text
    session.expire_all()
    assert session.scalar(select(Decision)) is None


def test_an_unanswered_question_is_named_and_nothing_is_lost(client, sign_in, session, review, checker):
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    form = {**the_form(client.get(address).text), "act": "agree"}
    first = next(key for key in form if key.startswith("answer-"))
    del form[first]
    answer = client.post(address, data=form)
    assert answer.status_code == 422
    assert "Please answer this question too." in answer.text
    places = re.findall(r'<li><a href="#(question-[^"]+)">', answer.text)
    assert places == [first.replace("answer-", "question-")]
    assert f'<fieldset id="{places[0]}"' in answer.text
    session.expire_all()
    assert session.scalar(select(Decision)) is None


def test_own_experience_is_asked_each_time_and_never_named(
    client, browser, sign_in, session, review, checker, text, member
):
    sign_in(client, checker)
    for stage in ("peer", "copy"):
        address = f"/studio/checks/{review.id}/{stage}"
        client.post(f"{address}/take")
        client.post(address, data={**the_form(client.get(address).text), "act": "agree"})
    other = member("Marten")
    mine = browser()
    sign_in(mine, other)
    address = f"/studio/checks/{review.id}/voice"
    assert "about my life" in mine.get(address).text
    assert mine.post(f"{address}/take").status_code == 422
    assert mine.post(f"{address}/take", data={"own_experience": "yes"}).status_code == 303
    assert mine.post(address, data={**the_form(mine.get(address).text), "act": "agree"}).status_code == 303
    page = client.get(f"/studio/guides/{text.guide_id}/en/").text
    assert "Own experience" in page
    assert "Marten" not in page


def test_an_outsider_may_not_know_of_a_text_for_its_team(client, sign_in, session, writer, member, clock, checker):
    story = guides.start_guide(
        session, writer.id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"], kind=Kind.STORY
    )
    made = hand_in.hand_in(session, writer, story, clock())
    session.commit()
    sign_in(client, checker)
    assert client.get(f"/studio/checks/{made.id}/peer").status_code == 404
    assert client.post(f"/studio/checks/{made.id}/peer/take").status_code == 404
    assert client.get(f"/studio/guides/{story.guide_id}/en/hand-in").status_code == 404
    assert "A calm talk" not in client.get("/studio/checks/?minutes=40").text


def test_a_writer_is_asked_three_things_at_a_time_and_then_hands_in(client, sign_in, session, member, clock):
    writer = member("Reed")
    text = guides.start_guide(
        session, writer.id, fields=TextFields(title="A calm talk"), language="en", now=clock(), body=BODY
    )
    session.commit()
    sign_in(client, writer)
    address = f"/studio/guides/{text.guide_id}/en/hand-in"
    page = client.get(address).text
    for name in ("summary", "topics", "content_notes"):
        assert f'name="{name}"' in page
    assert 'name="neutral_title"' not in page
    long = client.post(address, data={"summary": "x" * 200, "topics": "telling", "content_notes": "none"})
    assert long.status_code == 422
    assert "x" * 200 in long.text
    client.post(address, data={"summary": "How to begin.", "topics": "telling", "content_notes": "none"})
    page = client.get(address).text
    assert "Everything that readers need is there" in page
    assert client.post(address, data={"ready": "yes"}).status_code == 303
    session.expire_all()
    assert session.get(Translation, text.id).progress is Progress.IN_REVIEW
    assert client.post(address, data={"ready": "yes"}).status_code == 303


def test_only_an_organiser_lets_a_text_go_out_without_all_checks(
    client, browser, sign_in, session, review, text, checker, member
):
    sign_in(client, checker)
    assert client.post(f"/studio/checks/{review.id}/override", data={"reason": "Because."}).status_code == 403
    organiser = member("Lamp", Role.STEWARD)
    theirs = browser()
    sign_in(theirs, organiser)
    assert theirs.post(f"/studio/checks/{review.id}/override", data={"reason": " "}).status_code == 422
    assert theirs.post(f"/studio/checks/{review.id}/override", data={"reason": "A storm is coming."}).status_code == 303
    session.expire_all()
    approval = session.get(Approval, text.id)
    assert approval.label == "override"
    assert "A storm is coming." in client.get(f"/studio/guides/{text.guide_id}/en/").text


def test_ticks_are_kept_for_another_evening(client, sign_in, review, checker):
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    form = {**the_form(client.get(address).text), "act": "keep", "note": "To think about."}
    assert client.post(address, data=form).status_code == 303
    page = client.get(address).text
    assert "To think about." in page
    assert 'value="yes" checked' in page


def test_giving_back_needs_no_reason_and_frees_the_check(client, sign_in, session, review, checker):
    sign_in(client, checker)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    assert client.post(address, data={"act": "give_back"}).status_code == 303
    assert "take this" in client.get(address).text


def test_everybody_sees_how_texts_are_checked_and_an_organiser_chooses(
    client, browser, sign_in, session, text, checker, member
):
    sign_in(client, checker)
    assert 'value="tiny" checked' in client.get("/studio/checks/policy").text
    assert client.post("/studio/checks/policy", data={"policy": "full"}).status_code == 403
    theirs = browser()
    sign_in(theirs, member("Lamp", Role.STEWARD))
    assert theirs.post("/studio/checks/policy", data={"policy": "full"}).status_code == 303
    assert 'value="full" checked' in client.get("/studio/checks/policy").text
