"""Browsers with the live editor open in a house that really runs, and what one does and sees in them."""

from __future__ import annotations

import os
import sqlite3
from typing import Final

import patience
from playwright.sync_api import Locator, Page, Route, expect
from running import Running
from walking import Walkers, begin

TEXT: Final = "[data-editor] .cm-content"
FORK: Final = "[data-fork] .cm-content"
STATE: Final = "[data-live-state]"


def a_text(people: Walkers, title: str, body: str, language: str = "en", by: str = "Wren") -> str:
    """Return the address of a new text."""
    return begin(people.member(by), title, language, (body,))


def open_live(page: Page, text: str, *, writes: bool = True) -> Page:
    """Open a text and wait for its live editor with all of its parts.

    Where writing would leave too few to check the text, who ``writes`` says that they write all the same.
    """
    page.goto(f"{text}write")
    saved(page)
    expect(page.locator("[data-talk]")).to_be_visible()
    if writes and page.locator("[data-agree]").is_visible():
        page.click("[data-agree]")
    return page


def saved(page: Page) -> None:
    """Wait until all that was written is in the house."""
    expect(page.locator(f'{STATE}[data-is="saved"]')).to_be_visible()


def has(page: Page, words: str) -> None:
    """Wait until the text has these words."""
    expect(page.locator(TEXT)).to_contain_text(words)


def type_at(page: Page, keys: str, words: str) -> None:
    """Go to a place of the text by keys and type."""
    page.locator(TEXT).focus()
    page.keyboard.press(keys)
    page.keyboard.type(words)


def choose(page: Page, words: str, editor: str = TEXT) -> None:
    """Choose words of one line as with the mouse, wherever other marks part them, until the editor has taken it in."""
    for _ in range(50):
        page.locator(editor).evaluate(CHOOSE, words)
        page.wait_for_timeout(100)
        if page.evaluate("getSelection().toString()") == words:
            return


def card(page: Page, words: str) -> Locator:
    """Return the card that has these words."""
    return page.locator("[data-cards] > li", has_text=words)


def spots(page: Page, kind: str = "") -> list[str]:
    """Return the marked words of the text, each passage as a whole."""
    return list(page.locator(TEXT).evaluate(SPOTS, f".lv-spot{kind and f'-{kind}'}"))


def wait_for_spots(page: Page, wanted: list[str], kind: str = "") -> None:
    """Wait until exactly these words are marked."""
    for _ in range(patience.MS // 100):
        if spots(page, kind) == wanted:
            return
        page.wait_for_timeout(100)
    assert spots(page, kind) == wanted


def in_database(house: Running, title: str) -> str:
    """Return the text that the house has on its disk."""
    with sqlite3.connect(house.data / "practice" / "studio.db") as database:
        rows = database.execute("SELECT text, fields FROM draft").fetchall()
    database.close()
    return next(str(text) for text, fields in rows if title in fields)


def comment(page: Page, words: str, said: str, must: bool = False) -> None:
    """Comment on words of the text."""
    choose(page, words)
    page.locator('.tools > [data-do="comment"]').click()
    dialog = page.locator('dialog[data-dialog="comment"]')
    expect(dialog.locator("blockquote")).to_have_text(words)
    dialog.locator("textarea").fill(said)
    if must:
        dialog.get_by_text("Something must change").click()
    dialog.locator('button[name="act"]').click()
    expect(dialog).to_be_hidden()


def suggest(page: Page, words: str, instead: str) -> None:
    """Go over to suggesting, and put other words in the place of some."""
    page.locator('[data-way-of="suggest"]').click()
    choose(page, words, FORK)
    page.keyboard.type(instead)


def could_check(route: Route) -> None:
    """Let a page ask what it asks whoever could check the text."""
    answer = route.fetch()
    page = answer.text().replace("&#34;could_check&#34;: false", "&#34;could_check&#34;: true")
    route.fulfill(response=answer, body=page)


def sees(house: Running, pen_name: str, language: str) -> None:
    """Let a member see the house in a language, as if they had chosen it."""
    database = sqlite3.connect(house.data / "practice" / "studio.db", timeout=20)
    with database:
        database.execute("UPDATE member SET language = ? WHERE pen_name = ?", (language, pen_name))
    database.close()


def look_at(page: Page, name: str) -> None:
    """Take a picture for whoever wants to look at it."""
    if "PICTURES" in os.environ:
        page.screenshot(path=f"{os.environ['PICTURES']}/{name}.png", full_page=True)


SPOTS: Final = """(root, selector) => {
  const found = new Map();
  for (const one of root.querySelectorAll(selector)) {
    const copy = one.cloneNode(true);
    for (const caret of copy.querySelectorAll(".lv-caret")) caret.remove();
    found.set(one.dataset.spot, (found.get(one.dataset.spot) ?? "") + copy.textContent);
  }
  return [...found.values()];
}"""

CHOOSE: Final = """(root, words) => {
  root.focus();
  for (const line of root.querySelectorAll(".cm-line")) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT,
      node => node.parentElement.closest(".lv-caret") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    let whole = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([whole.length, node]);
      whole += node.data;
    }
    const at = whole.indexOf(words);
    if (at < 0) continue;
    const place = offset => {
      const [begin, node] = nodes.filter(([begin]) => begin <= offset).at(-1);
      return [node, offset - begin];
    };
    getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
    return;
  }
  throw new Error(`no line has ${words}`);
}"""
