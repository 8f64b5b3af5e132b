"""Which yes still counts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_values import CALM, CONTENT, SAFETY, TYPO, after, block, check, text

from studio.guides.rules.statuses import Significance
from studio.review.rules.carry import ABOUT, Weight, carry, changed_passages, states_a_fact
from studio.review.rules.policy import Judges

FACTS = check("facts:health", judges=Judges.FACTS)
SAFE = check("safety")


def test_the_same_words_count_whatever_happened_in_between():
    assert carry(CALM, CALM, check(), [SAFETY, CONTENT]).weight is Weight.COUNTS


def test_the_same_words_again_after_a_change_for_somebodys_safety_are_looked_at_again_by_safety_and_facts():
    for one in (SAFE, FACTS):
        found = carry(CALM, CALM, one, [SAFETY, CONTENT])
        assert (found.weight, found.counts, found.passages) == (Weight.SAFETY, False, ())
        assert carry(CALM, CALM, one, [CONTENT]).weight is Weight.COUNTS


def test_only_spelling_still_counts_and_names_the_words():
    now = after(block("a", "Talk to sombody calm."), CALM.blocks[1])
    found = carry(CALM, now, check(), [TYPO])
    assert found.weight is Weight.SPELLING
    assert found.counts
    assert found.changes == (("somebody", "sombody"),)


def test_spelling_that_somebody_called_a_change_of_meaning_is_looked_at_again():
    now = after(block("a", "Talk to sombody calm."), CALM.blocks[1])
    assert carry(CALM, now, check(), [TYPO, CONTENT]).weight is Weight.LOOK_AGAIN


def test_small_changes_that_add_up_are_looked_at_again_even_if_each_was_spelling():
    now = after(block("a", "Talk to somebudi calm."), CALM.blocks[1])
    assert carry(CALM, now, check(), [TYPO, TYPO]).weight is Weight.LOOK_AGAIN


def test_a_change_elsewhere_leaves_a_check_of_facts_as_it_was():
    now = after(block("a", "Talk to a friend."), CALM.blocks[1])
    assert carry(CALM, now, FACTS, [CONTENT]).weight is Weight.ELSEWHERE
    assert carry(CALM, now, check(), [CONTENT]).weight is Weight.LOOK_AGAIN


def test_a_changed_fact_is_named_by_its_passage():
    now = after(CALM.blocks[0], block("b", "Rest for 5 days."))
    found = carry(CALM, now, FACTS, [CONTENT])
    assert (found.weight, found.passages, str(found.sentence)) == (
        Weight.LOOK_AGAIN,
        ("b",),
        "1 passage changed, please look again.",
    )


def test_a_fact_that_went_and_one_that_came_count_too():
    now = after(block("a", "Take 2 of them."), block("b", "Rest."))
    found = carry(CALM, now, FACTS, [CONTENT])
    assert found.passages == ("a", "b")
    assert str(found.sentence) == "2 passages changed, please look again."


def test_somebodys_safety_makes_facts_and_safety_look_again_wherever_it_changed():
    now = after(block("a", "Talk to a friend."), CALM.blocks[1])
    assert carry(CALM, now, FACTS, [SAFETY]).weight is Weight.SAFETY
    assert carry(CALM, now, SAFE, [SAFETY]).weight is Weight.SAFETY
    assert carry(CALM, now, check(), [SAFETY]).weight is Weight.LOOK_AGAIN


def test_a_new_summary_or_another_facet_is_no_spelling():
    one = text(1, block("summary", "How to begn.", "summary"), block(ABOUT, '["guide"]', ABOUT))
    for kind, source in (("summary", "How to begin."), (ABOUT, '["guidf"]')):
        blocks = [replace(old, source=source, hash=source) if old.kind == kind else old for old in one.blocks]
        assert carry(one, text(2, *blocks), check(), [TYPO]).weight is Weight.LOOK_AGAIN
        assert carry(one, text(2, *blocks), FACTS, [CONTENT]).weight is Weight.ELSEWHERE


def test_of_the_fields_a_check_of_facts_judges_the_sources():
    def front(**values):
        return text(len(values), block("front", json.dumps(values), "front"))

    one = front(sources=["A"], changelog="x")
    assert carry(one, front(sources=["A"], changelog="y"), FACTS, [CONTENT]).weight is Weight.ELSEWHERE
    assert carry(one, front(sources=["A", "B"], changelog="x"), FACTS, [CONTENT]).weight is Weight.LOOK_AGAIN


@pytest.mark.parametrize(
    ("source", "kind", "fact"),
    [
        ("Talk calmly.", "paragraph", False),
        ("After 3 weeks.", "paragraph", True),
        ("بعد ٣ أسابيع", "paragraph", True),
        ("三回。", "paragraph", True),
        ("Wait a week.", "paragraph", True),
        ("It is known.[^a]", "paragraph", True),
        ("See [there](guide:x).", "paragraph", True),
        ("Half of us, 50%.", "paragraph", True),
        (":::help\nCall.\n:::", "paragraph", True),
        ("Call.", "box", True),
        ("| a |", "table", True),
        ('["guide"]', ABOUT, False),
    ],
)
def test_what_states_a_fact(source, kind, fact):
    assert states_a_fact(block("a", source, kind)) is fact


@pytest.mark.parametrize(
    ("code", "source", "fact"),
    [
        ("en", "Go on as long as you like, in an hour that is yours.", True),
        ("en", "Go on as long as you like, with an old friend.", False),
        ("tr", "Günde on kez.", True),
        ("fr", "Cela prend un an.", True),
        ("fr", "Parlez avec une personne calme.", False),
        ("it", "Due volte.", True),
        ("en", "This is due to somebody else.", False),
        ("en", "Take 2 of them.", True),
        ("en", "Take ٢ of them.", True),
        ("ja", "Go on as long as you like.", True),
        ("", "Go on as long as you like.", True),
    ],
)
def test_words_for_numbers_are_those_of_the_text_s_language(code, source, fact):
    """A nurse has twenty minutes: what is a number elsewhere costs her none. Without a list of its own, all count."""
    assert states_a_fact(replace(block("a", source), language=code)) is fact


def test_blocks_that_only_changed_places_are_one_changed_passage():
    a, b = block("a", "One."), block("b", "Two.")
    assert changed_passages([a, b], [b, a]) == ("b",)
    assert changed_passages([a, b], [a, b]) == ()


words_of = st.lists(st.sampled_from(["calm", "kind", "3 days", "rest", "now"]), min_size=1, max_size=4)


@given(words_of, words_of, st.lists(st.sampled_from(Significance)))
def test_a_yes_for_the_whole_text_never_counts_for_other_words_unless_all_was_called_spelling(old, new, labels):
    one = text(1, *(block(str(n), word) for n, word in enumerate(old)))
    two = text(2, *(block(str(n), word) for n, word in enumerate(new)))
    if carry(one, two, check(), labels).counts and old != new:
        assert set(labels) <= {TYPO}
