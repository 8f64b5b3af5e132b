"""The shorter ways through the layout library give the library's own bytes; contents tell where parts really begin."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import EASY, FORMS, LARGE, STANDARD
from studio.publish.pdf_sfnt import lean

_AS_IT_IS = """
import pickle, sys
import studio.publish.pdf as pdf
pdf.shorten = lambda: False
documents, forms = pickle.load(sys.stdin.buffer)
made = [pdf.render_pdf(one, form, media=None) for one in documents for form in forms]
sys.stdout.buffer.write(pickle.dumps(made))
"""
TABLE = "| what | when |\n|---|---|\n| a call | 16:00 |\n| a _walk_ | 22:00 |\n\n"
RICH = (
    f"## First part\n\n* [ ] a task\n* [x] another\n\n{TABLE}> A quote with **weight** and `code`.\n\n"
    "```\none line\n\tanother\n```\n\nWords with a note.[^a] A [link](https://help.example).\n\n"
    "## Second part\n\nAnd its words.\n\n[^a]: The note.\n"
)


def test_the_shorter_ways_are_in_use_for_the_library_that_is_installed():
    code = "from studio.publish.pdf_quick import shorten; print(shorten())"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout.strip() == b"True"


def test_another_version_of_the_library_is_left_as_it_is():
    code = "import weasyprint; weasyprint.__version__ = '71.0'\n"
    code += "from weasyprint.text import line_break; before = line_break.Layout\n"
    code += "from studio.publish.pdf_quick import shorten; print(shorten(), line_break.Layout is before)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert done.stdout.split() == [b"False", b"True"]


def test_every_form_in_every_script_is_the_same_to_the_byte_without_the_shorter_ways(document):
    documents = [document("fr"), document("ar"), document("ja", practice=True), document("ar", markdown=RICH)]
    job = pickle.dumps((documents, FORMS))
    done = subprocess.run([sys.executable, "-c", _AS_IT_IS], input=job, check=True, capture_output=True)
    theirs = pickle.loads(done.stdout)  # noqa: S301 - written by the line above
    ours = [render_pdf(one, form, media=None) for one in documents for form in FORMS]
    assert [mine == other for mine, other in zip(ours, theirs, strict=True)] == [True] * len(documents) * len(FORMS)


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
