"""Hints about passages marked for cards: what a writer should know before anybody checks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.review.library import lint
from studio.review.rules.hints.finding import Looked, find
from studio.review.rules.hints.marked import ROOM, ROOM_OF_IDEOGRAPHS

TEXT = Looked("", "A calm talk", "How to begin.", "en")
SENTENCE = "Say it in one calm sentence and wait. "
ROOMS = [("en", sort, room) for sort, room in ROOM.items()]
ROOMS += [("ja", sort, room) for sort, room in ROOM_OF_IDEOGRAPHS.items()]


def told(body, code="en"):
    looked = replace(TEXT, body=body, language=code)
    about = [hint for hint in find(looked, lint(code)) if str(hint.kind) in ("card", "marked")]
    return [(hint.sentence.text.partition(":")[0].partition(".")[0], hint.stops) for hint in about]


def marked(sort, words):
    strong = "**9** " if sort == "number" else ""
    return f"Before.\n\n::: card {sort}\n{strong}{words}\n:::\n\nAfter.\n"


@pytest.mark.parametrize(("code", "sort", "room"), ROOMS)
def test_a_passage_is_told_when_it_gets_small_and_stops_when_it_cannot_be_drawn(code, sort, room):
    words = SENTENCE * 20 if code == "en" else "静かに一つの文で言います。" * 40
    readable, drawn = room
    assert told(marked(sort, words[: readable - 10].strip()), code) == []
    assert told(marked(sort, words[: readable + 10].strip()), code) == [("This is much for a card", False)]
    stops = [("This does not fit on a card, so it cannot be published", True)]
    assert told(marked(sort, words[: drawn + 10].strip()), code) == stops


def test_each_item_of_a_list_of_steps_is_measured_by_itself():
    items = "\n".join(f"{n}. {SENTENCE}" for n in range(1, 8))
    assert told(f"::: card step\n{items}\n:::\n") == []
    assert told(f"::: card quote\n{items}\n:::\n") == [("This is much for a card", False)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: card\n\n:::\n", "Here is a mark for a card without words, so no card is made"),
        ("::: card number\nMost told somebody.\n:::\n", "The card with a number needs its number"),
        ("- ::: card\n  Rest.\n  :::\n", "No card comes from a mark inside a list, a quotation or a box"),
        ("> ::: card\n> Rest.\n> :::\n", "No card comes from a mark inside a list, a quotation or a box"),
        (
            "::: note\n::: card\nRest.\n:::\n:::\n",
            "No card comes from a mark inside a list, a quotation or a box",
        ),
        (
            "".join(f"::: card\nSentence {n}.\n:::\n\n" for n in range(9)),
            "There are {n} cards with this one; only the first {most} passages become cards",
        ),
    ],
)
def test_a_mark_that_makes_no_good_card_is_told_once_and_stops_nothing(body, expected):
    assert told(body) == [(expected, False)]


@pytest.mark.parametrize(
    "body",
    [
        "::: card\nRest is free.\n:::\n",
        "::: card number\n**4 out of 5** told somebody.\n:::\n",
        "::: card number\n12 months\n\nThat long.\n:::\n",
        "".join(f"::: card\nSentence {n}.\n:::\n\n" for n in range(8)),
        "::: note\nRest.\n:::\n",
        "```\n::: card\n:::\n```\n",
    ],
)
def test_good_marks_are_left_alone(body):
    assert told(body) == []
