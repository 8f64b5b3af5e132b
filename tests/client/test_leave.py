"""Leave in a real browser: at once, by hand or by Shift three times, and no way back to any page of the house."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "studio" / "web" / "static" / "built" / "leave.js"
HOUSE, EXIT, BEFORE = "https://guides.example", "https://weather.example/", "https://before.example/"
FIRST, SECOND, THIRD = (f"{HOUSE}/en/{name}/" for name in ("first", "second", "third"))
LINKS = "".join(
    f'<a id="{name}" href="/{name}/">to</a>' for name in ("en/first", "en/second", "en/third", "n/en/one", "n/en/two")
)
FORM = '<form method="post" action="" data-asks><input name="q"><button name="go" value="1">Ask</button></form>'
HEAD = f'<script src="/leave.js" data-exit="{EXIT}"></script>'
NOTHING_KEPT = "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('kept nothing') }})"
WATCH = """
const look = () => { told(location.href, getComputedStyle(document.documentElement).visibility == 'hidden' ? ''
    : document.body ? document.body.innerText : ''); requestAnimationFrame(look) };
requestAnimationFrame(look)
"""
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; connect-src 'self'"
HEADERS = {"Content-Security-Policy": CSP, "Cross-Origin-Opener-Policy": "same-origin"}


def answer(route):
    request = route.request
    address, path = request.url, urlsplit(request.url).path
    if path == "/leave.js":
        route.fulfill(content_type="text/javascript", body=SCRIPT.read_bytes())
    elif address.startswith(HOUSE):
        said = f"asked {request.post_data}" if request.method == "POST" else f"words of {path}"
        one = ' data-one=""' if path.startswith("/n/") or request.method == "POST" else ""
        leave = f'<a class="leave" href="{EXIT}">Leave</a>'
        html = f"<html{one}><head><title>{path}</title>{HEAD}</head><body>{leave}<p>{said}</p><input>{LINKS}{FORM}"
        html += '<a id="part" href="#below">part</a><p id="below">Below.</p></body></html>'
        kept = {"Cache-Control": "no-store"} if path.startswith("/n/") else {}
        route.fulfill(content_type="text/html", body=html, headers={**HEADERS, **kept})
    else:
        route.fulfill(content_type="text/html", body="<title>Weather</title>")


@pytest.fixture(params=["kept", "nothing kept"])
def keeps(request):
    return request.param == "kept"


@pytest.fixture
def seen():
    """What was drawn, in order: address and words."""
    return []


@pytest.fixture
def somebody(chrome, seen):
    """Give a page that comes from elsewhere, with a record of what it shows."""

    def come(*, script=True, keeps=True):
        context = chrome.new_context(java_script_enabled=script)
        context.expose_function("told", lambda address, words: seen.append((address, words)))
        context.add_init_script(WATCH)
        if not keeps:
            context.add_init_script(NOTHING_KEPT)
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(BEFORE)
        return page

    return come


def read_three(page):
    page.goto(FIRST)
    for name in ("second", "third"):
        page.click(f"[id='en/{name}']")
        page.wait_for_url(f"{HOUSE}/en/{name}/")
        page.wait_for_timeout(50)


def step(page, where):
    """Press Back or Forward, and wait until another page stands there, however long a busy machine takes."""
    with page.expect_event("framenavigated"):
        page.evaluate(f"() => {{ setTimeout(() => history.{where}()) }}")
    page.wait_for_timeout(300)


def back(page):
    step(page, "back")


def no_longer_here(page):
    """Wait until a page of another site stands there; what was drawn until then is in ``seen``."""
    page.wait_for_url(lambda address: not address.startswith(HOUSE))


def words_of_the_house(seen):
    return [pair for pair in seen if pair[0].startswith(HOUSE) and pair[1].strip()]


@pytest.mark.parametrize("script", [True, False])
def test_the_link_leaves_with_and_without_script(somebody, script):
    page = somebody(script=script)
    page.goto(FIRST)
    page.click("a.leave")
    page.wait_for_url(EXIT)
    assert page.title() == "Weather"


@pytest.mark.parametrize("how", ["button", "keys"])
def test_after_leave_from_the_third_page_back_shows_no_page_of_the_house(somebody, seen, keeps, how):
    page = somebody(keeps=keeps)
    read_three(page)
    if how == "button":
        page.click("a.leave")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    seen.clear()
    for _ in range(3 if keeps else 1):
        back(page)
        no_longer_here(page)
    assert words_of_the_house(seen) == []
    assert page.url == BEFORE
    back(page)
    assert page.url == "about:blank"


def test_forward_does_not_lead_back_either(somebody, seen):
    page = somebody()
    read_three(page)
    page.click("a.leave")
    page.wait_for_url(EXIT)
    seen.clear()
    for where in ("back", "back", "back", "forward", "forward", "forward"):
        step(page, where)
        no_longer_here(page)
    assert words_of_the_house(seen) == []


def test_whoever_comes_again_on_purpose_reads_on_and_can_go_back_one_page(somebody):
    page = somebody()
    read_three(page)
    page.click("a.leave")
    page.wait_for_url(EXIT)
    page.goto(FIRST)
    assert page.is_visible("text=words of /en/first/")
    page.click("[id='en/second']")
    page.wait_for_url(SECOND)
    page.click("#part")
    back(page)
    back(page)
    assert page.url == FIRST
    assert page.is_visible("text=words of /en/first/")
    back(page)
    assert page.url == EXIT
    back(page)
    no_longer_here(page)


def test_whoever_did_not_leave_goes_back_as_everywhere(somebody):
    page = somebody()
    read_three(page)
    back(page)
    assert page.url == SECOND
    assert page.is_visible("text=words of /en/second/")


def test_a_page_that_asks_for_it_has_one_entry_whatever_is_read_next(somebody):
    page = somebody()
    page.goto(f"{HOUSE}/n/en/one/")
    entries = page.evaluate("history.length")
    page.click("#part")
    page.click("[id='n/en/two']")
    page.wait_for_url(f"{HOUSE}/n/en/two/")
    page.fill("form input", "a word & more")
    page.click("form button")
    page.wait_for_selector("text=asked q=a+word+%26+more&go=1")
    page.fill("form input", "another")
    page.press("form input", "Enter")
    page.wait_for_selector("text=asked q=another")
    page.click("[id='n/en/one']")
    page.wait_for_url(f"{HOUSE}/n/en/one/")
    assert page.evaluate("history.length") == entries
    back(page)
    assert page.url == BEFORE


def test_where_the_browser_keeps_nothing_every_page_takes_the_place_of_the_one_before(somebody):
    page = somebody(keeps=False)
    read_three(page)
    back(page)
    assert page.url == BEFORE


def test_an_answer_that_does_not_come_is_asked_for_as_without_script(somebody):
    page = somebody()
    page.goto(f"{HOUSE}/n/en/one/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('no connection')) }")
    page.fill("form input", "lamp")
    with page.expect_navigation():
        page.click("form button")
    assert page.is_visible("text=asked q=lamp")


def test_the_page_is_empty_even_where_the_other_site_gives_nothing(somebody):
    page = somebody()
    page.goto(FIRST)
    page.route(EXIT, lambda route: route.fulfill(status=204))  # after which a browser stays where it is
    with page.expect_response(EXIT):
        page.click("a.leave")
    assert page.url == FIRST
    assert page.locator("body > *").count() == 0
    assert page.title().strip() == ""


def test_shift_pressed_twice_and_capital_letters_do_not_leave(somebody):
    page = somebody()
    page.goto(FIRST)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.focus("form input")
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("form input") == "ABCDE"
    assert (page.url, page.title()) == (FIRST, "/en/first/")


def test_the_script_is_smaller_than_3_kb():
    assert 0 < SCRIPT.stat().st_size <= 3000
