"""Books: every word found again, nothing told outside a plain one, notes where they are called, nothing fetched."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.reading import words
from studio.publish.derivation import derive_all
from studio.publish.epub.book import render_epub
from studio.publish.epub.parts import PART_BYTES
from studio.publish.forms import kinds_for
from studio.publish.plain_text import render_text
from studio.rendering.rendered import Rendered
from studio.rendering.tree import Unsafe

CODES = ("en", "fr", "es", "ar", "ja", "zh")
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def parsed(content):
    return ET.fromstring(content)  # noqa: S314 - we made it ourselves


class Opened:
    """A book, as an app opens it."""

    def __init__(self, content):
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        container = parsed(self.zip.read("META-INF/container.xml"))
        self.place = next(one.get("full-path") for one in container.iter() if one.get("full-path"))
        self.package = parsed(self.zip.read(self.place))
        self.items = {one.get("id"): one for one in self.package.iterfind(".//opf:item", OPF)}

    def names(self):
        return self.zip.namelist()

    def read(self, name):
        return self.zip.read(f"{Path(self.place).parent}/{name}").decode()

    def spine(self):
        return [self.items[one.get("idref")].get("href") for one in self.package.iterfind(".//opf:itemref", OPF)]

    def page(self, name):
        return parsed(self.read(name))

    def text(self):
        return "\n".join(" ".join(self.page(name).find(f"{XHTML}body").itertext()) for name in self.spine())

    def metadata(self, name):
        return [one.text for one in self.package.iterfind(f".//dc:{name}", OPF)]

    def meta(self, name):
        return [one.text for one in self.package.iterfind(".//opf:meta", OPF) if one.get("property") == name]


@pytest.fixture
def book(picture):
    def make(text, *, plain=False, cover=b""):
        return Opened(render_epub(text, plain=plain, media=lambda _sha: picture, cover=cover))

    return make


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_every_word_of_the_text_is_found_again_in_the_book_in_its_order(book, document, code, plain):
    text = document(code)
    pages = book(text, plain=plain)
    parts = [name for name in pages.spine() if "/part-" in name]
    found = "\n".join("".join(pages.page(name).find(f"{XHTML}body").itertext()) for name in parts)
    wanted = list(words(text.body.text))
    assert len(wanted) > 80
    # Numbers before notes are the only words that the book adds.
    assert [word for word in words(found) if word != "1"] == [word for word in wanted if word != "1"]


def test_title_notes_sources_copy_number_month_and_licence_are_told(book, document):
    pages = book(document("en"))
    said = " ".join(pages.text().split())
    for one in (
        "Looking after yourself",
        "Before you read",
        "Exhaustion",
        "fictional handbook",
        "K7M-2QX",
        "CC BY-SA 4.0",
    ):
        assert one in said
    assert "Checked in March 2027 by 4 people" in said
    assert "Edition 3 (March 2027)" in said
    assert "Written by three members" in said
    assert pages.spine()[0] == "text/title.xhtml"
    before, first = pages.spine().index("text/before.xhtml"), pages.spine().index("text/part-1.xhtml")
    assert before < first
    assert "enough" not in pages.read("text/before.xhtml")


@pytest.mark.parametrize("code", CODES)
def test_nothing_outside_the_text_of_a_plain_book_tells_what_it_is_about_or_whose_it_is(book, document, code):
    text = document(code)
    pages = book(text, plain=True, cover=b"not to be seen")
    assert pages.metadata("title") == [text.neutral_title]
    assert pages.metadata("creator") == pages.metadata("publisher") == pages.metadata("subject") == []
    assert pages.meta("a11y:certifiedBy") == []
    assert not [name for name in pages.names() if "cover" in name]
    for name in pages.names():
        content = pages.zip.read(name).decode()
        for secret in (text.title, text.summary, text.topics[0], text.site_name, "guides.example", text.guide_id):
            assert secret not in content, (name, secret)
        titles = re.findall("<title>(.*?)</title>", content) if name.endswith(".xhtml") and "svg" not in content else []
        assert set(titles) <= {text.neutral_title}
    front = " ".join(pages.page(pages.spine()[0]).find(f"{XHTML}body").itertext()).split()
    assert " ".join(front) == text.neutral_title
    assert "K7M-2QX" in pages.read("text/about.xhtml")


def test_a_plain_book_has_no_colour(book, document):
    colours = re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", book(document("en"), plain=True).read("book.css"))
    assert colours
    parts = [[int(part, 16) for part in one] for one in colours]
    assert all(max(one) - min(one) < 16 for one in parts)


def test_the_book_says_what_it_is_and_for_whom_it_is_made(book, document, picture):
    pages = book(document("en"), cover=picture)
    assert pages.metadata("language") == ["en"]
    assert pages.metadata("creator") == ["Guide House"]
    assert pages.metadata("rights") == ["CC BY-SA 4.0"]
    assert pages.meta("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert pages.meta("a11y:certifiedBy") == ["Guide House"]
    assert pages.meta("schema:accessMode") == ["textual", "visual"]
    assert pages.meta("schema:accessModeSufficient") == ["textual"]
    assert pages.meta("schema:accessibilityHazard") == ["none"]
    assert "alternativeText" in pages.meta("schema:accessibilityFeature")
    cover = next(one for one in pages.items.values() if one.get("properties") == "cover-image")
    assert pages.zip.read(f"book/{cover.get('href')}") == picture
    assert "Small steps" in next(pages.page("cover.xhtml").iter(f"{XHTML}img")).get("alt")


def test_people_are_named_where_they_chose_it_and_never_in_a_plain_book(book, document):
    text = document("en", credit="Wren and members", authors=("Wren",), checkers=("Juniper",))
    named, plain = book(text), book(text, plain=True)
    assert named.metadata("creator") == ["Wren"]
    for name in ("Wren and members", "Juniper"):
        assert name in named.read("text/about.xhtml")
        assert name not in plain.read("text/about.xhtml")
        assert (name in "\n".join(lines_of(text)), name in "\n".join(lines_of(text, plain=True))) == (True, False)
    assert book(document("en")).metadata("creator") == ["Guide House"]


def lines_of(text, *, plain=False):
    return render_text(text, plain=plain).decode().split("\r\n")


def test_who_agreed_to_files_alone_has_a_book_without_a_card_on_its_cover(document, tmp_path):
    for allowed, covers in ((("files",), 0), (("files", "cards"), 1), (None, 1)):
        (made,) = derive_all(document("en", kind="story", allowed=allowed), lambda _sha: b"", tmp_path, ("epub",))
        names = Opened((tmp_path / made.name).read_bytes()).names()
        assert len([name for name in names if name.endswith("cover.png")]) == covers
    assert {"epub", "text", "plain_epub", "plain_text"} & set(kinds_for(document("en", allowed=("cards",)))) == set()


def test_a_passage_marked_for_a_card_is_a_part_of_the_text_like_any_other(book, document):
    text = document("en", markdown="::: card quote\n## Said\n\nKeep going.\n:::\n\nMore.")
    part = book(text).read("text/part-1.xhtml")
    assert 'class="marked' in text.body.html
    assert ("Keep going." in part, "marked" in part) == (True, False)


def test_the_summary_for_those_who_listen_is_in_the_language_of_the_book_or_says_which_it_is_in(book, document):
    arabic = next(iter(book(document("ar")).meta("schema:accessibilitySummary")))
    assert "ولكل صورة وصف" in arabic
    german = book(document("de")).package
    summary = next(one for one in german.iter() if one.get("property") == "schema:accessibilitySummary")
    assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_new_look_at_an_edition_changes_its_date_and_not_its_name(book, document):
    first, again = book(document("en")), book(document("en", checked_on=date(2028, 1, 5)))
    assert first.meta("dcterms:modified") == ["2027-03-09T00:00:00Z"]
    assert again.meta("dcterms:modified") == ["2028-01-05T00:00:00Z"]
    assert first.metadata("identifier") == again.metadata("identifier")
    names = {
        *first.metadata("identifier"),
        *book(document("en", edition=4)).metadata("identifier"),
        *book(document("en", content_hash="1" * 64)).metadata("identifier"),
        *book(document("en"), plain=True).metadata("identifier"),
    }
    assert len(names) == 4
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", name) for name in names)


def test_an_arabic_book_is_turned_from_right_to_left_and_keeps_numbers_in_order(book, document):
    pages = book(document("ar"))
    assert pages.package.find("opf:spine", OPF).get("page-progression-direction") == "rtl"
    for name in pages.spine():
        page = pages.page(name)
        assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")
    part = pages.page("text/part-1.xhtml")
    runs = {"".join(one.itertext()): one.get("dir") for one in part.iter() if one.get("dir") == "ltr"}
    assert {"+1 555-0100", "16:00", "LGBTQ+", "https://help.example/plan?step=2"} <= set(runs)
    assert 'dir="ltr">K7M-2QX' in pages.read("text/about.xhtml").replace(' class="number"', "")


@pytest.mark.parametrize("code", ["en", "ar", "ja"])
def test_a_telephone_number_stays_on_one_line(book, document, code):
    part = book(document(code)).page("text/part-1.xhtml")
    whole = {one.text for one in part.iter(f"{XHTML}span") if one.get("class") == "whole"}
    number = re.search(r"[+][\d -]{8,}\d", document(code).body.text)[0]
    assert number in whole
    assert "white-space: nowrap" in book(document(code)).read("book.css")


def test_contents_lead_to_each_heading_and_to_what_stands_around_the_text(book, document):
    text = document("en")
    pages = book(text)
    toc = next(one for one in pages.page("nav.xhtml").iter(f"{XHTML}nav") if one.get(TYPE) == "toc")
    lines = {"".join(one.itertext()): one.get("href") for one in toc.iter(f"{XHTML}a")}
    assert list(lines) == ["Before you read", *(one.text for one in text.body.outline), "About this text"]
    for words_of_it, address in lines.items():
        name, _, place = address.partition("#")
        page = pages.page(name)
        found = next((one for one in page.iter() if one.get("id") == place), None) if place else page
        assert found is not None
        assert words_of_it in "".join(found.itertext())
    assert "nav.xhtml" in pages.spine()


def notes_of(pages, name):
    page = pages.page(name)
    calls = {one.get("href")[1:] for one in page.iter(f"{XHTML}a") if one.get(TYPE) == "noteref"}
    return calls, {one.get("id"): "".join(one.itertext()) for one in page.iter() if one.get(TYPE) == "footnote"}


def test_a_note_stands_in_the_file_that_calls_it_and_leads_back(book, document):
    filler = "\n\n".join("Some words to fill the page, over and over again. " * 20 for _ in range(PART_BYTES // 1000))
    notes = "[^a]: Early.[^c]\n[^b]: Late.\n[^c]: In a note.\n[^d]: Uncalled."
    source = f"## One\n\nFirst.[^a] {filler}\n\n## Two\n\nSecond.[^b] Again.[^a]\n\n{notes}"
    pages = book(document("en", markdown=source))
    assert notes_of(pages, "text/part-1.xhtml")[0] == {"fn-1", "fn-3"}
    early, late = (notes_of(pages, f"text/part-{n}.xhtml")[1] for n in (1, 2))
    assert (early["fn-1"].split(), early["fn-3"].split()) == (["1", "Early.3"], ["3", "In", "a", "note."])
    assert (late["fn-2"].split(), late["fn-4"].split()) == (["2", "Late."], ["4", "Uncalled."])
    assert 'href="#fnref-1"' in pages.read("text/part-1.xhtml")
    again = next(one for one in pages.page("text/part-2.xhtml").iter(f"{XHTML}a") if one.text == "1")
    assert again.get("href") == "part-1.xhtml#fn-1"


def test_a_long_text_is_cut_at_headings_of_the_first_level_and_links_still_find_their_place(book, document):
    section = "## Part {n}\n\n### Below\n\n" + "Some words to fill it. " * 700 + "\n\nBack to [the start](#part-0).\n\n"
    pages = book(document("en", markdown="".join(section.format(n=n) for n in range(5))))
    parts = [name for name in pages.spine() if "/part-" in name]
    assert len(parts) == 5
    for name in parts[1:]:
        body = pages.page(name).find(f"{XHTML}body")
        assert body[0].tag == f"{XHTML}h2"
        assert next(one.get("href") for one in body.iter(f"{XHTML}a")) == "part-1.xhtml#s1"
    short = book(document("en"))
    assert [name for name in short.spine() if "/part-" in name] == ["text/part-1.xhtml"]


def test_pictures_are_in_the_book_once_with_their_words(book, document, picture):
    text = document("en", markdown=f"![A picture](media:{'a' * 64})\n\n![Again](media:{'a' * 64})\n")
    pages = book(text)
    images = [name for name in pages.names() if "/images/" in name]
    assert len(images) == 1
    assert pages.zip.read(images[0]) == picture
    shown = list(pages.page("text/part-1.xhtml").iter(f"{XHTML}img"))
    assert [one.get("alt") for one in shown] == ["A picture", "Again"]
    assert {one.get("src") for one in shown} == {"../" + images[0].removeprefix("book/")}


@pytest.mark.parametrize("plain", [False, True])
def test_nothing_is_fetched_or_run_when_a_book_is_opened(book, document, samples, plain):
    pages = book(document("en", markdown=samples.EVERYTHING), plain=plain)
    for name in (name for name in pages.names() if name.endswith((".xhtml", ".css", ".opf"))):
        content = pages.zip.read(name).decode()
        assert not re.search(r"<(script|iframe|object|embed|form|style)|url\(|@import|@font-face| on\w+=", content), (
            name
        )
        assert not re.search(r'(src|data|poster)="(?!\.\./images/|cover\.png)', content), name


def test_a_task_says_its_state_without_a_form(book, document):
    shown = book(document("en")).page("text/part-1.xhtml")
    drawn = [one.get("aria-label") for one in shown.iter("{http://www.w3.org/2000/svg}svg")]
    assert drawn == ["To do", "Done", "To do"]
    assert not list(shown.iter(f"{XHTML}input"))


def test_links_to_other_texts_of_the_house_lead_there_or_are_plain_words(book, document):
    text = document("en", markdown="See [another](/en/another/).")
    assert 'href="https://guides.example/en/another/"' in book(text).read("text/part-1.xhtml")
    for pages in (book(text, plain=True), book(replace(text, base_url=""))):
        assert "<span>another</span>" in pages.read("text/part-1.xhtml")


def test_a_correction_says_so_with_its_month(book, document):
    text = document("en", correction=True, changelog="The number of the line was wrong.")
    for said in (book(text).read("text/about.xhtml"), "\n".join(lines_of(text))):
        assert "Corrected in March 2027:" in said
        assert "The number of the line was wrong." in said
    assert "Corrected" not in book(document("en")).read("text/about.xhtml")


def test_whoever_asks_whether_a_copy_is_current_finds_the_address_or_is_told_where_to_look(book, document):
    assert 'href="https://guides.example/check/K7M-2QX"' in book(document("en")).read("text/about.xhtml")
    for pages in (book(document("en"), plain=True), book(document("en", base_url=""))):
        about = pages.read("text/about.xhtml")
        assert "open the page “Is my copy current?” where you found this text" in about
        assert "/check/" not in about


def test_the_practice_house_says_on_each_page_that_nobody_checked_this(book, document):
    pages = book(document("ar", practice=True))
    told = [pages.page(name).find(f".//{XHTML}p[@class='practice']") for name in pages.spine()]
    assert all(one is not None for one in told)
    assert "Checked in" not in book(document("en", practice=True)).text()


def test_an_urgent_line_and_a_label_stand_before_the_text(book, document):
    text = document(
        "en", label="urgent", safety_line="Do not take two.", label_words="Changed urgently; checks follow."
    )
    pages = book(text)
    before = pages.read("text/before.xhtml")
    assert before.index("Do not take two.") < before.index("Changed urgently") < before.index("Exhaustion")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="http://x.example/p.png" alt="">',
        '<p onclick="x">y</p>',
        "<p>",
        "<!--x-->",
    ],
)
def test_html_that_rendering_would_not_make_stops_the_book(document, html):
    text = replace(document("en"), body=Rendered(html, (), (), "words", 1, (), ()))
    with pytest.raises(Unsafe):
        render_epub(text, plain=False, media=lambda _sha: b"")


MAKE = """
import sys, hashlib
sys.path.insert(0, {folder!r})
import samples
from studio.publish.epub.book import render_epub
from studio.publish.plain_text import render_text
for code in ("ar", "ja", "en"):
    text = samples.document(code, markdown=samples.EVERYTHING)
    for plain in (False, True):
        book = render_epub(text, plain=plain, media=lambda _sha: b"PNG", cover=b"PNG")
        print(*(hashlib.sha256(one).hexdigest() for one in (book, render_text(text, plain=plain))))
"""


def test_the_same_text_gives_the_same_bytes_in_another_process_and_time_zone():
    answers = [
        subprocess.run(
            [sys.executable, "-c", MAKE.format(folder=str(Path(__file__).parent))],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": os.environ["PATH"]},
        ).stdout
        for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles"))
    ]
    assert len(set(answers[0].split())) == 12
    assert answers[0] == answers[1]


def test_the_zip_file_is_one_that_every_program_reads(book, document):
    pages = book(document("en"))
    assert pages.zip.testzip() is None
    first = pages.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert {one.date_time for one in pages.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(set(pages.names())) == len(pages.names())
