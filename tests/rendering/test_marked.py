"""Passages marked for cards: on the page they stay what they are, and nothing else becomes a card."""

from __future__ import annotations

import pytest

from studio.core.locales import language
from studio.rendering.blocks import split
from studio.rendering.markdown import render
from studio.rendering.rendered import Marked

NOTE = "\n\n[^1]: A survey of 2025.\n"


def rendered(source, code="en"):
    return render(source, language(code), media_url=lambda _sha: None)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("::: card\nRest is free.\n:::\n", Marked("quote", ("Rest is free.",))),
        ("::: Card Quote\nRest is free.\n:::\n", Marked("quote", ("Rest is free.",))),
        ("::: card quote :::\nOne.\n\nTwo.\n:::\n", Marked("quote", ("One.", "Two."))),
        (
            "::: card number\n**4 out of 5** told a friend.[^1]\n:::" + NOTE,
            Marked("number", ("4 out of 5 told a friend.",), "4 out of 5"),
        ),
        ("::: card number\n12 months\n\nThat long.\n:::\n", Marked("number", ("12 months", "That long."))),
        ("::: card step\n1. Go *now*.\n2. Stop.\n:::\n", Marked("step", ("Go now.", "Stop."), listed=True)),
        ("::: card step\n### Go\nNow,\nif you can.\n:::\n", Marked("step", ("Go", "Now, if you can."))),
        ("::: card\n> Rest is free.\n:::\n", Marked("quote", ("Rest is free.",))),
        ("::: card\n:::\n", Marked("quote", ())),
        ("::: card\nNever closed.\n", Marked("quote", ("Never closed.",))),
    ],
)
def test_a_mark_gives_the_words_of_its_passage(source, expected):
    assert rendered(source).marked == (expected,)


@pytest.mark.parametrize(
    "source",
    [
        "Rest is free.\n",
        "::: note\nRest is free.\n:::\n",
        "::: card joke\nRest is free.\n:::\n",
        "```\n::: card\nRest is free.\n:::\n```\n",
        "- ::: card\n  Rest is free.\n  :::\n",
        "::: note\n::: card\nRest is free.\n:::\n:::\n",
        "> ::: card\n> Rest is free.\n> :::\n",
    ],
)
def test_nothing_else_becomes_a_card(source):
    assert rendered(source).marked == ()


def test_a_marked_passage_reads_as_if_it_had_no_mark():
    inside = "## Begin\n\nRest is **free**.\n\n1. Go.\n2. Stop.\n"
    plain, marked = rendered(inside), rendered(f"::: card\n{inside}:::\n")
    assert (marked.text, marked.words, marked.outline) == (plain.text, plain.words, plain.outline)
    assert marked.sections == plain.sections
    assert marked.html.replace('<div class="marked marked-quote">\n', "").replace("</div>\n", "") == plain.html


def test_blocks_stay_whole_and_those_around_keep_their_hash():
    before = "Hello.\n\nRest is free.\n\nBye.\n"
    after = before.replace("Rest is free.\n", "::: card\nRest is free.\n:::\n")
    old, new = split(before), split(after)
    assert "".join(block.source for block in new) == after
    assert [block.kind for block in new] == ["paragraph", "box", "paragraph"]
    assert [old[0].hash, old[2].hash] == [new[0].hash, new[2].hash]
    assert old[1].hash != new[1].hash
