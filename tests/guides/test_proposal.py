"""What the machine says a version changed at the least: a table of cases, and that nobody can say something milder."""

from __future__ import annotations

import pytest

from studio.core.locales import language
from studio.guides.rules.proposal import Frozen, propose, stricter
from studio.guides.rules.statuses import Significance
from studio.rendering.blocks import assign_ids, split
from studio.review.rules.carry import Block

TYPO, CONTENT, SAFETY = Significance
ABOUT = ("guide", ("health",), ("sleep",), "CC0-1.0")
CASES = (
    ("en", "Tell a freind first.", "Tell a friend first.", TYPO),
    ("en", "Tell a friend first", "Tell a friend first.", TYPO),
    ("en", "Rest, then talk.", "Rest; then talk.", TYPO),
    ("ja", "休みましよう。", "休みましょう。", TYPO),
    ("en", "Tell a friend first.", "Tell a nurse first.", CONTENT),
    ("en", "Wait until 2027.", "Wait until 2028.", CONTENT),
    ("en", "You can talk.", "You cannot talk.", CONTENT),
    ("en", "Ask [them](https://a.example).", "Ask [them](https://b.example).", CONTENT),
    ("en", "Go with Marten there.", "Go with Martin there.", CONTENT),
    ("en", "::: note\nRest well\n:::", "::: note\nRest wel\n:::", CONTENT),
    ("en", "Rest.", "Rest.\n\nTalk.", CONTENT),
    ("en", "Take 5 mg each day.", "Take 50 mg each day.", SAFETY),
    ("en", "Take 5 mg each day.", "Take 5 g each day.", SAFETY),
    ("en", "Take five pills.", "Take six pills.", SAFETY),
    ("ar", "خذ 5 ملغ كل يوم.", "خذ 50 ملغ كل يوم.", SAFETY),
    ("ar", "خذ ٥ ملغ كل يوم.", "خذ 5 ملغ كل يوم.", CONTENT),
    ("ja", "1日2錠を飲みます。", "1日3錠を飲みます。", SAFETY),
    ("en", "Rest.", "Rest.\n\nTake 5 mg.", SAFETY),
    ("en", "::: stop\nCall a doctor\n:::", "::: stop\nCall a friend\n:::", SAFETY),
    ("en", "::: help\nCall them\n:::\n\nRest.", "Rest.", SAFETY),
    ("en", "::: stop\nCall a doctor\n:::", "::: stop\nCall a doctor!\n:::", CONTENT),
)


def frozen(blocks, ids, fields=None, about=ABOUT):
    rows = [Block(name, one.kind, one.source, one.hash) for name, one in zip(ids, blocks, strict=True)]
    return Frozen(rows, fields or {"title": "Calm", "helplines": "none-for-here"}, about)


def proposed(code, before, after, *, health=True, fields=None, about=ABOUT):
    old, new = split(before), split(after)
    names = [f"o{place}" for place in range(len(old))]
    fresh = iter(range(99))
    ids = assign_ids(list(zip(names, old, strict=True)), new, lambda: f"n{next(fresh)}")
    return propose(frozen(old, names), frozen(new, ids, fields, about), language(code), health=health)


@pytest.mark.parametrize(("code", "before", "after", "expected"), CASES)
def test_the_machine_says_what_changed_at_the_least(code, before, after, expected):
    found = proposed(code, before, after)
    assert found.significance is expected
    assert bool(found.reasons) is (expected is not TYPO)


def test_an_amount_is_about_health_only_in_a_text_about_health():
    assert proposed("en", "Wait 5 minutes.", "Wait 9 minutes.", health=False).significance is CONTENT


def test_what_stands_beside_a_text_is_never_spelling():
    fields = {"title": "Calmer", "helplines": "none-for-here"}
    assert proposed("en", "Rest.", "Rest.", fields=fields).significance is CONTENT
    fields = {"title": "Calm", "helplines": "a-hard-day"}
    assert proposed("en", "Rest.", "Rest.", fields=fields).significance is SAFETY
    assert proposed("en", "Rest.", "Rest.", about=("story", *ABOUT[1:])).significance is CONTENT


def test_only_what_is_as_strict_or_stricter_can_be_said():
    answers = [proposed("en", *case[1:3]).answers for case in (CASES[0], CASES[4], CASES[11])]
    assert answers == [(TYPO, CONTENT, SAFETY), (CONTENT, SAFETY), (SAFETY,)]
    assert stricter(TYPO, SAFETY) is stricter(SAFETY, CONTENT) is SAFETY
