"""A member's page with the live editor on it, and the stand-in for the house at the other end of its line."""

from __future__ import annotations

import threading

import pytest
from fake_room import Room
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from studio.core.doctor import browser as chromium

ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PASSPHRASE = "seven lamps beside the river"
TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"
WIDE = {"width": 1280, "height": 900}
SOON = 15_000


@pytest.fixture
def house(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.log = lambda *_: None
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chrome():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def room():
    return Room(TEXT)


@pytest.fixture
def viewport(request):
    return getattr(request, "param", WIDE)


@pytest.fixture
def code(request):
    return getattr(request, "param", "en")


@pytest.fixture
def address(house, code):
    return f"{house}/studio/guides/how-to-rest/{code}/write"


@pytest.fixture
def page(house, chrome, member, room, viewport, code, address):
    """Heron's page with the live editor on it."""
    member("Heron")
    context = chrome.new_context(viewport=viewport, bypass_csp=False)
    context.set_default_timeout(SOON)
    page = context.new_page()
    page.failed = []
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    page.goto(f"{house}/studio/sign-in")
    page.fill("[name=pen_name]", "Heron")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main form .button")
    page.wait_for_url("**/studio/")
    page.goto(f"{house}/studio/new")
    page.fill("#title", "How to rest")
    page.select_option("#language", code)
    page.click("main form .button")
    page.wait_for_url("**/begin")
    room.stand_in(context)
    page.goto(address)
    yield page
    assert page.failed == []
    context.close()


@pytest.fixture
def text(page):
    """The editor, once it has taken the place of the textarea."""
    found = page.locator(".cm-content")
    expect(found).to_be_visible(timeout=SOON)
    return found


@pytest.fixture
def saved(page):
    def wait():
        expect(page.locator("[data-live-state]")).to_have_text("Saved", timeout=SOON)

    return wait
