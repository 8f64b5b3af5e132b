"""Begin a text: a title and a language, three doors, or another language of a guide."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import select
from writing import form, write

from studio.guides.models import Draft, TeamMember, Translation


def test_title_and_language_are_enough_to_begin(client, begun, text_of, heron, session):
    text = text_of(begun)
    assert (text.guide_id, text.language, text.draft.text) == ("how-to-rest", "en", "")
    assert text.draft.fields["title"] == "How to rest"
    assert session.scalars(select(TeamMember.member_id)).all() == [heron.id]


def test_the_first_page_asks_for_nothing_else(client, begun):
    assert set(form(client.get("/studio/new"))) == {"form_token", "title", "language"}


def test_pressing_twice_begins_one_text_and_another_title_another(client, begun, session):
    for _ in range(2):
        answer = client.post("/studio/new", data={"title": "How to rest", "language": "en"})
        assert answer.location == f"{begun}begin"
    client.post("/studio/new", data={"title": "How to walk", "language": "en"})
    write(client, begun, body="Begun.")
    assert client.post("/studio/new", data={"title": "How to rest", "language": "en"}).location != f"{begun}begin"
    assert len(session.scalars(select(Translation)).all()) == 3


def test_a_text_without_a_title_is_not_begun_and_what_was_chosen_stays(client, begun):
    answer = client.post("/studio/new", data={"title": " ", "language": "ar"})
    assert answer.status_code == 422
    assert form(answer)["language"] == "ar"


def test_a_language_that_the_house_does_not_offer_is_not_begun(client, begun):
    assert client.post("/studio/new", data={"title": "x", "language": "xx"}).status_code == 422


def test_the_answers_become_sections_in_the_language_of_the_text(client, begun, text_of):
    ours = client.post("/studio/new", data={"title": "الراحة", "language": "ar"}).location.removesuffix("begin")
    assert "Who is this for?" in client.get(f"{ours}begin").text
    client.post(f"{ours}begin", data={"door": "words", "box-who": "لمن تعب", "box-wish": " نامي \r\nجيدًا "})
    assert text_of(ours).draft.text == "## لمن هذا النص\n\nلمن تعب\n\n## ما تنفع معرفته\n\nنامي \nجيدًا\n"


def test_four_empty_boxes_lead_back_to_them_with_a_sentence(client, begun):
    answer = client.post(f"{begun}begin", data={"door": "words", "box-who": " "})
    assert answer.status_code == 422
    assert "Write a little in one of the boxes" in answer.text


def test_what_is_pasted_is_taken_over_and_what_was_dropped_is_told(client, begun, text_of):
    front = "---\nsummary: In short\nauthor: somebody\n---\n"
    pasted = f"{front}# How to rest\n\nSit.<script>alert(1)</script>\n\n[x](../x.md)\n"
    answer = client.post(f"{begun}begin", data={"door": "paste", "pasted": pasted})
    assert answer.status_code == 200
    told = unescape(answer.text)
    for sentence in (
        "Front matter that has no place here: author.",
        "Something that readers never saw was dropped: <script>",
        "A link that leads nowhere here became plain words: ../x.md",
    ):
        assert sentence in told
    draft = text_of(begun).draft
    assert (draft.text, draft.fields["summary"], draft.fields["title"]) == ("Sit.\n\nx\n", "In short", "How to rest")


def test_another_title_in_what_is_pasted_becomes_a_heading_and_is_not_lost(client, begun, text_of):
    answer = client.post(f"{begun}begin", data={"door": "paste", "pasted": "# Sleep well\n\nSoon."})
    assert answer.location == f"{begun}write"
    assert text_of(begun).draft.text == "## Sleep well\n\nSoon.\n"


def test_what_is_added_later_stands_below_what_is_there(client, begun, text_of):
    write(client, begun, body="First.")
    client.post(f"{begun}begin", data={"door": "paste", "pasted": "Second."})
    assert text_of(begun).draft.text == "First.\n\nSecond.\n"


@pytest.mark.parametrize("pasted", ["", "---\n- a\n- b\n---\nx", "---\n: : :\n---\nText of an hour."])
def test_what_cannot_be_pasted_is_given_back(client, begun, pasted, text_of):
    answer = client.post(f"{begun}begin", data={"door": "paste", "pasted": pasted})
    assert answer.status_code == 422
    assert form(answer)["pasted"] == pasted
    assert text_of(begun).draft.text == ""


def test_a_guide_is_begun_in_another_language_with_the_source_beside_it(client, begun, text_of, session):
    write(client, begun, body="Sit down slowly.", content_notes=["violence"])
    answer = client.post(f"{begun}translate", data={"title": "كيف أرتاح", "language": "ar"})
    assert answer.location == "/studio/guides/how-to-rest/ar/write?from=en"
    page = client.get(answer.location)
    assert '<div class="text written" lang="en" dir="auto">Sit down slowly.</div>' in page.text
    made = text_of("/studio/guides/how-to-rest/ar/")
    assert (made.draft.text, made.draft.fields["title"]) == ("", "كيف أرتاح")
    assert made.draft.fields["content_notes"] == ["violence"]
    assert len(session.scalars(select(Draft)).all()) == 2


def test_a_language_that_is_there_already_is_refused_with_what_to_do(client, begun):
    answer = client.post(f"{begun}translate", data={"title": "Again", "language": "en"})
    assert answer.status_code == 409
    assert "This guide exists in that language already." in answer.text


def test_a_source_that_is_not_there_is_left_out(client, begun):
    for code in ("ar", "en", "x'"):
        assert 'id="source-title"' not in client.get(f"{begun}write?from={code}").text


def test_nobody_begins_without_being_signed_in(browser):
    assert browser().get("/studio/new").status_code in (200, 303)
    assert browser().post("/studio/new", data={"title": "x", "language": "en"}).status_code == 401


def test_an_outline_to_fill_in_is_offered_where_the_community_has_one(client, begun):
    assert "outline" in client.get(f"{begun}begin").text
    answer = client.post(f"{begun}begin", data={"door": "outline"})
    assert answer.status_code == 303
    assert "## " in client.get(f"{begun}write").text
