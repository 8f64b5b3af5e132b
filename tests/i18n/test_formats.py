"""Months, days, numbers, sizes and lists read right in each language."""

from __future__ import annotations

from datetime import date

import pytest

from studio.core.locales import LANGUAGES
from studio.i18n import formats

MARCH = date(2027, 3, 9)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "March 2027"),
        ("ar", "آذار/مارس 2027"),
        ("fr", "mars 2027"),
        ("es", "marzo de 2027"),
        ("ja", "2027年3月"),
        ("zh", "2027年3月"),
        ("ru", "март 2027\u202fг."),
        ("pl", "marzec 2027"),
        ("xx", "March 2027"),
    ],
)
def test_a_month_has_its_name_and_its_year(code, words):
    assert formats.month(MARCH, code) == words


@pytest.mark.parametrize(
    ("code", "words"), [("en", "9 March 2027"), ("ar", "9 آذار/مارس 2027"), ("ja", "2027年3月9日")]
)
def test_a_day_has_the_name_of_its_month(code, words):
    assert formats.day(MARCH, code) == words


@pytest.mark.parametrize("code", [*LANGUAGES, "fa", "xx"])
def test_every_figure_is_a_western_one(code):
    said = formats.month(MARCH, code) + formats.day(MARCH, code) + formats.number(1234.5, code) + formats.size(9, code)
    assert all(character in "0123456789" for character in said if character.isdigit())


@pytest.mark.parametrize(
    ("n_bytes", "code", "words"),
    [
        (176_400, "en", "176 kB"),
        (176_400, "ar", "176 كيلوبايت"),
        (176_400, "fr", "176 ko"),
        (12, "en", "1 kB"),
        (999_400, "en", "999 kB"),
        (999_600, "en", "1 MB"),
        (1_340_000, "fr", "1,3 Mo"),
    ],
)
def test_a_size_is_told_in_whole_kilobytes_or_in_megabytes(n_bytes, code, words):
    assert formats.size(n_bytes, code) == words


def test_a_list_reads_as_a_sentence_of_the_language():
    assert formats.joined(["one"], "en") == "one"
    assert formats.joined(["one", "two", "three"], "en") == "one, two and three"
    assert formats.joined(["一", "二"], "ja") == "一、二"


def test_foreign_names_in_an_arabic_list_are_isolated_and_arabic_ones_are_not():
    assert formats.joined(["العربية", "English"], "ar") == "العربية و\u2068English\u2069"
