"""However much haste is made, the answers are those of the plain way, in their order."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search_recall import QUESTIONS, TEXTS

from studio.search import postings, ranking, snapshot
from studio.search.analyzers.asked import phrase
from studio.search.analyzers.stems import forms
from studio.search.entries import SHIFT, Term
from studio.search.fallback import Entries
from studio.search.index import SearchIndex
from studio.search.postings import Kept, Postings, packed, written
from studio.search.query import search

_spec = importlib.util.spec_from_file_location("search_plain", Path(__file__).with_name("plain.py"))
plain = importlib.util.module_from_spec(_spec)
sys.modules["search_plain"] = plain
_spec.loader.exec_module(plain)

WORDS = ["tell", "telling", "friend", "friends", "doctor", "rest", "water", "non-binary", "nonbinary", "zebra"]
FORMS = ["اخبر", "سأخبر", "خبر", "اصدقاء", "لأصدقائك", "صدق", "والدتي"]
PAIRS = ["性別", "性", "別人", "人", "話した", "電話", "ガイド", "友達"]
SHARDS = {"en": st.sampled_from(WORDS), "ar": st.sampled_from(FORMS), "ja": st.sampled_from(PAIRS)}
TIMELESS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def texts(code):
    """Some texts of up to three sections, so alike that words meet, stand apart, and are worth the same."""
    line = st.lists(SHARDS[code], max_size=9).map(("" if code == "ja" else " ").join)
    section = st.tuples(st.sampled_from(["", "Rest", "友達"]), line)
    return st.lists(st.lists(section, min_size=1, max_size=3), min_size=1, max_size=9)


def library(section, code, drawn):
    return [
        section(f"{name:02}", text, code, section_id=f"s{number}", section_title=title)
        for name, sections in enumerate(drawn)
        for number, (title, text) in enumerate(sections)
    ]


def answers(index, words, code):
    found = search(index, words, code, limit=100)
    assert found.total == len(found.hits)
    return [(hit.translation_id, [one.section_id for one in hit.sections]) for hit in found.hits]


def plainly(entries, atoms, code):
    return [(text, sections[:3]) for text, _, sections in plain.plainly(entries, atoms, code)]


@pytest.mark.parametrize("code", SHARDS)
@TIMELESS
@given(data=st.data())
def test_a_word_some_words_and_a_phrase_give_the_plain_answers_from_index_and_fallback(data, code, section, tmp_path):
    entries = library(section, code, data.draw(texts(code)))
    index = SearchIndex(tmp_path)
    index.rebuild(entries)
    for _ in range(4):
        words = data.draw(st.lists(SHARDS[code], min_size=1, max_size=3))
        together = ("" if code == "ja" else " ").join(words)
        for asked, atoms in (
            (" ".join(words), plain.asked(" ".join(words), code)),
            (f'"{together}"', [phrase(together, code).ways]),
        ):
            expected = plainly(entries, atoms, code)
            for source in (index, Entries(entries)):
                assert not expected or answers(source, asked, code) == expected  # else those with the most of it come


@TIMELESS
@given(drawn=texts("en"), gone=st.sets(st.integers(0, 8)), words=st.lists(SHARDS["en"], min_size=1, max_size=3))
def test_what_was_removed_is_not_found_and_all_else_is_as_if_it_had_never_been(drawn, gone, words, section, tmp_path):
    entries = library(section, "en", drawn)
    index = SearchIndex(tmp_path)
    index.rebuild(entries)
    index.write({f"{name:02}/en": () for name in gone})
    kept = [entry for entry in entries if int(entry.guide_id) not in gone]
    for asked in (" ".join(words), words[0]):
        assert answers(index, asked, "en") == answers(Entries(kept), asked, "en")
    quoted = '"' + " ".join(words) + '"'
    assert sorted(answers(index, quoted, "en")) == sorted(answers(Entries(kept), quoted, "en"))


def test_a_word_of_a_phrase_may_stand_in_one_form_here_and_in_another_there(index, section):
    texts = {"a": "ident commun, identites", "b": "droit ident légal, droit identites", "c": "droit et légal"}
    texts |= dict.fromkeys("defg", "légal et commun")  # so that the other word is the rarer one
    assert set(forms("ident", "fr")) < set(forms("identité", "fr")) > set(forms("identites", "fr"))
    index.rebuild([section(key, text, "fr") for key, text in texts.items()])
    assert [hit.guide_id for hit in search(index, '"identité commun"', "fr").hits] == ["a"]
    assert [hit.guide_id for hit in search(index, '"droit identité légal"', "fr").hits] == ["b"]


@pytest.mark.parametrize("code", TEXTS)
def test_a_question_asked_again_and_after_others_has_the_same_answer(full, code):
    first = {question: search(full, question, code) for question, _ in QUESTIONS[code]}
    assert {question: search(full, question, code) for question in reversed(first)} == first


def test_hundreds_of_sections_are_answered_alike_however_their_lists_are_read(section, tmp_path, monkeypatch):
    def text(number):
        lamp = "lamp" if number % 3 else "lantern"
        return f"{lamp} {number % 50} {'Rest well. ' * (number % 7)} Friends tell {'friends ' * (number % 4)}"

    entries = [section(f"{number:03}", text(number)) for number in range(600)]
    index = SearchIndex(tmp_path)
    index.rebuild(entries[:400])
    index.write({entry.translation_id: [entry] for entry in [*entries[400:], *entries[:20]]})
    questions = ["friends", "rest friends", '"friends tell"', '"lamp 7"', '"tell friends" lantern', "zebra friends"]
    expected = [search(Entries(entries), words, "en", limit=700) for words in questions]
    assert all(one.total for one in expected)
    for most, steps in ((postings.MOST_KEPT, 16), (0, 16), (0, 0), (0, 10**6)):
        monkeypatch.setattr(ranking, "_LOOK_UP", steps)
        monkeypatch.setattr(snapshot, "Kept", lambda most=most: Kept(most))
        assert [search(SearchIndex(tmp_path), words, "en", limit=700) for words in questions] == expected


def test_the_first_guides_are_those_of_the_whole_list_though_not_all_are_weighed(section, monkeypatch):
    def text(number):
        return f"Friends {'rest ' * (number % 6)} {'and so on ' * (number * 7 % 40)} water {'friends ' * (number % 3)}"

    titles = ["", "", "", "Rest", "", "Friends", ""]
    entries = [
        section(
            f"{number:03}/{part}", text(number + part), translation_id=f"{number:03}/en", section_id=f"s{part}",
            guide_title=titles[number % 7], section_title=titles[(number * 5 + part) % 6],
        )
        for number in range(400)
        for part in range(2)
    ]  # fmt: skip
    source = Entries(entries)
    questions = [
        "friends",
        "water",
        "rest",
        "friends rest",
        "rest water friends",
        '"friends rest"',
        "friends zebra water",
    ]
    whole = {words: search(source, words, "en", limit=1000) for words in questions}
    assert all(one.total == len(one.hits) > ranking._FEW for one in whole.values())
    weighed = []
    one_by_one = ranking.Found._weighed
    monkeypatch.setattr(
        ranking.Found,
        "_weighed",
        lambda self, atoms, texts: weighed.extend(texts) or one_by_one(self, atoms, texts),
    )
    for words in questions:
        for limit in (1, 10, 30):
            for page in (1, 2):
                found = search(source, words, "en", limit=limit, page=page)
                assert found.total == whole[words].total
                assert found.hits == whole[words].hits[(page - 1) * limit : page * limit]
    assert len(weighed) < sum(one.total for one in whole.values()) * 6


def test_lists_are_kept_up_to_a_limit_and_the_oldest_go_first():
    reads = []

    def read(form, length):
        def now():
            reads.append(form)
            place = written("", Term([0], [0], [4], 1.0))[3]
            found = Postings()
            found.add(packed(range(length), [1.0] * length, [place] * length), 0)
            return found

        return now

    kept = Kept(120)
    for form, length in (("one", 30), ("two", 30), ("one", 30), ("three", 30), ("one", 30), ("two", 30)):
        assert len(kept.get(("en", form), read(form, length)).weights) == length
        assert len(kept) <= 120
    assert reads == ["one", "two", "three", "two"]
    assert len(kept.get(("en", "everywhere"), read("everywhere", 500)).weights) == 500
    assert ("en", "everywhere") in kept
    assert ("en", "two") not in kept
    kept.get(("en", "one"), read("one", 30))
    assert len(kept) <= 120


@pytest.mark.parametrize("weights", [[1.0, 8.0, 21.0], [0.5, 300.0, 1.0]])
@pytest.mark.parametrize("end", [40, 70_000])
def test_a_list_is_read_as_it_was_written_in_whatever_part_of_the_index_it_lies(weights, end):
    terms = [Term([3, 1], [30, 10], [end, 14], 1.0), Term([0], [0], [0], 1.0), Term([0, 900], [0, 7], [0, 9], 1.0)]
    values = [written("", term)[3] for term in terms]
    found = Postings()
    found.add(packed([0, 4, 9], weights, values), 0)
    found.add(packed([1, 2], [1.0, 2.5], values[:2]), 100)
    assert found.by_section() == {**dict(zip([0, 4, 9], weights, strict=True)), 101: 1.0, 102: 2.5}
    assert list(found.term(0).positions) == [1, 3]
    assert (list(found.term(0).starts), list(found.term(0).ends)) == ([10, 30], [14, end])
    assert [key >> SHIFT for key in found.keys] == [0, 0, 4, 9, 9, 101, 101, 102]
    assert found.value(101) == values[0]
    left = found.without({4, 101, 55})
    assert list(left.sections) == [0, 9, 102]
    assert not left.term(101).positions
    assert list(left.term(9).positions) == [0, 900]
