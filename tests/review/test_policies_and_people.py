"""Policies, checklists, and who may give which check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_values import actor, check

from studio.core.errors import Invalid
from studio.guides.rules.policies import fitting
from studio.guides.rules.statuses import Kind
from studio.members.actor import Role
from studio.review import library as shelves
from studio.review.library import library
from studio.review.rules import policy as policies
from studio.review.rules.policy import checks_for, questions_for, risk_of
from studio.review.rules.who import Text, fits, why_not


def test_the_shipped_policies_are_read_and_no_line_of_combine_lets_facts_go_with_safety_or_voice():
    for policy in library().policies.values():
        assert policy.people >= 2
        for line in policy.combine:
            facts = any(key.startswith("facts") for key in line)
            assert not (facts and line & {"safety", "voice"})


def test_a_policy_cannot_ask_for_fewer_than_two_people():
    data = dict(library().policy_data["tiny"])
    assert policies.read_policy({**data, "people": 1}).people == 2


@pytest.mark.parametrize(
    "mistake", [{"stages": None}, {"people": "many"}, {"stages": [{"key": "peer"}]}, {"combine": 3}]
)
def test_a_mistake_in_a_policy_is_one_sentence_that_names_it(mistake):
    data = {**library().policy_data["tiny"], **mistake}
    with pytest.raises(Invalid, match="tiny"):
        policies.read_policy(data)


def test_what_is_no_policy_at_all_is_refused_by_a_sentence_too():
    with pytest.raises(Invalid, match=r"\?"):
        policies.read_policy([])
    with pytest.raises(Invalid, match="peer"):
        policies.read_checklist({"key": "peer", "version": 1})


def test_a_policy_that_names_a_missing_checklist_stops_the_start():
    tiny = library().policies["tiny"]
    with pytest.raises(Invalid, match="peer"):
        shelves._check_names(tiny, {})
    shelves._check_names(tiny, library().checklists)


def test_facets_bring_checks_and_the_law_of_each_country_is_one_of_its_own():
    tiny = library().policies["tiny"]
    plain = [one.key for one in checks_for(tiny, Kind.GUIDE, [])]
    assert plain == ["peer", "copy", "voice", "safety"]
    more = {one.key: one for one in checks_for(tiny, Kind.STORY, ["health", "legal:FR", "legal:DE", "risk:high"])}
    assert list(more) == [
        "peer",
        "copy",
        "voice",
        "facts:health",
        "facts:legal:FR",
        "facts:legal:DE",
        "safety",
        "teller",
    ]
    assert more["safety"].needs == 2
    assert more["facts:legal:FR"].who == ("training:legal:FR",)
    assert more["facts:legal:FR"].line == "facts:legal"
    assert not more["teller"].counts


def test_every_check_of_every_policy_asks_three_to_five_questions_of_any_text():
    shelf = library()
    for policy in shelf.policies.values():
        for kind in Kind:
            facets = ["health", "legal:FR", "minors", "crisis", "risk:high"]
            for one in checks_for(policy, kind, facets):
                asked = questions_for(shelf.checklists[one.checklist], kind, [])
                everything = questions_for(shelf.checklists[one.checklist], kind, facets)
                assert 3 <= len(asked) <= len(everything) <= 5, (one.key, kind)


def test_the_risk_of_a_text_is_the_highest_that_applies():
    tiny = library().policies["tiny"]
    assert [risk_of(tiny, facets) for facets in ([], ["health"], ["health", "risk:high"])] == [1, 2, 3]


@pytest.mark.parametrize(
    ("people", "key"), [(1, "tiny"), (3, "tiny"), (4, "small"), (6, "small"), (7, "full"), (90, "full")]
)
def test_the_policy_fits_the_number_of_members(people, key):
    assert fitting(library().policies.values(), people).key == key


def test_a_number_that_no_policy_is_meant_for_gets_the_largest():
    tiny = library().policies["tiny"]
    assert fitting([tiny], 50) is tiny


@pytest.mark.parametrize(
    ("who", "person", "may"),
    [
        (("any_member",), actor(), True),
        (("own_experience",), actor(), True),
        (("role:editor", "training:copy"), actor("ann", Role.EDITOR), True),
        (("role:editor", "training:copy"), actor("ann", Role.REVIEWER, trainings=("copy",)), True),
        (("role:editor", "training:copy"), actor("ann", trainings=("copy",)), False),
        (("training:legal:FR",), actor("ann", Role.REVIEWER, trainings=("legal:FR",)), True),
        (("training:legal:FR",), actor("ann", Role.REVIEWER, trainings=("legal:DE",)), False),
        (("training:safety",), actor("ann", Role.STEWARD, Role.EDITOR), False),
        (("teller",), actor("tom"), True),
        (("teller",), actor("ann"), False),
        (("something:else",), actor("ann"), False),
        (("any_member",), actor("ann", reads=("fr",)), False),
        (("any_member",), actor("wes"), False),
    ],
)
def test_who_may_give_a_check(who, person, may):
    about = Text("en", frozenset({"wes"}), frozenset({"tom"}))
    assert (why_not(person, check(who=who), about, (), ()) is None) is may


def test_the_teller_may_be_the_author():
    about = Text("en", frozenset({"tom"}), frozenset({"tom"}))
    assert why_not(actor("tom"), check("teller", who=("teller",), counts=False), about, (check("peer"),), ()) is None


def test_what_one_person_gives_fits_into_one_line_of_combine():
    lines = (frozenset({"peer", "copy"}), frozenset({"voice", "safety"}))
    about = Text("en")
    assert why_not(actor(), check("copy"), about, [check("peer")], lines) is None
    assert why_not(actor(), check("safety"), about, [check("peer")], lines) is not None
    assert why_not(actor(), check("safety"), about, [check("safety")], lines) is None


def test_the_law_of_two_countries_takes_two_people():
    lines = (frozenset({"peer", "facts:legal"}),)
    one, two = (check(f"facts:legal:{country}", country=country) for country in ("FR", "DE"))
    assert why_not(actor(), one, Text("en"), [check("peer")], lines) is None
    assert why_not(actor(), two, Text("en"), [one], lines) is not None


@given(st.sets(st.sampled_from(["peer", "copy", "voice", "safety", "facts:health", "facts:legal"]), min_size=2))
def test_no_shipped_policy_but_tiny_lets_one_person_give_two_of_voice_facts_and_safety(keys):
    for name, policy in library().policies.items():
        three = {key.partition(":")[0] for key in keys} & {"voice", "facts", "safety"}
        if fits(keys, policy.combine) and len(three) > 1:
            assert name == "tiny"
            assert three == {"voice", "safety"}
