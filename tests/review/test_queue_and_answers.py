"""The one piece, the answers, and what readers need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.core.errors import Invalid
from studio.guides.fields import TextFields
from studio.review.library import library
from studio.review.rules.answers import check_answers
from studio.review.rules.completeness import missing
from studio.review.rules.queue import Piece, in_order, minutes, one_piece
from studio.review.rules.standing import Verdict


def piece(stage, *, took=5, risk=1, days=1, **more):
    return Piece("r", stage, took, risk, days, **more)


def test_the_queue_goes_by_safety_then_ones_own_then_risk_times_age():
    pieces = [
        piece("new"),
        piece("old", days=9),
        piece("risky", risk=3, days=4),
        piece("mine", own=True),
        piece("safety", safety=True),
    ]
    assert [one.stage for one in in_order(pieces)] == ["safety", "mine", "risky", "old", "new"]


def test_what_would_leave_another_check_without_anybody_comes_last():
    pieces = [piece("voice", took=2, costs=True), piece("facts", took=12), piece("elsewhere", days=3)]
    assert [one.stage for one in in_order(pieces)] == ["elsewhere", "facts", "voice"]


def test_the_one_piece_fits_into_the_minutes_or_is_the_shortest():
    pieces = [piece("long", took=30, days=9), piece("short", took=12), piece("shorter", took=11)]
    assert one_piece(pieces, 40).stage == "long"
    assert one_piece(pieces, 20).stage == "shorter"
    assert one_piece(pieces, 5).stage == "shorter"
    assert one_piece([], 20) is None


def test_minutes_are_never_less_than_two():
    assert minutes(10, 8) == 2
    assert minutes(1000, 8) == 8


QUESTIONS = library().checklists["safety"].questions[:2]
YES = {question.key: "yes" for question in QUESTIONS}


def problems(*args, **more):
    with pytest.raises(Invalid) as refused:
        check_answers(*args, **more)
    return set(refused.value.fields)


def test_a_yes_needs_every_answer_and_no_wish():
    first, second = (question.key for question in QUESTIONS)
    check_answers(Verdict.APPROVE, QUESTIONS, YES, cites=False, note="")
    check_answers(Verdict.APPROVE, QUESTIONS, {**YES, first: "not_here"}, cites=False, note="")
    assert problems(Verdict.APPROVE, QUESTIONS, {first: "yes"}, cites=False, note="") == {second}
    assert problems(Verdict.APPROVE, QUESTIONS, {**YES, first: "change"}, cites=False, note="") == {first}


def test_a_wish_for_a_change_cites_a_passage_or_a_question_and_says_what():
    asked = {QUESTIONS[0].key: "change"}
    check_answers(Verdict.REQUEST_CHANGES, QUESTIONS, asked, cites=False, note="This.")
    check_answers(Verdict.REQUEST_CHANGES, QUESTIONS, {}, cites=True, note="This.")
    assert problems(Verdict.REQUEST_CHANGES, QUESTIONS, YES, cites=False, note=" ") == {"passage", "note"}


WHOLE = TextFields("T", "S", "N", ("none",), ("A source",), "New.", "none-for-here")


@pytest.mark.parametrize(
    ("fields", "facets", "names"),
    [
        (WHOLE, ["health", "crisis", "legal:FR"], []),
        (TextFields("T"), [], ["summary", "content_notes", "neutral_title", "changelog"]),
        (replace(WHOLE, summary="x" * 161), [], ["summary"]),
        (replace(WHOLE, sources=(" ",)), ["legal:FR"], ["sources"]),
        (replace(WHOLE, sources=()), ["health"], ["sources"]),
        (replace(WHOLE, sources=(), helplines=""), ["minors"], []),
        (replace(WHOLE, helplines=""), ["crisis"], ["helplines"]),
    ],
)
def test_what_readers_need_and_is_missing_is_named(fields, facets, names):
    assert list(missing("Text.", fields, facets=facets, topics=["telling"], first_edition=False)) == names


def test_a_text_without_words_topics_or_with_a_first_edition():
    assert list(missing(" ", WHOLE, facets=[], topics=[], first_edition=True)) == ["body", "topics"]
