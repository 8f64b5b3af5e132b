"""Merging what two people made of one text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.editor.rules.fields import merge_fields, merge_lists
from studio.editor.rules.merge import Merged, merge
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.rules.worddiff import replacements
from studio.rendering.words import tokens

WORDS = st.sampled_from(
    [
        "rest",
        "slow",
        "قلب",
        "مَرْحَبًا",
        "家",
        "族",
        "かな",
        "한",
        "👩‍👩‍👧",
        "🏳️‍🌈",
        "e\u0301",
        "ب\u200cه",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        ".",
        "、",
        "3",
        "-",
    ]
)
TEXTS = st.lists(WORDS, max_size=14).map("".join)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_who_changed_nothing_gets_the_others_text(base, theirs):
    merged = merge(base, theirs, base)
    assert (merged.text, merged.edits, merged.touching) == (theirs, (), ())


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_where_others_changed_nothing_mine_stands(base, mine):
    merged = merge(base, base, mine)
    assert (merged.text, merged.touching) == (mine, ())


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_what_both_changed_alike_is_changed_once(base, mine):
    merged = merge(base, mine, mine)
    assert (merged.text, merged.edits, merged.touching) == (mine, (), ())


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_new_word_of_either_is_in_the_result(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for came in (*replacements(base, theirs), *replacements(base, mine)):
        assert came.new in merged.text


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_word_that_went_though_one_side_kept_it_was_taken_out_by_the_other_or_is_shown(base, theirs, mine):
    merged = merge(base, theirs, mine)
    gone_from_both = {word for word in tokens(mine) if word.strip()} & {word for word in tokens(theirs) if word.strip()}
    shown = " ".join(f"{one.theirs} {one.mine}" for one in merged.touching)
    for word in gone_from_both:
        # Of a word that stands several times, each side may have kept another one.
        assert word in merged.text or word in shown or tokens(base).count(word) > 1


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=600, deadline=None)
def test_the_shared_document_comes_to_the_same_text(base, theirs, mine):
    start = SharedDocument(writer=1)
    start.edit([Edit(0, 0, base)], {})
    other, own = SharedDocument(start.state(), writer=2), SharedDocument(start.state(), writer=3)
    first = other.edit([Edit(one.start, one.end, one.new) for one in replacements(base, theirs)], {})
    merged = merge(base, theirs, mine)
    second = own.edit([Edit(one.start, one.end, one.new) for one in merged.edits], {})
    head = SharedDocument(start.state())
    head.apply(first)
    head.apply(second)
    own.apply(first)
    assert head.text == own.text == merged.text


@given(TEXTS, TEXTS, TEXTS)
@settings(deadline=None)
def test_line_ends_of_windows_make_no_difference(base, theirs, mine):
    crlf = merge(base.replace("\n", "\r\n"), theirs.replace("\n", "\r"), mine.replace("\n", "\r\n"))
    assert crlf == merge(base, theirs, mine)


def test_changes_in_different_places_do_not_touch():
    merged = merge("One small step.\n\nTwo.", "One big step.\n\nTwo.", "One small step.\n\nTwo and three.")
    assert merged.text == "One big step.\n\nTwo and three."
    assert merged.touching == ()


def test_the_same_word_changed_by_both_is_shown_with_both_texts():
    merged = merge("My old cat sleeps.", "My old lion sleeps.", "My old dog sleeps.")
    assert merged.text == "My old lion dog sleeps."
    assert [(one.before, one.theirs, one.mine, one.merged, one.after) for one in merged.touching] == [
        ("My old ", "lion", "dog", "lion dog", " sleeps.")
    ]


def test_adjoining_words_touch_and_words_further_off_do_not():
    near = merge("a b c d e f", "a X c d e f", "a b Y d e f")
    assert (near.text, [(one.theirs, one.mine, one.merged) for one in near.touching]) == (
        "a X Y d e f",
        [("X c", "b Y", "X Y")],
    )
    assert merge("a b c d e f", "a X c d e f", "a b c d Y f").touching == ()


def test_the_last_word_of_a_paragraph_and_the_first_of_the_next_do_not_touch():
    assert merge("a b\n\nc d", "a X\n\nc d", "a b\n\nY d").touching == ()


def test_one_ideograph_is_a_word():
    merged = merge("今日は休む。", "明日は休む。", "今日は寝る。")
    assert merged.text == "明日は寝る。"
    assert merged.touching == ()


def test_a_passage_that_one_took_out_while_the_other_changed_it_is_shown():
    merged = merge("Keep.\nGo away soon.\nKeep too.", "Keep.\nKeep too.", "Keep.\nGo away now.\nKeep too.")
    assert [(one.theirs, one.mine, one.merged) for one in merged.touching] == [("", "Go away now.\n", "now")]
    assert "now" in merged.text


def test_where_nobody_changed_anything_nothing_is_shown():
    assert merge("a b", "a b", "a b") == Merged((), "a b", ())


def test_signs_that_cannot_grow_together_get_no_space_between_them():
    assert merge("a c", "a. c", "a、 c").text in ("a.、 c", "a、. c")


def test_words_of_both_do_not_grow_together_whichever_stands_first():
    merged = merge("x a b c y", "x LION y", "x a DOG c y")
    assert merged.text == "x LION DOG y"
    merged = merge("x a b c y", "x a LION c y", "x DOG y")
    assert merged.text == "x DOG LION y"


def test_lists_grow_together_and_what_one_took_out_stays_out():
    assert merge_lists(["a", "b"], ["b", "c"], ["a", "b", "d"]) == ["b", "d", "c"]


def test_an_answer_beats_the_answer_none():
    assert merge_lists([], ["none"], ["violence"]) == ["violence"]
    assert merge_lists([], [], ["none"]) == ["none"]


def test_a_field_that_both_changed_keeps_the_later_and_shows_both():
    changes, touching = merge_fields({"title": "a"}, {"title": "b"}, {"title": "c"})
    assert changes == {"title": "c"}
    assert [(one.field, one.theirs, one.mine) for one in touching] == [("title", "b", "c")]


@pytest.mark.parametrize(("theirs", "mine"), [("b", "a"), ("b", "b"), ("a", "a")])
def test_a_field_that_i_left_or_that_both_changed_alike_is_not_touched(theirs, mine):
    assert merge_fields({"title": "a"}, {"title": theirs}, {"title": mine}) == ({}, ())


def test_a_field_that_was_not_there_yet_is_answered():
    assert merge_fields({}, {}, {"sources": ["x"], "changelog": "us"}) == ({"sources": ["x"], "changelog": "us"}, ())
