"""A checker passes a change of one paragraph in four page loads, the first of them the door and the last the thanks."""

from __future__ import annotations

import time

import pytest
from patience import SECONDS
from playwright.sync_api import Page
from running import passphrases
from walking import PHONE, Walkers, begin, hand_in, save_version, send, write

pytestmark = pytest.mark.browser
TITLE = "A letter that is never sent"
ANSWERS = (
    "There was something that I wanted to say and could not.",
    "I wrote it down in a letter, and kept the letter.",
    "It helped to read it aloud when nobody was at home.",
    "You need not send it. Writing it is enough for now.",
)
MORE = "A drawer that can be locked is a good place for it."


def signed_in(walkers: Walkers, name: str) -> tuple[Page, list[str]]:
    """Open the door in a browser that was never here, on a phone without scripts; return it and what was loaded."""
    page = walkers.somebody(locale="en", viewport=PHONE, java_script_enabled=False)
    loads = list[str]()
    page.on("load", lambda: loads.append(page.url))
    page.goto("/studio/sign-in")
    page.fill("#pen_name", name)
    page.fill("#passphrase", passphrases(walkers.house)[name])
    send(page, 'form[action="/studio/sign-in"] button')
    return page, loads


def agree(page: Page) -> None:
    for question in page.locator('input[name^="answer-"][value="yes"]').all():
        question.check()
    send(page, 'button[name="act"][value="agree"]')
    assert "Your yes to this version is noted." in page.inner_text("main")


def test_four_loads_from_the_door_to_the_thanks(walkers):
    writer = walkers.member("Wren")
    text = begin(writer, TITLE, "en", ANSWERS)
    hand_in(writer, text, "A letter for oneself, and where to keep it.")
    writer.goto(text)
    writer.locator("summary", has_text="Ask somebody by name").click()
    form = 'form[action$="/peer/ask"]'
    writer.locator(f"{form} select").select_option(label="Juniper")
    send(writer, f"{form} button")

    page, loads = signed_in(walkers, "Juniper")
    assert "Wren asks you for this." in page.inner_text("main")
    send(page, 'form[action$="/take"] button')
    agree(page)
    assert len(loads) == 4, loads

    write(writer, text, MORE)
    save_version(writer, text)
    desk, over = walkers.member("Juniper"), time.monotonic() + SECONDS
    while not desk.locator("#piece", has_text=TITLE).count():  # the worker looks at the round again
        assert time.monotonic() < over
        desk.goto("/studio/")
    page, loads = signed_in(walkers, "Juniper")
    with page.expect_navigation():
        page.click("text=Go on with this one")
    assert MORE in page.inner_text("main")
    agree(page)
    assert len(loads) == 4, loads
