"""Hints in a real browser: on a small phone, right to left, without scripts, by keyboard alone."""

from __future__ import annotations

import pytest
from publishing import FIELDS
from spoken_of import served

from studio.guides import operations as guides
from studio.guides.models import Translation

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
BODIES = {
    "en": "# Sleep\n\n### Quiet\n\n![](leaf.png)\n\nWrite to robin.and.wren@example.org.\n\n@robin_writes\n",
    "ar": "# النوم\n\n### الهدوء\n\n![](leaf.png)\n\nيمكن الكتابة إلى robin.and.wren@example.org\n\n@robin_writes\n",
}
PAGES = ("hints", "hand-in", "")


@pytest.fixture
def house(app):
    with served(app) as address:
        yield address


@pytest.fixture
def people(member):
    return {"en": member("Heron", reads={"en", "ar", "de"}), "ar": member("بومة", language="ar", reads={"ar", "ja"})}


@pytest.fixture
def enter(house, chrome, people, let_in):
    """Sign a member in on a phone without scripts, and return their page."""

    def sign_in(code):
        context = chrome.new_context(base_url=house, viewport=PHONE, java_script_enabled=False)
        let_in(context, people[code].pen_name)
        return context.new_page()

    return sign_in


@pytest.fixture
def text(session, people, clock):
    """Begin a text with hints in a language, and return its id and address."""

    def make(code):
        more = {"fields": FIELDS, "language": code, "body": BODIES[code], "topics": ["telling"], "now": clock()}
        made = guides.start_guide(session, people[code].id, **more)
        session.commit()
        return made.id, f"/studio/guides/{made.guide_id}/{code}/"

    return make


@pytest.mark.parametrize("code", BODIES)
def test_no_page_is_wider_than_a_small_phone_and_nothing_is_too_small_to_touch(enter, text, code):
    page, (_, where) = enter(code), text(code)
    wrong = []
    for address in (*(f"{where}{name}" for name in PAGES), "/studio/words/"):
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(address, wide)] if wide > PHONE["width"] else []
        for one in page.locator("main button, main summary, main input:not([type=hidden])").all():
            box = one.bounding_box()
            if box and box["height"] < 43.5:
                wrong.append((address, one.inner_text(), box["height"]))
    assert wrong == []


def press(page, goal, key="Enter"):
    """Go by Tab to the first element that ``goal`` names, and press a key there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("goal => document.activeElement.matches(goal)", goal):
            page.keyboard.press(key)
            return
    raise AssertionError(f"Tab never came to {goal}")


@pytest.mark.parametrize("code", BODIES)
def test_mending_and_keeping_by_keyboard_alone(enter, text, session, code):
    page, (text_id, where) = enter(code), text(code)
    page.goto(f"{where}hints")
    assert page.locator("section.card h3").count() == 3
    press(page, 'input[name="words"]', "l")
    page.keyboard.type("eaf")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("section.card h3").count() == 3
    press(page, "main details:not(.card) > summary")
    press(page, 'input[name="reason"]', "O")
    page.keyboard.type("urs.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        press(page, 'button[value="mend"]')
    assert page.locator("section.card h3").count() == 1
    session.rollback()
    session.expire_all()
    body = session.get_one(Translation, text_id).draft.text
    assert "![leaf](leaf.png)" in body
    assert "\n## " in body
    assert "###" not in body
