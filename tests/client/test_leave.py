"""Leave in a real browser: at once, by hand or by Shift three times, without a way back to the guide."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "studio" / "web" / "static" / "built" / "leave.js"
GUIDE, EXIT, BEFORE = "https://guides.example/en/telling/", "https://weather.example/", "https://before.example/"
BODY = f'<title>Telling</title><a class="leave" href="{EXIT}">Leave</a><input><script src="/leave.js"></script>'
CSP = "default-src 'none'; script-src 'self'; style-src 'self'"


def answer(route):
    address = route.request.url
    if address.endswith("leave.js"):
        route.fulfill(content_type="text/javascript", body=SCRIPT.read_bytes())
    elif address == GUIDE:
        route.fulfill(content_type="text/html", body=BODY, headers={"Content-Security-Policy": CSP})
    else:
        route.fulfill(content_type="text/html", body="<title>Weather</title>")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def scripted(request):
    return request.param


@pytest.fixture
def guide(chrome, scripted):
    page = chrome.new_context(java_script_enabled=scripted).new_page()
    page.route("**/*", answer)
    page.goto(BEFORE)
    page.goto(GUIDE)
    return page


def test_the_link_leaves_with_and_without_script(guide):
    guide.click("a.leave")
    guide.wait_for_url(EXIT)
    assert guide.title() == "Weather"


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_back_does_not_return_to_the_guide(guide):
    guide.click("a.leave")
    guide.wait_for_url(EXIT)
    guide.go_back()
    assert guide.url == BEFORE


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_shift_pressed_three_times_leaves_and_twice_does_not(guide):
    guide.keyboard.press("Shift")
    guide.keyboard.press("Shift")
    assert guide.url == GUIDE
    guide.keyboard.press("Shift")
    guide.wait_for_url(EXIT)


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_writing_capital_letters_does_not_leave(guide):
    guide.focus("input")
    for letter in "ABCDE":
        guide.keyboard.press(f"Shift+{letter}")
    assert guide.input_value("input") == "ABCDE"
    assert (guide.url, guide.title()) == (GUIDE, "Telling")


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_the_page_is_empty_even_where_the_other_site_gives_nothing(guide):
    guide.route(EXIT, lambda route: route.fulfill(status=204))  # after which a browser stays where it is
    with guide.expect_response(EXIT):
        guide.click("a.leave")
    assert guide.url == GUIDE
    assert guide.locator("body > *").count() == 0
    assert guide.title().strip() == ""


def test_the_script_is_smaller_than_3_kb():
    assert 0 < SCRIPT.stat().st_size <= 3000
