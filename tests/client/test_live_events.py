"""Where sockets are blocked the live editor takes the second way by itself, with the same words in the house."""

from __future__ import annotations

import base64
import re

import pytest
from fake_events import Events
from fake_room import CHANGED, frame, wait_for
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def house_events(app):
    return Events(app)


def test_where_sockets_are_blocked_events_and_posts_carry_the_same(house_events, page, room, address):
    house = house_events
    room.shut = 1006
    page.goto(address)
    told = page.locator("[data-live]").get_attribute("data-live")
    text_id = re.search(r"/studio/ws/(\w+)", told)[1]
    number = re.search(r'"pen": ?\[(\d+)', told)[1]
    text = page.locator(".cm-content")
    expect(text).to_be_visible(timeout=20_000)
    text.press_sequentially("Typed.")
    expect(page.locator("[data-live-state]")).to_have_text("Saved", timeout=15_000)
    wait_for(page, lambda: str(house.shared) == "Typed.")
    before = house.doc.get_state()
    house.shared.insert(0, "Theirs. ")
    update = house.doc.get_update(before)
    house.waiting.put(("", frame(CHANGED, {"seq": 2, "sizes": [len(update)]}, update)))
    expect(text).to_have_text("Theirs. Typed.")
    shown = house.asked[0]["query"]
    assert {one["text"] for one in house.asked if "text" in one} == {text_id}
    assert (shown["pen"], shown["quiet"]) == (number, "0")
    assert base64.urlsafe_b64decode(shown["state"] + "==") == b"\x00"
    assert {one["pen"].split(".")[0] for one in house.asked if "pen" in one} == {number}
    assert {one["line"] for one in house.asked if "line" in one} == {"line-7"}
    house.waiting.put(("close", b"4403"))
    expect(page.locator("[data-note]")).to_have_text("You may not write in this text any more.")
    expect(page.locator("[data-live-state]")).to_have_text("Saved")
