"""The page of writing says before the first word what writing would cost the checks, with scripts and without."""

from __future__ import annotations

import json
from html import unescape

import pytest
from writing import write

from studio.members.models import Member
from studio.web import assets

SENTENCE = "only one person is left to check it"
QUIET = "Whoever writes in this text cannot check this edition."


@pytest.fixture
def house(member, begun, client, session):
    """Heron has written; Kite, Moth and Wren have not."""
    write(client, begun, body="Sit down slowly.")
    members = {name: member(name) for name in ("Moth", "Wren")}
    session.commit()
    return members


@pytest.fixture
def suspend(session):
    def put_away(actor):
        session.get_one(Member, actor.id).suspended = True
        session.commit()

    return put_away


def page_data(page):
    whole = page.text.split('data-live="')[1].split('"')[0]
    return json.loads(unescape(whole))


def test_where_enough_are_left_the_page_says_only_the_rule(other, begun, house):
    page = unescape(other.get(f"{begun}write").text)
    assert QUIET in page
    assert SENTENCE not in page


def test_where_one_is_left_it_stands_above_the_form_with_a_way_to_suggest(other, begun, house, suspend):
    suspend(house["Moth"])
    page = unescape(other.get(f"{begun}write?plain=1").text)
    above = page.split('<form class="write')[0]
    assert "If you write here, only one person is left to check it for “First read”. Suggest instead?" in above
    assert f'href="{begun}suggest"' in above
    assert QUIET not in page


def test_the_live_editor_asks_with_the_same_sentence(other, begun, house, suspend, monkeypatch):
    monkeypatch.setattr(assets, "exists", lambda _: True)
    assert page_data(other.get(f"{begun}write"))["could_check"] is False
    suspend(house["Moth"])
    page = other.get(f"{begun}write")
    assert page_data(page)["could_check"] is True
    assert page_data(page)["suggest"] == f"{begun}suggest"
    assert SENTENCE in page.text.split("data-ask")[1].split("data-agree")[0]


def test_whoever_has_written_is_not_asked_again(other, client, begun, house, suspend):
    suspend(house["Moth"])
    assert SENTENCE not in client.get(f"{begun}write").text
    write(other, begun, body="Sit down slowly. Breathe.")
    assert SENTENCE not in other.get(f"{begun}write").text


def test_it_is_said_in_the_language_of_whoever_writes(browser, kite, member, sign_in, begun, house, suspend):
    for one in house.values():
        suspend(one)
    reader = browser()
    sign_in(reader, member("Crane", language="ar"))
    assert "لن يبقى إلا شخص واحد" in reader.get(f"{begun}write").text
