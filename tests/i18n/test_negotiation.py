"""A reader lands in the best language without a cookie."""

from __future__ import annotations

import pytest

from studio.i18n.negotiation import best

OFFERED = ("ar", "fr", "en", "ja")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ar", "ar"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("de-AT, fr;q=0.3, ja;q=0.7", "ja"),
        ("FR-ca", "fr"),
        ("fr;q=0, ja;q=0.1", "ja"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("ja;q=nonsense", "en"),
        ("ja;q=nan, fr;q=0.1", "fr"),
        ("ja;q=7, fr;q=0.1", "fr"),
        (";;;,,=;q", "en"),
    ],
)
def test_the_wish_of_the_browser_decides(header, code):
    assert best(header, OFFERED) == code


def test_wishes_of_equal_weight_count_in_their_order():
    assert best("ja, fr, ar", OFFERED) == "ja"


def test_a_house_without_english_offers_its_first_language():
    assert best("de", ("ar", "fr")) == "ar"


def test_a_header_of_any_length_is_answered():
    assert best("de," * 100_000 + "ja", OFFERED) == "en"
