"""A reader in a real browser: nothing foreign, no cookie, one step in the history, and no way back after Leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from running import EXIT, Running

pytestmark = pytest.mark.browser

BEFORE = "https://before.example/"
CODES = ("en", "ar", "ja")
STARTS = (
    "/",
    *(f"/{code}/{place}" for code in CODES for place in ("", "search", "feed.xml")),
    *(f"/n/{code}/{place}" for code in CODES for place in ("", "about/")),
    *("/check/", "/check/AAA-AAA", "/sitemap.xml", "/robots.txt", "/health", "/en/none/", "/n/en/none/"),
)
OWN_LANGUAGE = re.compile(r"/(?:n/)?(?:(?:en|ar|ja)(?:/|$)|check/|media/|static/)|/[a-z]+\.\w+$|/$|/health$")
TELLING = 'head [property^="og:"], head [rel="canonical"], head [name="description"]'
LEADING = "[href], [src], form[action], [property='og:image']"
LED = "all => all.map(one => ['href', 'src', 'action', 'content'].map(name => one.getAttribute(name)).find(Boolean))"
FILES = re.compile(r"\.(pdf|png|xml|json|txt|woff2|css|js|svg|epub|zip|minisig|pub|ics)$|/health$|^/(n/)?media/")


@pytest.fixture(scope="module")
def house(practice_of_its_own: Callable[[str], AbstractContextManager[Running]]) -> Iterator[Running]:
    with practice_of_its_own("readers") as made:
        for code in CODES:
            for topic in ("telling", "hard-days"):
                assert b'class="entries"' in made.ask(f"/{code}/topics/{topic}/").body
        yield made


@dataclass
class Reader:
    """Somebody's browser, which finds no other host; what it asks for elsewhere is written down."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


@pytest.fixture
def stranger(house: Running, chromium: Browser) -> Iterator[Reader]:
    """Give a browser to look around with."""
    context = chromium.new_context(base_url=house.address, locale="en")
    made = Reader(context.new_page())
    own = urlsplit(house.address).netloc

    def asked(request: Any) -> None:
        if urlsplit(request.url).netloc != own and request.url not in (EXIT, BEFORE):
            made.foreign.append(request.url)

    def told(response: Any) -> None:
        if "set-cookie" in response.headers:
            made.cookies.append(response.url)

    context.on("request", asked)
    context.on("response", told)
    yield made
    context.close()


@pytest.fixture
def reader(stranger: Reader) -> Reader:
    """Give a browser that comes from one neutral site and may leave for another."""
    for neutral in (EXIT, BEFORE):
        stranger.page.route(
            neutral, lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>")
        )
    stranger.page.goto(BEFORE)
    return stranger


def back(page: Page) -> None:
    """Press Back, and wait until nothing moves any more."""
    page.evaluate("() => { setTimeout(() => history.back()) }")
    page.wait_for_timeout(800)


def leave(page: Page, how: str) -> None:
    if how == "button":
        page.click("a.leave")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def to_a_guide(page: Page, code: str = "en") -> None:
    """Read the library, a topic and a guide: the third page."""
    page.goto(f"/{code}/")
    page.click(".needs a")
    page.wait_for_url("**/topics/**")
    page.click(".entries a")
    page.wait_for_selector("article.text")


def to_a_quiet_guide(page: Page, code: str = "en") -> None:
    """Read the quiet list, what was found in it, and a text."""
    page.goto(f"/n/{code}/about/")
    page.click("main a.button")
    page.wait_for_selector("form[role=search]")
    page.click("details.before summary")
    page.click("details.before a")
    page.wait_for_selector("article.text")


def test_no_public_address_asks_another_host_or_sets_a_cookie(stranger: Reader, house: Running):
    page, waiting, known = stranger.page, list(STARTS), set[str]()
    while waiting:
        path = waiting.pop()
        if path in known:
            continue
        known.add(path)
        if FILES.search(path.partition("?")[0]):
            got = page.request.get(path)
            assert (path, "set-cookie" in got.headers) == (path, False)
            assert (
                path.startswith("/static/") or not path.startswith("/n/") or got.headers["cache-control"] == "no-store"
            )
        else:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status < 400 or path.endswith("/none/"), path
            if path.startswith("/n/"):
                assert answer.headers["cache-control"] == "no-store"
                assert page.locator(TELLING).count() == 0
                assert "/static/img/page.svg" in str(page.get_attribute('link[rel="icon"]', "href"))
            for led in page.locator(LEADING).evaluate_all(LED):
                there = urldefrag(urljoin(house.address + path, str(led)))[0].removeprefix(house.address)
                if there.startswith("/") and OWN_LANGUAGE.search(there.partition("?")[0]):
                    waiting.append(there)
    kinds = ("/en/topics/", "/editions/", "/check/", "/n/ja/", "/ar/", "guide.pdf", "/notes-", ".png", "/static/")
    seen = "\n".join(known)
    assert [kind for kind in kinds if kind not in seen] == []
    assert len(known) > 40
    for code in CODES:
        page.goto(f"/{code}/search")
        page.fill("#words", "a")
        page.click("form[role=search] button")
        page.wait_for_selector("#found-title")
    assert stranger.foreign == []
    assert stranger.cookies == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("how", ["button", "keys"])
@pytest.mark.parametrize("way", [to_a_guide, to_a_quiet_guide], ids=["ordinary", "quiet"])
def test_back_after_leave_from_the_third_page_does_not_return(reader: Reader, house: Running, way: Any, how: str):
    page = reader.page
    way(page)
    leave(page, how)
    for _ in range(4):
        back(page)
        # On a slow machine the neutral site may still be on its way; what stands there meanwhile is empty.
        if page.url.startswith(house.address):
            assert page.locator("body > *").count() == 0
        page.wait_for_url(lambda address: not address.startswith(house.address))
    assert reader.foreign == []


@pytest.mark.parametrize("code", CODES)
def test_quiet_reading_is_one_step_in_the_history(reader: Reader, code: str):
    page = reader.page
    page.goto(f"/n/{code}/")
    entries = page.evaluate("history.length")
    to_the_list = f"a[href='/n/{code}/']"
    page.click("details.before summary")
    page.click("details.before a >> nth=0")
    page.wait_for_selector("article.text")
    if page.locator("details.contents a").count():
        page.click("details.contents summary")
        page.click("details.contents a >> nth=0")
    page.click("#languages a >> nth=0")
    page.wait_for_selector("article.text")
    page.goto(f"/n/{code}/")  # as from a bookmark: this is a step of its own
    page.click(to_the_list)
    page.fill("#words", {"en": "friend", "ar": "صديق", "ja": "友だち"}[code])
    page.click("form[role=search] button")
    page.wait_for_selector("#found-title")
    assert page.url.endswith(f"/n/{code}/")
    if page.locator(".hits > li > a").count():
        page.click(".hits > li > a >> nth=0")
        page.wait_for_selector("article.text")
    assert page.evaluate("history.length") == entries + 1
    back(page)
    back(page)
    assert page.url == BEFORE


def test_what_was_looked_for_stands_in_no_address_and_back_from_a_finding_shows_no_error(reader: Reader):
    page = reader.page
    page.goto("/en/")
    page.fill("#words", "friend")
    page.click("form[role=search] button")
    page.wait_for_selector("#found-title")
    assert "friend" not in page.url + page.title()
    page.click(".hits > li > a >> nth=0")
    page.wait_for_selector("article.text")
    back(page)
    assert urlsplit(page.url).path == "/en/"
    assert page.locator("h1").inner_text() == "What do you need?"


def test_without_scripts_a_quiet_page_says_what_back_does_and_leave_still_leaves(house: Running, chromium: Browser):
    context = chromium.new_context(base_url=house.address, java_script_enabled=False)
    context.route(EXIT, lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>"))
    page = context.new_page()
    page.goto("/n/en/")
    said = page.locator("noscript").bounding_box()
    assert said is not None
    assert said["height"] > 10
    page.fill("#words", "friend")
    page.click("form[role=search] button")
    assert page.locator("#found-title").count() == 1
    page.click("a.leave")
    assert page.url == EXIT
    context.close()
