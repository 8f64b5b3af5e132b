"""Comments and suggestions in a real browser: on a small phone, without scripts, by keyboard, for screen readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from spoken_of import WORDS, served, spoken_of

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "client" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": ["cat.color"]}
"""All that may be otherwise in the dark: the style sheets change nothing else there."""
LOOK = """options => axe.run(document, options).then(found => found.violations.map(
    one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary]))"""
PAGES = ("talk", "talk/passages", "talk/new?at=0", "talk/new", "suggest", "suggestions", "write", "")


@pytest.fixture
def house(app):
    with served(app) as address:
        yield address


@pytest.fixture
def people(member):
    return member("Heron"), member("Kite"), member("بومة", language="ar")


@pytest.fixture
def enter(house, chrome, people, let_in):
    """Sign a member in and return their page; ``how`` is what their browser is like."""

    def sign_in(pen_name, **how):
        context = chrome.new_context(base_url=house, **how)
        let_in(context, pen_name)
        return context.new_page()

    return sign_in


@pytest.fixture
def text(session, people, clock):
    """Make the text of a language and return its address."""

    def make(code):
        return spoken_of(session, code, people[0], people[1], clock())

    return make


def everything(page, text):
    """Yield each page about a text, opened, with what is folded unfolded."""
    page.goto(f"{text}talk")
    thread = page.locator('a[href*="/talk/"].button.plain').first.get_attribute("href")
    for where in (*(f"{text}{name}" for name in PAGES), thread):
        page.goto(where)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        yield where


@pytest.mark.parametrize(("code", "who"), [("en", "Heron"), ("ar", "بومة"), ("ja", "Kite")])
def test_no_page_is_wider_than_a_small_phone_and_nothing_is_too_small_to_touch(enter, text, code, who):
    page = enter(who, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    wrong = []
    for where in everything(page, text(code)):
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(where, wide)] if wide > 320 else []
        for one in page.locator("main button, main a.button, main .row a, main .list a").all():
            box = one.bounding_box()
            if box and box["height"] < 43.5:
                wrong.append((where, one.inner_text(), box["height"]))
    assert wrong == []


@pytest.mark.parametrize(("code", "who"), [("en", "Heron"), ("ar", "بومة"), ("ja", "Kite")])
def test_axe_finds_nothing_wrong_in_either_light(enter, text, code, who):
    page = enter(who, bypass_csp=True)
    found = []
    for where in everything(page, text(code)):
        page.add_script_tag(path=AXE)
        for light, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            found += [(where, light, one) for one in page.evaluate(LOOK, rules)]
    assert found == []


def test_without_scripts_a_passage_is_commented_on_and_a_suggestion_is_made_and_taken(enter, text):
    where = text("en")
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    heron, kite = enter("Heron", **phone), enter("Kite", **phone)
    kite.goto(f"{where}talk")
    kite.get_by_role("link", name="Comment on a passage").click()
    kite.get_by_role("link", name=re.compile("passage 2")).click()
    kite.get_by_label("Only some of its words").fill("slow walk")
    kite.get_by_label("What would you say?").fill("How slow?")
    kite.get_by_role("button", name="Comment").click()
    expect(kite.get_by_text("Your comment stands with the text")).to_be_visible()
    expect(kite.locator("blockquote", has_text="slow walk")).to_be_visible()
    kite.goto(f"{where}write")
    kite.locator("#body").fill(kite.locator("#body").input_value().replace("slow walk", "long walk"))
    kite.get_by_role("button", name="Suggest instead of saving").click()
    expect(kite.get_by_text("Your suggestion waits here.")).to_be_visible()
    heron.goto(f"{where}suggestions")
    change = heron.locator("li", has=heron.locator("ins", has_text="long"))
    change.get_by_role("button", name="Into the text").click()
    expect(heron.get_by_text("It is in the text now")).to_be_visible()
    heron.goto(f"{where}write")
    assert "Take a long walk first." in heron.locator("#body").input_value()


def test_with_scripts_the_form_that_saves_by_itself_leads_to_a_page_for_suggesting(enter, text):
    page = enter("Kite")
    page.clock.install()
    page.goto(f"{text('en')}write?plain=1")
    expect(page.get_by_role("button", name="Suggest instead of saving")).to_be_hidden()
    page.get_by_role("link", name="Suggest instead").click()
    page.locator("#body").fill("Other words.")
    page.clock.fast_forward(30_000)  # longer than the form that saves by itself ever waits
    page.wait_for_timeout(300)
    assert page.locator("[data-state]").count() == 0
    page.get_by_role("button", name="Suggest this").click()
    expect(page.get_by_text("Nothing in the text has changed yet.")).to_be_visible()


def test_by_keyboard_alone_a_change_is_taken_and_a_talk_is_settled(enter, text):
    where = text("en")
    page = enter("Heron")
    page.goto(f"{where}suggestions")
    reach(page, "Into the text: change 1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("It is in the text now")).to_be_visible()
    page.goto(f"{where}talk")
    reach(page, "Answer or settle")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach(page, "Answer", element="TEXTAREA")
    page.keyboard.type("Thank you.")
    reach(page, "It is settled")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("You find it below")).to_be_visible()


def reach(page, name, element=""):
    """Press Tab until what is called ``name`` has the focus, visibly."""
    page.wait_for_load_state()
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const one = document.activeElement;
            return [one.textContent.trim().replace(/\\s+/g, ' '), one.tagName, getComputedStyle(one).outlineStyle] }"""
        )
        if (told[1] == element) if element else (told[0] == name):
            assert told[2] == "solid"
            return
    raise AssertionError(f"{name} is not reached")


def test_an_arabic_text_stands_from_right_to_left_and_so_do_the_buttons_beside_it(enter, text):
    page = enter("بومة", viewport={"width": 360, "height": 740})
    page.goto(f"{text('ar')}suggestions")
    assert page.evaluate("getComputedStyle(document.querySelector('.passage')).direction") == "rtl"
    passage = page.locator(".passage").first.bounding_box()
    went = page.locator(".passage del").first.bounding_box()
    assert went["x"] > passage["x"] + passage["width"] / 3
    first, second = (page.locator(".suggestion .button").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] < second["y"] or first["x"] > second["x"]


def test_a_name_in_another_script_does_not_turn_an_arabic_comment(enter, text):
    page = enter("بومة", viewport={"width": 360, "height": 740})
    page.goto(f"{text('ar')}talk")
    card, name = page.locator(".card").first.bounding_box(), page.locator(".words-said bdi").first.bounding_box()
    assert name["x"] > card["x"] + card["width"] / 2


def test_the_words_of_every_language_are_anchored_where_they_stand(enter, text):
    page = enter("Heron")
    for code, words in WORDS.items():
        told = page.request.get(f"{text(code)}talk.json", headers={"Accept": "application/json"}).json()
        states = {one["quote"]: one["state"] for one in told["threads"]}
        assert states == {words.quote: "attached", words.gone: "detached"}
        assert {one["state"] for one in told["hunks"]} == {"open", "stale"}
