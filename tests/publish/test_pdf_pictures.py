"""What pages of PDFs look like, compared with pictures that people looked at and found good, kept as rows of grey.

Each page is made small, 32 by 45 fields. What an antialiased edge does is forgiven; a box, a column or a number that
stands elsewhere, a table that is lost, another face is not. ``python tests/publish/keep_pictures.py pages FOLDER``
draws them to be looked at, without a folder keeps those of today.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
import pytest
from greys import Kept, moved
from publish_sample_pdfs import COLLECTIONS, collections, guides  # conftest makes these known
from publish_sample_titles import TITLES

from studio.publish import pdf, pdf_css
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import EASY, LARGE, STANDARD

KEPT = Kept(Path(__file__).with_name("pdf_pictures.txt"), columns=32, rows=45, mean=0.15, most_far=0.003, ink=2.5)
WIDTH = 32 * 12
"""A field is 12 pixels wide, 4.6 mm of A5."""
OF_GUIDES = {
    **dict.fromkeys(("en", "ar", "ja", "zh"), (0, 1, 2)),
    "de": (0, 1),
    **{f"{code}-large": (0, 2) for code in ("en", "ar", "ja", "zh", "de")},
    **{f"{code}-easy": (0, 2) for code in ("en", "ar", "ja", "zh")},
    "de-easy": (0, 1),
    **{f"{code}-plain": (0, 2) for code in ("en", "ar", "ja", "zh", "de")},
    **{f"{code}-all": (1, 2, 3) for code in ("en", "ar", "ja")},
    "ar-practice": (0, 1),
}
OF_COLLECTIONS = dict.fromkeys(COLLECTIONS, (0, 1, -1))
"""Cover, contents, and the last page."""
FORMS = {"one": LARGE, "long": STANDARD, "longest": EASY, "emoji": STANDARD, "mixed": LARGE}
COVERS = [(code, name) for code in TITLES for name in FORMS]


def drawn(content, number):
    """Return the picture of a page, counted from 0, or from the end backwards."""
    with pypdfium2.PdfDocument(content) as opened:
        page = opened[number % len(opened)]
        return page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()


def cover(document, code, name):
    text = document(code, title=TITLES[code][name], markdown="…")
    return drawn(render_pdf(text, FORMS[name], media=None), 0)


def of_files(files, pages, prefix):
    for name, numbers in pages.items():
        for number in numbers:
            yield f"{prefix}{name}-{number}", drawn(files[name], number)


def pictures(document):
    """Yield all pictures with their names."""
    import publish_samples as samples  # noqa: PLC0415 - known to whoever keeps pictures, and not in every test

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        yield from of_files(guides(samples, Path(folder)), OF_GUIDES, "")
        yield from of_files(collections(samples, Path(other)), OF_COLLECTIONS, "collection-")
    for code, name in COVERS:
        yield f"cover-{code}-{name}", cover(document, code, name)


@pytest.fixture(scope="module")
def kept():
    return KEPT.pictures()


@pytest.mark.parametrize("name", OF_GUIDES)
def test_a_page_looks_as_it_did_when_people_looked_at_it(pdfs, kept, name):
    for called, picture in of_files(pdfs, {name: OF_GUIDES[name]}, ""):
        assert KEPT.same(KEPT.greys(picture), kept[called]), called


@pytest.mark.parametrize("code", OF_COLLECTIONS)
def test_a_collection_looks_as_it_did_when_people_looked_at_it(books, kept, code):
    for called, picture in of_files(books, {code: OF_COLLECTIONS[code]}, "collection-"):
        assert KEPT.same(KEPT.greys(picture), kept[called]), called


@pytest.mark.parametrize(("code", "name"), COVERS)
def test_a_cover_looks_as_it_did_when_people_looked_at_it(document, kept, code, name):
    assert KEPT.same(KEPT.greys(cover(document, code, name)), kept[f"cover-{code}-{name}"])


def test_a_page_that_moved_by_a_pixel_is_the_same(pdfs):
    page = drawn(pdfs["ar"], 2)
    assert KEPT.same(KEPT.greys(page), KEPT.greys(moved(page)))


SPOILT = {
    "a box in another place": ("en", 2, ".box { margin-inline-start: 6mm }"),
    "no box": ("ar", 2, ".box.box-help { background: none; border-color: #fff }"),
    "no table": ("ja", 2, "table { display: none }"),
    "a table turned round": ("ar", 2, "table { direction: ltr }"),
    "list numbers on the other side": ("ar", 1, "ol { direction: ltr } ol li { direction: rtl }"),
    "all from left to right": ("ar", 1, "body, main, section, p, ul, ol, h2 { direction: ltr }"),
    "another face": ("en", 2, 'html { font-family: "Atkinson Hyperlegible" }'),
    "no bold face": ("zh", 1, "h2, strong { font-weight: 400 }"),
    "no note at the foot": ("en", 1, ".footnote { float: none }"),
    "a ground that is lost": ("en", 0, ".front { background: #fff }"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_went_wrong_is_told(document, pdfs, monkeypatch, how):
    code, number, sheet = SPOILT[how]
    whole = pdf_css.style_sheet
    monkeypatch.setattr(pdf, "style_sheet", lambda *asked, **more: f"{whole(*asked, **more)}\n{sheet}")
    pdf._css.cache_clear()
    spoilt = drawn(render_pdf(document(code), STANDARD, media=None), number)
    pdf._css.cache_clear()
    assert not KEPT.same(KEPT.greys(spoilt), KEPT.greys(drawn(pdfs[code], number)))
