"""What changed between two texts, in words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.guides.rules.worddiff import Piece, Replacement, applied, diff, replacements
from studio.rendering.words import tokens

LETTERS = st.sampled_from(
    ["rest", " ", " ", "\n", "قلب", "لَ", "家", "か", "👩‍👩‍👧", "🏳️‍🌈", "e\u0301", "\u200f", "𠮷", ".", "a", "b"]
)
TEXTS = st.lists(LETTERS, max_size=30).map("".join)
LONG = "Rest when you are tired, and say no when you want to. "


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=400)
def test_the_changes_turn_one_text_into_the_other(before, after):
    changes = replacements(before, after)
    assert applied(before, changes) == after
    edges = [edge for one in changes for edge in (one.start, one.end)]
    assert edges == sorted(edges)


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=400)
def test_the_pieces_hold_both_texts_whole(before, after):
    pieces = diff(before, after)
    assert "".join(one.text for one in pieces if one.kind != "ins") == before
    assert "".join(one.text for one in pieces if one.kind != "del") == after
    assert all(one.text for one in pieces)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert replacements(text, text) == []
    assert diff(text, text) == ([Piece("same", text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (
            "I am not alone.",
            "I am never alone.",
            [("same", "I am "), ("del", "not"), ("ins", "never"), ("same", " alone.")],
        ),
        ("今日は休む", "明日は休む", [("del", "今"), ("ins", "明"), ("same", "日は休む")]),
        ("قلبي هادئ", "قلبي سعيد", [("same", "قلبي "), ("del", "هادئ"), ("ins", "سعيد")]),
        ("two 👩‍👩‍👧 here", "two 👩‍👧 here", [("same", "two "), ("del", "👩‍👩‍👧"), ("ins", "👩‍👧"), ("same", " here")]),
        ("cafe", "cafe\u0301", [("del", "cafe"), ("ins", "cafe\u0301")]),
    ],
)
def test_a_change_is_shown_by_words_and_never_within_one(before, after, pieces):
    assert [(one.kind, one.text) for one in diff(before, after)] == pieces


def test_two_small_changes_in_one_very_long_line_stay_small():
    line = " ".join(f"{LONG}{number}" for number in range(400))
    changed = line.replace("tired", "weary", 1)[:-1] + "8"
    assert [(one.end - one.start, one.new) for one in replacements(line, changed)] == [(5, "weary"), (3, "398")]


def test_the_same_holds_in_a_script_without_spaces():
    line = "".join(chr(0x4E00 + (number * 37) % 2_000) for number in range(4_000))
    changed = f"{line[:9]}休{line[10:3_900]}む{line[3_900:]}"
    assert replacements(line, changed) == [Replacement(9, 10, "休"), Replacement(3_900, 3_900, "む")]


def test_a_passage_that_repeats_itself_is_compared_word_by_word_up_to_a_size_and_then_counts_as_rewritten():
    small, large = "yes no " * 90, "yes no " * 300
    assert len(replacements(small, f"maybe {small.replace('no yes', 'no no yes', 1)}now")) > 1
    assert len(replacements(large, f"maybe {large[:700]}{large[707:]}now")) == 1


def test_a_text_of_the_largest_size_that_was_wholly_rewritten_takes_no_long_time():
    began = time.process_time()
    replacements("a b c d " * 25_000, "b a d c " * 25_000)
    replacements("\n".join(LONG + str(n) for n in range(3_000)), "\n".join(LONG + str(n * 7) for n in range(3_000)))
    assert time.process_time() - began < 10


@given(TEXTS)
@settings(deadline=None)
def test_the_words_of_a_text_joined_are_the_text(text):
    assert "".join(tokens(text)) == text
