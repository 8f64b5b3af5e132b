"""Pages of the house that runs, met by real people in it, held to axe-core in Arabic, Japanese and English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from axe import as_it_is, axe, in_both_lights, shown
from playwright.sync_api import Page
from walking import Walkers, begin, send

from studio.core.locales import language
from studio.publish.pages import library, views

pytestmark = pytest.mark.browser
TEXTS = {
    "en": ("A walk before the talk", "Ten quiet minutes help."),
    "ar": ("نزهة قبل الحديث", "عشر دقائق هادئة تساعد."),
    "ja": ("話す前に歩く", "静かな十分間が助けになります。"),
}


@pytest.mark.parametrize("code", TEXTS)
def test_readers_pages(walkers, code):
    page = walkers.somebody(locale=code, bypass_csp=True)
    page.goto(f"/{code}/hard-days/")
    quiet = str(page.locator('#save a[href*="notes-"]').get_attribute("href")).rpartition("/")[0] + "/"
    copy = str(page.locator('a[href^="/check/"]').first.get_attribute("href"))
    found = []
    for where in (
        f"/{code}/",
        f"/{code}/hard-days/",
        f"/{code}/topics/hard-days/",
        f"/{code}/hard-days/editions/",
        f"/{code}/search",
        f"/{code}/search?q={'つらい' if code == 'ja' else 'day'}",
        f"/{code}/search?q=qqqqqq",
        "/check/",
        copy,
        "/check/AAA-AAA",
        quiet,
    ):
        found += in_both_lights(page, where)
    found += in_both_lights(page, f"/{code}/none/", (404,))
    assert found == []


def speaking(walkers: Walkers, pen_name: str, code: str, *, bypass_csp: bool = True) -> Page:
    """Return a page of a member to whom the studio speaks ``code``, into which a script may be put."""
    own = walkers.member(pen_name)
    own.goto("/studio/me/")
    own.select_option('form[action="/studio/me/language"] select', code)
    with own.expect_navigation():
        own.click('form[action="/studio/me/language"] button')
    if not bypass_csp:
        return own
    return page_of(walkers, pen_name)


def pressed(page: Page, where: str, button: str, **typed: str) -> list[tuple[str, Any]]:
    """Fill a form in, press its button, and look at what it answers."""
    page.goto(where)
    for name, value in typed.items():
        page.locator(f'[name="{name}"]:not([type="hidden"])').last.fill(value)
    with page.expect_navigation():
        page.click(button)
    return as_it_is(page, f"{where} {button}")


@pytest.mark.parametrize("code", TEXTS)
def test_answers_to_forms(walkers, code):
    door, wren = walkers.somebody(locale=code, bypass_csp=True), speaking(walkers, "Wren", code)
    heron = speaking(walkers, "Heron", code)
    text = begin(wren, f"{TEXTS[code][0]} {code}", code, (TEXTS[code][1],) * 4)
    write, words = f"{text}write", TEXTS[code][1]
    found = pressed(door, "/studio/sign-in", "main form button", pen_name="Wren", passphrase="no")
    found += pressed(heron, "/studio/people/", 'form[action="/studio/people/invite"] button')
    found += pressed(wren, "/studio/me/", 'form[action="/studio/me/codes"] button')
    found += pressed(wren, f"{text}hand-in", 'form[action$="/hand-in"] button', summary="a" * 400)
    found += pressed(wren, f"{text}write/images", 'form[action$="/images"] button', alt="?")
    wren.goto(f"{write}?plain=1")
    other = wren.context.new_page()
    other.goto(f"{write}?plain=1")
    for page, more in ((other, "A."), (wren, "B.")):
        page.fill("#body", page.input_value("#body").replace(words, f"{words[:-1]} {more}"))
        with page.expect_navigation():
            page.click('.actions button[name="then"][value=""]')
    found += as_it_is(wren, f"{write}, two at once")
    for pen_name in ("Wren", "Heron"):
        speaking(walkers, pen_name, "en", bypass_csp=False)
    assert found == []


@pytest.mark.parametrize(("code", "checker"), [("en", "Juniper"), ("ar", "نورس"), ("ja", "つばめ")])
@pytest.mark.usefixtures("exported")
def test_what_stands_where_a_text_was_taken_down(walkers, code, checker):
    page = walkers.member(checker)
    page.goto(f"/studio/guides/deciding-whether-to-tell/{code}/take-down")
    page.check('input[name="reason"][value="fact"]')
    send(page, 'form[action$="/take-down"] button')
    reader = walkers.somebody(locale=code, bypass_csp=True)
    found = in_both_lights(reader, f"/{code}/deciding-whether-to-tell/", (410,))
    assert found + in_both_lights(page_of(walkers, checker), f"/studio/guides/deciding-whether-to-tell/{code}/") == []


def page_of(walkers: Walkers, pen_name: str) -> Page:
    """Return another page of a member, into which a script may be put."""
    return walkers.somebody(bypass_csp=True, storage_state=walkers.member(pen_name).context.storage_state())


def test_axe_is_there_and_finds_what_is_wrong(walkers):
    page = walkers.somebody(bypass_csp=True)
    assert in_both_lights(page, "/en/") == []
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/img/page.svg>'")
    assert "image-alt" in {one[0] for _, one in axe(page, "spoiled")}
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { p { color: #333 !important } }")
    assert "color-contrast" in {one[0] for _, one in axe(page, "too dark")}


@pytest.mark.parametrize("code", ["en", "ar", "ja"])
def test_old_editions_and_what_is_gone(walkers, code):
    page, spoken = walkers.somebody(locale=code, bypass_csp=True), language(code)
    house = views.House("Guide House", stylesheet="/static/reader.css", script="")
    entry = views.EditionEntry(1, date(2027, 3, 1), date(2027, 3, 1), "First", "superseded")
    old = views.OldEditionView(house, spoken, "Telling a friend", "telling-a-friend", entry, 2)
    listed = views.EditionsView(house, spoken, "Telling a friend", "telling-a-friend", (entry,))
    found = shown(page, "old", library.old_edition(old))
    found += shown(page, "withdrawn", library.old_edition(replace(old, edition=replace(entry, standing="withdrawn"))))
    found += shown(page, "editions", library.editions(listed))
    found += shown(page, "gone", library.gone(house, spoken))
    found += shown(page, "quiet-gone", library.gone(house, spoken, quiet=True))
    assert found == []
