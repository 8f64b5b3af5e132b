"""Real browsers write in one text of a house that really runs: typing, forms, lost connections, kills, undo, IME."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from processes import web_process
from running import Running, passphrases
from walking import Walkers, begin, send

pytestmark = pytest.mark.browser
TEXT = ".cm-content"
STATE = "[data-live-state]"


@pytest.fixture(scope="module")
def own_house(practice_of_its_own) -> Iterator[Running]:
    with practice_of_its_own("together") as house:
        yield house


@pytest.fixture(scope="module")
def people(own_house: Running, chromium: Browser) -> Walkers:
    return Walkers(own_house, chromium)


def a_text(people: Walkers, title: str, answer: str, language: str = "en") -> str:
    """Return the address of a new text of Wren's."""
    return begin(people.member("Wren"), title, language, (answer,))


def open_live(page: Page, text: str) -> Page:
    page.goto(f"{text}write")
    expect(page.locator(STATE)).to_have_text("Saved")
    write_all_the_same(page)
    return page


def write_all_the_same(page: Page) -> None:
    """Where writing would leave too few to check the text, say that one writes all the same."""
    if page.locator("[data-agree]").is_visible():
        page.click("[data-agree]")


def type_at(page: Page, keys: str, words: str) -> None:
    page.locator(TEXT).click()
    page.keyboard.press(keys)
    page.keyboard.type(words)


def saved(page: Page) -> None:
    expect(page.locator(STATE)).to_have_text("Saved")


def has(page: Page, words: str) -> None:
    expect(page.locator(TEXT)).to_contain_text(words)


def in_database(house: Running, title: str) -> str:
    with sqlite3.connect(house.data / "practice" / "studio.db") as database:
        rows = database.execute("SELECT text, fields FROM draft").fetchall()
    database.close()
    return next(str(text) for text, fields in rows if title in fields)


def tab(page: Page) -> Page:
    """Return a second tab of the same browser."""
    other = page.context.new_page()
    other.set_viewport_size({"width": 1280, "height": 900})
    return other


def test_three_browsers_type_in_one_paragraph_while_a_form_is_saved(own_house, people):
    text = a_text(people, "Three at once", "Begin here.")
    wren, juniper, heron = (open_live(people.member(name), text) for name in ("Wren", "Juniper", "Heron"))
    plain = people.somebody(java_script_enabled=False, locale="en")
    plain.context.add_cookies(people.member("River").context.cookies())
    plain.goto(f"{text}write")
    before = plain.input_value("#body")
    for page in (wren, juniper, heron):
        page.locator(TEXT).click()
    for n in range(12):
        wren.keyboard.press("Control+Home")
        wren.keyboard.type(f"w{n} ")
        juniper.keyboard.press("Control+End")
        juniper.keyboard.type(f" ق{n}")
        heron.keyboard.press("Control+Home")
        heron.keyboard.type(f"家{n} ")
    plain.fill("#body", before.replace("Begin here.", "Begin kindly here."))
    send(plain, '.actions button[name="then"][value=""]')
    for page in (wren, juniper, heron):
        has(page, "Begin kindly here.")
        saved(page)
    there = in_database(own_house, "Three at once")
    for page in (wren, juniper, heron):
        for word in [f"{sign}{n}" for sign in ("w", "ق", "家") for n in range(12)]:
            has(page, word)
            assert word in there


def test_each_takes_back_their_own_words_alone(people):
    text = a_text(people, "Undo", "Begin.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    type_at(wren, "Control+Home", "mine ")
    has(juniper, "mine")
    type_at(juniper, "Control+End", " theirs")
    has(wren, "theirs")
    wren.locator(TEXT).click()
    wren.keyboard.press("Control+z")
    expect(wren.locator(TEXT)).not_to_contain_text("mine")
    has(juniper, "theirs")
    expect(juniper.locator(TEXT)).not_to_contain_text("mine")


def test_who_loses_the_connection_goes_on_writing_and_it_all_comes_together(own_house, people):
    text = a_text(people, "Offline", "Begin.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    wren.context.set_offline(True)
    type_at(wren, "Control+Home", "written in the tunnel ")
    expect(wren.locator(STATE)).not_to_have_text("Saved")
    type_at(juniper, "Control+End", " meanwhile")
    saved(juniper)
    expect(wren.locator(TEXT)).not_to_contain_text("meanwhile")
    wren.context.set_offline(False)
    has(wren, "meanwhile")
    saved(wren)
    has(juniper, "written in the tunnel")
    assert "written in the tunnel" in in_database(own_house, "Offline")


def test_a_house_that_is_killed_in_mid_sentence_has_all_that_was_saved_and_gets_the_rest(own_house, people):
    text = a_text(people, "Killed", "Begin.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    type_at(wren, "Control+Home", "first half, ")
    saved(wren)
    os.kill(web_process(own_house), signal.SIGKILL)
    wren.keyboard.type("second half. ")
    own_house.wait()
    saved(wren)
    has(wren, "first half, second half.")
    has(juniper, "first half, second half.")
    assert "first half, second half. " in in_database(own_house, "Killed")


def test_a_tab_that_is_killed_loses_nothing_and_what_it_kept_is_unreadable(people):
    text = a_text(people, "Tab", "Begin.")
    wren = people.member("Wren")
    page = open_live(tab(wren), text)
    wren.context.set_offline(True)
    type_at(page, "Control+Home", "quokkaplume ")
    page.wait_for_timeout(1_500)  # the buffer is written a moment after typing
    kept = page.evaluate(EVERYTHING_KEPT)
    page.close(run_before_unload=False)
    wren.context.set_offline(False)
    assert kept
    assert "quokkaplume" not in kept
    again = open_live(tab(wren), text)
    has(again, "quokkaplume")
    saved(again)
    has(open_live(people.member("Juniper"), text), "quokkaplume")
    again.close()


EVERYTHING_KEPT = """async () => {
  let all = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
  for (const { name } of await indexedDB.databases()) {
    const opened = await new Promise(done => {
      const ask = indexedDB.open(name); ask.onsuccess = () => done(ask.result); });
    for (const store of opened.objectStoreNames) {
      const rows = await new Promise(done => {
        const ask = opened.transaction(store).objectStore(store).getAll(); ask.onsuccess = () => done(ask.result); });
      for (const row of rows) {
        const parts = row instanceof ArrayBuffer || ArrayBuffer.isView(row) ? [row] : Object.values(row);
        for (const one of parts) {
          const bytes = one instanceof ArrayBuffer ? new Uint8Array(one) : ArrayBuffer.isView(one) ? one : null;
          all += bytes ? new TextDecoder("latin1").decode(bytes) : JSON.stringify(one);
        }
      }
    }
    opened.close();
  }
  return all;
}"""


def test_after_the_visit_has_ended_the_words_are_still_there_and_are_sent_when_signed_in_again(own_house, people):
    text = a_text(people, "Ended", "Begin.")
    juniper = people.member("Juniper")
    page = open_live(tab(juniper), text)
    end_visits(own_house, "Juniper")
    type_at(page, "Control+Home", "still here ")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    has(page, "still here")
    del people.known["Juniper"]
    other = tab(juniper)
    other.goto("/studio/sign-in")
    sign_in(people, other, "Juniper")
    page.bring_to_front()
    saved(page)
    assert "still here" in in_database(own_house, "Ended")


def test_a_member_who_is_suspended_in_mid_sentence_writes_no_further_and_keeps_their_words_on_the_screen(
    own_house, people
):
    text = a_text(people, "Suspended", "Begin.")
    marten = open_live(people.member("Marten"), text)
    wren = open_live(people.member("Wren"), text)
    type_at(marten, "Control+Home", "before ")
    has(wren, "before")
    change(own_house, "UPDATE member SET suspended = 1 WHERE pen_name = 'Marten'")
    marten.keyboard.type("after ")
    expect(marten.locator(STATE)).not_to_have_text("Saved")
    has(marten, "after")
    type_at(wren, "Control+End", " and on")
    saved(wren)
    assert "after" not in in_database(own_house, "Suspended")
    change(own_house, "UPDATE member SET suspended = 0 WHERE pen_name = 'Marten'")


@pytest.mark.parametrize(
    ("language", "composed"), [("ja", ("に", "にほ", "日本語")), ("ar", ("س", "سل", "سلام"))], ids=["ja", "ar"]
)
def test_a_composition_survives_what_others_type_in_the_same_line(people, language, composed):
    text = a_text(people, f"Composed {language}", "Begin.", language)
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    wren.locator(TEXT).click()
    wren.keyboard.press("Control+Home")
    keys = wren.context.new_cdp_session(wren)
    for step in composed[:-1]:
        keys.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    type_at(juniper, "Control+End", " meanwhile")
    has(wren, "meanwhile")
    keys.send("Input.insertText", {"text": composed[-1]})
    saved(wren)
    has(juniper, composed[-1])
    has(wren, f"{composed[-1]}")
    assert (wren.locator(TEXT).inner_text() or "").count(composed[-1]) == 1
    keys.detach()


def test_nobody_asked_another_site_for_anything(people):
    assert people.elsewhere() == set()


def sign_in(people: Walkers, page: Page, pen_name: str) -> None:
    page.fill("#pen_name", pen_name)
    page.fill("#passphrase", passphrases(people.house)[pen_name])
    send(page, 'form[action="/studio/sign-in"] button')


def end_visits(house: Running, pen_name: str) -> None:
    change(house, "DELETE FROM member_session WHERE member_id = (SELECT id FROM member WHERE pen_name = ?)", pen_name)


def change(house: Running, statement: str, *values: Any) -> None:
    """Arrange by hand what an organiser or the clock would do."""
    database = sqlite3.connect(house.data / "practice" / "studio.db", timeout=20)
    with database:
        database.execute(statement, values)
    database.close()
