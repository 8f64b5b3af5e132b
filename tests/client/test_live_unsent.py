"""A suggestion that was not sent is kept on the device: for the next page, unreadable, gone when it is sent or left."""

from __future__ import annotations

import pytest
from kept import KEPT, ONE, STORE
from live_browsers import FORK, choose
from network import wait_for
from playwright.sync_api import expect
from sqlalchemy import select

from studio.guides.threads.models import Suggestion

pytestmark = pytest.mark.browser

TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"


def kept(page, count):
    """Wait until the device has so many records."""
    wait_for(page, lambda: page.evaluate(KEPT) == ["studio-live"] and page.evaluate(STORE, "count") == count)


def last_kept(page):
    """Wait until what was typed last has been kept as well, which happens a moment after it."""
    before = page.evaluate(STORE, "rows")
    page.keyboard.type("!")
    wait_for(page, lambda: page.evaluate(STORE, "rows") != before)


def suggest(page, saved):
    """Put other words in the place of some, and more of them elsewhere; send nothing."""
    saved()
    page.locator('[data-way-of="suggest"]').click()
    choose(page, "Sit", FORK)
    page.keyboard.type("Lie canary")
    page.locator("#lv-why").fill("Softer.")
    choose(page, "Stand up.", FORK)
    page.keyboard.press("Delete")
    kept(page, 1)
    page.locator(FORK).press("Control+Home")
    page.keyboard.type("Slowly")
    last_kept(page)


def killed(page):
    """Kill the tab, and return the browser that it was in."""
    context = page.context
    page.close(run_before_unload=False)
    return context


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-live-state]")).to_have_text("Saved")
    return page


def suggested(place):
    with place.session() as session:
        return [(one.note, one.author) for one in session.scalars(select(Suggestion))]


def test_a_tab_that_is_killed_in_mid_suggestion_gives_it_back_beside_what_others_wrote(
    page, text, kite, there, saved, address
):
    suggest(page, saved)
    left = page.evaluate(STORE, "rows")
    assert [keys for keys, _ in left] == ["at,box,id,iv"]
    assert not any(word in left[0][1] for word in ("canary", "Softer", "Slowly", "Begin"))
    context = killed(page)
    kite.type("Meanwhile. ")
    kite.type(" a while", after="Sit down")
    again = opened(context, address)
    fork = again.locator(FORK)
    expect(fork).to_contain_text("Slowly!")
    expect(fork.locator("ins")).to_contain_text(["Slowly!", "Lie canary"])
    expect(fork.locator("del")).to_contain_text(["Sit", "Stand up."])
    expect(fork).to_contain_text("Meanwhile. ")
    expect(fork).to_contain_text("Lie canary down a while.")
    expect(again.locator("#lv-why")).to_have_value("Softer.")
    expect(again.locator("[data-again]")).to_have_text(
        "What you suggested last time on this device was not sent. It is here again."
    )
    assert there() == f"Meanwhile. {TEXT}".replace("Sit down", "Sit down a while")
    fork.press("Control+z")
    expect(fork.locator("ins")).to_have_count(0)
    fork.press("Control+y")
    expect(fork.locator("ins")).to_contain_text(["Slowly!", "Lie canary"])
    expect(again.locator("[data-again]")).to_be_visible()
    again.close(run_before_unload=False)
    expect(opened(context, address).locator(FORK)).to_contain_text("Lie canary down a while.")


def test_what_was_sent_is_no_longer_kept_and_stands_with_its_author(page, text, place, heron, there, saved, address):
    suggest(page, saved)
    context = killed(page)
    again = opened(context, address)
    expect(again.locator(FORK)).to_contain_text("Lie canary")
    again.get_by_role("button", name="Send the suggestion").click()
    expect(again.locator("[data-done]")).to_contain_text("Your suggestion waits here.")
    assert suggested(place) == [("Softer.", heron.id)]
    kept(again, 0)
    again.reload()
    expect(again.locator("[data-talk]")).to_contain_text("Your suggestion")
    expect(again.locator(FORK)).to_have_count(0)
    expect(again.locator("[data-again]")).to_have_text("")
    assert there() == TEXT


def test_what_was_left_without_sending_is_no_longer_kept(page, text, saved):
    suggest(page, saved)
    page.locator('[data-way-of="write"]').click()
    page.get_by_role("button", name="Leave without sending").click()
    expect(page.locator(FORK)).to_have_count(0)
    kept(page, 0)


def test_leave_and_wipe_this_phone_removes_a_suggestion_too(page, text, live, saved):
    suggest(page, saved)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live.address}/studio/me/")
    assert page.evaluate(STORE, "count") == 1
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    page.get_by_role("button", name="Leave and wipe this phone").click()
    page.wait_for_url("https://**")
    page.goto(f"{live.address}/studio/sign-in")
    assert page.evaluate(KEPT) == []


def test_a_tab_that_stays_open_keeps_nothing_anew_after_another_one_has_wiped_the_phone(page, text, live, saved):
    suggest(page, saved)
    other = page.context.new_page()
    other.goto(f"{live.address}/studio/me/")
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    other.get_by_role("button", name="Leave and wipe this phone").click()
    other.wait_for_url("https://**")
    expect(page.locator("[data-live-state]")).to_contain_text("Your visit has ended")
    page.locator(FORK).press("End")
    page.keyboard.type(" More canary.")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    page.wait_for_timeout(1_000)  # three times as long as anything waits to be kept
    assert page.evaluate(KEPT) == []
    expect(page.locator(FORK)).to_contain_text("More canary.")


def test_another_member_on_the_same_device_does_not_get_it(page, text, place, members, saved, address):
    suggest(page, saved)
    context = killed(page)
    mine = context.cookies()
    theirs = place.visit(members["Kite"]).cookie
    context.add_cookies([{**one, "value": theirs} for one in mine if one["name"] == "studio"])
    others = opened(context, address)
    expect(others.locator("[data-talk]")).to_be_visible()
    others.locator('[data-way-of="suggest"]').click()
    expect(others.locator(FORK)).to_have_text("Begin.## RestSit down.## Go onStand up.")
    assert others.evaluate(STORE, "count") == 1
    others.close()
    context.add_cookies(mine)
    expect(opened(context, address).locator(FORK)).to_contain_text("Lie canary")


def test_words_that_fit_nowhere_any_more_are_shown_to_be_copied_until_they_are_removed(
    page, text, network, kite, there, saved, address, live
):
    saved()
    network.hold()
    text.press("Control+Home")
    page.keyboard.type("Never sent. ")
    kept(page, 1)
    never_sent = page.evaluate(ONE)
    page.locator('[data-way-of="suggest"]').click()
    page.locator(FORK).press("Control+End")
    page.keyboard.type("Canary")
    kept(page, 2)
    last_kept(page)
    context = killed(page)
    network.release()
    other = context.new_page()
    other.goto(f"{live.address}/studio/me/")
    other.evaluate(ONE, never_sent)  # a device that lost the words on which the suggestion rests
    for _ in range(2):
        other.goto(address)
        shown = other.locator("[data-unplaced]")
        expect(shown).to_be_visible()
        expect(shown).to_contain_text("no longer fits into the text")
        words = shown.get_by_label("Your suggestion").input_value()
        assert words == f"Never sent. {TEXT}Canary!"
    expect(other.locator(FORK)).to_have_count(0)
    assert there() == TEXT
    shown.get_by_role("button", name="Remove it from this device").click()
    expect(shown).to_have_count(0)
    kept(other, 0)
