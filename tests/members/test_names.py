"""Pen-names: any one script, nothing invisible, no look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.members.rules import names

LATIN = ["Heron", "mary ann", "O'Neil", "Jean-Luc", "Łucja", "İnci", "Heron 7", "José"]
ELSEWHERE = [
    "سلمى",
    "ابن بطوطة",
    "سلمى ٧",
    "Алёна",
    "さくら",
    "川べのさくら",
    "ハナ子",
    "アーチ",
    "小雨",
    "ליאור",
    "민지",
    "अमृता",
]


@pytest.mark.parametrize("name", LATIN + ELSEWHERE)
def test_names_of_any_one_script_are_welcome(name):
    names.check(names.clean(name))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("аdmin", "one script"),  # Cyrillic а
        ("a\u202edmin", "cannot be seen"),
        ("mar\u200by", "cannot be seen"),
        ("mar\u200dy", "cannot be seen"),
        ("mar\ufeffy", "cannot be seen"),
        ("mar\u2066y", "cannot be seen"),
        ("mary\u061c", "cannot be seen"),
        ("mary\u00ad", "cannot be seen"),
        ("mary\u034f", "cannot be seen"),
        ("mary\ufe0f", "cannot be seen"),
        ("ma\u3164ry", "cannot be seen"),
        ("mary\U000e0041", "cannot be seen"),
        ("mary\u00a0ann", "cannot be seen"),
        ("mary\tann", "cannot be seen"),
        ("ｍａｒｙ", "ordinary letters"),
        ("ﻡﺮﻴﻣ", "ordinary letters"),
        ("ﾊﾅｺ", "ordinary letters"),
        ("𝓂𝒶𝓇𝓎", "ordinary letters"),
        ("m", "2 to 30"),
        ("m" * 31, "2 to 30"),
        ("", "2 to 30"),
        ("12345", "made of letters"),
        ("mary@home", "made of letters"),
        ("mary 🌈", "made of letters"),
        ("<b>mary</b>", "made of letters"),
        ("mary مريم", "one script"),
        ("маryann", "one script"),
        ("さくらα", "one script"),
        ("mary ٧7", "one script"),
        ("Admin", "task of the house"),
        ("0rganiser", "task of the house"),
        ("Studio", "task of the house"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_why(name, why):
    with pytest.raises(Invalid) as refused:
        names.check(names.clean(name))
    assert why in str(refused.value)
    assert list(refused.value.fields) == ["pen_name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mary", "MARY"),
        ("HOPE", "НОРЕ"),
        ("paypal", "раураl"),
        ("Lil", "Iil"),
        ("lol", "l0l"),
        ("corner", "comer"),
        ("wave", "vvave"),
        ("mary ann", "maryann"),
        ("Jean-Luc", "Jean Luc"),
        ("محمد", "مُحَمَّد"),
        ("محمد", "محـمد"),
        ("scope", "ѕсоре"),
        ("ロ口", "口ロ"),
    ],
)
def test_names_that_the_eye_mistakes_look_the_same(one, other):
    assert names.look(one) == names.look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("mary", "marie"), ("سلمى", "سلوى"), ("José", "Jorge"), ("さくら", "さくや"), ("小雨", "大雨"), ("Анна", "Инна")],
)
def test_names_that_are_told_apart_stay_apart(one, other):
    assert names.look(one) != names.look(other)
    assert names.folded(one) != names.folded(other)


def test_the_same_name_in_capitals_or_decomposed_is_folded_alike():
    assert names.folded("José") == names.folded("JOSE\u0301")
    assert names.folded(names.clean("  Mary   Ann ")) == "mary ann"


@given(st.text(max_size=40))
def test_whatever_is_typed_is_judged_and_what_passes_is_plain(typed):
    name = names.clean(typed)
    try:
        names.check(name)
    except Invalid:
        return
    assert 2 <= len(name) <= 30
    assert name.isprintable()
    assert names.look(name)
