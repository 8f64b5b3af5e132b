"""The search of a folder of files, asked in a real browser without a server: the answers of the house, in order."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from studio.guides import house as lists
from studio.search.analyzers.stems import forms
from studio.search.analyzers.tokens import PIECE, is_cjk, tokens
from studio.search.entries import SectionEntry
from studio.search.index import SearchIndex
from studio.search.noticing import noticed
from studio.search.offline import analysis, buckets, packing, stemmers
from studio.search.offline.contributions import contribution, shown
from studio.search.query import search

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("offline_recall", ROOT / "tests" / "search" / "recall.py")
recall = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(recall)
CODES = tuple(recall.TEXTS)
GUIDE_TITLES = {"en": "A quiet day", "ar": "يوم هادئ", "ja": "静かな一日", "zh": "安静的一天", "tr": "Sessiz bir gün"}
ODD = "non-binary ﾎﾙﾓﾝ治療 ve\u00adlo \u202bنصّ\u202c 😀 don\u2019t 12 ③ x\ufe0f葛\U000e0100"
ENDINGS = ("", "s", "en", "ing", "ler", "ами", "ości", "ات", "mente", "'s")


def sections(code):
    """Some texts of several sections, so that ranking, lengths and phrases matter."""
    found = {}
    every = list(recall.TEXTS[code].items())
    for at, (key, text) in enumerate(every):
        path = f"/{code}/{key}/"
        title = f"{GUIDE_TITLES.get(code, key.title())} {at}"
        more = " ".join(one for _, one in every[: at + 1])
        parts = (("", "", text), ("s1", every[(at + 1) % len(every)][1][:18], text), ("s2", "", more))
        found[path] = [SectionEntry(path, path, code, id_, title, name, words, (key,)) for id_, name, words in parts]
    return found


LIBRARY = {code: sections(code) for code in CODES}
ENTRIES = [entry for texts in LIBRARY.values() for entries in texts.values() for entry in entries]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    made = SearchIndex(tmp_path_factory.mktemp("index") / "readers")
    made.rebuild(ENTRIES)
    return made


def write(folder: Path, counts: int) -> None:
    """Write the search as an export does, each language in ``counts`` buckets."""
    files: dict[str, bytes] = {}
    languages = {}
    for code, texts in LIBRARY.items():
        made = [buckets.Bucket() for _ in range(counts)]
        for path, entries in texts.items():
            made[packing.place(path, counts)].put(contribution(path, entries))
            name = f"{code}/text/{path.split('/')[2]}"
            parts = [(one.section_id, one.section_title, one.text) for one in entries]
            files[f"{name}.js"] = shown(name, entries[0].guide_title, parts)
        for number, bucket in enumerate(made):
            files |= dict(bucket.files(f"{code}/{number}", 8, spelled=True))
        files[f"{code}/language.js"] = analysis.written(
            code, lists.synonyms().get(code, {}), [group.words.get(code, ()) for group in lists.first_help()]
        )
        files |= {f"{code}/stemmer.js": stemmers.file(code)} if stemmers.has(code) else {}
        languages[code] = {"buckets": counts, "shards": 8, "spelled": True}
    known = {code: stemmers.has(code) for code in CODES}
    house = {"general": analysis.general(), "sections": len(ENTRIES), "languages": languages, "known": known}
    files["house.js"] = packing.script("house", house)
    for name, content in files.items():
        path = folder / "search" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture(scope="module", params=[1, 3], ids=["one bucket", "three buckets"])
def page(request, chromium, tmp_path_factory):
    """A page opened from the disk that can ask the search beside it."""
    folder = tmp_path_factory.mktemp("folder")
    write(folder, request.param)
    bundler = next((ROOT / "client" / "node_modules" / "@esbuild").glob("*/bin/esbuild*"))
    harness = Path(__file__).with_name("offline_harness.ts")
    command = [bundler, harness, "--bundle", "--format=iife", "--target=es2020", f"--outfile={folder / 'harness.js'}"]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><script src="harness.js"></script>')
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    opened.goto((folder / "index.html").as_uri())
    yield opened
    context.close()


def words(code):
    """Words of the texts and questions, and many that stand nowhere: what people type has other endings."""
    text = " ".join([*recall.TEXTS[code].values(), *(question for question, _ in recall.QUESTIONS[code])])
    plain = sorted({piece[0] for piece in PIECE.finditer(text) if not is_cjk(piece)})
    return [*plain, *(f"{word[:-cut] if cut else word}{end}" for word in plain for end in ENDINGS for cut in (0, 1, 2))]


@pytest.mark.parametrize("code", CODES)
def test_a_word_has_the_forms_that_the_index_knows_whether_or_not_it_stands_in_a_text(page, code):
    asked = words(code)
    got = page.evaluate("([code, words]) => forms(code, words)", [code, asked])
    assert got == [list(forms(word, code)) for word in asked]


@pytest.mark.parametrize("code", CODES)
def test_a_text_is_taken_apart_at_the_same_places(page, code):
    for text in (
        *recall.TEXTS[code].values(),
        ODD,
    ):
        got = page.evaluate("([code, text]) => tokens(code, text)", [code, text])
        expected = [[one.text, one.start, one.end, one.position] for one in tokens(text, code)]
        assert sorted(got) == sorted(expected)


def passage(excerpt):
    """A passage as pages show it."""
    before, after = [["… ", False]] * excerpt.cut_before, [[" …", False]] * excerpt.cut_after
    return [*before, *(list(part) for part in excerpt.segments), *after]


def answers(index, question, code, languages=(), topic=""):
    """What the house itself answers."""
    found = search(
        index,
        question,
        code,
        languages=languages,
        topics=[topic] if topic else [],
        limit=100,
        synonyms=lists.synonyms(),
    )
    rows = [
        {
            "path": hit.translation_id,
            "section": hit.sections[0].section_id,
            "excerpt": passage(hit.sections[0].excerpt),
        }
        for hit in found.hits
    ]
    return {"rows": rows, "meant": found.did_you_mean or ""}


def questions(code):
    """Questions of the table, some of several words, in quotation marks, misspelled, and with words to avoid."""
    single = [question for question, _ in recall.QUESTIONS[code]]
    first = next(iter(recall.TEXTS[code].values()))
    avoided = list(lists.synonyms().get(code, {}))[:12]
    return [
        *single,
        *(f"{one} {two}" for one, two in pairwise(single)),
        f'"{first[4:24]}"',
        f"{first[:30]}",
        *(word[:2] + word[3:] for word in single if len(word) > 4),
        *(word[: len(word) * 2 // 3] for word in single if len(word) > 4),
        *avoided,
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_question_gets_the_answer_of_the_house_in_its_order_with_section_and_marks(page, index, code):
    for question in questions(code):
        got = page.evaluate("([codes, words]) => ask(codes, words, '')", [[code], question])
        assert got == json.loads(json.dumps(answers(index, question, code))), question


def test_all_languages_together_and_one_topic(page, index):
    for code in ("en", "ar", "ja"):
        every = [code, *(one for one in CODES if one != code)]
        for question, _ in recall.QUESTIONS[code]:
            got = page.evaluate("([codes, words]) => ask(codes, words, '')", [every, question])
            assert got["rows"] == json.loads(json.dumps(answers(index, question, code, every)["rows"])), question
            got = page.evaluate("([codes, words]) => ask(codes, words, 'doctor')", [[code], question])
            assert got["rows"] == json.loads(json.dumps(answers(index, question, code, topic="doctor")["rows"])), (
                question
            )


def test_questions_that_are_too_long_or_empty_or_of_signs_alone_find_nothing(page):
    for question in ("", "…", "x" * 201, '""', "the of", "\U0001f600"):
        got = page.evaluate("words => ask(['en'], words, '')", question)
        assert got["rows"] == []


def test_a_word_that_is_a_name_of_javascripts_own_is_a_word_like_others(page):
    for question in ("constructor", "__proto__", "toString"):
        assert page.evaluate("words => ask(['en'], words, '')", question)["rows"] == []


def test_words_of_despair_are_noticed_in_any_language_as_the_house_does(page):
    groups = lists.first_help()
    asked = {words for group in groups for said in group.words.values() for words in said[:3]}
    for question in sorted({*asked, "tea with a friend", *(f"what if {words} tomorrow" for words in asked)})[:60]:
        expected = [
            at
            for at, group in enumerate(groups)
            if any(noticed(question, code, said) for code, said in group.words.items())
        ]
        assert sorted(page.evaluate("words => help(words)", question)) == expected, question
