"""The live editor in a real browser: what is typed is in the house, what others type is here, and it says so."""

from __future__ import annotations

import pytest
from network import wait_for
from playwright.sync_api import expect
from sqlalchemy import delete
from sqlalchemy import text as sql

from studio.editor.live.frames import Kind
from studio.guides.drafts.log import MAX_BYTES
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members.models import MemberSession
from studio.storage.engine import begin_write

pytestmark = pytest.mark.browser

TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"
LINE = "One more word, and one more, until there is no room for another word in it.\n"
LONG = TEXT + LINE * ((MAX_BYTES - len(TEXT)) // len(LINE))
FULL = LONG + "x" * (MAX_BYTES - len(LONG))
PASSPHRASE = "seven lamps beside the river"


def test_what_is_typed_is_in_the_house_and_saved_is_said_when_it_is(page, text, network, there, saved):
    network.lost.add(Kind.SAVED)
    text.press("Control+Home")
    text.press_sequentially("Now. ")
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    wait_for(page, lambda: there() == f"Now. {TEXT}")
    page.wait_for_timeout(500)
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    network.lost.clear()
    text.press_sequentially("x")
    saved()
    assert there() == f"Now. x{TEXT}"
    expect(page.locator("#body")).to_be_hidden()


def test_others_words_appear_and_undo_takes_back_ones_own_alone(page, text, kite, there, saved):
    text.press("Control+Home")
    text.press_sequentially("Mine. ")
    saved()
    kite.type(" Theirs.", after="Mine. Begin.")
    expect(text).to_contain_text("Mine. Begin. Theirs.")
    text.press("Control+z")
    expect(text).to_contain_text("Begin. Theirs.")
    saved()
    wait_for(page, lambda: there() == TEXT.replace("Begin.", "Begin. Theirs."))
    text.press("Control+y")
    wait_for(page, lambda: there().startswith("Mine. Begin. Theirs."))


def test_without_a_line_one_writes_on_and_all_is_sent_at_once_when_it_is_back(page, text, network, kite, there, saved):
    saved()
    network.hold()
    network.cut()
    expect(page.locator("[data-live-state]")).to_contain_text("No connection")
    text.press("Control+End")
    text.press_sequentially("Alone.")
    kite.type("Meanwhile. ")
    before = len(network.sent(Kind.CHANGE))
    network.release()
    saved()
    assert there() == f"Meanwhile. {TEXT}Alone."
    expect(text).to_contain_text("Meanwhile. Begin.")
    assert len(network.sent(Kind.CHANGE)) == before + 1
    kite.until(lambda typist: typist.text == f"Meanwhile. {TEXT}Alone.")


def test_a_button_waits_until_what_was_typed_just_now_is_in_the_house(page, text, network, there, saved):
    text.press("Control+Home")
    network.lost.add(Kind.SAVED)
    text.press_sequentially("Just now. ")
    page.get_by_role("button", name="Save a version").click()
    page.wait_for_timeout(600)
    assert page.url.endswith("/write")
    network.lost.clear()
    text.press_sequentially("x")
    page.wait_for_url("**/write/version")
    assert there() == f"Just now. x{TEXT}"


def test_where_the_line_cannot_be_had_the_plain_form_is_there_and_works(page, network, address, there):
    network.shut = 1011
    network.refuse_requests()
    page.goto(address)
    page.locator("#body").press("Control+Home")
    page.locator("#body").press_sequentially("Plain. ")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    expect(page.locator("[data-live]")).to_be_hidden()
    assert there() == f"Plain. {TEXT}"


def test_the_plain_form_is_one_link_away(page, text):
    page.get_by_role("link", name="Write in the plain form").click()
    expect(page.locator("#body")).to_be_visible()
    assert page.locator("[data-live]").count() == 0


def test_words_typed_into_the_form_before_the_editor_came_go_with_it(page, network, address, there, saved):
    network.shut = 1012
    page.goto(address)
    page.locator("#body").press("Control+Home")
    page.locator("#body").press_sequentially("Early. ")
    network.shut = 0
    expect(page.locator(".cm-content")).to_contain_text("Early. Begin.")
    page.keyboard.type("On.")
    saved()
    assert there() == f"Early. On.{TEXT}"


@pytest.mark.parametrize("body", [FULL])
def test_a_refusal_is_said_and_the_words_stay(page, text, there, saved, body):
    saved()
    text.press("Control+Home")
    text.press_sequentially("Much. ")
    expect(page.locator("[data-note]")).to_have_text(
        "A guide may have 200 kB, and this text has reached them. Your words are kept here: make it shorter, "
        "or part it into two guides."
    )
    expect(text).to_contain_text("Much. Begin.")
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    assert there() == FULL
    text.press("Control+End")
    text.press("Shift+Home")
    text.press("Backspace")
    saved()
    assert there().startswith(f"Much. {LONG}")
    expect(page.locator("[data-note]")).to_be_hidden()


def test_a_house_that_cannot_write_is_asked_again_after_a_while_and_not_at_once(
    page, text, place, network, there, saved
):
    saved()
    arrange(place, "CREATE TRIGGER full BEFORE INSERT ON draft_update BEGIN SELECT RAISE(ABORT, 'full'); END")
    before = len(network.sent(Kind.CHANGE))
    text.press("Control+Home")
    page.keyboard.insert_text("Full. ")  # at one blow: slow typing would be several messages before the first answer
    expect(page.locator("[data-note]")).to_contain_text("cannot save just now")
    page.wait_for_timeout(5_000)
    text.press_sequentially("On. ")
    assert 1 <= len(network.sent(Kind.CHANGE)) - before <= 4
    expect(page.locator("[data-live-state]")).to_have_text("Saving …")
    arrange(place, "DROP TRIGGER full")
    saved()
    expect(page.locator("[data-note]")).to_be_hidden()
    assert there() == "Full. On. " + TEXT


def arrange(place, statement):
    """Change the database itself: nothing that anybody can do makes its disk full."""
    with place.session() as session:
        begin_write(session)
        session.execute(sql(statement))
        session.commit()


def test_a_visit_that_has_ended_keeps_the_words_and_offers_to_sign_in(page, text, live, place, heron, there, saved):
    saved()
    with place.session() as session:
        begin_write(session)
        session.execute(delete(MemberSession).where(MemberSession.member_id == heron.id))
        session.commit()
    expect(page.locator("[data-live-state]")).to_contain_text("Your visit has ended")
    text.press("Control+Home")
    text.press_sequentially("Still here. ")
    expect(page.locator("[data-live-state]")).to_contain_text("Your visit has ended")
    link = page.get_by_role("link", name="Sign in again")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/studio/sign-in", "_blank")
    with page.context.expect_page() as opened:
        link.click()
    opened.value.fill("[name=pen_name]", "Heron")
    opened.value.fill("[name=passphrase]", PASSPHRASE)
    assert there() == TEXT
    opened.value.click("main form .button")
    opened.value.wait_for_url("**/studio/")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved()
    assert there() == f"Still here. {TEXT}"
    expect(link).to_be_hidden()


def test_who_may_only_read_reads(page, network, place, text_id, address, there):
    network.shut = 1012
    page.goto(address)
    with place.session() as session:
        begin_write(session)
        session.get_one(Translation, text_id).progress = Progress.ARCHIVED
        session.commit()
    network.shut = 0
    expect(page.locator("[data-note]")).to_contain_text("This text was put away.")
    expect(page.locator(".cm-content")).to_contain_text("Begin.")
    page.locator(".cm-content").press_sequentially("no")
    page.wait_for_timeout(300)
    expect(page.locator(".cm-content")).not_to_contain_text("no")
    assert there() == TEXT


def test_people_are_shown_with_what_they_do_and_a_quiet_page_tells_nothing(page, text, network, kite, saved):
    saved()
    kite.type("Kite was here. ")
    kite.is_at(None, section=1)
    expect(page.locator("[data-people]")).to_contain_text("Kite writing: Rest")
    text.click()
    wait_for(page, lambda: any(frame.header["at"] for frame in network.sent(Kind.HERE)))
    own = [frame.header["at"] for frame in network.sent(Kind.HERE) if frame.header["at"]][-1]
    kite.is_at(own, section=1)
    tint = next(one["tint"] for one in kite.people.values() if one["name"] == "Kite")
    expect(page.locator(f".lv-caret.lv-tint-{tint}")).to_contain_text("Kite")
    kite.until(lambda _: kite.sees == {"Heron", "Kite"})
    page.get_by_label("Do not show that I am here").check()
    wait_for(page, lambda: network.heard[-1].kind is Kind.HERE and network.heard[-1].header["quiet"])
    kite.until(lambda _: kite.sees == {"Kite"})
    text.press("ArrowDown")
    page.wait_for_timeout(600)
    last = network.sent(Kind.HERE)[-1].header
    assert (last["quiet"], last["at"]) == (True, None)
    assert kite.sees == {"Kite"}
    kite.go()
    expect(page.locator("[data-people]")).not_to_contain_text("Kite")
    expect(page.locator(".lv-caret")).to_have_count(0)
    page.reload()
    wait_for(page, lambda: [frame.header["quiet"] for frame in network.sent(Kind.HELLO)] == [False, True])
    kite.come()
    page.wait_for_timeout(600)
    assert "Heron" not in kite.sees


def test_the_page_needs_no_exception_for_inline_styles_or_scripts(page, text, address):
    told = []
    page.on("console", lambda message: told.append(message.text) if "Content Security" in message.text else None)
    page.goto(address)
    expect(page.locator(".cm-content")).to_be_visible()
    page.locator(".cm-content").press("Control+f")
    expect(page.locator(".cm-search")).to_be_visible()
    assert told == []
    assert page.locator("main [style]").count() == page.locator(".cm-editor [style]").count()


def test_fields_are_saved_by_the_form_and_the_text_is_not_touched_by_it(page, text, live, text_id, kite, there, saved):
    text.press("Control+Home")
    text.press_sequentially("Live. ")
    saved()
    kite.type("Theirs. ", before="Live. ")
    expect(text).to_contain_text("Theirs. Live. Begin.")
    with page.expect_response(lambda one: one.request.method == "POST" and one.url.endswith("/write")) as answered:
        page.fill("#title", "How to rest well")
    assert answered.value.ok
    assert 'name="body"' not in (answered.value.request.post_data or "")
    saved()
    assert live.draft(text_id).fields["title"] == "How to rest well"
    assert there() == f"Theirs. Live. {TEXT}"
