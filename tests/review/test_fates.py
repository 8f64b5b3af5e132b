"""What became of a word, and what saving would cost, counted in words."""

from __future__ import annotations

import pytest
from review_values import check

from studio.core.words import N_
from studio.review.rules.carry import Carried, Weight
from studio.review.rules.fates import Fate, costs, told
from studio.review.rules.standing import Given, Round, Standing, State, Verdict, Vote

COUNTS = Carried(Weight.COUNTS, N_("This yes counts."))


def vote(member, carried):
    return Vote(Given(member, member, "peer", Verdict.APPROVE, 1), carried, able=True)


def changed(*passages):
    return Carried(Weight.LOOK_AGAIN, N_("Please look again."), passages)


def round_of(*votes):
    return Round((Standing(check("peer"), votes, State.OPEN),), frozenset(), 2)


@pytest.mark.parametrize(
    ("passages", "sentence"),
    [
        ((), "The questions of this check changed. This yes waits for a second look."),
        (("a",), "1 passage changed. This yes waits for a second look."),
        (("a", "b", "c"), "3 passages changed. This yes waits for a second look."),
    ],
)
def test_a_yes_that_waits_says_how_much_changed(passages, sentence):
    found = told(vote("ann", changed(*passages)))
    assert (found.fate, str(found.sentence)) == (Fate.WAITS, sentence)


def test_saving_says_how_many_people_still_count_and_how_much_is_looked_at_again():
    before = round_of(vote("ann", COUNTS), vote("ben", COUNTS), vote("cat", COUNTS))
    after = round_of(vote("ann", COUNTS), vote("ben", COUNTS), vote("cat", changed("a", "b")))
    found = costs(before, after, lambda one: one.key, agreed=False)
    assert [(str(one.sentence), one.stages) for one in found] == [
        ("2 people’s yes still counts.", ()),
        ("Asked to look again at 2 passages:", (("peer", None),)),
    ]
