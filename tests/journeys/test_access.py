"""Every page of the house, readers' and members', held to axe-core in Arabic, Japanese and English, light and dark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from running import ROOT
from walking import Walkers, begin, check, hand_in, invite, save_version, send
from writing import form, write

from studio.core.locales import language
from studio.members.actor import Role
from studio.members.operations import joining
from studio.publish.pages import library, views

pytestmark = pytest.mark.browser
AXE = ROOT / "client" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOK = """options => axe.run(document, options).then(found => found.violations.map(
    one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 160), one.nodes[0].failureSummary]))"""
TEXTS = {
    "en": ("A walk before the talk", "Ten quiet minutes help."),
    "ar": ("نزهة قبل الحديث", "عشر دقائق هادئة تساعد."),
    "ja": ("話す前に歩く", "静かな十分間が助けになります。"),
}


def axe(page: Page, where: str, rules: dict[str, Any] = RULES) -> list[tuple[str, Any]]:
    """Return what axe-core finds wrong on a page, with the place that it is found at."""
    return [(where, one) for one in page.evaluate(LOOK, rules)]


def in_both_lights(page: Page, where: str, status: tuple[int, ...] = (200,)) -> list[tuple[str, Any]]:
    """Look at a page on light paper, and at its colours on dark paper too."""
    answer = page.goto(where)
    assert answer is not None
    assert answer.status in status, (where, answer.status)
    return as_it_is(page, where)


def as_it_is(page: Page, where: str) -> list[tuple[str, Any]]:
    """Look at what a browser shows now, such as the answer to a form."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.add_script_tag(path=AXE)
    found = axe(page, where)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + axe(page, f"{where} in the dark", COLOURS)


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


@dataclass
class Desk:
    """A text that is being checked, one that is agreed to, and who looks at them."""

    checked: str
    agreed: str
    check: str


@pytest.fixture(scope="module")
def desk(walkers: Walkers) -> Desk:
    """Bring a text of each language to where every members' page of it has something to show."""
    wren, juniper = walkers.member("Wren"), walkers.member("Juniper")
    made = []
    for title in ("Before the first talk", "After the first talk"):
        text = begin(wren, title, "en", ("One quiet evening.", "One sentence.", "A friend waited.", "No hurry."))
        save_version(wren, text)
        hand_in(wren, text, "Small steps.")
        made.append(text)
    for pen_name, stage in (("Juniper", "peer"), ("Juniper", "copy"), ("Heron", "voice"), ("Marten", "safety")):
        check(walkers.member(pen_name), made[1], stage)
    juniper.goto(made[0])
    first = str(juniper.locator('a[href^="/studio/checks/"][href$="/peer"]').first.get_attribute("href"))
    return Desk(made[0], made[1], first)


@pytest.mark.parametrize("code", TEXTS)
def test_members_pages(walkers, desk, code):
    link = invite(walkers.member("Heron"), code)
    door = walkers.somebody(locale=code, bypass_csp=True)
    found = []
    for where in ("/studio/sign-in", "/studio/sign-in/code", link):
        found += in_both_lights(door, where)
    found += in_both_lights(door, "/studio/join/none", (404,))
    for pen_name, places in places_of(walkers, desk).items():
        page = speaking(walkers, pen_name, code)
        for where in places:
            refused = (404,) if where.endswith("/none") else (403,) if where.endswith("/publish") else (200,)
            found += in_both_lights(page, where, refused if pen_name == "Wren" else (200,))
        if pen_name == "Juniper":
            found += while_checking(page, desk)
        speaking(walkers, pen_name, "en", bypass_csp=False)
    assert found == []


def places_of(walkers: Walkers, desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return every page of the members' part that a member can open, by who looks at it."""
    person = people(walkers)
    return {
        "Wren": (
            *("/studio/", "/studio/texts/", "/studio/texts/?q=talk", "/studio/me/", "/studio/me/passphrase"),
            *("/studio/new", "/studio/welcome", "/studio/none"),
            *(f"{desk.checked}{page}" for page in ("", "begin", "write", "write/preview", "write/version")),
            *(
                f"{desk.checked}{page}"
                for page in ("write/images", "history", "history/1", "compare?from=1", "translate")
            ),
            *(f"{desk.checked}hand-in", f"{desk.agreed}publish"),
        ),
        "Juniper": ("/studio/checks/", "/studio/checks/?minutes=10", "/studio/checks/policy", desk.check),
        "River": ("/studio/", f"{desk.agreed}publish", "/studio/guides/hard-days/en/take-down"),
        "Heron": ("/studio/", "/studio/people/", person, desk.checked, "/studio/checks/policy"),
    }


def people(walkers: Walkers) -> str:
    organiser = walkers.member("Heron")
    organiser.goto("/studio/people/")
    links = organiser.locator('main a[href^="/studio/people/"]').all()
    every = [str(link.get_attribute("href")) for link in links]
    return next(address for address in every if len(address) > len("/studio/people/"))


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


def while_checking(page: Page, desk: Desk) -> list[tuple[str, Any]]:
    """Look at the page of a check that one has taken."""
    page.goto(desk.check)
    take = page.locator('form[action$="/take"] button')
    if take.count():
        take.click()
        page.wait_for_selector('input[name^="answer-"]')
    return in_both_lights(page, desk.check)


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
    wren.goto(write)
    other = wren.context.new_page()
    other.goto(write)
    for page, more in ((other, "A."), (wren, "B.")):
        page.fill("#body", page.input_value("#body").replace(words, f"{words[:-1]} {more}"))
        with page.expect_navigation():
            page.click('.actions button[name="then"][value=""]')
    found += as_it_is(wren, f"{write}, two at once")
    for pen_name in ("Wren", "Heron"):
        speaking(walkers, pen_name, "en", bypass_csp=False)
    assert found == []


@pytest.mark.parametrize(("code", "checker"), [("en", "Juniper"), ("ar", "نورس"), ("ja", "つばめ")])
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
    assert Path(AXE).is_file(), "npm ci in client/ brings axe-core"
    page = walkers.somebody(bypass_csp=True)
    assert in_both_lights(page, "/en/") == []
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/img/page.svg>'")
    assert "image-alt" in {one[0] for _, one in axe(page, "spoiled")}
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { p { color: #333 !important } }")
    assert "color-contrast" in {one[0] for _, one in axe(page, "too dark", COLOURS)}


def shown(page: Any, name: str, html: str) -> list[tuple[str, Any]]:
    """Show ``html`` as the running house would answer it, with its style sheets, and look at it."""
    calm = html.replace('http-equiv="refresh"', 'name="refresh"')
    page.route(f"**/probe/{name}", lambda route: route.fulfill(body=calm, content_type="text/html; charset=utf-8"))
    page.goto(f"/probe/{name}")
    return as_it_is(page, name)


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


@pytest.mark.parametrize("code", ["en", "ar"])
def test_members_pages_that_are_seldom_met(walkers, client, browser, member, sign_in, session, clock, code):
    page = walkers.somebody(locale=code, bypass_csp=True)
    writer = member("Heron", language=code)
    from_a_chat = {"Accept-Language": code, "Sec-Fetch-Site": "cross-site"}
    found = shown(page, "once-more", browser().get("/studio/", headers=from_a_chat).text)
    steward = member("Wren", Role.STEWARD)
    token = joining.let_in_again(session, actor=steward, member_id=writer.id, now=clock())
    session.commit()
    found += shown(page, "return", browser().get(f"/studio/return/{token}").text)
    sign_in(client, writer)
    client.post("/studio/new", data={"title": "How to rest", "language": "en"})
    place = "/studio/guides/how-to-rest/en/"
    foreign = "# Sleep\n\n{!{ <b>box</b> }!}\n\n<div>Rest.</div>\n"
    found += shown(page, "pasted", client.post(f"{place}begin", data={"door": "paste", "pasted": foreign}).text)
    old = form(client.get(f"{place}write"))
    write(client, place, body="Newer.")
    beside = client.post(f"{place}write", data={**old, "base_seq": "999", "body": "Mine alone."})
    assert beside.status_code == 409
    found += shown(page, "beside", beside.text)
    found += shown(page, "wiped", client.post("/studio/sign-out").text)
    assert found == []
