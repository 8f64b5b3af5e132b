"""The twelve languages, and any other one."""

from __future__ import annotations

import pytest

from studio.core.locales import CODE, LANGUAGES, language


def test_there_are_twelve_languages_each_under_its_code():
    assert list(LANGUAGES) == ["ar", "en", "it", "fr", "de", "pl", "tr", "pt", "ru", "ja", "zh", "es"]
    assert [known.code for known in LANGUAGES.values()] == list(LANGUAGES)


def test_only_arabic_of_the_twelve_runs_from_right_to_left():
    assert [code for code, known in LANGUAGES.items() if known.rtl] == ["ar"]


def test_japanese_and_chinese_part_no_words_by_spaces():
    assert [code for code, known in LANGUAGES.items() if known.ideographic] == ["ja", "zh"]


@pytest.mark.parametrize(("code", "rtl"), [("fa", True), ("he", True), ("ckb", True), ("ur-PK", True), ("sv", False)])
def test_a_language_from_elsewhere_keeps_its_direction(code, rtl):
    found = language(code)
    assert (found.code, found.name, found.script, found.rtl) == (code, code, "other", rtl)


@pytest.mark.parametrize("code", ["en", "ckb", "zh-Hant", "pt-BR", "sr-Latn-RS"])
def test_codes_are_known_by_their_shape(code):
    assert CODE.fullmatch(code)


@pytest.mark.parametrize("code", ["", "e", "EN", "en_GB", "en-", "../x", "english"])
def test_what_is_no_code_is_not_taken_for_one(code):
    assert not CODE.fullmatch(code)


def test_a_language_of_the_house_is_found_by_its_code():
    assert language("ja") is LANGUAGES["ja"]
