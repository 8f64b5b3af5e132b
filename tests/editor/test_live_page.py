"""The page to write on with the live editor: what it tells the script, and what its form leaves alone."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from studio.editor.pages import desk
from studio.editor.rules.pens import is_pen
from studio.web import assets


@pytest.fixture
def told(client, begun):
    """What the page tells its script."""

    def read(address="write"):
        page = client.get(f"{begun}{address}")
        found = re.search(r'data-live="([^"]*)"', page.text)
        return (json.loads(unescape(found[1])) if found else None), page

    return read


@pytest.fixture
def form(client, begun):
    """The fields of the form as a browser would send them."""

    def read(**changed):
        page = client.get(f"{begun}write?plain=1").text
        values = dict(re.findall(r'<input type="hidden" name="(base_\w+)" value="([^"]*)"', page))
        return {**{name: unescape(value) for name, value in values.items()}, "title": "How to rest", **changed}

    return read


def test_the_page_hands_out_a_pen_that_is_this_members_for_this_text(app, told, begun, heron, kite, text_of):
    page, _ = told()
    number, token = page["pen"]
    text = text_of(begun)
    assert page["socket"] == f"/studio/ws/{text.id}"
    assert is_pen(app.config["KEY"], text.id, heron.id, number, token)
    assert not is_pen(app.config["KEY"], text.id, kite.id, number, token)
    assert told()[0]["pen"] != page["pen"]


def test_the_page_alone_is_opened_for_one_style_sheet_and_its_script_knows_the_word(told, client, begun):
    page, answer = told()
    assert f"style-src 'self' 'nonce-{page['nonce']}'" in answer.headers["Content-Security-Policy"]
    assert told()[0]["nonce"] != page["nonce"]
    assert "nonce" not in client.get(begun).headers["Content-Security-Policy"]


def test_the_plain_form_is_there_beside_and_alone(told):
    page, answer = told()
    assert page["plain"] in unescape(answer.text)
    assert '<textarea id="body"' in answer.text
    alone, answer = told("write?plain=1")
    assert alone is None
    assert '<textarea id="body"' in answer.text
    assert "live.js" not in answer.text
    assert "nonce" not in answer.headers["Content-Security-Policy"]


def test_without_the_script_there_is_the_plain_form(told, monkeypatch):
    monkeypatch.setattr(assets, "exists", lambda name: name != desk.SCRIPT)
    page, answer = told()
    assert page is None
    assert '<textarea id="body"' in answer.text


def test_who_began_a_text_is_not_asked_whether_to_write_and_finds_the_way_to_suggest(client, told):
    page, _ = told()
    assert page["could_check"] is False
    assert client.get(page["suggest"]).status_code == 200


def test_a_form_that_is_live_leaves_the_body_alone(client, begun, form, text_of):
    client.post(f"{begun}write", data=form(body="What was typed."))
    answer = client.post(f"{begun}write", data=form(title="How to rest well", live="1"))
    assert answer.status_code == 303
    draft = text_of(begun).draft
    assert (draft.text, draft.fields["title"]) == ("What was typed.", "How to rest well")


def test_it_does_so_whatever_it_sends_and_while_others_write(client, other, begun, form, text_of):
    client.post(f"{begun}write", data=form(body="One."))
    old = form(title="How to rest well", live="1", body="An old page.")
    client.post(f"{begun}write", data=form(body="One. Two."))
    answer = client.post(f"{begun}write", data=old, headers={"Accept": "application/json"})
    assert answer.json["text_changed"] is False
    assert answer.json["touching"] == []
    draft = text_of(begun).draft
    assert (draft.text, draft.fields["title"]) == ("One. Two.", "How to rest well")


def test_a_live_form_that_is_refused_comes_back_with_the_text(client, begun, form, text_of):
    client.post(f"{begun}write", data=form(body="What was typed."))
    answer = client.post(f"{begun}write", data=form(title="", live="1"))
    assert answer.status_code == 422
    assert "\nWhat was typed.</textarea>" in answer.text
    assert text_of(begun).draft.text == "What was typed."


def test_a_live_form_leads_to_the_preview_of_what_is_in_the_house(client, begun, form):
    client.post(f"{begun}write", data=form(body="What was typed."))
    answer = client.post(f"{begun}write/preview", data=form(live="1"))
    assert answer.location.endswith("/write/preview")
    client.post(f"{begun}write", data=form(body="![](media:a)"))
    assert client.post(f"{begun}write/preview", data=form(live="1")).status_code == 422


def test_a_text_is_shown_as_readers_would_see_it_without_being_saved(client, begun, text_of):
    json_too = {"Accept": "application/json"}
    answer = client.post(f"{begun}write/shown", data={"body": "## Rest\r\n\r\n<b>Sit</b>"}, headers=json_too)
    assert answer.json == {"html": '<h2 id="h-rest">Rest</h2>\n<p>&lt;b&gt;Sit&lt;/b&gt;</p>\n'}
    refused = client.post(f"{begun}write/shown", data={"body": "![](media:a)"}, headers=json_too)
    assert refused.status_code == 422
    assert refused.json["error"]
    assert text_of(begun).draft.text == ""
