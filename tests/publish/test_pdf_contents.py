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


def test_dots_and_numbers_stand_on_one_grid_and_never_on_the_words(document):
    titles = ["QX", "A part whose name is rather long", "A part whose name is so long that it needs a second line " * 2]
    parts = "\n\n".join(f"## {title.strip()}\n\nWords." for title in titles * 4)
    with pypdfium2.PdfDocument(render_pdf(document("en", markdown=parts), STANDARD, media=None)) as pdf:
        text = pdf[1].get_textpage()
        boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    lines = {}
    for char, (left, low, right, _) in boxes:
        if char.strip():
            lines.setdefault(round(low), []).append((left, right, char))
    rows = [sorted(row) for row in lines.values() if [char for _, _, char in row].count(".") > 2]
    assert len(rows) > 8
    grid = {round(next(left for left, _, char in reversed(row) if char == "."), 1) for row in rows}
    assert len(grid) == 1
    assert [row for row in rows for one, after in pairwise(row) if after[0] < one[1] - 0.1] == []


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
