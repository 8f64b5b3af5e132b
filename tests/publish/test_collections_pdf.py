"""A collection's PDF: parts that are ready become one file that is tagged, archival, numbered and leads everywhere."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from publish_sample_pdfs import COLLECTIONS  # conftest makes it known

CODES = tuple(COLLECTIONS)


def read(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.slow
def test_verapdf_finds_nothing_wrong_with_a_collection_in_any_script(books):
    from publish_verapdf import failures  # noqa: PLC0415 - conftest makes it known

    assert failures(*books.values()) == {"PDFUA_1": [], "PDFA_2_A": []}


@pytest.mark.parametrize("code", CODES)
def test_pages_are_numbered_on_and_contents_lead_to_where_a_chapter_begins(books, code):
    with pikepdf.open(books[code]) as pdf:
        pages = [page.objgen for page in pdf.pages]
        contents = [one for one in pdf.pages[1].get("/Annots", []) if "/Dest" in one]
        with pdf.open_outline() as outline:
            (root,) = outline.root
            assert root.title == COLLECTIONS[code]
            chapters = [(one.title, pages.index(one.destination[0].objgen)) for one in root.children]
    leads = [(str(one.Contents), pages.index(one.Dest[0].objgen)) for one in contents]
    assert list(dict.fromkeys(leads)) == chapters  # a long title has a link on each of its lines
    assert [at for _, at in chapters] == sorted({at for _, at in chapters})
    text = read(books[code])
    told = [number for number in text[1].split() if number.isdigit()]
    assert [str(at + 1) for _, at in chapters] == [one for one in told if int(one) > 2]
    assert [page.split()[-1] for page in text[1:]] == [str(n) for n in range(2, len(text) + 1)]


@pytest.mark.parametrize("code", CODES)
def test_every_tag_every_page_and_every_link_knows_the_others(books, code):
    with pikepdf.open(books[code]) as pdf:
        tree = pdf.Root.StructTreeRoot
        keys = [int(key) for key in list(tree.ParentTree.Nums)[::2]]
        values = list(tree.ParentTree.Nums)[1::2]
        assert all(before < after for before, after in pairwise(keys))
        by_key = dict(zip(keys, values, strict=True))
        links = 0
        for page in pdf.pages:
            for n, element in enumerate(by_key.pop(int(page.StructParents))):
                assert n in [kid for kid in element.K if isinstance(kid, int)]
                assert element.Pg.objgen == page.objgen
            for annotation in page.get("/Annots", []):
                element = by_key.pop(int(annotation.StructParent))
                assert str(element.S) == "/Link"
                assert annotation.objgen in [
                    kid.Obj.objgen for kid in element.K if not isinstance(kid, int) and "/Obj" in kid
                ]
                links += 1
        # What is left are links of an emphasis in a link, which the link itself covers.
        assert "/Link" not in [str(element.S) for element in by_key.values()]
        assert links > 6
        ids = [str(item.ID) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ID" in item]
        assert ids
        assert [name for name, times in Counter(ids).items() if times > 1] == []
        assert [str(kid.S) for kid in tree.K[0].K][-4:] == ["/Part"] * 4


def test_pages_in_arabic_turn_from_right_to_left(books):
    for code, path in books.items():
        with pikepdf.open(path) as pdf:
            assert (str(pdf.Root.ViewerPreferences.get("/Direction", "")) == "/R2L") == (code == "ar")


def test_words_dates_and_copy_numbers_are_those_of_the_chapters(books):
    text = read(books["en"])
    assert [f"K7M-2Q{n}" in text[-1] for n in range(3)] == [True] * 3
    assert "https://guides.example/en/collections/x/" in text[-1]
    assert "Need to talk?" in "".join(text)
    with pikepdf.open(books["en"]) as pdf:
        assert str(pdf.docinfo["/Title"]) == COLLECTIONS["en"]
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20270301")
        assert b"2027-03-01" in pdf.Root.Metadata.read_bytes()
        colours = {page.Resources.ColorSpace.objgen for page in pdf.pages}
        assert len(colours) == 1


def test_the_same_parts_give_the_same_bytes(books):
    first = books["ja"].read_bytes()
    with pikepdf.open(BytesIO(first)) as pdf:
        assert pdf.trailer.ID
    assert "Practice" not in "".join(read(books["en"]))
    assert "练习" in "".join(read(books["zh"]))
