"""Several guides in one book: each as it was kept, one table of contents, and nothing for the checker to say."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from studio.core.locales import language
from studio.publish.collected.binding import frame_of
from studio.publish.epub.chapter import chapter_of
from studio.publish.epub.collected import collected
from studio.publish.epub.kept import folded, unfolded
from studio.publish.frame import Frame


@pytest.fixture
def documents(document, samples):
    def make(code):
        first = document(code)
        other = replace(document(code, markdown=samples.EVERYTHING), title="Signs & wonders", copy_number="B2B-222")
        return [first, replace(other, published_on=date(2028, 1, 2))]

    return make


@pytest.fixture
def bound(documents, picture):
    def make(code="en", texts=None, **changes):
        chosen = texts or documents(code)
        frame = Frame("around", language(code), "For hard days", "Small steps.", site_name="Guide House", **changes)
        kept = [folded(chapter_of(one, plain=False, media=lambda _sha: picture)) for one in chosen]
        return collected(frame_of(frame, chosen), "a-collection", [unfolded(one) for one in kept])

    return make


def read(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


def test_a_chapter_is_the_same_after_it_was_kept(document, samples, picture):
    chapter = chapter_of(document("ar", markdown=samples.EVERYTHING), plain=False, media=lambda _sha: picture)
    assert unfolded(folded(chapter)) == chapter
    assert len(chapter.pictures) == 1


def test_every_guide_stands_below_its_title_in_the_contents_and_a_shared_picture_is_there_once(bound, documents):
    whole = bound()
    contents = read(whole, "book/nav.xhtml")
    lines = re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', contents.partition("landmarks")[0])
    assert ("01/title.xhtml", "Looking after yourself on hard days") in lines
    assert ("02/title.xhtml", "Signs &amp; wonders") in lines
    assert ("01/part-1.xhtml#s1", "What you can do now") in lines
    twice = bound(texts=[documents("en")[1], replace(documents("en")[1], title="Once more")])
    with zipfile.ZipFile(io.BytesIO(twice)) as book:
        assert len([name for name in book.namelist() if "/images/" in name]) == 1
        assert len(set(book.namelist())) == len(book.namelist())


def test_the_book_has_the_day_of_its_newest_guide_and_another_name_with_every_edition(bound, documents):
    package = read(bound(), "book/package.opf")
    assert ">2028-01-02T00:00:00Z<" in package
    assert "<dc:description>Small steps.</dc:description>" in package
    name = re.search("urn:uuid:[0-9a-f-]+", package)[0]
    assert name in read(bound(), "book/package.opf")
    newer = [documents("en")[0], replace(documents("en")[1], edition=4, copy_number="C3C-333")]
    assert name not in read(bound(texts=newer), "book/package.opf")


def test_the_page_with_the_title_says_how_many_guides_there_are_and_what_practice_is(bound):
    front = read(bound(practice=True), "book/title.xhtml")
    for said in ("For hard days", "Small steps.", "Guide House", "2 guides", "Nothing here was checked by people."):
        assert said in front


def test_the_same_chapters_give_the_same_bytes(bound):
    assert bound("ja") == bound("ja")


@pytest.mark.slow
def test_the_checker_has_nothing_to_say_about_collections(bound, checker, tmp_path):
    files = []
    for code in ("en", "ar", "ja", "de"):
        path = tmp_path / f"{code}.epub"
        path.write_bytes(bound(code, practice=code == "ar"))
        files.append(path)
    assert checker.messages(*files) == []
