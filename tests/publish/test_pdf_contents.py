"""Contents tell where parts really begin, and fonts in a file hold what is needed alone."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import EASY, LARGE, STANDARD
from studio.publish.pdf_sfnt import lean


@pytest.mark.parametrize("form", [STANDARD, LARGE, EASY], ids=lambda form: form.name)
@pytest.mark.parametrize("code", ["en", "ar", "ja"])
def test_each_line_of_the_contents_ends_with_the_page_on_which_its_part_begins(document, tmp_path, code, form):
    parts = "\n\n".join(f"## QX{n:02d}\n\n" + "QXWORD and more. " * 60 for n in range(11, 25))
    path = tmp_path / "made.pdf"
    path.write_bytes(render_pdf(document(code, markdown=parts), form, media=None))
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    first = next(n for n, page in enumerate(pages) if "QXWORD" in page)
    contents = "".join(pages[1:first]) + pages[first].partition("QXWORD")[0]
    for name in (f"QX{n}" for n in range(11, 25)):
        begins = next(n for n, page in enumerate(pages, 1) if name in page and n > first)
        line = next(line for line in contents.splitlines() if name in line)  # the number is left of it in Arabic
        assert re.findall(r"\d+", line.replace(name, "")) == [str(begins)]


def rows(page):
    """Return the lines of a page that lead to another by dots: of each its signs from the left, with their edges."""
    text, lines = page.get_textpage(), []
    boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    last = 0.0
    for char, (left, low, right, _) in sorted((one for one in boxes if one[0].strip()), key=lambda one: one[1][1]):
        lines += [] if lines and low - last < 2 else [[]]
        lines[-1].append((left, right, char))
        last = low
    return [sorted(line) for line in lines if [char for *_, char in line].count(".") > 1]


@pytest.mark.parametrize("code", ["en", "ar", "ja"])
def test_however_long_a_name_is_its_number_and_dots_stand_in_its_last_line(document, code):
    letter = {"en": "i", "ar": "ا", "ja": "い"}[code]
    parts = "\n\n".join(f"## Q {letter * n}\n\nWords." for n in range(1, 130))
    with pypdfium2.PdfDocument(render_pdf(document(code, markdown=parts), STANDARD, media=None)) as pdf:
        lines = [line for page in pdf for line in rows(page)]
    assert len(lines) == 129
    ends = [line[0 if code == "ar" else -1][2] for line in lines]
    assert [end for end in ends if not end.isdecimal()] == []


def test_dots_and_numbers_stand_on_one_grid_and_never_on_the_words(document):
    titles = ["QX", "A part whose name is rather long", "A part whose name is so long that it needs a second line " * 2]
    parts = "\n\n".join(f"## {title.strip()}\n\nWords." for title in titles * 4)
    with pypdfium2.PdfDocument(render_pdf(document("en", markdown=parts), STANDARD, media=None)) as pdf:
        lines = rows(pdf[1])
    assert len(lines) > 8
    grid = {round(next(left for left, _, char in reversed(line) if char == "."), 1) for line in lines}
    assert len(grid) == 1
    assert [line for line in lines for one, after in pairwise(line) if after[0] < one[1] - 0.1] == []


def test_fonts_in_a_file_hold_nothing_that_no_reader_needs(pdfs):
    found = 0
    with pikepdf.open(pdfs["ja"]) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                font = item.FontFile2.read_bytes()
                count = int.from_bytes(font[4:6])
                tags = {font[12 + 16 * n : 16 + 16 * n] for n in range(count)}
                assert tags == {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}
                assert lean(font) == font
                found += 1
    assert found > 1


def test_a_font_of_another_kind_is_left_as_it_is():
    assert lean(b"OTTO" + bytes(8)) == b"OTTO" + bytes(8)
