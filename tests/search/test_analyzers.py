"""Tokens of each script, where they stand, and what is one word to a reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.locales import LANGUAGES
from studio.search.analyzers.arabic import stems
from studio.search.analyzers.asked import phrase, units
from studio.search.analyzers.folding import arabic, folded, lowered, simplified
from studio.search.analyzers.stems import forms
from studio.search.analyzers.tokens import tokens, words

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aeiouAIİıßœ'-’ .,*?/ـًٌَُِّءأإىةوالبكيتنفسхйёЙ性別话書きカタﾎﾞﾟーがは々〆한글\u200f\u2067\u00ad\ufe00\u3099\u0301"
        ),
        st.characters(),
    ),
    max_size=80,
)


def texts(text, code):
    return [(token.text, token.position) for token in tokens(text, code)]


@pytest.mark.parametrize("code", [*LANGUAGES, "uk", "ko", "xx"])
@settings(deadline=None)
@given(text=MIXED)
def test_every_token_stands_somewhere_in_the_text_as_it_was_given(code, text):
    last = 0
    for token in tokens(text, code):
        assert token.text
        assert 0 <= token.start < token.end <= len(text)
        assert token.position >= last - 300
        last = token.position
    for unit in [*units(text, code), phrase(text, code)]:
        assert 0 <= unit.start <= unit.end <= len(text)
        assert all(step.forms for way in unit.ways for one in way for step in one)


@settings(deadline=None)
@given(text=MIXED)
def test_a_suggested_word_is_never_empty(text):
    assert all(words(text, "ar"))


def test_offsets_cover_a_word_with_all_its_marks():
    text = "قل: هُويَّتُكَ"
    found = {text[token.start : token.end] for token in tokens(text, "ar") if token.text in forms("هويتك", "ar")}
    assert found == {"هُويَّتُكَ"}
    polish = "Twoja tożsamość."
    assert [polish[token.start : token.end] for token in tokens(polish, "pl")] == ["tożsamość"]


def test_words_that_are_left_out_leave_a_gap():
    assert texts("tell the doctor", "en") == [("tell", 0), ("doctor", 2)]


def test_words_joined_by_a_hyphen_are_found_apart_and_together():
    assert texts("non-binary", "en") == [("non", 0), ("nonbinari", 0), ("binari", 1)]
    assert texts("non binary", "en") == [("non", 0), ("binari", 1)]


def test_ideographs_are_pairs_and_each_stands_alone_too():
    assert texts("性别", "zh") == [("性", 0), ("性别", 0), ("别", 1)]
    assert texts("ガイド", "ja") == [("ガイ", 0), ("イド", 1)]
    assert texts("あ", "ja") == [("あ", 0)]


def test_half_width_kana_are_the_same_and_offsets_stay_those_of_the_text():
    assert [(token.text, token.start, token.end) for token in tokens("ｶﾞｲﾄﾞ", "ja")] == [("ガイ", 0, 3), ("イド", 2, 5)]
    assert [token.text for token in tokens("性\ufe00別", "zh")] == ["性", "性别", "别"]


def test_an_inflected_japanese_character_stands_for_its_word_but_not_inside_another():
    assert ("話/", 0) in texts("話した", "ja")
    assert "話/" not in [text for text, _ in texts("電話した", "ja")]


def test_traditional_characters_are_found_by_simplified_ones_and_only_in_chinese():
    assert simplified("跨性別與醫療") == "跨性别与医疗"
    assert ("性別", 0) in texts("性別", "ja")


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("tr", "IŞIK", "ışık"), ("tr", "İSTANBUL", "istanbul"), ("de", "STRASSE", "Straße"),
        ("de", "Mädchen", "Maedchen"), ("ru", "ёлка", "елка"), ("en", "ﬁnd", "find"),
        ("en", "Ｆｉｎｄ", "find"), ("fr", "cœur", "coeur"), ("pt", "orações", "oracao"),
        ("en", "co\u00adoperate", "cooperate"), ("ar", "كتـــاب", "كتاب"), ("ar", "سأُخبِرُهم", "اخبر"),
        ("tr", "hormonlar", "hormon"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_are_one_word(code, one, other):
    assert set(forms(one, code)) & set(forms(other, code))


def test_letters_that_make_another_word_are_kept_apart():
    assert folded("мой") == "мой"
    assert folded("їжа") == "їжа"
    assert lowered("I", "en") == "i"
    assert lowered("I", "tr") == "ı"


def test_arabic_words_in_other_texts_are_read_as_arabic():
    assert forms("الهُويّة", "en") == forms("هوية", "ar")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("لأصدقائك", "اصدق"), ("أصدقاء", "اصدق"), ("أصدقاؤهم", "اصدق"), ("تُخبر", "خبر"),
        ("أخبرت", "خبر"), ("والدتي", "والد"), ("وبالدعم", "دعم"), ("للدعم", "دعم"), ("أمّها", "ام"),
        ("أبوك", "اب"), ("وقتك", "وقت"), ("المجتمعية", "مجتمع"),
    ],
)  # fmt: skip
def test_arabic_loses_what_is_written_in_one_piece_with_it(word, stem):
    assert stem in stems(arabic(word))


def test_no_more_than_three_endings_are_taken_off():
    assert stems("مممتهاتهاتهاتها") == ("مممتها",)


def test_a_word_longer_than_any_is_cut_and_still_found():
    assert forms("a" * 500, "xx") == ("a" * 64,)


def test_marks_alone_and_stop_words_are_no_tokens():
    assert texts("ـ ̀ the", "en") == []
    assert texts("من", "ar") == []
    assert forms("ـ", "ar") == ()


def test_suggestions_are_made_of_words_as_written_without_vowel_marks():
    assert list(words("La identidad, 2024, y la Ñ: tú 性別", "es")) == ["identidad"]
    assert list(words("هُويّة أخرى", "ar")) == ["هوية", "أخرى"]


def test_a_question_in_japanese_is_the_whole_of_it_or_its_words():
    [unit] = units("友達に話した", "ja")
    assert [len(way) for way in unit.ways] == [1, 2]
    [plain] = units("した", "ja")
    assert len(plain.ways) == 1
    [same] = units("治療", "ja")
    assert len(same.ways) == 1


def test_a_quotation_is_one_unit_over_all_scripts():
    unit = phrase("LGBT の人", "ja")
    assert [step.forms for step in unit.ways[0][0]] == [("lgbt",), ("の人",)]
    assert phrase("the", "en").ways == ()
    assert units("the a of", "en") == []
