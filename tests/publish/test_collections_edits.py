"""A collection after an edit: the chapter alone is laid out, and every number in the file is that of the new file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from studio.core.locales import language
from studio.publish.collected.binding import Bench, bind, frame_of
from studio.publish.derivation import derive_all
from studio.publish.frame import CHAPTER_KIND, Frame

MM = 72 / 25.4
MARKS = {"en": "ABCDEFGHIJKL", "ar": "أبتثجحخدذرزس", "ja": "あいうえおかきくけこさし"}
MORE = "A line.\n\n" * 60


class Bindery:
    """Makes collections in a folder; what was made once is kept."""

    def __init__(self, folder, code):
        self.folder = folder
        self.code = code
        self.kept = {}

    def bind(self, documents):
        """Return the file of ``documents``, and what had to be made for it."""
        bench = Bench(self.derive, self.folder, self.kept.get)
        chapters = [bench.chapter({CHAPTER_KIND: repr(one)}, one, {})[CHAPTER_KIND] for one in documents]
        frame = Frame("around", language(self.code), "All of it", "", "/en/x/", "Guide House", "https://guides.example")
        whole, parts = bind(bench, frame_of(frame, documents), chapters)
        self.kept |= {one.source: one.content for one in (*chapters, *parts.values())}
        path = self.folder / "whole.pdf"
        path.write_bytes(whole)
        return path, bench.made

    def derive(self, what, media, folder, kinds):
        return derive_all(what, media.__getitem__, folder, kinds)


def chapters(document, code):
    texts = [document(code, title=f"{document(code).title} {mark}", markdown="…") for mark in MARKS[code]]
    return [replace(one, copy_number=f"K7M-{n:03}") for n, one in enumerate(texts)]


def lines(path):
    """Return for each line of the contents the number beside it, and the number of the page that it leads to."""
    found = []
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as seen:
        numbers = {page.objgen: n for n, page in enumerate(pdf.pages, 1)}
        rtl = str(pdf.Root.Lang) == "ar"
        for page, drawn in zip(pdf.pages, seen, strict=True):
            text, width = drawn.get_textpage(), drawn.get_width()
            for link in page.get("/Annots", []):
                if (
                    numbers[page.objgen] == 1
                    or str(link.get("/Contents", "")).startswith("http")
                    or "/Dest" not in link
                ):
                    continue
                _, one, _, other = (float(side) for side in link.Rect)
                low, high = sorted((one, other))
                column = (width - 27 * MM, width - 15 * MM) if rtl else (15 * MM, 27 * MM)
                beside = text.get_text_bounded(column[0], low, column[1], high)
                found.append((int(re.search(r"\d+", beside)[0]), numbers[link.Dest[0].objgen], low, str(link.Contents)))
    return found


def drawn(page):
    """Return the letters of a page from left to right, whichever way they are read; a row for each line."""
    text, signs = page.get_textpage(), []
    for n in range(text.count_chars()):
        left, low, _, high = text.get_charbox(n)
        signs.append((-(low + high) / 2, left, text.get_text_range(n, 1)))
    rows, before = [], 0
    for middle, left, sign in sorted(signs):
        if not rows or middle - before > 4:
            rows.append([])
        rows[-1].append((left, sign))
        before = middle
    return "\n".join("".join(sign for _, sign in sorted(row)) for row in rows)


@pytest.mark.parametrize("code", MARKS)
def test_after_an_edit_that_moves_pages_the_contents_are_right_and_nothing_but_the_chapter_was_laid_out(
    document, tmp_path, code
):
    bindery, texts = Bindery(tmp_path, code), chapters(document, code)
    bindery.bind(texts)
    texts[3] = replace(document(code, title=texts[3].title, markdown=MORE), edition=4, copy_number="K7M-2QX")
    path, made = bindery.bind(texts)
    assert made == [CHAPTER_KIND]
    told = lines(path)
    assert [name for *_, name in told] == [one.title for one in texts]
    assert [number for number, *_ in told] == [page for _, page, *_ in told]
    starts = [number for number, *_ in told]
    assert starts[4] - starts[3] > starts[3] - starts[2]
    with pypdfium2.PdfDocument(path) as pdf:
        last = drawn(pdf[len(pdf) - 1])
    assert ("K7M-2QX" in last, "K7M-003" in last, "K7M-004" in last) == (True, False, True)
    fresh, _ = Bindery(tmp_path, code).bind(texts)
    assert fresh.read_bytes() == path.read_bytes()


def test_another_title_in_another_month_is_told_on_the_cover_in_the_contents_and_on_the_last_page(document, tmp_path):
    bindery, texts = Bindery(tmp_path, "en"), chapters(document, "en")
    bindery.bind(texts)
    day = date(2028, 5, 4)
    texts[1] = replace(texts[1], title="Something else", edition=5, published_on=day, checked_on=day)
    path, made = bindery.bind(texts)
    assert made == [CHAPTER_KIND, "around"]
    with pypdfium2.PdfDocument(path) as pdf:
        cover, contents, *_, last = [page.get_textpage().get_text_range() for page in pdf]
    assert "May 2028" in cover
    assert "Something else" in contents
    assert "Something else · Edition 5 (May 2028)" in last
    with pikepdf.open(path) as pdf:
        assert (str(pdf.docinfo["/CreationDate"]), str(pdf.docinfo["/ModDate"])) == ("D:20280504", "D:20280504")
        assert b"<xmp:CreateDate>2028-05-04<" in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_many_guides_with_long_titles_have_lines_that_fill_pages_and_never_meet(document, tmp_path, code):
    long = replace(document(code, title=f"{document(code).title} " * 4, markdown="…"), copy_number="K7M-2Q3")
    texts = [long] * 50
    path, made = Bindery(tmp_path, code).bind(texts)
    told = lines(path)
    assert (len(told), made.count("around")) == (50, 1)
    assert [number for number, *_ in told] == [page for _, page, *_ in told]
    assert told[-1][0] > 99
    feet = [low for *_, low, _ in told]
    assert min(feet) > 19 * MM
    assert all(before - after > 20 or after > before for before, after in pairwise(feet))
    with pypdfium2.PdfDocument(path) as pdf:
        end = 2 * told[-1][0] - told[-2][0] - 1  # all chapters are alike
        listed = [drawn(page).count("K7M-2Q3") for page in list(pdf)[end:]]
    assert sum(listed) == len(texts)
    assert len(listed) > 1


def test_a_line_of_the_contents_is_read_as_its_number_and_a_link(document, tmp_path):
    texts = chapters(document, "en")
    path, _ = Bindery(tmp_path, "en").bind(texts)
    with pikepdf.open(path) as pdf:
        _, contents, *parts = pdf.Root.StructTreeRoot.K[0].K
        assert [str(one.S) for one in parts] == ["/Part"] * (len(texts) + 1)
        head, listed = contents.K
        assert (str(head.S), str(listed.S), len(listed.K)) == ("/H2", "/L", len(texts))
        for item in listed.K:
            number, link = item.K[0].K
            assert (str(item.S), str(item.K[0].S), isinstance(number, int), str(link.S)) == (
                "/LI",
                "/LBody",
                True,
                "/Link",
            )
