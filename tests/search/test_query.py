"""Questions, answers, their order, their marks; nothing that must not be found."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.locales import LANGUAGES
from studio.search.analyzers.asked import phrase
from studio.search.analyzers.tokens import tokens
from studio.search.fallback import Entries
from studio.search.highlight import excerpt, segments, spans, wanted
from studio.search.query import LONGEST, Results, search
from studio.search.suggest import Speller, within_two

QUERY = st.text(
    alphabet=st.one_of(st.sampled_from("tel frinds\"“”*?()[]{}^~:\\/-性友達话أخبر' "), st.characters()),
    max_size=LONGEST + 20,
)


def ids(results):
    return [hit.guide_id for hit in results.hits]


def marked(pieces):
    return [text for text, is_match in pieces if is_match]


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=QUERY)
def test_any_question_is_answered_and_every_excerpt_is_part_of_its_text(full, library, code, words):
    texts = {(entry.guide_id, entry.language): entry.text for entry in library}
    for hit in search(full, words, code).hits:
        for section in hit.sections:
            assert section.excerpt.text in texts[hit.guide_id, hit.language]


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=120), words=QUERY)
def test_segments_put_together_are_the_text(code, text, words):
    asked = [part for way in phrase(words, code).ways for part in way]
    assert "".join(piece for piece, _ in segments(text, code, asked)) == text


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "*", "***", "?*?", ".*", "[a-z]+", "()", '"', '""', "!!!", "~2", "^^", "\x00", "\ud800", "AND OR NOT",
        "a*", "the", "x" * 10_240, "(" * 150, "friend " * 40,
    ],
)  # fmt: skip
def test_hostile_questions_are_answered_at_once_with_nothing(full, words):
    start = time.process_time()
    assert search(full, words, "en").hits == ()
    assert time.process_time() - start < 3


def test_a_question_of_many_words_or_characters_is_answered_at_once(full):
    for words in (" ".join(string.ascii_letters), "friend " * 28, "話" * LONGEST, "友達に" * 60):
        start = time.process_time()
        search(full, words, "ja")
        assert time.process_time() - start < 3


def test_a_question_that_is_too_long_says_so(full):
    assert search(full, "a" * (LONGEST + 1), "en") == Results(too_long=True)


@pytest.mark.parametrize(
    ("code", "words", "marks"),
    [
        ("ar", "هوية", ["هُويّتكَ"]), ("ar", "اصدقاء", ["لأصدقائك"]),
        ("pl", "tozsamosc", ["tożsamość"]), ("de", "erzahlen", ["erzählst", "erzählen"]),
        ("ja", "性自認", ["性自認"]), ("ja", "話す", ["話", "話"]), ("ja", "ﾎﾙﾓﾝ", ["ホルモン"]),
        ("zh", "性別認同", ["性别认同"]), ("en", "nonbinary", ["non-binary"]),
        ("fr", "identités", ["identité"]), ("tr", "ISIK", ["IŞIK"]),
        ("en", '"telling a friend"', ["Telling a friend"]),
    ],
)  # fmt: skip
def test_marks_cover_whole_words_and_nothing_else(full, code, words, marks):
    [hit] = search(full, words, code).hits
    assert marked(hit.sections[0].excerpt.segments) == marks


def test_marks_of_single_characters_stay_apart_from_words_that_hold_them(full):
    [hit] = search(full, "性", "zh").hits
    assert marked(hit.sections[0].excerpt.segments) == ["性", "性"]


def test_an_excerpt_is_short_and_says_where_text_was_left_out():
    text = "Nothing here. " * 60 + "Then the teacher helps. " + "Nothing there. " * 60
    asked = [part for way in phrase("teacher", "en").ways for part in way]
    found = [token for token in tokens(text, "en") if token.text in wanted(asked)]
    part = excerpt(text, spans(found, asked))
    assert part.cut_before
    assert part.cut_after
    assert marked(part.segments) == ["teacher"]
    assert len(part.text) <= 220
    assert part.text.startswith("Nothing")
    assert excerpt("Short.", []).segments == (("Short.", False),)
    assert excerpt("", []).segments == ()


def test_words_in_quotation_marks_stand_side_by_side(section):
    source = Entries(
        [section("near", "Talk to a kind doctor today."), section("far", "A kind friend knows a good doctor.")]
    )
    assert set(ids(search(source, "kind doctor", "en"))) == {"near", "far"}
    assert ids(search(source, "“kind doctor”", "en")) == ["near"]
    assert ids(search(source, "«doctor kind»", "en")) == ["near", "far"]  # nowhere side by side: the pieces answer
    assert ids(search(source, '"kind doctor" friend', "en")) == ["far", "near"]


def test_all_words_come_before_some_words(section):
    source = Entries(
        [section("both", "School and family."), section("one", "School school school."), section("none", "Rest.")]
    )
    assert ids(search(source, "school family", "en")) == ["both"]
    assert ids(search(source, "school aunt", "en")) == ["one", "both"]
    assert ids(search(source, "school uncle aunt cousin", "en")) == []


def test_a_guide_has_all_words_even_in_different_sections(section):
    source = Entries(
        [
            section("a", "About school.", section_id="1"),
            section("a", "About family.", section_id="2"),
            section("b", "School."),
        ]
    )
    [hit] = search(source, "family school", "en").hits
    assert [part.section_id for part in hit.sections] == ["2", "1"] or [part.section_id for part in hit.sections] == [
        "1",
        "2",
    ]


def test_titles_weigh_more_and_the_best_section_comes_first(section):
    source = Entries(
        [
            section("text", "Doctor, doctor, doctor. " * 3),
            section("titled", "Who helps.", guide_title="Your doctor", section_id="1"),
            section(
                "titled", "Ask a doctor.", guide_title="Your doctor", section_title="At the doctor", section_id="2"
            ),
        ]
    )
    found = search(source, "doctors", "en")
    assert ids(found) == ["titled", "text"]
    assert [part.section_id for part in found.hits[0].sections] == ["2", "1"]
    assert found.hits[0].title == (("Your ", False), ("doctor", True))
    assert found.hits[0].plain_title == "Your doctor"


def test_one_hit_for_a_guide_however_many_sections_answer(section):
    source = Entries(
        [section("long", "Rest well.", section_id=f"s{n}") for n in range(9)] + [section("short", "Rest.")]
    )
    found = search(source, "rest", "en")
    assert found.total == 2
    assert [len(hit.sections) for hit in found.hits] == [1, 3]


def test_pages_follow_each_other_without_gap_or_double(section):
    source = Entries([section(f"g{n}", "Rest. " * (n + 1)) for n in range(7)])
    pages = [ids(search(source, "rest", "en", limit=3, page=page)) for page in (1, 2, 3, 4, 0)]
    assert [len(page) for page in pages] == [3, 3, 1, 0, 3]
    assert len({key for page in pages for key in page}) == 7
    assert pages[4] == pages[0]
    assert search(source, "rest", "en", limit=3, page=4).total == 7


def test_topics_and_languages_narrow_the_answer(section):
    source = Entries(
        [
            section("home", "Familie.", "de", topics=("family",)),
            section("work", "Familie.", "de", topics=("work",)),
            section("south", "Família.", "pt-br", topics=("family",)),
            section("other", "Familie.", "nl", topics=("family",)),
        ]
    )
    assert set(ids(search(source, "familie", "de"))) == {"home", "work"}
    assert ids(search(source, "familie", "de", topics=["family", "school"])) == ["home"]
    assert ids(search(source, "familia", "en", languages=["pt"])) == ["south"]
    assert set(ids(search(source, "familie", "en", languages=["de", "nl", "de"], topics=["family"]))) == {
        "home",
        "other",
    }
    assert ids(search(source, "familie", "nl")) == ["other"]
    assert ids(search(source, "familie", "en")) == []


def test_a_text_that_is_no_longer_live_is_neither_found_counted_nor_suggested(section):
    source = Entries([section("up", "Rest well today."), section("down", "Rest, said Brightwater.")])
    live = lambda keys: {key for key in keys if key.startswith("up")}  # noqa: E731 - one line says it
    assert search(source, "brihtwater", "en").did_you_mean == "brightwater"
    found = search(source, "rest", "en", live=live)
    assert (ids(found), found.total) == (["up"], 1)
    assert search(source, "brihtwater", "en", live=live) == Results()
    assert search(source, "brightwater", "en", live=live) == Results()


def test_words_to_avoid_find_the_better_words_silently(section):
    synonyms = {"en": {"sex change": ["transition", "affirming care"], "hermaphrodite": ["intersex"]}}
    source = Entries(
        [section("t", "About transition."), section("i", "Intersex people."), section("c", "A change of season.")]
    )
    assert ids(search(source, "sex change", "en", synonyms=synonyms)) == ["t"]
    assert ids(search(source, "Sex-change", "en", synonyms=synonyms)) == ["t"]
    found = search(source, "hermaphrodites", "en", synonyms=synonyms)
    assert ids(found) == ["i"]
    assert found.did_you_mean is None
    assert marked(found.hits[0].sections[0].excerpt.segments) == ["Intersex"]
    assert ids(search(source, "hermaphrodites", "en")) == []
    assert ids(search(source, "hermaphrodite", "de", languages=["en"])) == []


def test_a_word_that_no_text_has_finds_those_that_begin_like_it(section):
    source = Entries([section("a", "Geschlechtsidentität"), section("b", "Ruhe")])
    assert ids(search(source, "Geschlechts", "en")) == ["a"]
    assert ids(search(source, "Ge", "en")) == []


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        ("en", "freind", "friend"), ("en", "telling hormnes", "telling hormones"),
        ("pl", "tozsamosx", "tożsamość"), ("ar", "الاحتراام", "الاحترام"),
        ("de", "Behandlumg", "behandlung"), ("tr", "dotorlar", "doktorlar"),
        ("fr", "tratement", "traitement"), ("en", "explnattory", None), ("en", "friend", None),
        ("en", "qqqq", None), ("ja", "友逹", None), ("zh", "姓别", None), ("en", "frx", None),
    ],
)  # fmt: skip
def test_did_you_mean_is_the_spelling_that_the_texts_use(full, code, typed, meant):
    assert search(full, typed, code).did_you_mean == meant


def test_the_most_frequent_spelling_and_the_most_frequent_word_are_suggested():
    speller = Speller({"identité": 5, "identite": 2, "identifie": 9, "abcdefgh": 1}, "fr")
    assert speller.nearest("Identitée") == "identité"
    assert speller.nearest("abxdexgh") == "abcdefgh"
    assert speller.nearest("identite") is None
    assert speller.nearest("zzzzzzzzz") is None


def test_distance_counts_what_is_put_in_left_out_or_changed():
    assert within_two("hormone", "hormone")
    assert within_two("hormone", "hromone")
    assert not within_two("hormone", "harmonic")
    assert not within_two("abcd", "abcdefg")
    assert not within_two("abcdef", "fedcba")


def test_a_single_han_character_is_found_inside_words_and_a_word_not_inside_others(section):
    source = Entries([section("a", "电话号码", "zh"), section("b", "对话", "zh")])
    assert set(ids(search(source, "话", "zh"))) == {"a", "b"}
    assert ids(search(source, "电话", "zh")) == ["a"]


def test_a_language_outside_the_twelve_is_searched_in_general_ways(section):
    source = Entries([section("u", "Їжак і подруга", "uk"), section("k", "성별 정체성에 대하여", "ko")])
    assert ids(search(source, "їжак", "uk")) == ["u"]
    assert ids(search(source, "정체성", "ko")) == ["k"]
    assert ids(search(source, "정체성", "uk")) == []
