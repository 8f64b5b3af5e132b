"""A pen writes for whom it was given to, in the text it was given for, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from studio.editor.rules import pens

KEY = b"k" * 32


def test_the_house_knows_its_pens_again():
    number, token = pens.make_pen(KEY, "text", "heron")
    assert 2**26 <= number < 2**32
    assert token == hmac.new(KEY, f"pen|text|heron|{number}".encode(), hashlib.sha256).hexdigest()[:32]
    assert pens.is_pen(KEY, "text", "heron", number, token)


def test_each_page_gets_another_one():
    assert len({pens.make_pen(KEY, "text", "heron")[0] for _ in range(200)}) == 200


@pytest.mark.parametrize(
    ("key", "text", "member", "more"),
    [(b"q" * 32, "text", "heron", 0), (KEY, "other", "heron", 0), (KEY, "text", "kite", 0), (KEY, "text", "heron", 1)],
)
def test_a_pen_of_another_house_text_or_member_and_another_number_are_refused(key, text, member, more):
    number, token = pens.make_pen(KEY, "text", "heron")
    assert pens.is_pen(KEY, "text", "heron", number, token)
    assert not pens.is_pen(key, text, member, number + more if number + 1 < pens.BOUND else number - more, token)


@pytest.mark.parametrize("number", [1, pens.LEAST - 1, pens.BOUND, -5])
def test_numbers_of_the_house_and_beyond_are_no_pens_even_with_a_right_token(number):
    token = hmac.new(KEY, f"pen|text|heron|{number}".encode(), hashlib.sha256).hexdigest()[:32]
    assert not pens.is_pen(KEY, "text", "heron", number, token)


@pytest.mark.parametrize("token", ["", "é", "0" * 32])
def test_any_other_token_is_refused_without_an_error(token):
    number, right = pens.make_pen(KEY, "text", "heron")
    assert pens.is_pen(KEY, "text", "heron", number, right)
    assert not pens.is_pen(KEY, "text", "heron", number, token)
