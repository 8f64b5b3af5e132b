"""What weighs most among changes."""

from __future__ import annotations

from studio.guides.rules.statuses import Significance
from studio.publish.rules.changes import heaviest, safety_first

TYPO, CONTENT, SAFETY = Significance.TYPO, Significance.CONTENT, Significance.SAFETY


def test_of_several_answers_the_strictest_counts():
    assert heaviest([TYPO, SAFETY, CONTENT]) is SAFETY
    assert heaviest([TYPO]) is TYPO
    assert heaviest([]) is None


def test_what_matters_for_safety_comes_first_and_first_editions_with_the_small_things():
    assert sorted([None, TYPO, SAFETY, CONTENT], key=safety_first) == [SAFETY, CONTENT, None, TYPO]
