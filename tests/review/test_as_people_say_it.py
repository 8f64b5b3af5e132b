"""Passages, and what stands beside a text, are shown in people's words: no marks that only writers know, no keys."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from casts import Cast
from houses import FIELDS

from studio.core.locales import language
from studio.members.actor import Role
from studio.review.queries.changes import changes
from studio.review.queries.nearby import bare
from studio.review.queries.screen import screen
from studio.review.rules.carry import Block


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("::: care Now\n- Breathe 5 times.\n- Drink.\n:::", "Now\n- Breathe 5 times.\n- Drink."),
        ("::: help\nSomebody to talk to\n:::", "Somebody to talk to"),
        ("## Two small steps", "Two small steps"),
        ("> 1. One\n> 2. Two", "1. One\n2. Two"),
        ("| Day | Do |\n|---|:-:|\n| 1 | rest |", "Day · Do\n1 · rest"),
        ("See [another guide](guide:telling) and ![a hand](media:abc).", "See another guide and a hand."),
        ("See [a page](https://example.org/a_(b)), twice.[^1][^2]", "See a page, twice."),
        ("[^1]: A guideline, 2020", "A guideline, 2020"),
        ("Press [Enter] 3 times, 2 * 3 = 6, #1", "Press [Enter] 3 times, 2 * 3 = 6, #1"),
        ("انتظار 3 أسابيع.[^1]", "انتظار 3 أسابيع."),
        ("3週間待つ。[^注]", "3週間待つ。"),
    ],
)
def test_a_passage_is_named_without_the_marks_that_only_writers_know(written, said):
    assert bare(written) == said


def test_a_link_to_another_guide_is_no_source(house):
    other = house.text(house.member(), fields=FIELDS).guide_id
    fields = replace(FIELDS, title="Waiting", sources=("A guideline",))
    cast = Cast(house, facets=["health"], fields=fields, body=f"Wait 3 weeks, see [a guide](guide:{other}).")
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    (claimed,) = screen(house.session, nurse, cast.review.id, "facts:health", house.now).about
    assert (claimed.words, claimed.sources) == ("Wait 3 weeks, see a guide.", ())


ABOUTS = (["guide", ["crisis"], ["hard-days"]], ["story", ["crisis", "legal:FR"], ["hard-days", "ours"]])
NOTES = (["suicide", "discrimination"], ["discrimination", "suicide"], ["suicide", "ours"])


def beside(code, *, about=ABOUTS[0], notes=NOTES[0]):
    """Return what stands beside a text as its blocks hold it."""
    fields = json.dumps({"content_notes": notes})
    return [Block("front", "front", fields, fields), Block("about", "about", json.dumps(about), json.dumps(about))]


def test_what_stands_beside_a_text_changes_in_words_and_not_in_keys():
    told = changes(beside("en"), beside("en", about=ABOUTS[1], notes=NOTES[2]), language("en"))
    now = {str(one.label): one.now.split("\n") for one in told}
    assert now["Before you read"] == ["thoughts of suicide", "ours"]
    assert now["What it is: kind, topics, what it touches"] == [
        "A story from somebody's life: for its team alone until it is published",
        "Somebody who reads it may be in danger right now",
        "France",
        "Hard days",
        "ours",
    ]


def test_the_words_beside_a_text_are_in_its_language():
    (told,) = changes(beside("ar"), beside("ar", about=ABOUTS[1]), language("ar"))
    assert "فرنسا" in told.now
    assert not re.search("[a-z]{3}", told.now.replace("ours", ""))


def test_another_order_of_the_same_notes_is_no_change():
    assert changes(beside("en"), beside("en", notes=NOTES[1]), language("en")) == []
