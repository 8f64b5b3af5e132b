"""What the house does not have yet is kept on the device: for the next page, unreadable, and gone when one leaves."""

from __future__ import annotations

import re

import pytest
from kept import KEPT, STORE
from network import wait_for
from playwright.sync_api import expect

from studio.editor.live.frames import Kind

pytestmark = pytest.mark.browser

TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"


def canary(page, text, network):
    """Type words that do not get through, and wait until they are kept on the device."""
    network.hold()
    text.press("Control+Home")
    text.press_sequentially("Canary. ")
    wait_for(page, lambda: page.evaluate(KEPT) == ["studio-live"] and page.evaluate(STORE, "count") == 1)
    page.wait_for_timeout(1_500)  # and the last letters with the first


def test_a_tab_that_is_killed_loses_nothing_and_what_it_left_cannot_be_read(
    page, text, network, there, kite, saved, address
):
    saved()
    old = network.sent(Kind.HELLO)[0].header["pens"][0]
    canary(page, text, network)
    left = page.evaluate(STORE, "rows")
    assert [keys for keys, _ in left] == ["at,box,id,iv"]
    assert "Canary" not in left[0][1]
    context = page.context
    page.close(run_before_unload=False)
    assert there() == TEXT
    network.release()
    kite.type("Meanwhile. ")
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-live-state]")).to_have_text("Saved")
    either = ("Canary. Meanwhile. ", "Meanwhile. Canary. ")  # both were typed at the beginning, unseen by the other
    expect(again.locator(".cm-content")).to_contain_text(re.compile("|".join(f"{words}Begin" for words in either)))
    expect(again.locator("[data-note]")).to_contain_text("What you wrote last time")
    wait_for(again, lambda: there() in {words + TEXT for words in either})
    shown = network.sent(Kind.HELLO)[-1].header["pens"]
    assert old in shown
    assert len(shown) == 2
    wait_for(again, lambda: again.evaluate(STORE, "count") == 0)
    expect(again.locator("[data-note]")).to_be_visible()
    expect(again.locator("[data-note]")).to_contain_text("What you wrote last time")


@pytest.mark.parametrize("asked", ["clear-site-data", ""], ids=["the browser does", "the script does"])
def test_leave_and_wipe_this_phone_removes_what_was_kept(page, text, network, live, saved, asked):
    saved()
    canary(page, text, network)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live.address}/studio/me/")
    assert page.evaluate(KEPT) == ["studio-live"]
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    page.route("**/built/wipe.js*" if asked else "**/studio/sign-out", lambda route: without(route, asked))
    page.get_by_role("button", name="Leave and wipe this phone").click()
    page.wait_for_url("https://**")
    page.goto(f"{live.address}/studio/sign-in")
    assert page.evaluate(KEPT) == []


def test_leave_goes_at_once_also_with_words_that_are_not_saved_and_those_are_kept(page, text, network, live, saved):
    saved()
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    canary(page, text, network)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://**")
    page.goto(f"{live.address}/studio/me/")
    assert page.evaluate(STORE, "count") == 1


def without(route, asked):
    """Let one of the two ways of forgetting not happen."""
    if asked:
        route.abort()
        return
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
    assert headers != answer.headers
    route.fulfill(response=answer, headers=headers)


def test_what_was_left_of_another_text_stays_for_that_text(page, text, network, place, heron, live, there, address):
    canary(page, text, network)
    context = page.context
    page.close(run_before_unload=False)
    network.release()
    another = place.text("Another beginning.", by=heron.id)
    again = context.new_page()
    again.goto(f"{live.path(another)}write")
    expect(again.locator(".cm-content")).to_contain_text("Another beginning.")
    again.wait_for_timeout(800)
    assert again.evaluate(STORE, "count") == 1
    assert place.read(another) == "Another beginning."
    assert there() == TEXT
    again.goto(address)
    expect(again.locator(".cm-content")).to_contain_text("Canary.")
    wait_for(again, lambda: there() == f"Canary. {TEXT}")
