"""A second look: one screen with the difference, and no question twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from casts import Cast

from studio.core.errors import Invalid
from studio.core.locales import language
from studio.guides.rules.worddiff import Piece
from studio.review.operations import decisions
from studio.review.queries.nearby import lines_above, near, places
from studio.review.queries.screen import screen
from studio.review.rules.answers import that_stand
from studio.review.rules.carry import Block
from studio.review.rules.standing import Verdict

BODY = "Take 5 mg each day.\n\nTalk with somebody calm.\n\nRest as long as you need to."


@pytest.fixture
def cast(house):
    return Cast(house, body=BODY)


def change(cast, old, new, significance="content"):
    cast.house.write(cast.writer, cast.text, old, new)
    cast.house.save(cast.writer, cast.text, significance)


def looked(cast, who, stage):
    return screen(cast.house.session, who, cast.review.id, stage, cast.house.now)


def say(cast, who, stage, verdict=Verdict.APPROVE, **more):
    word = replace(cast.house.word(cast.text, stage, verdict), **more)
    return decisions.decide(cast.house.session, who, cast.review.id, stage, word, cast.house.later(minutes=1))


def test_a_second_look_asks_nothing_that_was_answered_and_a_yes_to_the_difference_is_enough(cast):
    cast.shape()
    first = cast.house.case(cast.text).decisions[0]
    change(cast, "somebody calm", "a friend")
    shown = looked(cast, cast.copy, "peer")
    assert (shown.again, shown.agreed, shown.questions) == (True, True, ())
    row = say(cast, cast.copy, "peer", answers={})
    assert row.answers == first.answers
    assert cast.house.case(cast.text).standing("peer").counting == {cast.copy.id}


def test_a_first_look_still_needs_every_answer(cast):
    with pytest.raises(Invalid, match="answer this question"):
        say(cast, cast.copy, "peer", answers={})


def test_what_had_to_change_is_asked_again_and_what_was_not_answered(cast):
    say(cast, cast.copy, "peer", Verdict.REQUEST_CHANGES)
    change(cast, "somebody calm", "a friend")
    shown = looked(cast, cast.copy, "peer")
    assert (shown.again, shown.agreed) == (True, False)
    assert len(shown.questions) >= 3
    with pytest.raises(Invalid):
        say(cast, cast.copy, "peer", answers={})


def test_that_a_question_does_not_apply_is_asked_again_where_a_new_passage_came(cast):
    keys = list(cast.house.word(cast.text, "peer").answers)
    say(cast, cast.copy, "peer", answers={**dict.fromkeys(keys, "yes"), keys[1]: "not_here"})
    change(cast, "somebody calm", "a friend")
    assert looked(cast, cast.copy, "peer").questions == ()
    change(cast, "Rest as", "Call a help line.\n\nRest as")
    assert [key for key, _ in looked(cast, cast.copy, "peer").questions] == [keys[1]]


@pytest.mark.parametrize(("brought_new", "stands"), [(False, {"a": "yes", "b": "not_here"}), (True, {"a": "yes"})])
def test_which_answers_stand(brought_new, stands):
    assert that_stand({"a": "yes", "b": "not_here", "c": "change"}, brought_new=brought_new) == stands


def test_each_difference_has_one_line_above_it_and_what_stayed_far_away_is_cut():
    cast_text = [Block("t", "title", "Calm", "1"), Block("a", "heading", "## How to *rest*\n\n", "2")]
    cast_text += [Block("b", "paragraph", "Sit.\n\n", "3"), Block("f", "front", "{}", "4")]
    assert lines_above(cast_text) == {"b": "How to *rest*"}
    assert places(cast_text) == {"a": ("## How to *rest*", 0), "b": ("Sit.", 18)}
    long = "word " * 60
    pieces = [Piece("same", long), Piece("del", "5"), Piece("ins", "50"), Piece("same", f" mg. {long}")]
    cut = near(pieces, language("en"))
    assert [one.kind for one in cut] == ["same", "del", "ins", "same"]
    assert cut[0].text.startswith("… word ")
    assert cut[3].text.startswith(" mg. word ")
    assert cut[3].text.endswith(" …")
    assert max(len(one.text) for one in cut) < 100
    middle = near([Piece("ins", "a"), Piece("same", f" {long}"), Piece("ins", "b")], language("en"))[1].text
    assert re.fullmatch(r"( word)+ … (word )+", middle)
    kept = [Piece("same", "休" * 40), Piece("ins", "む")]
    assert near(kept, language("ja")) == tuple(kept)
    assert len(near([Piece("same", "休" * 400), Piece("ins", "む")], language("ja"))[0].text) == 47
    assert near([Piece("same", long)], language("en")) == (Piece("same", long),)
