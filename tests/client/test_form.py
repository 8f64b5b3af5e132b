"""Writing in a real browser: it saves by itself, says so, warns before leaving, and keeps nothing."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from spoken_of import served
from sqlalchemy import select

from studio.guides.models import Draft

pytestmark = pytest.mark.browser

"""Milliseconds within which a pause in typing is followed by a save, on a busy machine."""


@pytest.fixture
def house(app):
    """The address of the app, served on a free port."""
    with served(app) as address:
        yield address


@pytest.fixture
def enter(chrome, member, let_in):
    """Sign a new member in and return their page."""

    def sign_in(pen_name):
        member(pen_name)
        context = chrome.new_context()
        let_in(context, pen_name)
        return context.new_page()

    return sign_in


@pytest.fixture
def page(house, enter):
    """Heron's page, where a new text is open for writing."""
    page = enter("Heron")
    page.goto(f"{house}/studio/new")
    page.fill("#title", "How to rest")
    page.click("main form .button")
    page.goto(f"{house}/studio/guides/how-to-rest/en/write")
    return page


@pytest.fixture
def saved(session):
    def text():
        session.rollback()
        session.expire_all()
        return session.scalars(select(Draft.text)).one()

    return text


def test_it_saves_by_itself_after_a_pause_and_says_so_and_keeps_nothing_in_the_browser(page, saved):
    page.locator("#body").press_sequentially("Sit down.")
    expect(page.locator("[data-state]")).to_have_text("Not saved yet")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert saved() == "Sit down."
    page.locator("#body").press_sequentially(" Breathe.")
    expect(page.locator("[data-state]")).to_have_text("Not saved yet")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert saved() == "Sit down. Breathe."
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_while_others_write_it_goes_on_and_offers_to_show_what_they_wrote(page, house, enter, saved):
    page.locator("#body").press_sequentially("One.\n\nTwo.")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    other = enter("Kite")
    other.goto(page.url)
    other.locator("#body").press("Control+Home")
    other.locator("#body").press_sequentially("Theirs. ")
    other.get_by_role("button", name="Save", exact=True).first.click()
    other.wait_for_url("**said=*")
    expect(page.get_by_role("button", name="Show what others wrote")).to_be_hidden()
    page.locator("#body").press("Control+End")
    page.locator("#body").press_sequentially(" Three.")
    expect(page.get_by_role("button", name="Show what others wrote")).to_be_visible()
    assert page.locator("#body").input_value() == "One.\n\nTwo. Three."
    page.locator("#body").press_sequentially(" Four.")
    page.get_by_role("button", name="Show what others wrote").click()
    page.wait_for_url("**said=*")
    assert page.locator("#body").input_value() == "Theirs. One.\n\nTwo. Three. Four."
    assert saved() == "Theirs. One.\n\nTwo. Three. Four."


def test_without_a_connection_it_says_so_and_saves_when_there_is_one_again(page, saved):
    page.context.set_offline(True)
    page.locator("#body").press_sequentially("Sit down.")
    expect(page.locator("[data-state]")).to_have_text("No connection: keep this page open")
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert saved() == "Sit down."


def test_leaving_with_words_that_are_not_saved_is_asked_about_and_saving_is_not(page, house):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#body").press_sequentially("Sit down.")
    page.evaluate("() => { setTimeout(() => { location.href = '/studio/texts/' }, 0) }")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/write")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url("**said=*")
    assert asked == ["beforeunload"]


def test_leave_asks_nothing(page):
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    page.locator("#body").press_sequentially("Sit down.")
    page.click("a.leave")
    page.wait_for_url("https://**")


def test_a_refusal_is_said_beside_the_text(page, saved):
    page.fill("#title", "")
    page.locator("#body").press_sequentially("Sit down.")
    expect(page.locator("[data-state]")).to_have_text(
        "Not saved yet. Give your text a title; you can change it at any time."
    )
    assert saved() == ""


def test_the_characters_of_the_summary_are_counted_as_people_count_them(page):
    page.locator("summary", has_text="About this text").click()
    page.fill("#summary", "  two  words ")
    expect(page.locator("[data-counts]")).to_have_text("151 left")
    page.fill("#summary", "🏳" * 161)
    expect(page.locator("[data-counts]")).to_have_text("1 too many")


def test_marks_are_put_round_the_chosen_words(page):
    page.fill("#body", "one\ntwo")
    page.locator("#body").select_text()
    page.get_by_role("button", name="List", exact=True).click()
    assert page.locator("#body").input_value() == "- one\n- two\n"
    page.locator("#body").press("Control+z")
    assert page.locator("#body").input_value() == "one\ntwo"
    page.locator("#body").press("Control+End")
    page.get_by_role("button", name="Box", exact=True).click()
    assert page.locator("#body").input_value() == "one\ntwo\n\n::: note\n…\n:::\n\n"


def test_an_image_is_put_where_the_writing_is(page):
    out = io.BytesIO()
    Image.new("RGB", (9, 9), (90, 30, 120)).save(out, "PNG")
    page.fill("#body", "one two")
    page.evaluate("document.querySelector('#body').setSelectionRange(3, 3)")
    page.set_input_files("#image", {"name": "a.png", "mimeType": "image/png", "buffer": out.getvalue()})
    page.fill("#alt", "A colour")
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("#body")).to_have_value(re.compile("media:"))
    value = page.locator("#body").input_value()
    assert value.startswith("one\n\n![A colour](media:")
    assert value.endswith(")\n\n two")
