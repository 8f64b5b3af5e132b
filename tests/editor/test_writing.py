"""Writing by forms: save, preview, save a version."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import select
from writing import form, save_version, write

from studio.guides.models import DraftUpdate, Guide, Revision, TeamMember
from studio.guides.rules.statuses import Kind, Progress


def test_a_text_is_saved_and_stands_in_the_form_again(client, begun, text_of):
    answer = write(client, begun, body="Sit down.\n\nBreathe.", summary="What helps")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Saved." in page.text
    values = form(page)
    assert (values["body"], values["summary"]) == ("Sit down.\n\nBreathe.", "What helps")
    assert text_of(begun).draft.text == "Sit down.\n\nBreathe."


def test_every_answer_about_the_text_is_kept_and_shown_again(client, begun, text_of):
    answers = {
        "neutral_title": "Pages to read",
        "content_notes": ["violence", "outing"],
        "sources": "A book\n\n  A letter ",
        "changelog": "New words",
        "helplines": "none-for-here",
        "facets": ["health", "minors"],
        "legal": "fr, TR",
        "kind": "factsheet",
    }
    page = client.get(f"{begun}write")
    first_topic = unescape(page.text).split('name="topics" value="')[1].split('"')[0]
    write(client, begun, **{**answers, "topics": [first_topic]})
    text = text_of(begun)
    assert text.draft.fields == {
        "title": "How to rest",
        "summary": "",
        "neutral_title": "Pages to read",
        "content_notes": ["violence", "outing"],
        "sources": ["A book", "A letter"],
        "changelog": "New words",
        "helplines": "none-for-here",
    }
    assert (text.guide.kind, text.guide.facets, text.guide.topics) == (
        Kind.FACTSHEET,
        ["health", "minors", "legal:FR", "legal:TR"],
        [first_topic],
    )
    again = form(client.get(f"{begun}write"))
    assert (again["sources"], again["legal"], again["kind"], again["facets"]) == (
        "A book\nA letter",
        "FR, TR",
        ["factsheet"],
        ["health", "minors"],
    )


def test_none_of_the_kind_is_an_answer_but_not_beside_others(client, begun, text_of):
    write(client, begun, content_notes=["none"])
    assert text_of(begun).draft.fields["content_notes"] == ["none"]
    write(client, begun, content_notes=["none", "violence"])
    assert text_of(begun).draft.fields["content_notes"] == ["violence"]


def test_a_story_is_for_its_team_alone_from_then_on(client, begun, other, session):
    assert other.get(f"{begun}write").status_code == 200
    write(client, begun, kind="story", body="My own.")
    assert other.get(f"{begun}write").status_code == 404
    assert (
        other.post(f"{begun}write", data={"title": "x", "body": "Not for me to see, not to write."}).status_code == 404
    )
    write(client, begun, kind="guide")
    assert session.scalars(select(Guide)).one().team_only


def test_a_text_that_is_not_known_by_its_country_codes_is_given_back_with_a_sentence(client, begun, text_of):
    answer = write(client, begun, body="Kept.", legal="France")
    assert answer.status_code == 422
    assert "two letters" in answer.text
    values = form(answer)
    assert (values["body"], values["legal"]) == ("Kept.", "FRANCE")
    assert text_of(begun).draft.text == ""
    assert client.post(f"{begun}write", data={**values, "legal": "FR"}).status_code == 303
    assert text_of(begun).draft.text == "Kept."


@pytest.mark.parametrize("title", ["", "   ", "x" * 151])
def test_a_title_that_is_missing_or_too_long_gives_everything_back(client, begun, title):
    answer = write(client, begun, title=title, body="Kept.", summary="Also kept")
    assert answer.status_code == 422
    values = form(answer)
    assert (values["body"], values["summary"], values["title"]) == ("Kept.", "Also kept", title.strip())


def test_sending_twice_saves_once(client, begun, session):
    sent = {**form(client.get(f"{begun}write")), "body": "Sit down."}
    assert [client.post(f"{begun}write", data=sent).status_code for _ in range(2)] == [303, 303]
    assert session.scalars(select(DraftUpdate.seq)).all() == [1, 2]


def test_who_goes_back_in_the_browser_and_writes_on_loses_nothing_and_doubles_nothing(client, begun, text_of):
    sent = form(client.get(f"{begun}write"))
    client.post(f"{begun}write", data={**sent, "body": "Sit down."})
    client.post(f"{begun}write", data={**sent, "body": "Sit down. Breathe."})
    assert text_of(begun).draft.text == "Sit down. Breathe."


def test_whoever_writes_joins_the_team_and_whoever_only_looks_does_not(begun, other, kite, session):
    other.get(f"{begun}write")
    other.post(f"{begun}write", data=form(other.get(f"{begun}write")))
    assert kite.id not in session.scalars(select(TeamMember.member_id)).all()
    write(other, begun, body="Hello.")
    session.rollback()
    assert kite.id in session.scalars(select(TeamMember.member_id)).all()


def test_the_page_says_that_whoever_writes_cannot_check(client, begun):
    assert "Whoever writes in this text cannot check this edition." in client.get(f"{begun}write").text


def test_the_fields_have_the_language_and_direction_of_the_text(client, begun):
    doors = client.post("/studio/new", data={"title": "كيف أرتاح", "language": "ar"}).location
    page = client.get(f"{doors.removesuffix('begin')}write")
    assert '<textarea id="body" name="body" rows="22" lang="ar" dir="rtl"' in page.text
    assert '<textarea id="body" name="body" rows="22" lang="en" dir="ltr"' in client.get(f"{begun}write").text


def test_the_preview_is_what_the_publishing_renderer_makes(client, begun):
    sent = {**form(client.get(f"{begun}write")), "body": "## Now\n\n**Sit** down. <script>no</script>"}
    answer = client.post(f"{begun}write/preview", data=sent)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert '<h2 id="h-now">Now</h2>' in page.text
    assert "<strong>Sit</strong>" in page.text
    assert "&lt;script&gt;" in page.text


def test_a_link_to_another_text_leads_to_it_on_the_desk_unless_one_may_not_know_of_it(client, begun, other):
    client.post("/studio/new", data={"title": "Sleep", "language": "ar"})
    secret = client.post("/studio/new", data={"title": "Mine", "language": "en"}).location.removesuffix("begin")
    write(client, secret, kind="story")
    write(client, begun, body="[one](guide:sleep) [two](guide:mine) [three](guide:nowhere)")
    assert 'href="/studio/guides/mine/en/"' in client.get(f"{begun}write/preview").text
    page = other.get(f"{begun}write/preview").text
    assert '<a href="/studio/guides/sleep/ar/"' in page
    assert "/studio/guides/mine/" not in page
    assert "three" in page


def test_what_the_preview_cannot_show_is_said_and_given_back(client, begun, text_of):
    body = "Look:\n\n![](media:" + "0" * 64 + ")"
    sent = {**form(client.get(f"{begun}write")), "body": body}
    answer = client.post(f"{begun}write/preview", data=sent)
    assert answer.status_code == 422
    assert form(answer)["body"] == body
    assert text_of(begun).draft.text == ""
    write(client, begun, body=body)
    page = client.get(f"{begun}write/preview")
    assert "Your text is saved; only the preview cannot show it yet." in page.text


def test_a_version_is_saved_after_one_page(client, begun, session, heron):
    answer = write(client, begun, body="Sit down.", then="version")
    assert answer.location.endswith("/write/version")
    assert "What changed?" not in client.get(answer.location).text
    assert save_version(client, begun, note="a beginning").location.startswith(begun)
    version = session.scalars(select(Revision)).one()
    assert (version.number, version.body, version.note, version.saved_by) == (1, "Sit down.", "a beginning", heron.id)


def test_the_second_version_asks_what_changed(client, begun, session):
    write(client, begun, body="Sit down.")
    save_version(client, begun)
    write(client, begun, body="Sit down and call somebody.")
    assert "What changed?" in client.get(f"{begun}write/version").text
    save_version(client, begun, significance="safety")
    assert [one.significance for one in session.scalars(select(Revision).order_by(Revision.number))] == [
        "content",
        "safety",
    ]


def test_more_than_spelling_is_not_taken_for_spelling_and_the_note_is_given_back(client, begun, session):
    write(client, begun, body="You can sit down.")
    save_version(client, begun)
    write(client, begun, body="You cannot sit down.")
    answer = save_version(client, begun, significance="typo", note="Only one little word.")
    assert answer.status_code == 422
    assert "More than spelling changed" in unescape(answer.text)
    assert form(answer)["note"] == "Only one little word."
    assert len(session.scalars(select(Revision)).all()) == 1


def test_other_facets_or_topics_are_more_than_spelling(client, begun):
    write(client, begun, body="You can sit down.", facets=["health"])
    save_version(client, begun)
    values = form(client.get(f"{begun}write"))
    values.pop("facets")
    client.post(f"{begun}write", data=values)
    answer = save_version(client, begun, significance="typo")
    assert answer.status_code == 422


def test_saving_the_same_version_twice_saves_it_once(client, begun, session):
    write(client, begun, body="Sit down.")
    page = form(client.get(f"{begun}write/version"))
    assert [client.post(f"{begun}write/version", data=page).status_code for _ in range(2)] == [303, 303]
    assert len(session.scalars(select(Revision)).all()) == 1


def test_a_version_is_of_the_text_that_was_seen(client, begun, other, session):
    write(client, begun, body="Sit down.")
    page = form(client.get(f"{begun}write/version"))
    write(other, begun, body="Sit down. Run.")
    answer = client.post(f"{begun}write/version", data={**page, "note": "mine"})
    assert answer.status_code == 409
    assert "Somebody else wrote in this text just now." in answer.text
    assert form(answer)["note"] == "mine"
    assert client.post(f"{begun}write/version", data=form(answer)).status_code == 303
    assert session.scalars(select(Revision)).one().body == "Sit down. Run."


def test_a_version_that_cannot_be_shown_is_not_saved(client, begun, session):
    write(client, begun, body="![](media:" + "0" * 64 + ")")
    assert save_version(client, begun).status_code == 422
    assert session.scalars(select(Revision)).all() == []


def test_a_text_that_was_put_away_is_not_written_in_and_the_words_come_back(client, begun, session, text_of):
    text_of(begun).progress = Progress.ARCHIVED
    session.commit()
    page = client.get(f"{begun}write")
    assert "This text was put away." in page.text
    answer = client.post(f"{begun}write", data={**form(page), "body": "Words that took me an hour."})
    assert answer.status_code == 409
    assert "Words that took me an hour." in answer.text
