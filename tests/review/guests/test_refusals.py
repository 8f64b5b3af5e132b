"""Reading links that are forged, spent, foreign or over: refused, and noted in the trail."""

from __future__ import annotations

from guesting import answer, fresh, make_link, refusals, the_form, the_link
from sqlalchemy import select

from studio.guides.models import Translation
from studio.review.models import Decision
from studio.review.operations import hand_in

# Forged and replayed


def refused(guest, session, link, form, status, why, *, named=True):
    before = len(session.scalars(select(Decision)).all())
    fresh(session)
    page = guest.post(link, data={"act": "agree", **form})
    assert page.status_code == status, page.text
    noted = refusals(session)[-1]
    assert noted[1] == why
    assert noted[0].startswith("reading_link:")
    assert (noted[0] == "reading_link:none") is not named
    assert len(session.scalars(select(Decision)).all()) == before
    return page.text


def test_a_link_that_was_spent_is_refused_and_noted(guest, link, session):
    form = the_form(guest.get(f"{link}/text").text)
    answer(guest, link)
    page = refused(
        guest, session, link, {**form, "act": "change", "note": "No!", "answer-order": "change"}, 409, "spent"
    )
    assert "You have answered already" in page


def test_a_link_that_nobody_made_is_refused_and_noted(guest, link, session):
    form = the_form(guest.get(f"{link}/text").text)
    refused(guest, session, "/studio/reading/0123456789abcdefghjkmnpqrstvwxyz", form, 404, "unknown", named=False)
    assert guest.get("/studio/reading/0123456789abcdefghjkmnpqrstvwxyz").status_code == 404


def test_words_that_are_not_todays_are_refused_and_noted(guest, link, session):
    form = the_form(guest.get(f"{link}/text").text)
    refused(guest, session, link, {**form, "content_hash": "0" * 64}, 409, "outdated")
    refused(guest, session, link, {**form, "checklist_version": "99"}, 409, "outdated")


def test_a_link_that_was_taken_back_is_refused_and_noted(guest, client, link, session, review):
    form = the_form(guest.get(f"{link}/text").text)
    row = the_link(session)
    assert client.post(f"/studio/checks/{review.id}/guests/{row.id}/revoke").status_code == 303
    refused(guest, session, link, form, 409, "revoked")
    assert guest.get(link).status_code == 410
    assert guest.get(f"{link}/text").status_code == 303


def test_a_link_whose_days_are_over_is_refused_and_noted(guest, link, session, clock):
    form = the_form(guest.get(f"{link}/text").text)
    clock.forward(days=9)
    refused(guest, session, link, form, 409, "expired")
    assert guest.get(link).status_code == 410


def test_another_checks_page_or_link_is_refused_and_noted(guest, client, link, session, review):
    form = the_form(guest.get(f"{link}/text").text)
    refused(guest, session, link, {**form, "check": "safety"}, 409, "another_check")
    other = make_link(client, review.id, "copy")
    refused(guest, session, other, form, 409, "another_check")
    assert guest.post(f"/studio/checks/{review.id}/peer", data={"act": "agree", **form}).status_code == 401
    assert session.scalar(select(Decision)) is None


def test_a_link_given_back_or_no_longer_needed_is_refused_and_noted(guest, link, session, text, writer, clock):
    form = the_form(guest.get(f"{link}/text").text)
    hand_in.take_back(session, writer, session.get(Translation, text.id), clock())
    session.commit()
    refused(guest, session, link, form, 409, "ended")
    hand_in.hand_in(session, writer, session.get(Translation, text.id), clock())
    session.commit()
    assert guest.post(link, data={**form, "act": "give_back"}).status_code == 303
    refused(guest, session, link, form, 409, "given_back")


def test_a_member_who_is_signed_in_is_never_a_guest(client, link, session):
    assert client.get(link).status_code == 403
    assert client.get(f"{link}/text").status_code == 403
    assert client.post(link, data={"act": "agree"}).status_code == 403
    assert refusals(session) == [("endpoint:review.reading.answer", None)]
