"""Comments through their pages, as a browser without scripts sends them, and as JSON for the live editor."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select
from writing import form, write

from studio.guides.threads.models import Thread
from studio.jobs.run import Runner
from studio.review.queries.notices import notices
from studio.review.tasks import TASKS
from studio.storage.engine import make_engine, make_sessions

BODY = "## Rest\n\nSit down first.\n\nCall a friend, then rest, then rest again."


@pytest.fixture
def text(client, begun):
    write(client, begun, body=BODY)
    return begun


def comment(client, text, number=2, **answers):
    """Choose the passage ``number`` and comment on it."""
    links = re.findall(r'href="([^"]*/talk/new\?at=\d+)"', client.get(f"{text}talk/passages").text)
    page = client.get(unescape(links[number]))
    return client.post(f"{text}talk", data={**form(page), "comment": "Kinder?", "must": "no", **answers})


def thread_of(session):
    session.rollback()
    return session.scalars(select(Thread)).one()


def test_a_passage_is_chosen_commented_on_and_shown_with_its_words(client, text, other):
    answer = comment(other, text, must="yes")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Call a friend, then rest, then rest again.</blockquote>" in page
    for words in ("Kinder?", "Something must change", "Kite"):
        assert words in page
    assert "1 comment is open" in client.get(text).text


def test_a_comment_may_be_about_some_of_the_words(client, text, session):
    comment(client, text, words="a  friend")
    assert thread_of(session).quote == "a friend"


@pytest.mark.parametrize(("words", "sentence"), [("then rest", "2 times"), ("a cousin", "do not stand in the passage")])
def test_words_that_are_not_one_place_are_asked_for_again_and_nothing_typed_is_lost(client, text, words, sentence):
    answer = comment(client, text, words=words, comment="Something that took me long.", must="yes")
    assert answer.status_code == 422
    assert sentence in answer.text
    again = form(answer)
    assert (again["words"], again["comment"], again["must"]) == (words, "Something that took me long.", ["yes"])


def test_a_passage_that_changed_meanwhile_is_said_and_the_comment_comes_back(client, text, other):
    page = form(client.get(f"{text}talk/new?at=9"))
    assert page["quote"] == "Sit down first."
    write(other, text, body="Other words altogether.")
    answer = client.post(f"{text}talk", data={**page, "comment": "Something that took me long."})
    assert (answer.status_code, form(answer)["comment"]) == (409, "Something that took me long.")


def test_a_passage_that_is_taken_out_is_shown_with_its_quote(client, text):
    comment(client, text)
    write(client, text, body="## Rest\n\nSit down first.")
    page = client.get(f"{text}talk").text
    assert "These words are no longer in the text." in page
    assert "Call a friend" in page
    write(client, text, body=BODY)
    assert "no longer" not in client.get(f"{text}talk").text


def test_what_stands_there_now_is_shown_beside_what_was_commented_on(client, text):
    comment(client, text, number=1)
    write(client, text, body=BODY.replace("Sit down", "Sit slowly down"))
    page = client.get(f"{text}talk").text
    assert "It now says:" in page
    assert "Sit slowly down first." in page


def test_a_talk_is_answered_settled_and_opened_again(client, text, other, session):
    comment(client, text)
    where = f"{text}talk/{thread_of(session).id}"
    assert other.post(where, data={"comment": "Yes."}).status_code == 303
    assert other.post(where, data={"comment": " "}).status_code == 422
    assert other.post(f"{where}/settle", data={"then": "resolve"}).status_code == 303
    page = client.get(f"{text}talk").text
    assert "No comment is open" in page
    assert "Yes." in page
    assert "Open it again" in client.get(where).text
    client.post(f"{where}/settle", data={"then": "reopen"})
    assert thread_of(session).resolved_at is None


def test_whoever_is_named_finds_it_on_their_desk_and_the_way_to_it(client, text, kite, session, settings, clock):
    comment(client, text, comment="@Kite, is this right?")
    Runner(make_sessions(make_engine(settings.database_url)), TASKS, clock).run_due()
    session.rollback()
    told = notices(session, kite)
    assert [one.address for one in told] == [f"{text}talk"]
    assert "somebody speaks to you in a comment" in str(told[0].sentence)


def test_words_of_a_comment_are_shown_as_they_are_and_never_as_marks(client, text):
    comment(client, text, comment="<b>no</b> {{ 7 * 7 }}")
    assert "&lt;b&gt;no&lt;/b&gt; {{ 7 * 7 }}" in client.get(f"{text}talk").text


def test_an_empty_text_can_be_commented_on_as_a_whole(client, begun):
    assert "There is nothing in this text yet." in client.get(f"{begun}talk/passages").text
    page = form(client.get(f"{begun}talk/new"))
    assert client.post(f"{begun}talk", data={**page, "comment": "Well begun."}).status_code == 303
    assert "about the whole text" in client.get(f"{begun}talk").text


def test_a_passage_of_arabic_stands_from_right_to_left(client, begun):
    doors = client.post("/studio/new", data={"title": "كيف أرتاح", "language": "ar"}).location
    text = doors.removesuffix("begin")
    write(client, text, body="اجلس أولًا.\n\nاتصل بصديق.")
    comment(client, text, number=1)
    assert '<blockquote class="quoted" lang="ar" dir="rtl">اتصل بصديق.</blockquote>' in client.get(f"{text}talk").text


def test_the_live_editor_has_talks_and_places_as_json_and_says_things_at_the_same_addresses(client, text, session):
    json = {"Accept": "application/json"}
    sent = {"quote": "then rest", "near": "50", "comment": "Twice?", "must": "yes"}
    made = client.post(f"{text}talk", data=sent, headers=json)
    assert made.status_code == 201
    told = client.get(f"{text}talk.json").json
    one = told["threads"][0]
    assert (one["id"], one["quote"], one["must"], one["state"]) == (made.json["thread"], "then rest", True, "attached")
    assert BODY[one["start"] : one["end"]] == "then rest"
    assert one["start"] == BODY.rindex("then rest")
    assert [said["author"] for said in one["comments"]] == ["Heron"]
    where = f"{text}talk/{one['id']}"
    assert client.post(where, data={"comment": "Yes."}, headers=json).status_code == 201
    assert client.post(where, data={"comment": ""}, headers=json).status_code == 422
    assert client.post(f"{text}talk", data={**sent, "quote": "gone"}, headers=json).status_code == 409
    assert client.post(f"{where}/settle", data={"then": "resolve"}, headers=json).json["resolved"] is True
    assert client.get(f"{text}talk.json").json["threads"] == []


def test_a_talk_of_another_text_is_not_there(client, text, session):
    comment(client, text)
    elsewhere = client.post("/studio/new", data={"title": "Else", "language": "en"}).location.removesuffix("begin")
    assert client.get(f"{elsewhere}talk/{thread_of(session).id}").status_code == 404
