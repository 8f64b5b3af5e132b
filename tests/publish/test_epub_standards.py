"""Books hold to EPUB 3 in the eyes of EPUBCheck: in every language and variant it has nothing to say at all."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest

from studio.core.locales import LANGUAGES, language
from studio.publish.epub.book import render_epub
from studio.publish.epub.parts import PART_BYTES

pytestmark = pytest.mark.slow


def texts_of(samples):
    """Every language, and whatever changes the shape of a book."""
    for code in LANGUAGES:
        if code in samples.TEXTS:
            yield code, samples.document(code)
        else:
            yield code, replace(samples.document("en"), language=language(code))
    for code in ("en", "ar", "ja"):
        yield f"{code}-all", samples.document(code, markdown=samples.EVERYTHING)
    long = "".join(
        f"## Part {n}\n\n{'Some words. ' * (PART_BYTES // 20)}[^{n}]\n\n[^{n}]: Note {n}.\n\n" for n in range(4)
    )
    yield "long", samples.document("en", markdown=long)
    yield (
        "bare",
        samples.document("en", markdown="Words.", content_notes=(), sources=(), topics=(), summary="", credit=""),
    )
    yield "practice", samples.document("ar", practice=True, base_url="", label="override", label_words="بلا فحص")
    urgent = {"label": "urgent", "safety_line": "Wait & see <now>.", "label_words": "Checks follow."}
    yield "urgent", samples.document("en", title="Signs & “wonders” <b>", **urgent)
    yield "elsewhere", replace(samples.document("en"), language=language("pt-BR"))


@pytest.fixture(scope="module")
def books(samples, picture, tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    made = []
    for name, text in texts_of(samples):
        for plain in (False, True):
            path = folder / f"{name}{'-plain' if plain else ''}.epub"
            path.write_bytes(render_epub(text, plain=plain, media=lambda _sha: picture, cover=picture))
            made.append(path)
    return made


def test_the_checker_has_nothing_to_say_about_any_book(books, checker):
    assert len(books) == 2 * (12 + 8)
    assert checker.messages(*books) == []


def test_the_checker_really_looks_and_tells_even_of_what_is_only_unusual(books, checker, tmp_path):
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(books[0]) as whole, zipfile.ZipFile(spoilt, "w") as target:
        for one in whole.infolist():
            content = whole.read(one)
            if one.filename.endswith("part-1.xhtml"):
                content = content.replace(b"bodymatter", b"nothing-known").replace(b"</body>", b"<p id='s1'/></body>")
            target.writestr(one, content)
    told = "\n".join(checker.messages(spoilt))
    assert "USAGE OPF-088" in told
    assert "ERROR RSC-005" in told
