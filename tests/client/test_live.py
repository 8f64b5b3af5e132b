"""The live editor in a real browser: what is typed is in the house, what others type is here, and nothing gets lost."""

from __future__ import annotations

import pytest
from fake_room import CHANGE, HELLO, HERE, NOBODY, PEOPLE, frame, wait_for
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"
SOON = 15_000
STORE = """async act => { const open = indexedDB.open("studio-live"); await new Promise(done => open.onsuccess = done);
    const store = open.result.transaction("unsaved").objectStore("unsaved");
    const all = act == "count" ? store.count() : store.getAll();
    await new Promise(done => all.onsuccess = done); open.result.close();
    return act == "count" ? all.result
        : all.result.map(row => [Object.keys(row).sort().join(), new TextDecoder().decode(row.box)]); }"""


def test_what_is_typed_is_in_the_house_and_saved_is_said_when_it_is(page, text, room, saved):
    room.acknowledges = False
    text.press("Control+Home")
    text.press_sequentially("Now. ")
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    wait_for(page, lambda: room.text.startswith("Now. Begin."))
    page.wait_for_timeout(500)
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    room.acknowledges = True
    text.press_sequentially("x")
    saved()
    assert room.text == "Now. x" + TEXT
    expect(page.locator("#body")).to_be_hidden()


def test_others_words_appear_and_undo_takes_back_ones_own_alone(page, text, room, saved):
    text.press("Control+Home")
    text.press_sequentially("Mine. ")
    saved()
    room.type(len("Mine. Begin."), " Theirs.")
    expect(text).to_contain_text("Mine. Begin. Theirs.")
    text.press("Control+z")
    expect(text).to_contain_text("Begin. Theirs.")
    saved()
    assert room.text == TEXT.replace("Begin.", "Begin. Theirs.")
    text.press("Control+y")
    wait_for(page, lambda: room.text.startswith("Mine. Begin. Theirs."))


def test_without_a_line_one_writes_on_and_all_is_sent_at_once_when_it_is_back(page, text, room, saved):
    saved()
    room.silent = True
    room.drop()
    expect(page.locator("[data-live-state]")).to_contain_text("No connection")
    text.press("Control+End")
    text.press_sequentially("Alone.")
    room.type(0, "Meanwhile. ")
    before = len([1 for kind, _ in room.heard if kind == CHANGE])
    room.silent = False
    saved()
    assert room.text == f"Meanwhile. {TEXT}Alone."
    expect(text).to_contain_text("Meanwhile. Begin.")
    assert len([1 for kind, _ in room.heard if kind == CHANGE]) == before + 1


def test_a_tab_that_is_killed_loses_nothing_and_what_it_left_cannot_be_read(page, text, room, saved, address):
    room.acknowledges = False
    old = room.heard[0][1]["pens"][0]
    saved()
    text.press("Control+Home")
    room.silent = True
    text.press_sequentially("Canary. ")
    page.wait_for_timeout(1500)
    left = page.evaluate(STORE, "rows")
    assert [keys for keys, _ in left] == ["at,box,id,iv"]
    assert "Canary" not in left[0][1]
    context = page.context
    page.close(run_before_unload=False)
    room.silent, room.acknowledges = False, True
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-live-state]")).to_have_text("Saved", timeout=SOON)
    expect(again.locator(".cm-content")).to_contain_text("Canary. Begin.")
    expect(again.locator("[data-note]")).to_contain_text("What you wrote last time")
    wait_for(again, lambda: room.text == f"Canary. {TEXT}")
    shown = [header["pens"] for kind, header in room.heard if kind == HELLO][-1]
    assert old in shown
    assert len(shown) == 2
    wait_for(again, lambda: again.evaluate(STORE, "count") == 0)


@pytest.mark.parametrize("asked", ["clear-site-data", ""], ids=["the browser does", "the script does"])
def test_leave_and_wipe_this_phone_removes_what_was_kept(page, text, room, saved, house, asked):
    saved()
    room.silent = True
    text.press_sequentially("Canary. ")
    page.wait_for_timeout(1000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{house}/studio/me/")
    kept = "indexedDB.databases().then(all => all.map(one => one.name))"
    assert page.evaluate(kept) == ["studio-live"]
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    page.route("**/built/wipe.js*" if asked else "**/studio/sign-out", lambda route: without(route, asked))
    page.get_by_role("button", name="Leave and wipe this phone").click()
    page.wait_for_url("https://**")
    page.goto(f"{house}/studio/sign-in")
    assert page.evaluate(kept) == []


def test_leave_goes_at_once_also_with_words_that_are_not_saved_and_those_are_kept(page, text, room, saved, house):
    saved()
    room.silent = True
    page.context.route("https://**", lambda route: route.fulfill(body="Weather"))
    text.press_sequentially("Canary. ")
    page.wait_for_timeout(800)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://**")
    page.goto(f"{house}/studio/me/")
    assert page.evaluate(STORE, "count") == 1


def without(route, asked):
    """Let one of the two ways of forgetting not happen."""
    if asked:
        route.abort()
        return
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "clear-site-data"}
    assert headers != answer.headers
    route.fulfill(response=answer, headers=headers)


def test_what_was_left_of_another_text_stays_for_that_text(page, text, room, saved, house, address):
    saved()
    room.silent = True
    text.press_sequentially("Canary. ")
    page.wait_for_timeout(1000)
    context = page.context
    page.close(run_before_unload=False)
    room.silent = False
    again = context.new_page()
    again.goto(f"{house}/studio/new")
    again.fill("#title", "Another text")
    again.click("main form .button")
    again.wait_for_url("**/begin")
    again.goto(f"{house}/studio/guides/another-text/en/write")
    expect(again.locator(".cm-content")).to_contain_text("Begin.", timeout=SOON)
    again.wait_for_timeout(800)
    assert again.evaluate(STORE, "count") == 1
    assert "Canary" not in room.text
    again.goto(address)
    expect(again.locator(".cm-content")).to_contain_text("Canary.", timeout=SOON)


def test_a_button_waits_until_what_was_typed_just_now_is_in_the_house(page, text, room, saved):
    text.press("Control+Home")
    room.acknowledges = False
    text.press_sequentially("Just now. ")
    page.get_by_role("button", name="Save a version").click()
    page.wait_for_timeout(600)
    assert page.url.endswith("/write")
    room.acknowledges = True
    text.press_sequentially("x")
    page.wait_for_url("**/write/version")
    assert room.text == "Just now. x" + TEXT


def test_where_the_line_cannot_be_had_the_plain_form_is_there_and_works(page, room, address, saved):
    room.shut = 1011
    page.goto(address)
    page.locator("#body").press_sequentially("Plain.")
    expect(page.locator("[data-state]")).to_have_text("Saved", timeout=SOON)
    expect(page.locator("[data-live]")).to_be_hidden()


def test_the_plain_form_is_one_link_away(page, text):
    page.get_by_role("link", name="Write in the plain form").click()
    expect(page.locator("#body")).to_be_visible()
    assert page.locator("[data-live]").count() == 0


def test_words_typed_into_the_form_before_the_editor_came_go_with_it(page, room, address, saved):
    room.shut = 1012
    page.goto(address)
    page.locator("#body").press_sequentially("Early. ")
    room.type(0, "Early. ")  # as the house does when the form has sent it
    room.shut = 0
    expect(page.locator(".cm-content")).to_contain_text("Early. Begin.", timeout=SOON)
    page.keyboard.type("On.")
    saved()
    assert room.text == f"Early. On.{TEXT}"


def test_a_refusal_is_said_and_the_words_stay(page, text, room, saved):
    saved()
    room.refuse = {"code": "too_large", "sentence": "This text has become too long."}
    text.press("Control+Home")
    text.press_sequentially("Much. ")
    expect(page.locator("[data-note]")).to_have_text("This text has become too long.")
    expect(text).to_contain_text("Much. Begin.")
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    room.refuse = {}
    text.press_sequentially("x")
    saved()
    assert room.text == "Much. x" + TEXT


def test_a_house_that_cannot_write_is_asked_again_after_a_while_and_not_at_once(page, text, room, saved):
    saved()
    room.refuse = {"code": "not_saved", "sentence": "Nothing can be saved just now."}
    text.press("Control+Home")
    text.press_sequentially("Full. ")
    expect(page.locator("[data-note]")).to_have_text("Nothing can be saved just now.")
    page.wait_for_timeout(5_000)
    text.press_sequentially("On. ")
    assert 1 < len([1 for kind, _ in room.heard if kind == CHANGE]) <= 4
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    room.refuse = {}
    saved()
    expect(page.locator("[data-note]")).to_be_hidden()
    assert room.text == "Full. On. " + TEXT


def test_a_visit_that_has_ended_keeps_the_words_and_offers_to_sign_in(page, text, room, saved):
    saved()
    room.shut = 4401
    room.drop(4401)
    text.press("Control+Home")
    text.press_sequentially("Still here. ")
    expect(page.locator("[data-live-state]")).to_contain_text("Your visit has ended")
    link = page.get_by_role("link", name="Sign in again")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/studio/sign-in", "_blank")
    room.shut = 0
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved()
    assert room.text.startswith("Still here. Begin.")
    expect(link).to_be_hidden()


def test_who_may_only_read_reads(page, room, address):
    room.write = False
    page.goto(address)
    expect(page.locator("[data-note]")).to_have_text("Not yours.", timeout=SOON)
    page.locator(".cm-content").press_sequentially("no")
    page.wait_for_timeout(300)
    assert room.text == TEXT


def test_people_are_shown_with_what_they_do_and_a_quiet_page_tells_nothing(page, text, room, saved):
    kite = {**NOBODY, "line": "k", "name": "Kite", "state": "writing", "section": 1}
    room.tell("", frame(PEOPLE, {"here": [kite], "gone": []}))
    expect(page.locator("[data-people]")).to_contain_text("Kite writing: Rest")
    text.click()
    page.wait_for_timeout(600)
    own = [header["at"] for kind, header in room.heard if kind == HERE and header["at"]][-1]
    room.tell("", frame(PEOPLE, {"here": [{**kite, "at": own}], "gone": []}))
    expect(page.locator(".lv-caret.lv-tint-1")).to_contain_text("Kite")
    page.get_by_label("Do not show that I am here").check()
    wait_for(page, lambda: room.heard[-1][0] == HERE and room.heard[-1][1]["quiet"])
    text.press("ArrowDown")
    page.wait_for_timeout(600)
    assert {(one["quiet"], one["at"]) for kind, one in room.heard[-1:] if kind == HERE} == {(True, None)}
    room.tell("", frame(PEOPLE, {"here": [], "gone": ["k"]}))
    expect(page.locator("[data-people]")).not_to_contain_text("Kite")
    expect(page.locator(".lv-caret")).to_have_count(0)
    page.reload()
    wait_for(page, lambda: [one["quiet"] for kind, one in room.heard if kind == HELLO] == [False, True])


def test_the_page_needs_no_exception_for_inline_styles_or_scripts(page, text, address):
    told = []
    page.on("console", lambda message: told.append(message.text) if "Content Security" in message.text else None)
    page.goto(address)
    expect(page.locator(".cm-content")).to_be_visible(timeout=SOON)
    page.locator(".cm-content").press("Control+f")
    expect(page.locator(".cm-search")).to_be_visible()
    assert told == []
    assert page.locator("main [style]").count() == page.locator(".cm-editor [style]").count()


def test_fields_are_saved_by_the_form_and_the_text_is_not_touched_by_it(page, text, room, saved, session):
    from sqlalchemy import select  # noqa: PLC0415 - the one test here that looks into the database

    from studio.guides.models import Draft  # noqa: PLC0415 - the same

    text.press("Control+Home")
    text.press_sequentially("Live. ")
    saved()
    page.fill("#title", "How to rest well")
    saved()
    page.wait_for_timeout(4000)
    saved()
    session.expire_all()
    draft = session.scalars(select(Draft)).one()
    assert draft.fields["title"] == "How to rest well"
    assert draft.text == ""
