"""What a writer does in the live editor: by buttons, by keys alone, by pasting, by composing, on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from network import wait_for
from PIL import Image
from playwright.sync_api import expect

from studio.members.models import Member
from studio.storage.engine import begin_write

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "client" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 740}
PASTE = """(node, [html, plain]) => { const data = new DataTransfer(); data.setData("text/html", html);
    data.setData("text/plain", plain);
    node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
LOOK = """options => axe.run(document, options).then(found => found.violations.map(
    one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 160), one.nodes[0].failureSummary]))"""
LISTED = "<p class=MsoListParagraph><span style='mso-list:Ignore'>·&nbsp;&nbsp; </span>"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def press(page, name):
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).locator("visible=true").click()


@pytest.fixture
def empty(page, text, there, saved):
    """The editor with nothing in it."""
    text.press("Control+a")
    text.press("Delete")
    wait_for(page, lambda: there() == "")
    return text


def test_buttons_write_the_marks(page, empty, there):
    empty.press_sequentially("one")
    press(page, "Heading")
    empty.press("End")
    empty.press("Enter")
    press(page, "List")
    empty.press_sequentially("two")
    empty.press("Enter")
    empty.press_sequentially("three")
    wait_for(page, lambda: there() == "## one\n- two\n- three")
    empty.press("Enter")
    empty.press("Enter")
    empty.press_sequentially("four")
    empty.press("Shift+Home")
    press(page, "Bold")
    wait_for(page, lambda: there() == "## one\n- two\n- three\n**four**")
    empty.press("End")
    press(page, "More")
    press(page, "Note for a source")
    empty.press_sequentially("A book, 2024")
    wait_for(page, lambda: there().endswith("**four**[^1]\n\n[^1]: A book, 2024"))


BOXES = [("Good to know", "note"), ("Where to find help", "help"), ("Take care", "care"), ("Danger", "stop")]


@pytest.mark.parametrize(("name", "kind"), BOXES)
def test_boxes_stand_between_empty_lines(page, empty, there, name, kind):
    empty.press_sequentially("one")
    press(page, "Box")
    press(page, name)
    wait_for(page, lambda: there() == f"::: {kind}\none\n:::\n")
    expect(page.locator(f".cm-line.lv-box-{kind}")).to_have_count(3)


def test_a_link_is_asked_for_in_a_dialog(page, empty, there):
    empty.press_sequentially("words")
    empty.press("Shift+Home")
    empty.press("Control+k")
    dialog = page.get_by_role("dialog", name="Link")
    expect(dialog.get_by_label("Words of the link")).to_have_value("words")
    dialog.get_by_label("Where it leads").fill("https://example.org/a(b)")
    dialog.get_by_label("Where it leads").press("Enter")
    wait_for(page, lambda: there() == "[words](<https://example.org/a(b)>)")
    assert page.url.endswith("/write")


def test_a_picture_is_put_in_with_words_for_who_cannot_see_it(page, empty, there):
    out = io.BytesIO()
    Image.new("RGB", (9, 9), (90, 30, 120)).save(out, "PNG")
    empty.press_sequentially("one")
    press(page, "Image")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Image file").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("What does it show?").fill("A colour")
    dialog.get_by_role("button", name="Put it in").click()
    wait_for(page, lambda: there().startswith("one\n\n![A colour](media:"))
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(
    ("html", "plain", "written"),
    [
        (
            "<h1>Title</h1><p>One <b>two</b> <i>three</i> <a href='https://example.org/x'>four</a></p>",
            "x",
            "## Title\n\nOne **two** *three* [four](https://example.org/x)",
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><script>alert(1)</script>",
            "x",
            "- a\n  - b\n- c",
        ),
        (
            "<table><tr><th>Day</th><th>What</th></tr><tr><td>Mon</td><td>a|b<br>c</td></tr></table>",
            "x",
            "| Day | What |\n| --- | --- |\n| Mon | a\\|b c |",
        ),
        (
            "<b style='font-weight:normal'><p><span style='font-weight:700'>استراحة</span> قصيرة&nbsp;هنا</p></b>",
            "x",
            "**استراحة** قصيرة هنا",
        ),
        (
            f"{LISTED}水を飲む</p>{LISTED}窓を開ける</p>",
            "x",
            "- 水を飲む\n- 窓を開ける",
        ),
        ("<span>plain</span>", "as it was", "as it was"),
        ("<p><a href='javascript:alert(1)'>words</a></p>", "x", "words"),
    ],
)
def test_what_is_pasted_from_pages_and_word_processors_becomes_clean_marks(page, empty, there, html, plain, written):
    empty.evaluate(PASTE, [html, plain])
    wait_for(page, lambda: there() != "")
    assert there() == written


def test_everything_is_reached_by_keys_alone(page, empty, there):
    empty.press_sequentially("- a")
    empty.press("Tab")
    wait_for(page, lambda: there() == "  - a")
    empty.press("Escape")
    empty.press("Tab")
    expect(page.get_by_role("link", name="Write in the plain form")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(empty).to_be_focused()
    empty.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("toolbar").get_by_role("button", name="Heading")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="More", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Emphasis")).to_be_focused()
    empty.press("F1")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_find_and_replace(page, empty, there):
    empty.press_sequentially("one two one")
    empty.press("Control+f")
    page.get_by_label("Find", exact=True).fill("one")
    page.get_by_label("Put in its place").fill("three")
    page.get_by_role("button", name="Replace all").click()
    wait_for(page, lambda: there() == "three two three")
    page.get_by_label("Put in its place").press("Enter")
    assert page.url.endswith("/write")


def test_spell_check_is_off_until_the_writer_has_read_that_some_browsers_send_the_text_away(page, text):
    assert text.get_attribute("spellcheck") == "false"
    press(page, "More")
    press(page, "Spell check")
    dialog = page.get_by_role("dialog", name="Spell check")
    expect(dialog).to_contain_text("Some browsers send what you write to a company")
    dialog.get_by_role("button", name="Leave it off").click()
    assert text.get_attribute("spellcheck") == "false"
    press(page, "Spell check")
    dialog.get_by_role("button", name="Turn it on").click()
    expect(text).to_have_attribute("spellcheck", "true")


def test_words_being_composed_are_not_torn_by_what_others_write(page, text, there, kite, saved):
    text.press("Control+End")
    tool = page.context.new_cdp_session(page)
    tool.send("Input.imeSetComposition", {"text": "や", "selectionStart": 1, "selectionEnd": 1})
    kite.type("Theirs. ")
    tool.send("Input.imeSetComposition", {"text": "やすみ", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(300)
    tool.send("Input.insertText", {"text": "休み"})
    saved()
    wait_for(page, lambda: there().endswith("Stand up.\n休み"))
    assert there().startswith("Theirs. Begin.")
    expect(text).to_contain_text("Theirs. Begin.")
    expect(text).to_contain_text("休み")


@pytest.mark.parametrize("code", ["ar"], indirect=True)
def test_each_line_runs_as_its_words_do_and_a_switch_turns_all(page, empty, there):
    empty.press_sequentially("سطر")
    empty.press("Enter")
    empty.press_sequentially("Latin")
    empty.press("Enter")
    empty.press_sequentially("1.")
    way = "node => getComputedStyle(node).direction"
    lines = page.locator(".cm-line")
    expect(lines).to_have_count(3)
    assert [lines.nth(at).evaluate(way) for at in range(3)] == ["rtl", "ltr", "rtl"]
    press(page, "More")
    press(page, "Left to right")
    assert [lines.nth(at).evaluate(way) for at in range(3)] == ["ltr"] * 3
    press(page, "Automatic direction")
    assert [lines.nth(at).evaluate(way) for at in range(3)] == ["rtl", "ltr", "rtl"]


@pytest.mark.parametrize("code", ["ja"], indirect=True)
def test_words_are_counted_without_spaces_between_them(page, empty, there):
    page.keyboard.insert_text("水を一杯飲む。")
    expect(page.locator("[data-count]")).to_have_text("Words: 4")


def test_the_preview_is_drawn_by_the_renderer_that_publishes(page, empty, there):
    empty.press_sequentially("## Rest")
    expect(page.locator("[data-sheet]")).to_have_text("Rest")
    expect(page.locator("[data-sheet] h2")).to_have_count(1)
    press(page, "More")
    press(page, "Preview here")
    expect(page.locator("[data-preview]")).to_be_hidden()


@pytest.fixture
def spoken(request, place, heron):
    """The language in which Heron sees the house."""
    seen_in(place, heron, request.param)
    yield request.param
    seen_in(place, heron, "en")


def seen_in(place, somebody, language):
    with place.session() as session:
        begin_write(session)
        session.get_one(Member, somebody.id).language = language
        session.commit()


@pytest.mark.parametrize("spoken", ["en", "ar"], indirect=True)
def test_beside_the_preview_all_tools_stand_in_one_line(spoken, page, text):
    expect(page.locator("[data-preview]")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == spoken
    tools = page.locator("[data-toolbar] > button").locator("visible=true")
    expect(tools).to_have_count(9)
    boxes = [one.bounding_box() for one in tools.all()]
    assert len({box["y"] for box in boxes}) == 1
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


@pytest.mark.parametrize("viewport", [PHONE], indirect=True)
def test_a_phone_shows_one_section_at_a_time_and_four_tools(page, text, there, kite, saved):
    names = page.get_by_role("toolbar").get_by_role("button").locator("visible=true").all_inner_texts()
    assert names == ["Heading", "List", "Link", "Box", "More"]
    expect(text).to_have_text("Begin.")
    page.get_by_role("button", name="Next").click()
    expect(text).not_to_contain_text("Begin.")
    expect(text).to_contain_text("Sit down.")
    expect(text).not_to_contain_text("Stand up.")
    text.press("Control+Home")
    text.press("Backspace")
    text.press("Control+End")
    text.press("Delete")
    text.press_sequentially("Breathe.")
    saved()
    assert there() == "Begin.\n\n## Rest\n\nSit down.\nBreathe.\n## Go on\n\nStand up.\n"
    text.press("Control+Home")
    text.press_sequentially("New.\n")
    text.press("Control+s")
    saved()
    assert there() == "Begin.\n\nNew.\n## Rest\n\nSit down.\nBreathe.\n## Go on\n\nStand up.\n"
    page.get_by_label("Section").select_option(label="Beginning")
    text.press("Control+Home")
    text.press_sequentially("At first. ")
    wait_for(page, lambda: there().startswith("At first. Begin."))
    kite.type("Hidden. ", before="At first. ")
    page.get_by_label("Section").select_option(label="The whole text")
    expect(text).to_contain_text("Hidden. At first. Begin.")
    expect(text).to_contain_text("Stand up.")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}], indirect=True, ids=["phone", "desk"])
@pytest.mark.parametrize("code", ["en", "ar"], indirect=True)
def test_barriers(page, text, saved):
    press(page, "More")
    press(page, "Box")
    saved()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(LOOK, RULES)
    text.press("Control+f")
    expect(page.locator(".cm-search")).to_be_visible()
    found += page.evaluate(LOOK, RULES)
    for name in ("F1", "Control+k"):
        text.press(name)
        expect(page.locator("dialog[open]")).to_be_visible()
        found += page.evaluate(LOOK, RULES)
        page.keyboard.press("Escape")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_timeout(300)
    found += page.evaluate(LOOK, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    assert found == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
