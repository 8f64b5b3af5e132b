"""Whoever asks guests, neutral reminders, and whole ways with a guest."""

from __future__ import annotations

import re
from dataclasses import replace

from guesting import agree, answer, fresh, make_link, the_link
from houses import BODY, FIELDS
from icalendar import Calendar
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Progress
from studio.members.actor import Role
from studio.members.models import Member
from studio.publish.models import Edition
from studio.review.models import ReadingLink
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy
from studio.review.queries.rounds import decisions_of

# Who asks


def test_the_link_is_shown_once_with_a_sentence_that_says_nothing(client, sign_in, review, organiser):
    sign_in(client, organiser)
    page = client.post(f"/studio/checks/{review.id}/guests", data={"stage": "peer", "vouched": "yes", "days": "3"}).text
    copied = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]
    assert re.match(r"Something small waits: 2 minutes, by Friday\.\nhttp://localhost/studio/reading/\w{32}$", copied)
    assert "/studio/reading/" not in client.get(f"/studio/checks/{review.id}/guests").text


def test_the_page_of_links_says_what_became_of_each(client, guest, link, session, review, clock):
    here = f"/studio/checks/{review.id}/guests"
    assert "waits until 16 March 2027" in client.get(here).text
    answer(guest, link)
    assert "answered" in client.get(here).text
    client.post(f"{here}/{the_link(session).id}/revoke")
    assert "taken back" in client.get(here).text


def test_without_vouching_no_link_is_made(client, sign_in, review, organiser, session):
    sign_in(client, organiser)
    page = client.post(f"/studio/checks/{review.id}/guests", data={"stage": "peer", "days": "7"})
    assert page.status_code == 422
    assert "A guest counts only if you vouch for them." in page.text
    assert session.scalar(select(ReadingLink)) is None


def test_an_editor_vouches_as_well_where_the_organiser_wrote(client, browser, sign_in, member, session, clock, guest):
    both = member("Gate", Role.STEWARD)
    editor = member("River", Role.EDITOR)
    choose_policy(session, both, "tiny", clock())
    made = guides.start_guide(
        session, both.id, fields=FIELDS, language="en", now=clock(), body=BODY, topics=["telling"]
    )
    review = hand_in.hand_in(session, both, made, clock())
    session.commit()
    sign_in(client, both)
    assert "You wrote in this text." in client.get(f"/studio/checks/{review.id}/guests").text
    answer(guest, make_link(client, review.id, "peer"))
    other = browser()
    sign_in(other, editor)
    here = f"/studio/checks/{review.id}/guests"
    assert "somebody else must vouch too" in other.get(here).text
    assert client.post(f"{here}/{the_link(session).id}/vouch").status_code == 403
    assert other.post(f"{here}/{the_link(session).id}/vouch").status_code == 303
    assert "somebody else must vouch too" not in other.get(here).text


# Neutral reminders


def entry(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reminder.ics"'
    made = Calendar.from_ical(answer.data)
    (event,) = made.walk("VEVENT")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP"}
    assert not made.walk("VALARM")
    for word in (b"http", b"studio", b"Studio", b"calm", b"localhost", b"@"):
        assert word not in answer.data
    return str(event["SUMMARY"]), event.decoded("DTSTART").isoformat()


def test_calendar_files_say_that_something_small_waits_and_nothing_else(guest, client, link, review, organiser):
    assert entry(guest.get(f"{link}/reminder.ics")) == ("Something small, 2 minutes", "2027-03-16")
    held = f"/studio/checks/{review.id}/peer"
    client.post(f"{held}/take")
    assert entry(client.get(f"{held}/reminder.ics")) == ("Something small, 2 minutes", "2027-03-22")
    assert "Something small waits: 2 minutes, by Monday 22 March." in client.get(held).text
    page = client.post("/studio/people/invite", data={"role": "writer", "language": "ar"}).text
    assert "شيء صغير" in page
    place = re.search(r'href="(/studio/join/\w+/reminder\.ics)"', page)[1]
    summary, day = entry(guest.get(place))
    assert "شيء صغير" in summary
    assert day == "2027-03-15"
    assert guest.get("/studio/join/none/reminder.ics").status_code == 404


# The whole way


def who_did_what(session, review):
    """Return who gave each check: a member's pen-name, or ``guest 1``, ``guest 2``, numbered as they answered."""
    said = decisions_of(session, review)
    person = {link.id: link.person for link in session.scalars(select(ReadingLink))}
    guests = list(dict.fromkeys(person[one.member_id] for one in said if one.member_id in person))
    names = {one.id: one.pen_name for one in session.scalars(select(Member))}
    names |= {link: f"guest {guests.index(who) + 1}" for link, who in person.items() if who in guests}
    return {one.stage: names[one.member_id] for one in said}


def test_two_people_alone_are_told_that_they_need_a_guest_and_guests_untie_it(
    client, browser, guest, sign_in, member, session, clock
):
    """The writer and one other; a health text: who is trained for health gives nothing else in ``tiny``."""
    writer = member("Reed", Role.EDITOR)
    other = member("Heron", Role.REVIEWER, Role.STEWARD, trainings={"copy", "safety"})
    choose_policy(session, other, "tiny", clock())
    fields = replace(FIELDS, sources=("A handbook for hard days, 2025",))
    text = guides.start_guide(
        session, writer.id, fields=fields, language="en", now=clock(), body=BODY, topics=["telling"], facets=["health"]
    )
    review = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    sign_in(client, other)
    agree(session, other, review, text, clock, "peer", "copy")
    page_of_text = f"/studio/guides/{text.guide_id}/en/"
    shown = client.get(page_of_text).text
    for check in ("Own experience", "Health facts", "Keeping people safe"):
        told = f"{check}: nobody here can give this yet. An organiser can invite somebody, or ask a guest to read."
        assert told in shown
    nurse = make_link(client, review.id, "facts:health")
    voice = make_link(client, review.id, "voice")
    assert "Health facts: a guest is asked to read." in client.get(page_of_text).text
    same = session.scalars(select(ReadingLink).where(ReadingLink.stage == "voice")).one().person
    safety = make_link(client, review.id, "safety", same_as=same)
    for link in (nurse, voice, safety):
        assert answer(browser(), link).status_code == 303
    fresh(session)
    assert who_did_what(session, review) == {
        "peer": "Heron",
        "copy": "Heron",
        "facts:health": "guest 1",
        "voice": "guest 2",
        "safety": "guest 2",
    }
    assert session.get(Translation, text.id).progress is Progress.APPROVED
    editor = browser()
    sign_in(editor, writer)
    digest = session.get(Approval, text.id).content_hash
    assert editor.post(f"{page_of_text}publish", data={"content_hash": digest}).status_code == 303
    fresh(session)
    assert session.scalars(select(Edition)).one().people == 2


def test_two_people_and_one_guest_publish_a_health_text(client, browser, guest, sign_in, member, session, clock):
    """Two beside the writer, and a guest for the health facts: three people checked it."""
    writer = member("Reed", Role.EDITOR)
    one = member("Heron", Role.REVIEWER, Role.STEWARD, trainings={"copy"})
    two = member("Marten", Role.REVIEWER, trainings={"safety"})
    choose_policy(session, one, "tiny", clock())
    fields = replace(FIELDS, sources=("A handbook for hard days, 2025",))
    text = guides.start_guide(
        session, writer.id, fields=fields, language="en", now=clock(), body=BODY, topics=["telling"], facets=["health"]
    )
    review = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    agree(session, one, review, text, clock, "peer", "copy")
    agree(session, two, review, text, clock, "voice", "safety")
    assert session.get(Approval, text.id) is None
    sign_in(client, one)
    assert "Health facts: nobody here can give this yet." in client.get(f"/studio/guides/{text.guide_id}/en/").text
    link = make_link(client, review.id, "facts:health")
    assert "You were asked as somebody with health training." in guest.get(link).text
    assert answer(guest, link).status_code == 303
    fresh(session)
    assert who_did_what(session, review) == {
        "peer": "Heron",
        "copy": "Heron",
        "voice": "Marten",
        "safety": "Marten",
        "facts:health": "guest 1",
    }
    digest = session.get(Approval, text.id).content_hash
    editor = browser()
    sign_in(editor, writer)
    assert editor.post(f"/studio/guides/{text.guide_id}/en/publish", data={"content_hash": digest}).status_code == 303
    fresh(session)
    assert session.scalars(select(Edition)).one().people == 3
    assert "It is no longer needed" not in guest.get(link).text
