"""Suggestions through their pages: written instead of saving, looked at word by word, taken or left."""

from __future__ import annotations

import re
from html import unescape

import pytest
from writing import form, save_version, write

BODY = "Sit down now.\n\nCall your friend.\n\nSleep early."
CHANGED = "Sit down calmly.\n\nCall your best friend.\n\nSleep well."


@pytest.fixture
def text(client, begun):
    write(client, begun, body=BODY)
    return begun


def suggest(client, text, body=CHANGED, **more):
    page = client.get(f"{text}suggest")
    return client.post(f"{text}suggest", data={**form(page), "body": body, **more})


def changes(client, text):
    """The address of each change that waits, in order."""
    page = unescape(client.get(f"{text}suggestions").text)
    return list(dict.fromkeys(re.findall(r'action="([^"]*/suggestions/\w+)"', page)))


def test_a_suggestion_changes_nothing_until_somebody_takes_it(client, text, other, text_of):
    answer = suggest(other, text, suggestion_note="Kinder so.")
    assert answer.status_code == 303
    assert text_of(text).draft.text == BODY
    page = client.get(answer.location).text
    assert "Kinder so." in page
    assert "Suggestion by <bdi>Kite</bdi>" in " ".join(page.split())
    assert '<ins dir="ltr">' in page
    first, second, third = changes(client, text)
    assert client.post(first, data={"then": "accept"}).status_code == 303
    assert client.post(second, data={"then": "decline"}).status_code == 303
    assert text_of(text).draft.text == BODY.replace("now", "calmly")
    assert changes(client, text) == [third]


def test_the_writing_form_suggests_instead_of_saving_without_scripts(client, text, other, text_of):
    page = other.get(f"{text}write").text
    assert re.search(r"<noscript><button[^>]*formaction=\"[^\"]*/suggest\"", page)
    sent = {**form(other.get(f"{text}write")), "body": CHANGED}
    assert other.post(f"{text}suggest", data=sent).status_code == 303
    assert text_of(text).draft.text == BODY
    assert len(changes(client, text)) == 3


def test_answers_beside_the_text_cannot_be_suggested_and_come_back_in_the_form(client, text, other, text_of):
    sent = {**form(other.get(f"{text}write")), "body": CHANGED, "summary": "Mine"}
    answer = other.post(f"{text}suggest", data=sent)
    assert answer.status_code == 422
    assert "Only the words of the text can be suggested." in answer.text
    assert (form(answer)["body"], form(answer)["summary"]) == (CHANGED, "Mine")


def test_nothing_changed_is_no_suggestion(other, text):
    answer = suggest(other, text, BODY, suggestion_note="A note that I typed.")
    assert answer.status_code == 422
    assert form(answer)["suggestion_note"] == "A note that I typed."


def test_sending_twice_suggests_once(client, other, text):
    page = {**form(other.get(f"{text}suggest")), "body": CHANGED}
    assert [other.post(f"{text}suggest", data=page).status_code for _ in range(2)] == [303, 303]
    assert len(changes(client, text)) == 3


def test_ones_own_suggestion_is_taken_back_and_not_taken(client, text, other, text_of):
    suggest(other, text)
    page = other.get(f"{text}suggestions").text
    assert "Take the suggestion back" in page
    assert "Into the text" not in page
    first, second, _ = changes(other, text)
    assert other.post(first, data={"then": "accept"}).status_code == 403
    assert other.post(second, data={"then": "decline"}).status_code == 303
    assert "taken back" in other.get(f"{text}suggestions").text
    assert text_of(text).draft.text == BODY


def test_all_that_still_fits_is_taken_and_the_rest_is_shown_with_both_texts(client, text, other, text_of):
    suggest(other, text)
    write(client, text, body=BODY.replace("Sleep early", "Sleep soon"))
    page = unescape(client.get(f"{text}suggestions").text)
    assert "The words changed since this was suggested" in page
    assert '<span class="quiet-words">Sleep </span><span class="quiet-words">soon.</span>' in page
    every = re.search(r'action="([^"]*/all)"', page)[1]
    client.post(every)
    assert text_of(text).draft.text == "Sit down calmly.\n\nCall your best friend.\n\nSleep soon."
    stale = changes(client, text)[0]
    assert client.post(stale, data={"then": "accept"}).status_code == 409
    assert text_of(text).draft.text.endswith("Sleep soon.")


def test_a_suggestion_from_a_text_that_is_forgotten_comes_back_whole(client, text, other, session, text_of, clock):
    from studio.guides.drafts import log  # noqa: PLC0415 - for this test alone

    page = {**form(other.get(f"{text}suggest")), "body": CHANGED, "base_seq": "1"}
    draft = text_of(text).draft
    log.settle(session, draft, draft.head_seq, clock())
    session.commit()
    answer = other.post(f"{text}suggest", data=page)
    assert (answer.status_code, form(answer)["body"]) == (409, CHANGED)
    assert other.post(f"{text}suggest", data=form(answer)).status_code == 303


def test_in_a_text_that_was_put_away_nothing_is_suggested_or_taken(client, text, other, session, text_of):
    from studio.guides.rules.statuses import Progress  # noqa: PLC0415 - for this test alone

    suggest(other, text)
    where = changes(client, text)[0]
    text_of(text).progress = Progress.ARCHIVED
    session.commit()
    assert client.post(where, data={"then": "accept"}).status_code == 409
    assert suggest(other, text, "Else.").status_code == 409


@pytest.mark.parametrize(
    ("code", "direction", "body", "proposal", "old", "new"),
    [
        ("ar", "rtl", "اجلس الآن بهدوء.", "اجلس قليلًا بهدوء.", "الآن", "قليلًا"),
        ("ja", "ltr", "今日は早く眠ります。", "今日は深く眠ります。", "早", "深"),
    ],
)
def test_a_change_is_shown_by_the_words_and_in_the_direction_of_its_language(
    client, begun, other, code, direction, body, proposal, old, new
):
    doors = client.post("/studio/new", data={"title": "一つ", "language": code}).location
    text = doors.removesuffix("begin")
    write(client, text, body=body)
    suggest(other, text, proposal)
    page = client.get(f"{text}suggestions").text
    passage = re.search(rf'<p class="passage" lang="{code}" dir="{direction}">.*?</p>', page, re.DOTALL)[0]
    shown = re.sub(r'<span class="visually-hidden".*?</span>', "", passage)
    assert f'<del dir="{direction}">{old}</del><ins dir="{direction}">{new}</ins>' in shown


def test_the_live_editor_suggests_other_words_for_a_passage_and_decides_by_json(client, text, other, text_of):
    json = {"Accept": "application/json"}
    sent = {"quote": "your friend", "near": "20", "new": "your best friend", "suggestion_note": "Kinder."}
    made = other.post(f"{text}suggest", data=sent, headers=json)
    assert (made.status_code, len(made.json["hunks"])) == (201, 1)
    told = client.get(f"{text}talk.json").json["hunks"][0]
    assert (told["author"], told["note"], told["state"]) == ("Kite", "Kinder.", "open")
    assert BODY[told["start"] : told["end"]] == told["old"]
    answer = client.post(f"{text}suggestions/{told['id']}", data={"then": "accept"}, headers=json).json
    assert (answer["state"], answer["seq"]) == ("accepted", text_of(text).draft.head_seq)
    assert "your best friend" in text_of(text).draft.text
    again = other.post(f"{text}suggest", data={**sent, "quote": "nobody"}, headers=json)
    assert again.status_code == 409
    everything = other.post(f"{text}suggest", data={"quote": BODY[:3], "new": "Stand"}, headers=json).json
    done = client.post(f"{text}suggestions/{everything['suggestion']}/all", headers=json).json
    assert (done["taken"], done["left"]) == (1, 0)


def test_the_live_editor_suggests_against_the_number_that_it_has_from_the_house_and_others_write_on(
    client, text, other, text_of
):
    json = {"Accept": "application/json"}
    seq = str(text_of(text).draft.head_seq)
    write(client, text, body=f"Before all that.\n\n{BODY}")
    sent = {"live": "1", "base_seq": seq, "body": BODY.replace("your friend", "your best friend")}
    made = other.post(f"{text}suggest", data=sent, headers=json)
    assert (made.status_code, len(made.json["hunks"])) == (201, 1)
    told = {one["own"]: one for one in other.get(f"{text}talk.json").json["hunks"]}[True]
    assert (told["state"], "best " in dict(told["pieces"])["ins"]) == ("open", True)
    assert {one["own"] for one in client.get(f"{text}talk.json").json["hunks"]} == {False}
    unproven = other.post(f"{text}suggest", data={**sent, "live": "", "body": f"{BODY}!"}, headers=json)
    assert unproven.status_code == 409


def test_who_had_a_few_characters_taken_is_no_author_of_the_saved_version(
    client, text, other, kite, heron, text_of, session
):
    from studio.guides.queries import latest  # noqa: PLC0415 - for this test alone
    from studio.review.queries.rounds import authors_of  # noqa: PLC0415 - for this test alone

    def authors():
        save_version(client, text)
        translation = text_of(text)
        return authors_of(session, translation, latest(session, translation))

    suggest(other, text)
    client.post(re.search(r'action="([^"]*/all)"', client.get(f"{text}suggestions").text)[1])
    assert authors() == {heron.id}
    suggest(other, text, f"{text_of(text).draft.text}\n\n{'Rest well. ' * 10}")
    client.post(changes(client, text)[0], data={"then": "accept"})
    assert authors() == {heron.id, kite.id}
