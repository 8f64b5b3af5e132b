"""Where sockets are blocked the live editor takes the second way by itself, with the same words in the house."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from network import wait_for
from playwright.sync_api import expect
from sqlalchemy import delete

from studio.guides.models import TeamMember, Translation
from studio.storage.engine import begin_write

pytestmark = pytest.mark.browser

TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"


@pytest.fixture
def asked(page):
    """The requests of the second way."""
    found = []
    page.on("request", lambda request: found.append(request) if "/studio/ws/" in request.url else None)
    return found


@pytest.fixture
def blocked(page, network, asked, address):
    """The editor, once it has come by the second way."""
    network.shut = 1006
    page.goto(address)
    found = page.locator(".cm-content")
    expect(found).to_be_visible(timeout=20_000)
    found.press("Control+Home")
    return found


def test_where_sockets_are_blocked_events_and_posts_carry_the_same(
    blocked, page, asked, place, text_id, kite, there, saved
):
    told = page.locator("[data-live]").get_attribute("data-live")
    number = re.search(r'"pen": ?\[(\d+)', told)[1]
    blocked.press_sequentially("Typed. ")
    saved()
    assert there() == f"Typed. {TEXT}"
    kite.type("Theirs. ", before="Typed. ")
    expect(blocked).to_contain_text("Theirs. Typed. Begin.")
    asked_for = [urlsplit(one.url) for one in asked]
    assert {one.path for one in asked_for} == {f"/studio/ws/{text_id}/events", f"/studio/ws/{text_id}/send"}
    shown = {name: values[0] for name, values in parse_qs(asked_for[0].query).items()}
    assert (shown["pen"], shown["quiet"]) == (number, "0")
    assert base64.urlsafe_b64decode(shown["state"] + "==") == b"\x00"
    posts = [one.headers for one in asked if one.method == "POST"]
    assert {one["x-pen"].split(".")[0] for one in posts} == {number}
    lines = {one["x-line"] for one in posts}
    kite.until(lambda _: kite.sees == {"Heron", "Kite"})
    assert lines == {line for line, one in kite.people.items() if one["name"] == "Heron"}
    close_to_heron(place, text_id)
    expect(page.locator("[data-note]")).to_have_text("You may not write in this text any more.")
    expect(page.locator("[data-live-state]")).to_have_text("Saved")


def close_to_heron(place, text_id):
    """Keep a text from everybody who is not of its team, and leave nobody in that."""
    with place.session() as session:
        begin_write(session)
        session.execute(delete(TeamMember).where(TeamMember.translation_id == text_id))
        session.get_one(Translation, text_id).guide.team_only = True
        session.commit()


def test_words_whose_answer_was_lost_are_in_the_house_once(blocked, page, network, kite, there, saved):
    saved()
    network.lose_answers(1)
    blocked.press_sequentially("Once. ")
    wait_for(page, lambda: len(network.asked) == 1)
    saved()
    wait_for(page, lambda: there() == f"Once. {TEXT}")
    kite.until(lambda typist: typist.text == f"Once. {TEXT}")
    expect(blocked).to_contain_text("Once. Begin.")
