"""People in a real browser, who use the house by its forms, in whatever language it speaks to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from running import Running, passphrases

from studio.core.doctor import browser as chromium

ARGS: Final = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
"""No other host than this machine is ever found."""
PHONE: Final = {"width": 320, "height": 640}
DESK: Final = {"width": 1280, "height": 900}


@dataclass
class Walkers:
    """Everybody's browsers in one house, and every address that any of them asked for."""

    house: Running
    browser: Browser
    asked: list[str] = field(default_factory=list)
    known: dict[str, Page] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def somebody(self, **how: Any) -> Page:
        """Return the page of somebody new: ``locale``, ``viewport``, ``java_script_enabled`` …"""
        context = self.browser.new_context(**{"base_url": self.house.address, "viewport": DESK, **how})
        context.on("request", lambda request: self.asked.append(request.url))
        context.set_default_timeout(60_000)
        return context.new_page()

    def member(self, pen_name: str) -> Page:
        """Return the page of a member, who signs in the first time."""
        if pen_name not in self.known:
            page = self.known[pen_name] = self.somebody(locale="en")
            words = self.words.get(pen_name) or passphrases(self.house)[pen_name]
            page.goto("/studio/sign-in")
            page.fill("#pen_name", pen_name)
            page.fill("#passphrase", words)
            send(page, 'form[action="/studio/sign-in"] button')
            assert "/sign-in" not in page.url, pen_name
        return self.known[pen_name]

    def elsewhere(self) -> set[str]:
        """Return the hosts other than this house that any browser asked for."""
        return {urlsplit(address).netloc for address in self.asked} - {f"127.0.0.1:{self.house.port}", ""}


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Give a Chromium; a missing one is an error, never a reason to skip."""
    path = chromium()
    assert path, "There is no Chromium; tools/system.py names the command that brings it."
    with sync_playwright() as play:
        browser = _launch(play, path)
        yield browser
        browser.close()


def _launch(play: Playwright, path: str) -> Browser:
    return play.chromium.launch(executable_path=path, args=ARGS)


def send(page: Page, button: str) -> None:
    """Press a button of a form and wait for the next page, which must be a good one."""
    with page.expect_navigation() as told:
        page.click(button)
    answer = told.value
    assert answer is None or answer.status < 400, f"{button}: {answer.status} {page.locator('main').inner_text()[:500]}"


def context_of(page: Page) -> BrowserContext:
    """Return the browser's memory that a page belongs to."""
    return page.context


def invite(organiser: Page, language: str) -> str:
    """Return a link for somebody new, as the organiser sees it."""
    organiser.goto("/studio/people/")
    organiser.select_option('form[action="/studio/people/invite"] select[name="language"]', language)
    send(organiser, 'form[action="/studio/people/invite"] button')
    html = organiser.content()
    token = html.partition("/studio/join/")[2][:32]
    assert token.isalnum()
    return f"/studio/join/{token}"


def join(page: Page, link: str, pen_name: str, passphrase: str) -> None:
    """Come in by a link."""
    page.goto(link)
    page.fill("#pen_name", pen_name)
    page.check('input[name="which"][value="own"]')
    page.fill("#passphrase", passphrase)
    for box in page.locator('input[name^="agree-"]').all():
        box.check()
    send(page, 'form[method="post"] button.button:not(.quiet)')
    assert page.url.endswith("/studio/welcome")


def begin(page: Page, title: str, language: str, answers: tuple[str, ...]) -> str:
    """Begin a text by the four boxes; return the address of its own page."""
    page.goto("/studio/new")
    page.fill("#title", title)
    page.select_option("#language", language)
    send(page, 'form[action="/studio/new"] button')
    form = 'form:has(input[name="door"][value="words"])'
    for box, answer in zip(page.locator(f"{form} textarea").all(), answers, strict=False):
        box.fill(answer)
    send(page, f"{form} button")
    return page.url.removesuffix("write").removeprefix(f"{page.url.partition('/studio/')[0]}")


def write(page: Page, text: str, more: str) -> None:
    """Write a paragraph more at the end of a text, and save it."""
    page.goto(f"{text}write?plain=1")
    page.fill("#body", f"{page.input_value('#body')}\n\n{more}")
    send(page, '.actions button[name="then"][value=""]')
    assert more in page.input_value("#body")


def save_version(page: Page, text: str) -> None:
    """Save a version of what is written."""
    page.goto(f"{text}write")
    send(page, '.actions button[name="then"][value="version"]')
    send(page, 'form[action$="/write/version"] button')
    assert page.url.partition("?")[0].endswith(text)


def hand_in(page: Page, text: str, summary: str) -> None:
    """Answer what is missing, and ask for the checks."""
    page.goto(f"{text}hand-in")
    form = f'form[action="{text}hand-in"]'
    while page.locator(f'{form} input[name="ready"]').count() == 0:
        if page.locator("#summary").count():
            page.fill("#summary", summary)
        if page.locator('input[name="topics"]').count():
            page.locator('input[name="topics"]').first.check()
        if page.locator('input[name="content_notes"]').count():
            page.check('input[name="content_notes"][value="none"]')
        send(page, f"{form} button")
    send(page, f"{form} button")
    assert page.url.partition("?")[0].endswith(text)


def check(page: Page, text: str, stage: str) -> None:
    """Take a check, answer each question with yes, and agree."""
    page.goto(text)
    page.goto(str(page.locator(f'a[href^="/studio/checks/"][href$="/{stage}"]').first.get_attribute("href")))
    take = page.locator('form[action$="/take"]')
    if take.count():
        for box in take.locator('input[name="own_experience"]').all():
            box.check()
        send(page, 'form[action$="/take"] button')
    for question in page.locator('input[name^="answer-"][value="yes"]').all():
        question.check()
    send(page, 'button[name="act"][value="agree"]')


def look_and_publish(page: Page, text: str) -> str:
    """Look at page, PDFs and cards, publish; return the address that readers will have."""
    page.goto(f"{text}publish")
    path = page.locator('dd[dir="ltr"]:not([lang])').inner_text().strip()
    for address in page.locator('main a[href*="/publish/"]').all():
        seen = page.request.get(str(address.get_attribute("href")))
        assert seen.status == 200
    for picture in page.locator(".at-once img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
        assert picture.evaluate("image => image.naturalWidth") >= 720
    send(page, 'form[action$="/publish"] button')
    return path
