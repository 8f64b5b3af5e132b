"""A guest's pages and those of who asks them, as browsers without a script see them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from guesting import answer, make_link, the_form
from houses import BODY, FIELDS
from icalendar import Calendar
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.core.ids import token_hash
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Progress, Significance, UpdateKind
from studio.members.actor import Role
from studio.publish.models import Edition
from studio.review.models import Decision, ReadingLink
from studio.review.operations import decisions, hand_in
from studio.review.operations.looking import look_again
from studio.review.operations.policies import choose_policy
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict

@pytest.fixture
def writer(member):
    return member("Reed", Role.EDITOR)


@pytest.fixture
def organiser(member):
    return member("Gate", Role.STEWARD)


@pytest.fixture
def text(session, writer, organiser, clock):
    choose_policy(session, organiser, "tiny", clock())
    made = guides.start_guide(
        session,
        writer.id,
        fields=replace(FIELDS, sources=("A handbook for hard days, 2025",)),
        language="en",
        now=clock(),
        body=BODY,
        topics=["telling"],
        facets=["health"],
    )
    session.commit()
    return made


@pytest.fixture
def review(session, text, writer, clock):
    made = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    return made


@pytest.fixture
def link(client, sign_in, review, organiser):
    """Return the path of a link for the first read, made by an organiser's page."""
    sign_in(client, organiser)
    return make_link(client, review.id, "peer")


@pytest.fixture
def guest(browser):
    return browser()


def fresh(session):
    """Look at the database anew."""
    session.rollback()
    session.expire_all()


def change(session, text, writer, clock, words="\n\nMore to say."):
    draft = session.get(Translation, text.id).draft
    end = len(draft.text)
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(end, end, words)],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=clock(),
    )
    guides.save_version(session, writer.id, draft.translation, significance=Significance.CONTENT, note="", now=clock())
    look_again(session, draft.translation, clock())
    session.commit()


def agree(session, actor, review, text, clock, *stages):
    for stage in stages:
        case = rounds.case(session, review, text, clock())
        check = case.check(stage)
        word = decisions.Word(
            Verdict.APPROVE,
            case.now.content_hash,
            checklist_of(case, check).version,
            {question.key: "yes" for question in questions_of(case, check)},
            own_experience=True,
        )
        decisions.decide(session, actor, review.id, stage, word, clock())
    session.commit()


def refusals(session):
    """Return subject and reason of each refused request in the trail."""
    fresh(session)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "refused").order_by(AuditEntry.seq))
    return [(row.subject, row.details.get("why")) for row in rows]


def the_link(session):
    fresh(session)
    return session.scalars(select(ReadingLink)).one()


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
    assert title == "Notes"
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
    from standing_house import picture

    from studio.guides import media

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
    digest = session.get(Approval, text.id).content_hash
    editor = browser()
    sign_in(editor, writer)
    assert editor.post(f"/studio/guides/{text.guide_id}/en/publish", data={"content_hash": digest}).status_code == 303
    fresh(session)
    assert session.scalars(select(Edition)).one().people == 3
    assert "It is no longer needed" not in guest.get(link).text
