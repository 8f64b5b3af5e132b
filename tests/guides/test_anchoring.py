"""Passages keep their words: offsets moved through changes, and found again by their quote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.guides.rules import anchoring
from studio.guides.rules.anchoring import Change, Place, changes_by, changes_of, found_again, moved, nearest
from studio.guides.rules.worddiff import replacements

LETTERS = st.sampled_from(["a", "b", " ", "\n", "ق", "لَ", "家", "か", "👩‍👩‍👧", "🏳️‍🌈", "e\u0301", "\u200f", "𠮷", "ß"])
WORDS = st.lists(LETTERS, min_size=1, max_size=6).map("".join)
TEXTS = st.lists(LETTERS, max_size=10).map("".join)


@st.composite
def histories(draw):
    """A text, a passage of it, and changes that leave the passage's own letters alone."""
    before, quote, after = draw(TEXTS), draw(WORDS), draw(TEXTS)
    edits = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 5), TEXTS), max_size=8))
    return before, quote, after, edits


@given(histories())
@settings(deadline=None, max_examples=1_500)
def test_the_quote_of_a_passage_is_intact_while_others_write_around_it(history):
    before, quote, after, edits = history
    place = Place(len(before), len(before) + len(quote))
    for ahead, wanted, size, new in edits:
        side = before if ahead else after
        at = min(wanted, len(side))
        gone = min(size, len(side) - at)
        start = at if ahead else len(before) + len(quote) + at
        written = side[:at] + new + side[at + gone :]
        before, after = (written, after) if ahead else (before, written)
        place = moved(place, [Change(start, start + gone, len(new))])
        text = before + quote + after
        assert not place.gone
        assert text[place.start : place.end] == quote


@given(TEXTS, TEXTS, st.integers(0, 20), st.integers(1, 20))
@settings(deadline=None, max_examples=1_500)
def test_what_is_left_of_a_passage_after_any_rewriting_is_made_of_its_own_letters_and_what_came_between(
    before, after, start, size
):
    changes = changes_by(replacements(before, after))
    start = min(start, len(before))
    end = min(start + size, len(before))
    place = moved(Place(start, end), changes)
    kept, at = [], 0
    for one in [*changes, Change(len(before), len(before), 0)]:
        kept += range(at, one.start)
        at = one.end
    inside = [where for where in kept if start <= where < end]
    assert 0 <= place.start <= place.end <= len(after)
    if start < end:
        assert place.gone == (not inside)
    if inside:
        assert after[place.start] == before[inside[0]]
        assert after[place.end - 1] == before[inside[-1]]


def test_what_is_written_at_either_edge_is_not_part_of_a_passage():
    assert moved(Place(2, 4), [Change(2, 2, 3)]) == Place(5, 7)
    assert moved(Place(2, 4), [Change(4, 4, 3)]) == Place(2, 4)
    assert moved(Place(2, 4), [Change(3, 3, 3)]) == Place(2, 7)


def test_a_passage_whose_edge_is_rewritten_keeps_the_rest():
    assert moved(Place(2, 6), [Change(1, 3, 5)]) == Place(6, 9)
    assert moved(Place(2, 6), [Change(5, 8, 5)]) == Place(2, 5)


def test_a_passage_that_is_taken_out_is_gone_and_remembers_where_it_stood():
    assert moved(Place(2, 4), [Change(2, 4, 0)]) == Place(2, 2, gone=True)
    assert moved(Place(4, 6), [Change(0, 1, 0), Change(3, 8, 9)]) == Place(2, 2, gone=True)
    assert moved(Place(2, 2, gone=True), [Change(0, 0, 3)]) == Place(5, 5, gone=True)


def test_the_place_of_an_insertion_goes_after_what_is_written_there():
    assert moved(Place(2, 2), [Change(2, 2, 3)]) == Place(5, 5)
    assert moved(Place(2, 2), [Change(2, 4, 0)]) == Place(2, 2)


def test_the_place_of_an_insertion_is_gone_when_the_words_on_both_sides_went_at_once():
    assert moved(Place(2, 2), [Change(1, 3, 0)]).gone


def test_steps_are_read_as_changes_whichever_came_first_of_going_and_coming():
    expected = [Change(2, 5, 4)]
    assert changes_of([("keep", 2), ("insert", 4), ("delete", 3), ("keep", 1)]) == expected
    assert changes_of([("keep", 2), ("delete", 1), ("insert", 4), ("delete", 2)]) == expected
    assert changes_of([("keep", 0), ("insert", 1), ("keep", 2), ("delete", 1)]) == [Change(0, 0, 1), Change(2, 3, 0)]
    assert changes_of([("keep", 4)]) == changes_of([]) == []


def test_a_passage_is_found_again_between_the_same_words():
    text = "Rest here. Rest there. Rest."
    assert found_again(text, "Rest", "Rest here. ", " there. Rest", 0) == Place(11, 15)


def test_a_passage_is_found_again_by_one_side_where_the_other_was_rewritten():
    assert found_again("Now sit down there.", "sit down", "You may ", " there.", 0) == Place(4, 12)


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        ("no yes no yes no", "yes", "no ", " no"),
        ("Somewhere else: yes!", "yes", "no ", " no"),
        ("nothing of it", "yes", "no ", " no"),
        ("anything", "", "any", "thing"),
        ("x" * 9_000 + "no yes no", "yes", "no ", " no"),
    ],
)
def test_a_passage_is_not_guessed_where_it_fits_twice_nowhere_or_far_away(text, quote, before, after):
    assert found_again(text, quote, before, after, 0) is None


def test_a_whole_text_that_comes_back_is_found_by_its_ends():
    assert found_again("一行だけ", "一行だけ", "", "", 0) == Place(0, 4)
    assert found_again("前 一行だけ 後", "一行だけ", "", "", 0) is None


def test_of_several_the_nearest_is_meant():
    assert nearest("قل قل قل", "قل", 4) == Place(3, 5)
    assert nearest("قل", "كلا", 0) is None


def test_what_stands_around_a_passage_is_remembered_as_far_as_it_tells():
    text = "a" * 40 + "quote" + "b" * 3
    assert anchoring.context(text, 40, 45) == ("a" * 24, "bbb")
