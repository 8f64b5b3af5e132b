"""The whole library on a stick: opened from the disk with the network off, walked to its end, and searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe import as_it_is
from playwright.sync_api import Browser, BrowserContext, Page, Request
from running import EXIT
from walking import PHONE

pytestmark = pytest.mark.browser
QUESTIONS = {
    "en": ("telling my parents", "deciding-whether-to-tell"),
    "ar": ("أخبر أهلي", "deciding-whether-to-tell"),
    "ja": ("親に話す", "deciding-whether-to-tell"),
}
DESPAIR = {"en": "i want to die", "ar": "أريد أن أموت", "ja": "死にたい"}


@dataclass
class Stick:
    """A folder, a browser without a network, and everything that was asked for."""

    folder: Path
    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """Return a new tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda problem: self.said.append(str(problem)))
        page.on("console", lambda line: self.said.append(line.text) if line.type == "error" else None)
        return page

    def fails(self, request: Request) -> None:
        """Keep what could not be loaded; what the browser did not wait for when it went on is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(request.url)

    def address(self, path: str) -> str:
        """Return where a file of the folder is opened."""
        return (self.folder / path).as_uri()


@pytest.fixture
def stick(exported: Path, chromium: Browser) -> Iterator[Stick]:
    context = chromium.new_context(offline=True, locale="en")
    made = Stick(exported, context)
    context.on("request", lambda request: made.asked.append(request.url))
    context.on("requestfailed", made.fails)
    yield made
    cookies = context.cookies()
    context.close()
    assert cookies == []
    assert [address for address in made.asked if not address.startswith("file://")] == []
    assert made.failed == []
    assert made.said == []


def test_every_page_opens_and_every_way_from_it_leads_to_a_file(stick: Stick):
    page = stick.page()
    waiting, seen = [stick.address("index.html")], set[str]()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        ways = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])")
        for way in {one for one in ways if not one.startswith(EXIT)}:
            assert way.startswith("file://"), f"{address}: {way}"
            if way.endswith(".html") and way not in seen and way not in waiting:
                waiting.append(way)
            assert Path(unquote(urlsplit(way).path)).is_file(), f"{address}: {way}"
    files = {path.as_uri() for path in stick.folder.rglob("*.html")}
    assert files - seen == set()


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_search_finds_in_each_script_by_keyboard_on_a_small_phone(stick: Stick, code: str):
    page = stick.page()
    page.set_viewport_size(PHONE)
    page.goto(stick.address(f"{code}/index.html"))
    page.locator('main a.button[href="search.html"]').click()
    words, slug = QUESTIONS[code]
    page.locator("#words").focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    first = page.locator("[data-part=hits] a").first
    first.wait_for()
    assert f"/{code}/{slug}/index.html" in str(first.evaluate("link => decodeURIComponent(link.href)"))
    assert page.locator("[data-part=hits] mark").count() >= 1
    assert re.search(r"\d", page.locator("[data-part=said]").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert words not in page.url
    first.click()
    page.wait_for_url(f"**/{code}/{slug}/**")
    assert page.locator("article.text").is_visible()


@pytest.mark.parametrize("code", DESPAIR)
def test_what_helps_comes_first_and_nothing_found_still_leads_on(stick: Stick, code: str):
    page = stick.page()
    page.goto(stick.address(f"{code}/search.html"))
    page.fill("#words", DESPAIR[code])
    page.locator("form button").click()
    page.locator("[data-group]:visible").first.wait_for()
    page.fill("#words", "qqxxzz")
    page.locator("form button").click()
    page.locator("[data-part=help]:visible").wait_for()
    page.locator("[data-part=needs]:visible").wait_for()
    assert page.locator("[data-group]:visible").count() == 0
    assert page.locator("[data-part=needs] a").count() >= 2


def test_other_languages_come_after_the_own_one_and_a_slip_is_mended(stick: Stick):
    page = stick.page()
    page.goto(stick.address("ar/hard-days/index.html"))
    title = page.locator("h1").inner_text()
    page.goto(stick.address("en/search.html"))
    page.fill("#words", title)
    page.keyboard.press("Enter")
    other = page.locator("[data-part=elsewhere] li").first
    other.wait_for()
    assert (other.get_attribute("lang"), other.get_attribute("dir")) == ("ar", "rtl")
    page.fill("#words", "frend")
    page.keyboard.press("Enter")
    page.locator("[data-part=meant] button").click()
    page.locator("[data-part=hits] a").first.wait_for()


def test_without_scripts_it_says_how_to_find_things(exported: Path, chromium: Browser):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((exported / "en" / "search.html").as_uri())
    assert "by its topic" in page.locator("noscript").inner_text()
    assert not page.locator("#words").is_visible()
    page.locator("[data-part=needs] a").first.click()
    assert page.locator("h1").is_visible()
    context.close()


@pytest.mark.parametrize("code", QUESTIONS)
def test_its_own_pages_have_no_barrier_that_axe_knows(exported: Path, chromium: Browser, code: str):
    context = chromium.new_context(offline=True)
    page = context.new_page()
    for path in ("index.html", f"{code}/search.html", f"{code}/copy.html"):
        page.goto((exported / path).as_uri())
        if "search" in path:
            page.fill("#words", QUESTIONS[code][0])
            page.keyboard.press("Enter")
            page.locator("[data-part=hits] a").first.wait_for()
        assert as_it_is(page, path) == []
    context.close()
