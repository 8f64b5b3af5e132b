"""Handing in, inviting, comments and an organiser's decisions, as a browser without a script does them."""

from __future__ import annotations

import pytest
from houses import BODY, FIELDS
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.fields import TextFields
from studio.guides.models import Draft, TeamMember, Translation
from studio.guides.rules.statuses import Kind, Progress
from studio.guides.threads.models import Thread
from studio.members.actor import Role
from studio.review.models import Decision, Notice
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy


@pytest.fixture
def writer(member):
    return member("Reed")


@pytest.fixture
def start(session, writer, clock, member):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())

    def begin(**more):
        what = {"fields": FIELDS, "body": BODY, "topics": ["telling"], "language": "en", **more}
        made = guides.start_guide(session, writer.id, now=clock(), **what)
        session.commit()
        return made

    return begin


def the_value(page, name):
    """What the hidden field ``name`` of a page holds."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def look_anew(session):
    """Forget what this session read, so that it sees what the pages wrote."""
    session.rollback()
    session.expire_all()


def handed_in(session, writer, text, clock):
    made = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    return made


def test_a_summary_that_is_too_long_comes_back_whole_with_what_was_ticked(client, sign_in, writer, start):
    text = start(fields=TextFields(title="T"), topics=[])
    sign_in(client, writer)
    long = "Quiet words for a long night. " * 8
    page = client.post(
        f"/studio/guides/{text.guide_id}/en/hand-in",
        data={"summary": long, "topics": ["hard-days"], "content_notes": ["violence"]},
    )
    assert page.status_code == 422
    assert long.strip() in page.text
    assert "maxlength" not in page.text.split('name="summary"')[1].split(">")[0]
    for answer in ("hard-days", "violence"):
        assert f'value="{answer}" checked' in page.text


def test_every_missing_thing_has_its_field_and_each_answer_is_kept(client, sign_in, session, writer, start):
    text = start(fields=TextFields(title="T"), topics=[], facets=["health", "crisis"])
    sign_in(client, writer)
    address = f"/studio/guides/{text.guide_id}/en/hand-in"
    client.post(address, data={"summary": "How.", "topics": ["telling"], "content_notes": ["violence", "none"]})
    page = client.get(address).text
    assert 'name="sources"' in page
    assert 'name="helplines"' in page
    client.post(address, data={"sources": "One\n\n Two ", "helplines": "none-for-here"})
    look_anew(session)
    fields = session.scalar(select(Draft).where(Draft.translation_id == text.id)).fields
    assert fields["content_notes"] == ["violence"]
    assert fields["sources"] == ["One", "Two"]
    assert fields["neutral_title"]
    assert session.get(Translation, text.id).progress is Progress.DRAFT
    client.post(address, data={"ready": "yes", "neutral_title": "Some pages"})
    look_anew(session)
    assert session.get(Translation, text.id).progress is Progress.IN_REVIEW
    assert session.scalar(select(Draft).where(Draft.translation_id == text.id)).fields["neutral_title"] == "Some pages"


def test_a_text_without_words_is_sent_to_be_written(client, sign_in, writer, start):
    text = start(body="")
    sign_in(client, writer)
    assert "There is no text yet." in client.get(f"/studio/guides/{text.guide_id}/en/hand-in").text


def test_the_next_edition_is_asked_what_is_new(client, sign_in, session, writer, start):
    text = start(fields=FIELDS)
    revision = guides.save_version(session, writer.id, text, significance="content", note="", now=text.created_at)
    text.published_revision_id = revision.id
    session.commit()
    sign_in(client, writer)
    assert 'name="changelog"' in client.get(f"/studio/guides/{text.guide_id}/en/hand-in").text


def test_a_text_that_cannot_be_shown_says_why_and_stays_a_draft(client, sign_in, session, writer, start):
    text = start(body="![](media:" + "a" * 64 + ")")
    sign_in(client, writer)
    answer = client.post(f"/studio/guides/{text.guide_id}/en/hand-in", data={"ready": "yes"})
    assert answer.status_code == 422
    look_anew(session)
    assert session.get(Translation, text.id).progress is Progress.DRAFT


def test_taking_back_is_one_button(client, sign_in, session, writer, start, clock):
    text = start()
    handed_in(session, writer, text, clock)
    sign_in(client, writer)
    here = f"/studio/guides/{text.guide_id}/en/"
    assert "Take it back to write on" in client.get(here).text
    assert client.post(f"{here}take-back").status_code == 303
    look_anew(session)
    assert session.get(Translation, text.id).progress is Progress.DRAFT


def test_the_team_of_a_story_is_invited_by_name(client, browser, sign_in, session, writer, start, member, clock):
    text = start(kind=Kind.STORY)
    heron = member("Heron", Role.EDITOR)
    sign_in(client, writer)
    here = f"/studio/guides/{text.guide_id}/en/"
    assert "Heron" in client.get(f"{here}hand-in").text
    theirs = browser()
    sign_in(theirs, heron)
    assert theirs.get(here).status_code == 404
    client.post(f"{here}invite", data={"members": [heron.id, "nobody"]})
    look_anew(session)
    assert {row.member_id for row in session.scalars(select(TeamMember))} == {writer.id, heron.id}
    assert theirs.get(here).status_code == 200


def test_a_comment_about_a_passage_stands_with_the_text(client, sign_in, session, writer, start, member, clock):
    text = start()
    review = handed_in(session, writer, text, clock)
    heron = member("Heron", Role.EDITOR)
    sign_in(client, heron)
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    assert client.post(address, data={"act": "comment", "note": " "}).status_code == 422
    assert client.post(address, data={"act": "comment", "note": "A picture would help."}).status_code == 303
    assert session.scalar(select(Thread)).comments[0].text == "A picture would help."


def test_an_organiser_sets_a_wish_aside(client, browser, sign_in, session, writer, start, member, clock):
    text = start()
    review = handed_in(session, writer, text, clock)
    sign_in(client, member("Heron", Role.EDITOR))
    address = f"/studio/checks/{review.id}/peer"
    client.post(f"{address}/take")
    page = client.get(address).text
    hash_at = page.split('name="content_hash" value="')[1].split('"')[0]
    form = {
        "act": "change",
        "content_hash": hash_at,
        "checklist_version": "1",
        "note": "Say it first.",
        "answer-order": "change",
    }
    assert client.post(address, data=form).status_code == 303
    theirs = browser()
    sign_in(theirs, member("Lamp", Role.STEWARD))
    wish = session.scalar(select(Decision))
    here = f"/studio/guides/{text.guide_id}/en/"
    assert "Set this wish aside" in theirs.get(here).text
    assert "Set this wish aside" not in client.get(here).text
    aside = f"/studio/checks/{review.id}/set-aside/{wish.id}"
    assert client.post(aside, data={"reason": "Mine."}).status_code == 403
    assert theirs.post(aside, data={"reason": "It is first already."}).status_code == 303
    assert "It is first already." in client.get(here).text
    assert "an organiser set aside the change" in client.get("/studio/").text
    look_anew(session)
    told = session.scalar(select(Notice).where(Notice.kind == "set_aside"))
    assert f"/studio/notices/{told.id}/seen" in client.get("/studio/").text
    client.post(f"/studio/notices/{told.id}/seen", data={"next": "/studio/"})
    assert "an organiser set aside the change" not in client.get("/studio/").text


def test_who_wrote_finds_what_should_change_unfolded_with_writing_as_the_next_step(
    client, browser, sign_in, session, writer, start, member, clock
):
    text = start(body="## First\n\n> Say it to somebody calm.\n")
    review = handed_in(session, writer, text, clock)
    sign_in(client, member("Heron"))
    client.post(f"/studio/checks/{review.id}/peer/take")
    page = client.get(f"/studio/checks/{review.id}/peer").text
    passages = page.split('id="passage"')[1].split("</select>")[0]
    assert ">Say it to somebody calm.<" in passages
    assert ">First<" in passages
    binds = {"content_hash": the_value(page, "content_hash"), "checklist_version": the_value(page, "checklist_version")}
    form = {"act": "change", "note": "Say where.", "passage": passages.split('value="')[2].split('"')[0], **binds}
    assert client.post(f"/studio/checks/{review.id}/peer", data=form).status_code == 303
    theirs = browser()
    sign_in(theirs, writer)
    page = theirs.get(f"/studio/guides/{text.guide_id}/en/").text
    assert "Say where." in page.split("<details open>")[1].split("</details>")[0]
    assert page.count('class="button"') == 1
    assert f'class="button" href="/studio/guides/{text.guide_id}/en/write"' in page


def test_a_notice_is_put_away_by_who_it_is_for(client, browser, sign_in, session, writer, start, member, clock):
    text = start()
    heron, marten = member("Heron"), member("Marten")
    handed_in(session, writer, text, clock)
    mine = session.scalar(select(Notice).where(Notice.member_id == heron.id))
    sign_in(client, heron)
    theirs = browser()
    sign_in(theirs, marten)
    assert theirs.post(f"/studio/notices/{mine.id}/seen").status_code == 404
    answer = client.post(f"/studio/notices/{mine.id}/seen", data={"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/studio/"
    look_anew(session)
    assert session.get(Notice, mine.id).seen_at is not None


def test_everything_one_could_check_is_listed_on_a_page_of_its_own(
    client, sign_in, session, writer, start, member, clock
):
    text = start()
    handed_in(session, writer, text, clock)
    heron = member("Heron", Role.EDITOR)
    sign_in(client, heron)
    assert 'href="/studio/checks/all"' in client.get("/studio/checks/").text
    assert client.get("/studio/checks/all").text.count("A calm talk") == 2
    sign_in(client, writer)
    assert "Nothing waits for you now." in client.get("/studio/checks/?minutes=10").text
    assert "Nothing waits for you now." in client.get("/studio/checks/all").text
