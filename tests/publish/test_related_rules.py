"""Which texts stand beside a text."""

from __future__ import annotations

from studio.publish.rules.related import MOST, Neighbour, related

OTHERS = [
    Neighbour("school", ("school", "telling")),
    Neighbour("doctor", ("health",)),
    Neighbour("family", ("telling",)),
    Neighbour("friends", ("telling",)),
    Neighbour("lamps", ("streets",)),
]


def test_the_own_text_and_those_with_nothing_in_common_are_left_out():
    found = related("family", ["telling"], [], OTHERS)
    assert sorted(found) == ["friends", "school"]


def test_what_the_text_leads_to_comes_first_whatever_its_topic():
    assert related("own", ["telling"], ["lamps"], OTHERS)[0] == "lamps"


def test_a_rare_topic_counts_more_than_a_usual_one():
    assert related("own", ["telling", "school"], [], OTHERS)[0] == "school"
    assert related("own", ["telling", "health"], [], OTHERS)[0] == "doctor"


def test_there_are_never_more_than_four_and_always_the_same_ones():
    many = [Neighbour(f"text-{n}", ("telling",)) for n in range(50)]
    found = related("own", ["telling"], [], many)
    assert len(found) == MOST
    assert related("own", ["telling"], [], reversed(many)) == found


def test_texts_that_nothing_tells_apart_take_turns():
    many = [Neighbour(f"text-{n}", ("telling",)) for n in range(50)]
    led = {name for n in range(50) for name in related(f"text-{n}", ["telling"], [], many)}
    assert len(led) > 40


def test_without_topics_and_links_nothing_stands_beside():
    assert related("own", [], [], OTHERS) == []
