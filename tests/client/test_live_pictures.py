"""Pictures in what is pasted: those that came along are put in with words, others are counted and never fetched."""

from __future__ import annotations

import base64
import contextlib
import io

import pytest
from network import wait_for
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LEFT = "Pictures left out: {n}. Nothing is fetched from other places"
PASTE = """(node, {html, plain, files}) => { const data = new DataTransfer(); data.setData("text/html", html);
    if (plain) data.setData("text/plain", plain);
    for (const [name, letters] of files) data.items.add(
        new File([Uint8Array.from(atob(letters), one => one.charCodeAt(0))], name, {type: "image/png"}));
    node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""


def png(seed, size=16):
    """Return a picture of its own, in letters."""
    out = io.BytesIO()
    dots = bytes((n * n * seed) % 251 for n in range(3 * size * size))
    Image.frombytes("RGB", (size, size), dots).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def data(seed):
    return f"data:image/png;base64,{png(seed)}"


@pytest.fixture
def empty(page, text, there, saved):
    text.press("Control+a")
    text.press("Delete")
    wait_for(page, lambda: there() == "")
    return text


@pytest.fixture
def asked(page):
    """Every address that the page asks for."""
    found = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def paste(empty, html, plain="x", files=()):
    empty.evaluate(PASTE, {"html": html, "plain": plain, "files": [list(one) for one in files]})


def becomes(page, there, wanted):
    """Wait until the text is this, with each picture as its words in braces."""
    with contextlib.suppress(AssertionError):
        wait_for(page, lambda: shape(there) == wanted)
    assert shape(there) == wanted


def shape(there):
    """Return the text with each picture as its words in braces."""
    whole, rest = "", there()
    while "](media:" in rest:
        before, _, rest = rest.partition("](media:")
        head, _, alt = before.rpartition("![")
        whole, rest = f"{whole}{head}{{{alt}}}", rest[65:]
    return whole + rest


def test_pictures_elsewhere_are_counted_and_never_fetched(page, empty, there, live, asked):
    paste(
        empty,
        "<p>One <img src='https://example.org/a.png' alt='A'> two</p><p><img src='file:///c/b.png'></p>"
        "<img src='https://example.org/count.gif' width=1 height=1>"
        "<p>three<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='https://example.org/c.png'></p>"
        "<p>four <img src='https://example.org/1f600.svg' alt='😀'></p>",
    )
    said = page.locator("[data-pasted]")
    expect(said).to_contain_text(LEFT.format(n=3))
    expect(said).to_contain_text("put it in with “Image”")
    becomes(page, there, "One two\n\nthree\n\nfour 😀")
    said.get_by_role("button", name="Close").click()
    expect(said).to_be_hidden()
    assert [one for one in asked if not one.startswith(live.address)] == []


def test_pictures_with_words_of_their_own_are_put_in_where_they_stood_and_are_to_be_looked_at(page, empty, there):
    empty.press_sequentially("Before. After.")
    for _ in range(7):
        empty.press("ArrowLeft")
    paste(
        empty,
        f"<p><img src='{data(1)}' alt='A red  door'></p><p>One <a href='https://example.org'>"
        f"<img src='{data(2)}' alt='A lamp'></a>two</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>"
        f"<img src='{data(3)}' alt='A cup'>2</td></tr></table><p>End <img src='https://example.org/a.png'></p>",
    )
    said = page.locator("[data-pasted]")
    expect(said).to_contain_text("Pictures put in with the words that came with them: 3. Please look")
    expect(said).to_contain_text(LEFT.format(n=1))
    becomes(
        page,
        there,
        (
            "Before.\n\n{A red door}\n\nOne two\n\n{A lamp}\n\n"
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n{A cup}\n\nEnd After."
        ),
    )
    expect(page.locator("[data-sheet] img")).to_have_count(3)


def test_a_picture_without_words_is_asked_about_while_others_write(page, empty, there, kite):
    paste(empty, f"<p>One</p><img src='{data(1)}'><p>two</p><img src='{data(2)}' alt=''><p>three</p>")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Picture 1 of 2")
    assert dialog.locator("canvas").evaluate("one => one.width") == 16
    wait_for(page, lambda: "One" in kite.typist.text)
    kite.type("Theirs. ", before="One")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("What does it show?").fill("A door")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog).to_contain_text("Picture 2 of 2")
    dialog.get_by_label("What does it show?").fill("A lamp")
    dialog.get_by_role("button", name="Put it in").click()
    expect(dialog).to_be_hidden()
    becomes(page, there, "Theirs. One\n\n{A door}\n\ntwo\n\n{A lamp}\n\nthree")
    expect(page.locator("[data-pasted]")).to_be_hidden()
    page.get_by_role("toolbar").get_by_role("button", name="Image", exact=True).click()
    expect(dialog).not_to_contain_text("Picture")


def test_who_closes_the_question_is_asked_no_further_and_told_what_was_left_out(page, empty, there):
    paste(empty, f"<p>One</p><img src='{data(1)}'><img src='{data(2)}'><img src='{data(3)}'>")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Picture 1 of 3")
    page.keyboard.press("Escape")
    expect(page.locator("[data-pasted]")).to_contain_text(LEFT.format(n=2))
    expect(dialog).to_be_hidden()
    becomes(page, there, "One")


def test_files_beside_the_words_are_put_in_where_there_is_one_for_each_picture(page, empty, there):
    html = "<p>One</p><img src='file:///c/1.png' alt='A door'><p>two</p><img src='file:///c/2.png' alt='A lamp'>"
    paste(empty, html, files=[("1.png", png(1)), ("2.png", png(2))])
    becomes(page, there, "One\n\n{A door}\n\ntwo\n\n{A lamp}")
    expect(page.locator("[data-pasted]")).to_contain_text("came with them: 2.")
    empty.press("Control+a")
    empty.press("Delete")
    paste(empty, html, files=[("whole.png", png(3))])
    expect(page.locator("[data-pasted]")).to_contain_text(LEFT.format(n=2))
    becomes(page, there, "One\n\ntwo")


def test_a_picture_that_the_house_cannot_read_is_told_with_the_reason(page, empty, there):
    broken = base64.b64encode(b"no picture at all, but long enough to be taken for one. " * 4).decode()
    paste(empty, f"<p>One</p><img alt='A door' src='data:image/png;base64,{broken}'>")
    said = page.locator("[data-pasted]")
    expect(said).to_contain_text("Pictures that could not be put in: 1. This file is no image that can be read")
    becomes(page, there, "One")


def test_in_a_suggestion_a_picture_goes_into_the_suggestion_alone(page, text, there, saved):
    saved()
    page.locator('[data-way-of="suggest"]').click()
    fork = page.locator("[data-fork] .cm-content")
    fork.press("Control+End")
    paste(fork, f"<p>One</p><img src='{data(1)}' alt='A door'>")
    expect(fork).to_contain_text("![A door](media:")
    assert "door" not in there()
