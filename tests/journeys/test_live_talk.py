"""Real browsers speak about one text of a house that really runs: comments on passages, suggestions, while all type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import as_it_is
from live_browsers import (
    FORK,
    TEXT,
    a_text,
    card,
    choose,
    comment,
    could_check,
    has,
    in_database,
    look_at,
    open_live,
    saved,
    sees,
    suggest,
    type_at,
    wait_for_spots,
)
from playwright.sync_api import Browser, expect
from running import Running
from walking import Walkers

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
BODIES = {
    "en": ("Take a slow walk first. Call a friend 👩‍👩‍👧 who knows you.", "a friend 👩‍👩‍👧 who", "Kindly, "),
    "ar": ("امشِ ببطء أولًا. اتصل بصديق 👩‍👩‍👧 يعرفك.", "بصديق 👩‍👩‍👧 يعرفك", "بلطف، "),
    "ja": ("まずゆっくり歩きます。友だち👩‍👩‍👧に電話をかけます。", "友だち👩‍👩‍👧に電話", "静かに、"),
}


@pytest.fixture(scope="module")
def own_house(practice_of_its_own) -> Iterator[Running]:
    with practice_of_its_own("talk") as house:
        yield house


@pytest.fixture(scope="module")
def people(own_house: Running, chromium: Browser) -> Walkers:
    return Walkers(own_house, chromium)


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_a_comment_is_seen_elsewhere_and_its_mark_stays_on_its_words_while_both_type_around_them(people, language):
    body, quote, more = BODIES[language]
    text = a_text(people, f"Spoken of {language}", body, language)
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    comment(wren, quote, "Not everybody has one.", must=True)
    expect(card(juniper, "Not everybody has one.")).to_contain_text("Wren")
    wait_for_spots(juniper, [quote], "must")
    for n in range(8):
        type_at(juniper, "Control+Home", f"{n} {more}")
        type_at(wren, "Control+End", f" {more}{n}")
    type_at(juniper, "Control+Home", "👩‍👩‍👧 ")
    for page in (wren, juniper):
        saved(page)
        wait_for_spots(page, [quote])
    juniper.reload()
    wait_for_spots(juniper, [quote])
    expect(card(juniper, quote)).to_contain_text("Something must change")


def test_a_comment_is_answered_settled_and_opened_again_and_all_see_it(people):
    text = a_text(people, "Settled", "Sit down first. Then rest.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    comment(juniper, "rest", "How long?")
    one = card(wren, "How long?")
    one.get_by_role("button", name="Answer").click()
    one.locator("textarea").fill("As long as it takes.")
    one.locator('[data-act="answer"]').click()
    expect(card(juniper, "As long as it takes.")).to_contain_text("Wren")
    expect(one.locator("textarea")).to_be_hidden()
    one.get_by_role("button", name="It is settled").click()
    expect(wren.locator("[data-done]")).to_contain_text("Settled.")
    expect(card(juniper, "How long?")).to_have_count(0)
    wait_for_spots(juniper, [])
    one.get_by_role("button", name="Open it again").click()
    expect(card(juniper, "How long?")).to_be_visible()
    wait_for_spots(juniper, ["rest"])


def test_a_passage_that_is_taken_out_keeps_its_card_with_its_quote(people):
    text = a_text(people, "Taken out", "Sit down first. Then rest.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    comment(juniper, "Sit down", "Where?")
    wait_for_spots(wren, ["Sit down"])
    choose(wren, "Sit down first. ")
    wren.keyboard.press("Delete")
    saved(wren)
    comment(juniper, "Then rest", "And then?")
    last = wren.locator("[data-cards] > li").nth(1)
    expect(last).to_contain_text("Sit down")
    expect(last.get_by_text("These words are no longer in the text.")).to_be_visible()
    expect(last.get_by_role("button", name="To the passage")).to_be_hidden()
    wait_for_spots(wren, ["Then rest"])


def test_by_keyboard_alone_one_comments_goes_to_what_is_said_answers_and_comes_back(people):
    text = a_text(people, "Keys", "Sit down first. Then rest.")
    wren = open_live(people.member("Wren"), text)
    wren.locator(TEXT).focus()
    for key in ("Control+Home", "ArrowDown", "ArrowDown", "End", "Control+Alt+m"):
        wren.keyboard.press(key)
    dialog = wren.locator('dialog[data-dialog="comment"]')
    expect(dialog.locator("blockquote")).to_have_text("Then rest.")
    expect(dialog.locator("textarea")).to_be_focused()
    wren.keyboard.type("Gently.")
    for _ in range(2):
        wren.keyboard.press("Tab")
    wren.keyboard.press("Enter")
    expect(card(wren, "Gently.")).to_be_visible()
    expect(wren.locator(TEXT)).to_be_focused()
    wren.keyboard.press("Control+Alt+o")
    expect(card(wren, "Gently.").locator("h3")).to_be_focused()
    wren.keyboard.press("Tab")
    expect(card(wren, "Gently.").get_by_role("button", name="To the passage")).to_be_focused()
    wren.keyboard.press("Enter")
    expect(wren.locator(TEXT)).to_be_focused()
    assert wren.evaluate("getSelection().toString()") == "Then rest."
    wren.keyboard.press("Control+Alt+o")
    wren.keyboard.press("Escape")
    expect(wren.locator(TEXT)).to_be_focused()


def test_a_suggestion_is_made_beside_the_text_and_taken_by_another_while_a_third_types_in_the_same_paragraph(
    own_house, people
):
    text = a_text(people, "Suggested", "Take a slow walk first. Call a friend.")
    wren, juniper, heron = (open_live(people.member(name), text) for name in ("Wren", "Juniper", "Heron"))
    suggest(juniper, "slow", "quiet")
    expect(juniper.locator(f"{FORK} del")).to_contain_text("slow")
    expect(juniper.locator(f"{FORK} ins")).to_have_text("quiet")
    type_at(heron, "Control+End", " Then rest 👩‍👩‍👧.")
    expect(juniper.locator(FORK)).to_contain_text("Then rest 👩‍👩‍👧.")
    assert "quiet" not in in_database(own_house, "Suggested")
    juniper.locator("#lv-why").fill("Calmer.")
    juniper.get_by_role("button", name="Send the suggestion").click()
    expect(juniper.locator("[data-done]")).to_contain_text("Your suggestion waits here.")
    expect(juniper.locator(FORK)).to_have_count(0)
    expect(card(juniper, "Calmer.").get_by_role("button", name="Take the suggestion back")).to_be_visible()
    one = card(wren, "Calmer.")
    expect(one).to_contain_text("Suggestion by Juniper")
    wait_for_spots(wren, ["slow"], "hunk")
    heron.locator(TEXT).focus()
    heron.keyboard.press("Control+Home")
    heron.keyboard.type("First of all: ")
    one.get_by_role("button", name="Into the text").click()
    heron.keyboard.type("breathe. ")
    for page in (wren, juniper, heron):
        has(page, "First of all: breathe. ")
        has(page, "Take a quiet walk first. Call a friend. Then rest 👩‍👩‍👧.")
        expect(card(page, "Calmer.")).to_have_count(0)
    assert "a quiet walk" in in_database(own_house, "Suggested")


def test_a_suggestion_whose_words_changed_says_so_with_both_texts_and_can_only_be_left(people):
    text = a_text(people, "Stale", "Write three sentences down.")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    suggest(juniper, "three", "two")
    juniper.get_by_role("button", name="Send the suggestion").click()
    expect(card(wren, "two")).to_be_visible()
    choose(wren, "three")
    wren.keyboard.type("five")
    saved(wren)
    comment(juniper, "down", "On paper?")
    one = card(wren, "The words changed since this was suggested")
    expect(one).to_be_visible()
    expect(one.locator("[data-change] del")).to_contain_text("three")
    expect(one.locator("[data-there]")).to_contain_text("five")
    expect(one.get_by_role("button", name="Into the text")).to_be_hidden()
    one.get_by_role("button", name="Rather not").click()
    expect(one).to_have_count(0)


def test_a_suggestion_is_left_after_one_question_and_undone_word_by_word(people):
    text = a_text(people, "Left", "Sit down first. Then rest.")
    wren = open_live(people.member("Wren"), text)
    suggest(wren, "Sit", "Lie")
    type_at(open_live(people.member("Juniper"), text), "Control+End", " And sleep.")
    expect(wren.locator(FORK)).to_contain_text("Lie down first. Then rest. And sleep.")
    wren.locator(FORK).focus()
    for _ in range(3):
        wren.keyboard.press("Control+z")
    expect(wren.locator(f"{FORK} ins")).to_have_count(0)
    expect(wren.locator(FORK)).to_contain_text("Sit down first. Then rest. And sleep.")
    wren.keyboard.press("Control+y")
    wren.locator('[data-way-of="write"]').click()
    wren.get_by_role("button", name="Go on suggesting").click()
    expect(wren.locator(FORK)).to_be_focused()
    wren.locator('[data-way-of="write"]').click()
    wren.get_by_role("button", name="Leave without sending").click()
    expect(wren.locator(FORK)).to_have_count(0)
    has(wren, "Sit down first. Then rest. And sleep.")


def test_a_composition_in_a_suggestion_survives_what_others_type_in_the_same_line(people):
    text = a_text(people, "Composed", "まず歩きます。", "ja")
    wren, juniper = open_live(people.member("Wren"), text), open_live(people.member("Juniper"), text)
    wren.locator('[data-way-of="suggest"]').click()
    wren.locator(FORK).focus()
    wren.keyboard.press("Control+Home")
    keys = wren.context.new_cdp_session(wren)
    for step in ("し", "しず"):
        keys.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    type_at(juniper, "Control+Home", "そして、")
    saved(juniper)
    wren.wait_for_timeout(1_000)
    keys.send("Input.insertText", {"text": "静か"})
    expect(wren.locator(FORK)).to_contain_text("そして、")
    assert wren.locator(FORK).inner_text().count("静か") == 1
    wren.get_by_role("button", name="Send the suggestion").click()
    expect(card(juniper, "静か")).to_be_visible()
    assert "しず" not in juniper.locator("[data-cards]").inner_text()
    keys.detach()


def test_who_could_check_suggests_beside_the_text_and_does_not_write_in_it(own_house, people):
    text = a_text(people, "Checkable", "Sit down first. Then rest.")
    marten = people.somebody(locale="en")
    marten.context.add_cookies(people.member("Marten").context.cookies())
    marten.route("**/en/write", could_check)
    open_live(marten, text, writes=False)
    marten.locator(TEXT).focus()
    marten.keyboard.type("Not sent.")
    marten.get_by_role("link", name="Suggest instead", exact=True).click()
    expect(marten.locator("[data-ask]")).to_be_hidden()
    expect(marten.locator(FORK)).to_be_focused()
    choose(marten, "Sit", FORK)
    marten.keyboard.type("Lie")
    marten.get_by_role("button", name="Send the suggestion").click()
    expect(card(marten, "Your suggestion")).to_be_visible()
    expect(marten.locator("[data-ask]")).to_be_visible()
    assert in_database(own_house, "Checkable").strip().endswith("Sit down first. Then rest.")
    marten.close()


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_on_a_small_phone_all_of_it_fits_and_axe_finds_nothing_wrong_in_either_light(own_house, people, language):
    sees(own_house, "Juniper", language)
    body, quote, _ = BODIES[language]
    text = a_text(people, f"Phone {language}", body, language)
    wren = open_live(people.member("Wren"), text)
    comment(wren, quote, "Could this be kinder?", must=True)
    suggest(wren, quote[:2], quote[-2:])
    wren.locator("[data-send]").click()
    expect(wren.locator("[data-cards] > li")).to_have_count(2)
    phone = people.somebody(locale=language, viewport=PHONE, bypass_csp=True)
    phone.context.add_cookies(people.member("Juniper").context.cookies())
    phone.set_viewport_size(PHONE)
    open_live(phone, text)
    fold = phone.locator("[data-fold]")
    expect(fold).to_contain_text("2")
    expect(phone.locator("[data-folded]")).to_be_hidden()
    fold.click()
    expect(phone.locator("[data-cards] > li")).to_have_count(2)
    look_at(phone, f"talk-{language}-360")
    found = as_it_is(phone, f"{language}, cards")
    choose(phone, quote)
    expect(phone.locator("[data-to-card]")).to_be_visible()
    phone.keyboard.press("Control+Alt+m")
    expect(phone.locator("dialog[open] blockquote")).to_have_text(quote)
    look_at(phone, f"dialog-{language}-360")
    found += as_it_is(phone, f"{language}, dialog")
    phone.keyboard.press("Escape")
    suggest(phone, quote[:2], "—")
    look_at(phone, f"suggest-{language}-360")
    found += as_it_is(phone, f"{language}, suggesting")
    assert found == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.set_viewport_size({"width": 1280, "height": 900})
    look_at(phone, f"suggest-{language}-1280")
    phone.locator('[data-way-of="write"]').click()
    phone.locator('dialog[open] button[value="yes"]').click()
    look_at(phone, f"talk-{language}-1280")
    phone.close()
    sees(own_house, "Juniper", "en")


def test_without_scripts_comments_and_suggestions_are_links_on_the_page(people):
    text = a_text(people, "Plain", "Sit down first.")
    page = people.somebody(java_script_enabled=False, locale="en")
    page.context.add_cookies(people.member("Wren").context.cookies())
    for name, end in (("Comments", "/talk"), ("Suggest a change instead", "/suggest")):
        page.goto(f"{text}write")
        expect(page.locator("[data-talk]")).to_be_hidden()
        page.get_by_role("link", name=name, exact=True).click()
        assert page.url.endswith(end)


def test_nobody_asked_another_site_for_anything(people):
    assert people.elsewhere() == set()
