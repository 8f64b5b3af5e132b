"""Real guides of other houses, where a folder of them is at hand: brought in whole, and rendered to every form."""

import importlib.util
import os
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from bench import corpus, reading
from studio.guides import importing
from studio.publish.derivation import derive_all
from studio.publish.typefaces import use_own_fonts

FOLDER = corpus.FOLDER
LANGUAGES = ("ar", "en", "es", "fr", "ja")
DROPPED = {
    "gender-dysphoria-bible/en/history.md": (2, 0),
    "gender-dysphoria-bible/en/chromosomes.md": (2, 0),
    "gender-dysphoria-bible/fr/causes.md": (3, 0),
    "umbrella/ar/communications/censorship/beginner/s_web-based-proxies.md": (0, 1),
}
"""Template blocks and images in a few files, counted by hand."""
TORN = {
    "gender-dysphoria-bible/fr/deuxieme-puberte-androgenique.md": ["easy_pdf: possibles"],
    "gender-dysphoria-bible/fr/deuxieme-puberte-oestrogenique.md": ["easy_pdf: possibles"],
    "umbrella/ar/communications/online-abuse/advanced/s_hate-speech.md": ["pdf: onlineabuse", "plain_pdf: onlineabuse"],
}
"""A word within two emphases that the layout tears at the end of a line, and Latin words parted at their hyphen."""
A_LANGUAGE = 3
"""So many guides of each language are made into files here; GUIDE_CORPUS_ALL=1 makes them all."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder of real guides is here; GUIDE_CORPUS names one"),
]


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """The report of the import and the drafts that came of it, by file."""
    use_own_fonts(tmp_path_factory.mktemp("fonts"))
    report, guides = corpus.bring_in(FOLDER, tmp_path_factory.mktemp("corpus"))
    return {one.file: one for one in report}, {one.file: one for one in guides}


def of(guides, code):
    return [guide for guide in guides.values() if guide.language == code]


def source_of(file):
    return (FOLDER / file).read_text(encoding="utf-8").replace("\r\n", "\n")


def told(report, beginning):
    return [str(one) for one in report.dropped if str(one).startswith(beginning)]


def test_every_guide_becomes_a_draft_even_where_two_have_the_same_title(brought):
    report, guides = brought
    files = [path.relative_to(FOLDER).as_posix() for path in importing.files(FOLDER)]
    assert {file: str(one.reason) for file, one in report.items() if one.outcome != "draft"} == {}
    assert sorted(guides) == sorted(files)
    assert len(files) == 137
    assert {guide.language for guide in guides.values()} == set(LANGUAGES)


def test_the_report_names_each_template_block_and_each_image_that_was_dropped(brought):
    report, _ = brought
    for file, one in report.items():
        assert len(told(one, "A template block was dropped")) == source_of(file).count("{!{")
    blocks, images = "A template block was dropped", "An image that is not here was dropped"
    assert {file: (len(told(report[file], blocks)), len(told(report[file], images))) for file in DROPPED} == DROPPED


def test_every_word_that_readers_saw_is_in_the_draft_or_in_the_report(brought):
    report, guides = brought
    lost = {}
    for file, guide in guides.items():
        source = re.sub(r"\A---\n.*?\n---\n", "", source_of(file), flags=re.DOTALL)
        source = re.sub(r"\{!\{.*?\}!\}|<style.*?</style>|<!--.*?-->|<[^>]*>", " ", source, flags=re.DOTALL)
        kept = " ".join([guide.body, guide.fields["title"], guide.fields["summary"], *map(str, report[file].dropped)])
        wanted = Counter(re.findall(r"\w+", source.casefold()))
        fewer = [word for word, times in wanted.items() if kept.casefold().count(word) < times]
        # The title's own heading is taken out of the text, and marks of templates are told once.
        title = re.findall(r"\w+", guide.fields["title"].casefold())
        missing = [word for word in fewer if word not in title and word != "æææ"]
        if missing:
            lost[file] = missing
    assert lost == {}


def test_a_second_import_finds_them_all_there(tmp_path):
    first, _ = corpus.bring_in(FOLDER, tmp_path)
    second, drafts = corpus.bring_in(FOLDER, tmp_path)
    assert drafts == []
    assert {one.outcome for one in second} == {"there already"}
    assert [one.guide for one in second] == [one.guide for one in first]


def test_every_page_is_made(brought, tmp_path):
    _, guides = brought
    made = [corpus.make(guide, tmp_path, files=False) for guide in guides.values()]
    assert {one.file: one.problem for one in made if one.problem} == {}
    assert min(one.sizes["page"] for one in made) > 2500


@pytest.mark.slow
@pytest.mark.parametrize("code", LANGUAGES)
def test_pdfs_and_cards_hold_every_word_once_and_in_order_and_no_empty_box(brought, tmp_path, code):
    _, guides = brought
    some = of(guides, code)
    sample = list(islice(some, 1, None, len(some) // A_LANGUAGE))[:A_LANGUAGE]
    assert len(sample) == A_LANGUAGE
    sample = some if os.environ.get("GUIDE_CORPUS_ALL") else sample
    made = [corpus.make(guide, tmp_path, compare=True) for guide in sample]
    lost = {one.file: one.problem or one.lost for one in made if one.problem or one.lost or one.lost is None}
    assert lost == {file: torn for file, torn in TORN.items() if file in {one.file for one in made}}
    forms = {"page", "pdf", "large_pdf", "easy_pdf", "plain_pdf", "card"}
    forms |= {"epub", "plain_epub", "text", "plain_text"} | ({"web_font"} if code == "ja" else set())
    assert {form for one in made for form in one.sizes} - {"kit"} == forms
    assert max(one.sizes["card"] for one in made) < 4 * 40_000


@pytest.mark.slow
def test_every_word_of_every_guide_is_in_its_books_and_text_files(brought, tmp_path):
    _, guides = brought
    lost = {}
    for guide in guides.values():
        text = corpus.document(guide)
        made = derive_all(text, lambda _sha: b"", tmp_path, ("plain_epub", "text", "plain_text"))
        said = [
            reading.said_in_book(tmp_path / made[0].name),
            *(reading.said_in_text(tmp_path / one.name) for one in made[1:]),
        ]
        fewer = {word for one in said for word in reading.fewer(text, one)}
        if fewer:
            lost[guide.file] = sorted(fewer)
    assert lost == {}


@pytest.mark.slow
def test_the_checker_of_books_has_nothing_to_say_about_a_guide_of_each_language(brought, tmp_path):
    _, guides = brought
    files = []
    for code in LANGUAGES:
        for number, guide in enumerate(of(guides, code)[:A_LANGUAGE]):
            made = derive_all(corpus.document(guide), lambda _sha: b"", tmp_path, ("epub", "plain_epub"))
            files += [(tmp_path / one.name).rename(tmp_path / f"{code}-{number}-{one.kind}.epub") for one in made]
    assert len(files) == 2 * A_LANGUAGE * len(LANGUAGES)
    assert _beside("epub_checker").messages(*files) == []


@pytest.mark.slow
def test_verapdf_finds_nothing_wrong_with_a_guide_of_each_language(brought, tmp_path):
    _, guides = brought
    files = []
    for code in LANGUAGES:
        folder = tmp_path / code
        folder.mkdir()
        text = corpus.document(of(guides, code)[0])
        made = derive_all(text, lambda _sha: b"", folder, ("pdf", "large_pdf", "easy_pdf", "plain_pdf", "chapter"))
        files += [(folder / one.name).rename(folder / f"{code}-{one.name}") for one in made]
    assert len(files) == 5 * len(LANGUAGES)
    assert _beside("verapdf").failures(*files) == {"PDFUA_1": [], "PDFA_2_A": []}


def _beside(name):
    """Return a helper that lies beside the tests of publishing; tests are no package."""
    path = Path(__file__).parents[1] / "publish" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_of_publish", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
