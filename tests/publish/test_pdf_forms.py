"""Large print, easy reading and what holds in every form: whole rows, whole numbers, letters that join."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import EASY, LARGE, PLAIN, STANDARD

CODES = ("en", "ar", "ja", "zh", "de")
REST = ("fr", "es", "it", "pl", "tr", "pt", "ru")
A4 = (595, 842)
MARKS = re.compile("[\u200b-\u200f\u2060-\u2069\u00ad\ufeff]")
ALPHABETS = {
    "pl": "Zażółć gęślą jaźń",
    "tr": "İstanbul ılık, çağdaş, ŞĞÜÖÇ",
    "pt": "ação, avô, mãe, às",
    "it": "Perché no? È così, là dov’è",
    "ru": "Съешь ещё этих мягких булок",
    "fr": "Où l’on naît, cœur, Noël",
    "es": "¿Quién? ¡Tú! pingüino añoró",
}


def sizes(path):
    """How many letters of each size in points are in a file; the calls of notes, which are signs, are left out."""
    found = Counter()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for n in range(text.count_chars()):
                if text.get_text_range(n, 1).strip():
                    found[round(raw.FPDFText_GetFontSize(text.raw, n) * 0.75, 1)] += 1
    return Counter({size: times for size, times in found.items() if times > 1})


def faces(path):
    with pikepdf.open(path) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        return {str(font.BaseFont).split("+")[-1] for font in fonts}


def lines(content):
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range().split("\r\n") for page in pdf]


def letters(text):
    """Count the letters of ``text``; a hamza above its bearer is a sign of its own to who reads a PDF."""
    return Counter(char for char in MARKS.sub("", text).replace("ئ", "ي") if char.isalnum())


@pytest.mark.parametrize("code", CODES)
def test_large_print_is_17_points_on_a4_and_nothing_in_it_is_small(pdfs, code):
    found = sizes(pdfs[f"{code}-large"])
    assert found[17] > 100
    assert min(found) >= 14
    with pypdfium2.PdfDocument(pdfs[f"{code}-large"]) as pdf:
        assert {tuple(map(round, page.get_size())) for page in pdf} == {A4}


@pytest.mark.parametrize("code", CODES)
def test_easy_reading_has_its_own_face_in_latin_letters_alone(pdfs, code):
    own = {face for face in faces(pdfs[f"{code}-easy"]) if "Atkinson" in face}
    assert bool(own) == (code in ("en", "de"))
    assert not [face for form in ("", "-large") for face in faces(pdfs[f"{code}{form}"]) if "Atkinson" in face]
    assert sizes(pdfs[f"{code}-easy"])[12.5] > 100


@pytest.mark.parametrize("form", ["large", "easy"])
@pytest.mark.parametrize("code", CODES)
def test_every_letter_of_the_text_is_in_the_other_forms_too(pdfs, document, code, form):
    text = document(code)
    read = "".join("".join(page) for page in lines(pdfs[f"{code}-{form}"]))
    assert letters(text.title + text.summary + text.body.text) - letters(read) == Counter()


@pytest.mark.parametrize("form", [LARGE, EASY])
@pytest.mark.parametrize("code", REST)
def test_the_other_languages_are_written_whole_and_no_letter_is_drawn_in_another_face(document, code, form):
    words = ALPHABETS[code]
    text = document("en", markdown=f"## {words}\n\n{words} **{words}** *{words}*\n\n* {words}\n")
    content = render_pdf(text, form, media=None)
    read = "".join("".join(page) for page in lines(content))
    assert letters(words * 5) - letters(read) == Counter()


@pytest.mark.parametrize("form", ["large", "easy"])
def test_no_usual_word_is_parted_in_large_print_and_easy_reading(pdfs, form):
    for page in lines(pdfs[f"de-{form}"])[1:]:
        for line in page:
            assert not re.search("(?:\\w[-‐]|\ufffe|\x02)$", line.strip()), line


def test_wide_letters_never_tear_arabic_apart(document):
    """A word of joined letters is drawn in one piece: with space between its letters it would be wider."""
    words = "السلام"
    widths = []
    for form in (STANDARD, EASY):
        content = render_pdf(document("en", markdown=f"A word, {words}, in a line."), form, media=None)
        with pypdfium2.PdfDocument(content) as pdf:
            text = pdf[1].get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) in words]
        widths.append((max(box[2] for box in boxes) - min(box[0] for box in boxes)) / form.type)
    assert abs(widths[1] - widths[0]) < 0.03 * widths[0]


ROWS = {"en": "Row", "ar": "صف"}


@pytest.mark.parametrize("form", [STANDARD, LARGE, EASY, PLAIN])
@pytest.mark.parametrize("code", ROWS)
def test_rows_are_not_torn_heads_are_repeated_and_numbers_stay_whole(document, code, form):
    rows = "".join(
        f"| {ROWS[code]} {n} | Light, water, bread, and many more words that go on over several lines | {100 + n} |\n"
        for n in range(1, 31)
    )
    table = f"| When | What | How many |\n|---|---|--:|\n{rows}"
    pages = lines(render_pdf(document(code, markdown=table), form, media=None))
    with_rows = [page for page in pages if any(ROWS[code] in line for line in page)]
    assert len(with_rows) > 1
    for page in with_rows:
        whole = " ".join(page)
        assert "many" in whole.replace("many more", "").replace("more many", "")
        rows = re.findall(rf"{ROWS[code]}", whole)
        assert len(re.findall(r"\b1\d\d\b", whole)) == len(rows)
        assert len(re.findall("Light", whole)) == len(re.findall("lines", whole)) == len(rows)


def test_columns_in_arabic_begin_at_the_right(document):
    content = render_pdf(document("ar", markdown="| متى | كم |\n|---|---|\n| ظظ | 86 |\n"), STANDARD, media=None)
    with pypdfium2.PdfDocument(content) as pdf:
        page = next(page for page in pdf if "86" in page.get_textpage().get_text_range())
        text = page.get_textpage()
        at = {text.get_text_range(n, 1): text.get_charbox(n)[0] for n in range(text.count_chars())}
    assert at["ظ"] > at["8"]


@pytest.mark.parametrize("form", [STANDARD, LARGE, EASY])
def test_a_heading_is_never_alone_at_the_foot_of_a_page_nor_a_box_without_its_head(document, form):
    for filler in range(8, 30):
        markdown = "Some words in a line.\n\n" * filler
        markdown += "## Heading\n\nWhat follows it.\n\n::: care Boxhead\nInside.\n\nInside, too.\n:::\n"
        for page in lines(render_pdf(document("en", markdown=markdown), form, media=None))[2:]:
            whole = "\n".join(page)
            assert ("Heading" in whole) == ("What follows it." in whole)
            assert ("Boxhead" in whole) == ("Inside." in whole) == ("Inside, too." in whole)


def test_a_long_title_takes_one_line_in_the_head_of_a_page(document):
    title = (
        "A title that goes on for so long that it would take three lines in the head of every page, and cover the text"
    )
    first = lines(render_pdf(document("en", title=title), EASY, media=None))[1]
    head = [line for line in first if line.startswith("A title") or "…" in line]
    assert len(head) == 1
    assert head[0].strip().endswith("…")


def test_a_phrase_that_is_partly_bold_stays_whole_in_a_japanese_heading(document):
    heading = "つらい日に**自分**をいたわるためのいちばん小さくていちばんやさしい最初の一歩"
    pages = lines(render_pdf(document("ja", markdown=f"## {heading}\n\n一。\n"), LARGE, media=None))
    bare = heading.replace("*", "")
    shown = [line.strip() for page in pages[1:] for line in page if len(line.strip()) > 3 and line.strip() in bare]
    assert "".join(dict.fromkeys(shown)).endswith("一歩")
    for before, after in pairwise(shown):
        assert not (before[-1] in "いっあ自" and after[0] in "たわち分"), (before, after)


def test_a_line_in_arabic_does_not_end_after_its_first_word_where_the_space_before_bold_words_is_one_too_many(document):
    text = "اشرب كأس ماء. افتح النافذة. قل لشخص واحد: «اليوم صعب». هذا **يكفي** للبداية."
    page = lines(render_pdf(document("ar", markdown=text), EASY, media=None))[1]
    assert [line for line in page if line.strip() == "اشرب"] == []
    assert [line for line in page if line.strip().endswith("هذا")]


@pytest.mark.parametrize("form", [STANDARD, LARGE])
def test_no_row_of_a_table_stands_alone_before_or_after_the_end_of_a_page(document, form):
    for filler in range(8, 40, 2):
        table = "| A | B |\n|---|---|\n" + "".join(f"| Row {n} | b |\n" for n in range(5))
        pages = lines(render_pdf(document("en", markdown="Some words.\n\n" * filler + table), form, media=None))
        rows = [sum("Row" in line for line in page) for page in pages]
        assert 1 not in rows


@pytest.mark.parametrize("code", ["en", "ar"])
def test_notes_are_numbered_as_they_are_called_also_within_bold_and_foreign_words(document, code):
    text = "**Bold.[^b]** Plain.[^a] Again.[^b]\n\n[^a]: Second\n[^b]: First\n"
    read = "\n".join(lines(render_pdf(document(code, markdown=text), STANDARD, media=None))[1])
    page = " ".join(read.split())
    assert page.index("First") < page.index("Second")
    assert re.search("1\\s*First" if code == "en" else "1\\s*First|First\\s*1", page)
    if code == "en":
        assert "Bold.1 Plain.2 Again.1" in page


@pytest.mark.parametrize("form", [STANDARD, LARGE, EASY])
def test_a_cover_is_filled_to_its_edges(pdfs, form):
    suffix = "" if form is STANDARD else f"-{form.name}"
    for code in ("en", "ar"):
        with pypdfium2.PdfDocument(pdfs[f"{code}{suffix}"]) as pdf:
            cover = pdf[0].render(scale=2, grayscale=True).to_pil()
        assert {cover.getpixel((x, 40)) < 100 for x in (0, 1, cover.width - 2, cover.width - 3)} == {True}
