"""Four people, one of them a nurse with twenty minutes a week, publish ten guides in a month; and who wrote what."""

from __future__ import annotations

import pytest
from months import FACTS, SECTIONS, WORDS, Month, Person, Planned, words_of

from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Significance
from studio.members.actor import Role
from studio.members.models import Training
from studio.review.queries.left import left_to_check
from studio.review.queries.stuck import cannot_move
from studio.review.rules.standing import Verdict

DAYS = 30
A_WEEK = 7
TWENTY = 20
PLAN = {
    0: Planned("Reed"),
    1: Planned("River", suggested_by="Reed"),
    3: Planned("Reed", facts=SECTIONS, wish="facts:health"),
    5: Planned("Reed", later=Significance.CONTENT),
    7: Planned("River", wish="safety"),
    9: Planned("River", facts=FACTS),
    11: Planned("Reed", wish="voice"),
    13: Planned("Reed", later=Significance.TYPO),
    15: Planned("River"),
    17: Planned("Reed"),
}
BY_REED = "guide {} by Reed: peer River, copy River, voice River, safety Lamp"
BY_RIVER = "guide {} by River: peer Reed, copy Lamp, voice Reed, safety Lamp"
WHO_DID_WHAT = [
    BY_REED.format(1),
    BY_RIVER.format(2),
    BY_REED.format(3) + ", facts:health Heron",
    BY_REED.format(4),
    BY_RIVER.format(5),
    BY_RIVER.format(6) + ", facts:health Heron",
    BY_REED.format(7),
    BY_REED.format(8),
    BY_RIVER.format(9),
    BY_REED.format(10),
]
TOO_FEW = (
    "Together you are too few for these checks: one more person is needed. "
    "An organiser can invite somebody, or ask a guest to read."
)


@pytest.fixture
def four(house):
    """A writer, an editor who writes, an organiser for safety and wording, and a nurse; everybody reads English."""
    house.policy("small")
    return {
        "Reed": house.member(name="Reed"),
        "River": house.member(Role.EDITOR, name="River"),
        "Lamp": house.member(Role.REVIEWER, Role.STEWARD, trainings=("safety", "copy"), name="Lamp"),
        "Heron": house.member(Role.REVIEWER, trainings=("health",), name="Heron"),
    }


@pytest.fixture
def month(house, four):
    people = {
        "Reed": Person(four["Reed"], minutes=20),
        "River": Person(four["River"], minutes=40),
        "Lamp": Person(four["Lamp"], minutes=20),
        "Heron": Person(four["Heron"], minutes=TWENTY, first=2, every=A_WEEK, lives=False),
    }
    return Month(house, people, PLAN)


def test_the_texts_are_as_long_as_guides_are():
    for number in range(1, 11):
        assert 0.95 < len(words_of(number, FACTS).split()) / WORDS < 1.05


def test_four_people_publish_ten_guides_in_a_month(month):
    month.run(DAYS)
    assert sorted(month.published) == list(range(1, 11)), month.table()
    assert month.who_did_what() == WHO_DID_WHAT, month.table()
    for number, (_, edition, checked) in month.published.items():
        assert edition.people == len(checked) >= 2
        assert not checked & month.wrote[number]
        assert checked == {one.who for one in month.given if one.text == number}
        assert edition.label == ""

    assert not [one for one in month.given if one.who in month.wrote[one.text]]
    assert len(month.hints) == 2, "both texts about health were handed in with a figure and no source"
    wishes = [(one.text, one.check) for one in month.given if one.verdict is Verdict.REQUEST_CHANGES]
    assert sorted(wishes) == [(3, "facts:health"), (5, "safety"), (7, "voice")]
    again = [one for one in month.given if one.text == 4 and one.who == "River" and one.check == "peer"]
    assert len(again) == 2, "what was rewritten meanwhile was looked at again"
    assert month.confirmed == ["recieve → receive"]

    nurse = month.minutes_of("Heron")
    assert max(nurse.values()) <= TWENTY
    assert all((day - 2) % A_WEEK == 0 for day in nurse), "one sitting a week"
    assert sum(nurse.values()) > TWENTY, "more than one week was needed, and it was enough"


def written_by(house, *writers, facets=()):
    """Return a text of several people, handed in by the first of them."""
    fields = TextFields(
        title="A calm talk",
        summary="How to begin.",
        content_notes=("none",),
        neutral_title="Pages",
        sources=("A handbook for hard days, 2025",),
    )
    text = house.text(writers[0], fields=fields, facets=list(facets))
    for one in writers[1:]:
        house.write(one, text, "somebody calm", "a calm friend")
    house.hand_in(writers[0], text)
    return text


def why(house, organiser):
    return [str(sentence) for waiting in cannot_move(house.session, organiser, house.now) for sentence in waiting.why]


def nobody(stage):
    return f"{stage}, and nobody here can give it yet. An organiser can invite somebody, or ask a guest to read."


@pytest.mark.parametrize(
    ("writers", "facets", "sentences"),
    [
        (["Reed"], [], []),
        (["Reed"], ["health"], []),
        (["River"], ["health"], []),
        (["Reed", "River"], [], []),
        (["Lamp"], [], [nobody("Keeping people safe: comes later")]),
        (["Heron"], [], []),
        (["Heron"], ["health"], [nobody("Health facts: comes later")]),
        (
            ["Reed", "River"],
            ["health"],
            [TOO_FEW],
        ),
    ],
)
def test_what_four_people_can_publish_depends_on_who_wrote_it(house, four, writers, facets, sentences):
    """The only one for safety, or for health, cannot write; own experience, facts and safety are three people."""
    written_by(house, *(four[name] for name in writers), facets=facets)
    assert why(house, four["Lamp"]) == sentences


def test_where_one_person_alone_cares_for_the_wording_their_own_text_waits_and_the_house_is_told(house, four):
    for row in house.session.query(Training).filter_by(name="copy"):
        house.session.delete(row)
    house.session.flush()
    written_by(house, four["Reed"])
    assert why(house, four["Lamp"]) == []
    written_by(house, four["River"])
    assert why(house, four["Lamp"]) == [
        "Clear wording: nobody here can give this yet. An organiser can invite somebody, or ask a guest to read."
    ]


def test_a_second_writer_hears_before_they_type_that_the_others_would_be_too_few(house, four):
    for facets in ([], ["health"]):
        text = house.text(four["Reed"], facets=facets)
        said = [str(left_to_check(house.session, four[name], text, house.now) or "") for name in ("River", "Lamp")]
        too_few = "If you write here, the others are too few for all its checks. Suggest instead?"
        assert (said[0] == too_few) == bool(facets)
        assert "nobody is left to check it for “Keeping people safe”" in said[1]
