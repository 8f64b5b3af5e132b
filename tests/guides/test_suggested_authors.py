"""Who suggested is told from who typed, to the character, through every change that comes after."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.guides.drafts.authors import applied, between, from_rows, suggested_between

LETTERS = st.sampled_from(["a", " ", "\n", "ق", "لَ", "家", "👩‍👩‍👧", "e\u0301", "𠮷"])
TEXTS = st.lists(LETTERS, max_size=6).map("".join)
WHO = st.sampled_from(["heron", "kite", "wren"])


@dataclass(eq=False)
class Letter:
    """One code point, who made it, and whether as a suggestion; the model that the runs are held against."""

    author: str
    suggested: bool


def change(runs, letters, taken_out, author, suggested, start, size, new):
    """Change runs and model alike."""
    start = min(start, len(letters))
    gone = letters[start : start + size]
    steps = [("keep", start), ("delete", len(gone)), ("insert", len(new))]
    steps = [step for step in steps if step[1]]
    letters[start : start + size] = [Letter(author, suggested) for _ in new]
    if suggested and gone:
        taken_out[author] = taken_out.get(author, 0) + len(gone)
    return applied(runs, steps, author, suggested=suggested)


@given(st.lists(st.tuples(WHO, st.booleans(), st.integers(0, 9), st.integers(0, 9), TEXTS), max_size=8))
@settings(deadline=None, max_examples=1_500)
def test_what_stands_is_counted_exactly_for_who_typed_and_who_suggested(changes):
    runs, letters, taken_out = (), [], {}
    for author, suggested, start, size, new in changes:
        runs = change(runs, letters, taken_out, author, suggested, start, size, new)
    size = len(letters)
    assert sum(max(0, count) for _, count in runs) == size
    told = [name for name, count in runs for _ in range(max(0, count))]
    assert told == [f"~{one.author}" if one.suggested else one.author for one in letters]
    typed = {one.author for one in letters if not one.suggested}
    assert typed <= between(runs, 0, size)
    added = {name: sum(one.suggested and one.author == name for one in letters) for name in ("heron", "kite", "wren")}
    expected = {name: count + taken_out.get(name, 0) for name, count in added.items()}
    found = suggested_between(runs, 0, size, size, last=True)
    # A passage that is deleted takes with it what was suggested in it, but never what a suggestion took out.
    assert {name: count for name, count in found.items() if count} == {n: c for n, c in expected.items() if c}


@given(
    st.lists(st.tuples(WHO, st.booleans(), st.integers(0, 9), st.integers(0, 9), TEXTS), max_size=6),
    st.lists(st.integers(0, 30), max_size=4),
)
@settings(deadline=None)
def test_a_text_in_any_parts_counts_as_much_as_the_whole(changes, cuts):
    runs, letters, taken_out = (), [], {}
    for author, suggested, start, size, new in changes:
        runs = change(runs, letters, taken_out, author, suggested, start, size, new)
    size = len(letters)
    edges = sorted({0, size, *(cut for cut in cuts if cut < size)})
    parts = list(pairwise(edges)) or [(0, 0)]
    total: dict[str, int] = {}
    for start, end in parts:
        for name, count in suggested_between(runs, start, end, end, last=end == size).items():
            total[name] = total.get(name, 0) + count
    assert total == suggested_between(runs, 0, size, size, last=True)


def test_who_suggested_did_not_type():
    runs = applied((("heron", 5),), [("keep", 5), ("insert", 4)], "wren", suggested=True)
    assert between(runs, 0, 9) == {"heron"}
    assert suggested_between(runs, 0, 9, 9) == {"wren": 4}


def test_what_a_suggestion_took_out_between_two_passages_concerns_both_and_is_counted_once():
    runs = applied((("heron", 9),), [("keep", 3), ("delete", 2)], "wren", suggested=True)
    assert suggested_between(runs, 0, 3, 3) == {"wren": 0}
    assert suggested_between(runs, 3, 7, 7) == {"wren": 2}
    assert suggested_between(runs, 0, 3, 3, last=True) == {"wren": 2}


def test_two_that_took_out_at_one_place_are_summed_and_read_back_from_a_checkpoint():
    runs = applied((("heron", 9),), [("keep", 3), ("delete", 2)], "wren", suggested=True)
    runs = applied(runs, [("keep", 3), ("delete", 1)], "wren", suggested=True)
    runs = applied(runs, [("keep", 2), ("delete", 1)], "kite")
    assert runs == (("heron", 2), ("kite", 0), ("~wren", -3), ("heron", 3))
    assert from_rows([list(run) for run in runs]) == runs


def test_who_types_over_a_suggestion_takes_its_place():
    runs = applied((), [("insert", 4)], "wren", suggested=True)
    runs = applied(runs, [("delete", 4), ("insert", 2)], "kite")
    assert (between(runs, 0, 2), suggested_between(runs, 0, 2, 2, last=True)) == ({"kite"}, {})
