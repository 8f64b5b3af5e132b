"""A guest reads a text and says something of it, as a browser without a script does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from guesting import answer, change, fresh, make_link, refusals, the_form, the_link
from houses import BODY, FIELDS
from sqlalchemy import select
from standing_house import picture

from studio.audit.models import AuditEntry
from studio.core.ids import token_hash
from studio.guides import media
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress, UpdateKind
from studio.review.models import Decision
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy

# What a guest sees


def test_a_guest_reads_and_agrees_without_an_account(guest, link, session):
    page = guest.get(link)
    assert page.status_code == 200
    assert "You were asked as somebody who reads English." in page.text
    assert "A calm talk" in page.text
    assert "minute" in page.text
    assert "Talk with somebody calm." not in page.text
    shown = guest.get(f"{link}/text").text
    assert "Talk with somebody calm." in shown
    assert "A handbook for hard days, 2025" in shown
    assert answer(guest, link).status_code == 303
    after = guest.get(link)
    assert after.status_code == 200
    assert "Your answer is kept." in after.text
    assert "A calm talk" not in after.text
    assert guest.get(f"{link}/text").status_code == 303
    decision = session.scalars(select(Decision)).one()
    assert decision.member_id == the_link(session).id


def test_what_to_know_before_reading_stands_before_the_text(guest, link, session, text, writer, clock):
    draft = session.get(Translation, text.id).draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=(),
        fields={"content_notes": ("violence",)},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    change(session, text, writer, clock)
    page = guest.get(link).text
    assert page.index("Before you read") < page.index("A calm talk")


def test_opening_uses_nothing_up_however_often_and_by_whomever(guest, browser, link, session):
    before = session.scalars(select(AuditEntry.seq)).all()
    for _ in range(3):
        assert guest.get(link).status_code == 200
        assert browser().get(link).status_code == 200
        assert browser().get(f"{link}/text").status_code == 200
    fresh(session)
    assert session.scalars(select(AuditEntry.seq)).all() == before
    assert answer(guest, link).status_code == 303


def test_only_the_hash_of_the_token_is_kept(link, session, settings):
    token = link.rpartition("/")[2]
    assert the_link(session).token_hash == token_hash(token)
    session.close()
    assert not any(token.encode() in path.read_bytes() for path in settings.data.rglob("*") if path.is_file())


@pytest.mark.parametrize("place", ["", "/text"])
def test_nothing_around_the_page_tells_what_it_is_about(guest, link, place):
    page = guest.get(link + place)
    title = re.search(r"<title>(.*?)</title>", page.text)[1]
    assert title == "Something small"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "og:" not in page.text
    assert 'href="/studio/"' not in page.text
    assert not any("studio=" in cookie for cookie in page.headers.getlist("Set-Cookie"))


def test_a_text_in_arabic_is_read_in_arabic(guest, client, sign_in, session, member, clock, organiser):
    writer = member("Quill", reads={"ar"})
    choose_policy(session, organiser, "tiny", clock())
    fields = replace(FIELDS, title="حديث هادئ", summary="كيف يبدأ الحديث.")
    made = guides.start_guide(
        session, writer.id, fields=fields, language="ar", now=clock(), body="# أولًا\n\nكلام هادئ.", topics=["telling"]
    )
    review = hand_in.hand_in(session, writer, made, clock())
    session.commit()
    sign_in(client, organiser)
    link = make_link(client, review.id, "peer")
    for place in (link, f"{link}/text"):
        page = guest.get(place).text
        assert '<html lang="ar" dir="rtl">' in page
        assert "حديث هادئ" in page
    assert answer(guest, link).status_code == 303


def test_pictures_of_the_text_are_there_for_the_guest_and_for_nobody_beside(guest, link, session, text, writer, clock):
    mine = media.add_image(session, session.get(Translation, text.id), picture((1, 2, 3)), clock()).sha
    other = guides.start_guide(session, writer.id, fields=FIELDS, language="en", now=clock(), body=BODY)
    foreign = media.add_image(session, other, picture((9, 2, 3)), clock()).sha
    change(session, text, writer, clock, f"\n\n![A leaf](media:{mine})")
    assert f'src="{link}/media/{mine}"' in guest.get(f"{link}/text").text
    assert guest.get(f"{link}/media/{mine}").status_code == 200
    assert guest.get(f"{link}/media/{foreign}").status_code == 404
    assert guest.get(f"/studio/media/{mine}").status_code != 200


# What a guest says


def test_a_second_click_is_one_decision(guest, link, session):
    form = {**the_form(guest.get(f"{link}/text").text), "act": "agree"}
    assert guest.post(link, data=form).status_code == 303
    assert guest.post(link, data=form).status_code == 303
    assert len(session.scalars(select(Decision)).all()) == 1
    assert refusals(session) == []


def test_a_guest_must_say_that_it_is_true_of_them_and_loses_nothing(guest, link, session):
    form = the_form(guest.get(f"{link}/text").text)
    del form["true_of_me"]
    page = guest.post(link, data={**form, "act": "agree"})
    assert page.status_code == 422
    assert "Please say that this is true of you." in page.text
    assert page.text.count('value="yes" checked') == sum(name.startswith("answer-") for name in form)
    assert session.scalar(select(Decision)) is None
    assert refusals(session) == []


def test_a_wish_for_a_change_quotes_a_passage_and_its_talk_names_no_guest(guest, link, session, text, writer, client):
    page = guest.get(f"{link}/text").text
    passage = re.search(r'<option value="([^"]+)">Talk with', page)[1]
    assert answer(guest, link, "change", passage=passage, note="Calm is not enough here.").status_code == 303
    fresh(session)
    decision = session.scalars(select(Decision)).one()
    assert decision.quote == "Talk with somebody calm."
    assert session.get(Translation, text.id).progress is Progress.CHANGES_REQUESTED
    shown = client.get(f"/studio/guides/{text.guide_id}/en/").text
    assert "a guest reader who reads English, vouched for by an organiser" in re.sub(r"[\u2068\u2069]", "", shown)
    assert "Calm is not enough here." in client.get(f"/studio/guides/{text.guide_id}/en/talk").text


def test_answers_so_far_wait_on_another_evening(guest, browser, link):
    form = the_form(guest.get(f"{link}/text").text)
    assert guest.post(link, data={**form, "act": "keep", "note": "Half a thought"}).status_code == 303
    again = browser().get(f"{link}/text").text
    assert "Half a thought" in again
    assert 'value="yes" checked' in again


def test_a_guest_gives_it_back_without_a_reason(guest, link, session, client):
    form = the_form(guest.get(f"{link}/text").text)
    assert guest.post(link, data={**form, "act": "give_back", "note": "I know them"}).status_code == 303
    assert "Thank you for looking" in guest.get(link).text
    assert the_link(session).ticks == {}
    assert "gave the link back" in client.get("/studio/").text


def test_a_text_that_moved_on_gives_the_answers_back_beside_what_changed(guest, link, session, text, writer, clock):
    form = the_form(guest.get(f"{link}/text").text)
    change(session, text, writer, clock)
    page = guest.post(link, data={**form, "act": "agree", "note": "The order is right."})
    assert page.status_code == 409
    assert "The order is right." in page.text
    assert 'value="yes" checked' in page.text
    assert re.search(r"<ins[^>]*>.*?More to say", page.text, re.DOTALL)
    assert session.scalar(select(Decision)) is None
    assert the_form(page.text)["content_hash"] != form["content_hash"]


def test_after_a_change_the_same_link_shows_just_the_difference(guest, link, session, text, writer, clock, client):
    answer(guest, link)
    change(session, text, writer, clock)
    assert "the text changed since" in guest.get(link).text
    page = guest.get(f"{link}/text").text
    assert "look at what changed" in page
    assert re.search(r"<ins[^>]*>.*?More to say", page, re.DOTALL)
    assert "Ask them to open the same link again" in client.get("/studio/").text
    assert answer(guest, link).status_code == 303
    assert "Your answer is kept." in guest.get(link).text
    fresh(session)
    assert len(session.scalars(select(Decision)).all()) == 2
