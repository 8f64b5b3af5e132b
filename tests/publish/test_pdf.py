"""PDFs: every word found again, nothing told outside a plain one, nothing read that is not ours, no empty box."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from studio.core.errors import Invalid, TooLarge
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import PLAIN, STANDARD
from studio.rendering.rendered import Rendered

CODES = ("en", "fr", "es", "ar", "ja", "zh")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad]")


def words_of(text):
    """The words of ``text`` without direction marks; in Japanese and Chinese each character is one."""
    bare = _MARKS.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    return re.findall(
        "[\u3041-\u30ff\u3400-\u9fff]|\\d+|(?:[^\\W\\d_\u3041-\u30ff\u3400-\u9fff]|[\u064b-\u0652])+", bare
    )


def by_pdfium(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def by_poppler(path):
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is needed: apt-get install poppler-utils"
    return subprocess.run([program, str(path), "-"], capture_output=True, check=True).stdout.decode()


def joined_at_line_ends(text):
    """Undo the hyphens that the layout set at the ends of lines (pdfium marks them, poppler keeps them)."""
    return re.sub("(?:[\ufffe\u0002]|[-‐])\r?\n", "", text)


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("code", ["en", "fr", "es", "ja", "zh"])
def test_every_word_of_the_text_is_found_again_in_the_pdf(pdfs, document, code, read):
    found = words_of(joined_at_line_ends(read(pdfs[code])))
    wanted = words_of(document(code).body.text)
    assert len(wanted) > 80
    missing = [word for word in set(wanted) if found.count(word) < wanted.count(word)]
    assert missing == []


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
def test_arabic_words_are_found_again_but_those_with_lam_alef_or_vowel_marks(pdfs, document, read):
    """Both readers turn the two letters of the ligature round, and set marks apart; neither can be helped here."""
    found = set(words_of(read(pdfs["ar"])))
    wanted = [word for word in words_of(document("ar").body.text) if not word.isascii()]
    missing = [word for word in wanted if word not in found]
    assert len(missing) < 0.2 * len(wanted)
    assert [word for word in missing if not re.search("[\u064b-\u0652]|ل[اأإآ]", word)] == []


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
def test_a_title_in_japanese_is_copied_without_invisible_joiners(pdfs, document, read):
    assert "\u2060" not in read(pdfs["ja"])
    assert document("ja").title in read(pdfs["ja"]).replace("\n", "").replace("\r", "")


def characters(page):
    text = page.get_textpage()
    return [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]


def drawn_from_left_to_right(page, wanted):
    """Whether the glyphs of ``wanted`` stand in this order, from left to right, on one line of ``page``."""
    boxes = [(char, box) for char, box in characters(page) if char.strip()]
    for _, (_, low, _, _) in boxes:
        line = sorted((box[0], char) for char, box in boxes if abs(box[1] - low) < 5)
        if wanted in "".join(char for _, char in line):
            return True
    return False


@pytest.mark.parametrize(
    "run", ["+1 555-0100", "16:00", "22:00", "LGBTQ+", "https://help.example/plan?step=2", "hello@help.example"]
)
def test_numbers_addresses_and_latin_words_keep_their_order_in_arabic_lines(pdfs, run):
    with pypdfium2.PdfDocument(pdfs["ar"]) as pdf:
        assert any(drawn_from_left_to_right(page, run.replace(" ", "")) for page in pdf)


def test_a_telephone_number_is_copied_in_one_piece(pdfs):
    assert "+1 555-0100" in by_pdfium(pdfs["ar"]).replace("\u00a0", " ")


@pytest.mark.parametrize("code", CODES)
def test_the_pdf_names_its_language_title_bookmarks_and_house(pdfs, document, code):
    text = document(code)
    with pikepdf.open(pdfs[code]) as pdf:
        assert str(pdf.Root.Lang) == code
        assert str(pdf.docinfo["/Title"]) == text.title
        assert str(pdf.docinfo["/Author"]) == "Guide House"
        with pdf.open_outline() as outline:
            (root,) = outline.root
            assert root.title == text.title
            assert [item.title for item in root.children] == [one.text for one in text.body.outline if one.level == 2]


@pytest.mark.parametrize("code", CODES)
def test_nothing_outside_the_text_of_the_plain_pdf_tells_what_it_is_about(pdfs, document, code):
    text = document(code)
    with pikepdf.open(pdfs[f"{code}-plain"]) as pdf:
        told = [str(value) for value in pdf.docinfo.values()] + [pdf.Root.Metadata.read_bytes().decode()]
        with pdf.open_outline() as outline:
            told += [item.title for item in outline.root]
            assert outline.root[0].title == text.neutral_title
        assert str(pdf.docinfo["/Title"]) == text.neutral_title
    for secret in (text.title, text.summary, text.topics[0], text.site_name):
        assert not [one for one in told if secret in one]
    with pypdfium2.PdfDocument(pdfs[f"{code}-plain"]) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    # Sorted, for both readers turn lam and alef round.
    assert sorted("".join(words_of(pages[0]))) == sorted("".join(words_of(text.neutral_title)))
    assert not Counter("".join(words_of(text.content_notes[0]))) - Counter("".join(words_of(pages[1])))
    # Pdfium copies foreign words of a file that is turned from right to left piece by piece from its end.
    assert ("QX-2M7K" if code == "ar" else "K7M-2QX") in pages[-1]
    assert "guides.example" not in "".join(pages)
    assert "Guide House" not in "".join(pages)
    heads = ["".join(words_of(page)) for page in pages[1:]]
    name = "".join(words_of(text.neutral_title if code != "ar" else "مالحظات"))
    assert [head for head in heads if name not in head] == []


def test_the_plain_pdf_has_no_colour_of_the_house(pdfs):
    with pikepdf.open(pdfs["en-plain"]) as pdf:
        drawn = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    used = {tuple(map(float, found)) for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn|sc)\b", drawn)}
    assert used
    assert all(max(colour) - min(colour) < 0.01 for colour in used)


def test_the_last_page_tells_copy_number_licence_sources_and_who_checked(pdfs):
    with pypdfium2.PdfDocument(pdfs["en"]) as pdf:
        last = pdf[len(pdf) - 1].get_textpage().get_text_range()
    for said in ("Checked in March 2027 by 4 people", "K7M-2QX", "CC BY-SA 4.0", "handbook", "Edition 3 (March 2027)"):
        assert said in last
    assert "https://guides.example/check/K7M-2QX" in last


def test_without_a_public_address_there_is_no_code_to_scan(document):
    content = render_pdf(document("en", base_url=""), STANDARD, media=None)
    with pypdfium2.PdfDocument(content) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "K7M-2QX" in text
    assert "/check/" not in text


def test_a_labelled_way_is_told_on_the_cover_and_the_practice_house_never_says_checked(pdfs, document):
    content = render_pdf(
        document("en", label="override", label_words="Published without all checks."), STANDARD, media=None
    )
    with pypdfium2.PdfDocument(content) as pdf:
        assert "Published without all checks." in pdf[0].get_textpage().get_text_range()
    content = render_pdf(document("en", practice=True), STANDARD, media=None)
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all("Practice. Nothing here was checked by people." in page for page in pages)
    assert "Checked in" not in "".join(pages)


def test_contents_name_the_page_on_which_a_part_begins(document):
    content = render_pdf(document("en"), PLAIN, media=None)
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    told = int(re.search(r"What you can say[ .]*(\d+)", pages[1])[1])
    assert "I am not well" in pages[told - 1]


def test_notes_stand_at_the_foot_of_the_page_that_calls_them(document):
    filler = "\n\n".join(f"Paragraph {n} with some words to fill the page." for n in range(40))
    text = document("en", markdown=f"First.[^a]\n\n{filler}\n\nLast.[^b]\n\n[^a]: Early note.\n[^b]: Late note.")
    with pypdfium2.PdfDocument(render_pdf(text, STANDARD, media=None)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert [("First." in page, "Last." in page) for page in pages if "Early note" in page] == [(True, False)]
    assert [("First." in page, "Last." in page) for page in pages if "Late note" in page] == [(False, True)]


def test_a_note_that_nothing_calls_is_still_printed(pdfs):
    assert "A note that nothing calls." in by_pdfium(pdfs["en-all"])


def test_a_character_without_a_glyph_stops_the_publication_and_is_named(document):
    with pytest.raises(Invalid) as refusal:
        render_pdf(document("en", summary="Hidden: ภ and ᚠ"), STANDARD, media=None)
    assert refusal.value.message.values["characters"] == "ภ (U+0E20) ᚠ (U+16A0)"


def test_the_layout_itself_tells_a_missing_glyph_that_was_not_looked_for(document):
    text = document("en")
    unseen = replace(text, body=replace(text.body, html="<p>ภ</p>", outline=()))
    with pytest.raises(Invalid, match="U\\+0E20"):
        render_pdf(unseen, STANDARD, media=None)


def unsafe(text, html):
    return replace(text, body=Rendered(html, (), (), "words", 1, (), ()))


@pytest.mark.parametrize(
    "html",
    [
        '<a rel="attachment" href="file://{path}">x</a>',
        '<link rel="attachment" href="file://{path}">',
        '<img src="file://{path}" alt="x">',
        '<img src="{path}" alt="x">',
        '<object data="file://{path}"></object>',
        '<style>@import url("file://{path}");</style>',
        '<p style="background:url(file://{path})">x</p>',
    ],
)
def test_no_file_of_the_machine_gets_into_a_pdf_whatever_the_html_says(document, tmp_path, html):
    canary = tmp_path / "canary.txt"
    canary.write_text("canary-4711-secret")
    content = render_pdf(unsafe(document("en"), html.format(path=canary)), STANDARD, media=None)
    with pikepdf.open(pikepdf_source(content)) as pdf:
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert b"canary-4711" not in b"".join([content, *streams])
    assert str(tmp_path).encode() not in b"".join([content, *streams])


def pikepdf_source(content):
    from io import BytesIO  # noqa: PLC0415 - a word for one line

    return BytesIO(content)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:{port}/x.png" alt="x">',
        '<p style="background:url(http://127.0.0.1:{port}/x.png)">x</p>',
        "<style>@font-face{{font-family:x;src:url(http://127.0.0.1:{port}/f.ttf)}}p{{font-family:x}}</style><p>x</p>",
        '<a rel="attachment" href="http://127.0.0.1:{port}/f">x</a>',
    ],
)
def test_nothing_is_fetched_over_the_network(document, html):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        render_pdf(unsafe(document("en"), html.format(port=port)), STANDARD, media=None)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_text_nested_too_deeply_is_refused_with_a_sentence(document):
    html = "<ul><li>" * 200 + "x" + "</li></ul>" * 200
    with pytest.raises(TooLarge, match="nested too deeply"):
        render_pdf(unsafe(document("en"), html), STANDARD, media=None)


def test_latin_and_arabic_faces_never_share_one_name_in_a_file(pdfs):
    with pikepdf.open(pdfs["ar-all"]) as pdf:
        names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    families = [name.split("+")[-1] for name in names]
    assert len(families) == len(set(families))
    assert any("Vazirmatn" in name for name in families)
    assert any("Noto-Sans" in name for name in families)


@pytest.mark.parametrize("code", CODES)
def test_no_line_of_a_box_falls_onto_another_page(pdfs, document, code):
    needle = re.search(r"[+\d(][\d ()/-]{6,}\d", document(code).body.text)[0]
    with pypdfium2.PdfDocument(pdfs[code]) as pdf:
        pages = [page.get_textpage().get_text_range().replace("\u00a0", " ") for page in pdf]
    assert len([page for page in pages if needle in page]) == 1


def test_a_heading_in_japanese_ends_its_line_between_phrases(document):
    text = document("ja", title="つらい日に自分をいたわるためのいちばん小さくていちばんやさしい最初の一歩")
    content = render_pdf(text, STANDARD, media=None)
    with pypdfium2.PdfDocument(content) as pdf:
        lines = pdf[0].get_textpage().get_text_range().split("\r\n")
    title = [line.strip() for line in lines if line.strip() and line.strip() in text.title]
    assert "".join(title) == text.title
    assert len(title) > 2
    for before, after in pairwise(title):
        assert not (before[-1] in "いっあ" and after[0] in "たわち"), (before, after)
