"""What saving a version would cost is said before it is saved, and what became of each word afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casts import Cast
from houses import FIELDS

from studio.guides import operations as guides
from studio.guides.proposing import proposal
from studio.guides.rules.statuses import Progress, Significance
from studio.members.actor import Role
from studio.review.queries.costs import costs_of_saving
from studio.review.queries.panel import panel
from studio.review.rules.standing import Verdict

TYPO, CONTENT, SAFETY = Significance
BODY = "Talk with somebody calm.\n\nWait 3 weeks and rest.\n\nWrite down what you want to say."


@pytest.fixture
def cast(house):
    made = Cast(house, body=BODY, facets=["health"], fields=replace(FIELDS, sources=("A guideline",)))
    made.nurse = house.member(Role.REVIEWER, trainings=("health",), name="Wader")
    return made


def costs(cast, answer=CONTENT, who=None):
    told = costs_of_saving(cast.house.session, who or cast.writer, cast.text, [answer], cast.house.now)
    return [_words(one) for one in told[answer]]


def _words(cost):
    return " ".join([str(cost.sentence), *(f"{stage} ({who})" if who else stage for stage, who in cost.stages)])


def lines(cast):
    found = panel(cast.house.session, cast.writer, cast.text, cast.house.now).lines
    return {(one.check, one.who): (str(one.fate), str(one.said)) for one in found}


def test_where_nobody_has_said_anything_nothing_is_lost(cast):
    cast.house.write(cast.writer, cast.text, "somebody calm", "a friend")
    assert costs(cast) == []


def test_without_a_round_nothing_is_asked(cast):
    text = cast.house.text(cast.writer)
    assert costs_of_saving(cast.house.session, cast.writer, text, [CONTENT], cast.house.now) == {}


def test_a_yes_to_other_passages_still_counts_and_the_rest_look_again(cast):
    cast.all()
    cast.house.agree(cast.nurse, cast.text, "facts:health")
    assert cast.text.progress is Progress.APPROVED
    cast.house.write(cast.writer, cast.text, "somebody calm", "a friend")
    assert costs(cast) == [
        "One person’s yes still counts.",
        (
            "Asked to look again at one passage: First read Clear wording (an editor) Own experience "
            "Keeping people safe (someone trained for safety)"
        ),
        "All checks were done; the text waits again until they are.",
    ]
    assert (cast.text.progress, cast.house.case(cast.text).candidate.number) == (Progress.APPROVED, 1)


def test_what_was_said_before_saving_is_what_happens(cast):
    cast.all()
    cast.house.agree(cast.nurse, cast.text, "facts:health")
    cast.house.write(cast.writer, cast.text, "3 weeks", "5 weeks")
    assert proposal(cast.house.session, cast.text).significance is SAFETY
    told = costs(cast, SAFETY)
    first = "Asked to look again, first of all: Health facts (someone with health training)"
    assert f"{first} Keeping people safe (someone trained for safety)" in told
    assert "No yes counts any more until people have looked again." in told
    cast.house.save(cast.writer, cast.text)
    assert lines(cast)["Health facts", "Wader"] == (
        "waits",
        "Something about safety or health changed. This yes waits for a second look, first of all.",
    )
    assert {fate for fate, _ in lines(cast).values()} == {"waits"}


def test_a_version_is_never_saved_as_something_milder_than_the_machine_says(cast):
    cast.house.write(cast.writer, cast.text, "3 weeks", "5 weeks")
    saved = guides.save_version(
        cast.house.session, cast.writer.id, cast.text, significance=CONTENT, note="", now=cast.house.now
    )
    assert saved.significance is SAFETY


def test_something_stricter_may_be_said_by_hand(cast):
    cast.house.write(cast.writer, cast.text, "somebody calm", "somebody calmm")
    assert proposal(cast.house.session, cast.text).significance is TYPO
    saved = guides.save_version(
        cast.house.session, cast.writer.id, cast.text, significance=CONTENT, note="", now=cast.house.now
    )
    assert saved.significance is CONTENT


def test_spelling_costs_nothing_and_makes_nobody_an_author(cast):
    cast.all()
    cast.house.write(cast.safety, cast.text, "somebody", "somebdy")
    assert costs(cast, TYPO, cast.safety) == ["Every yes still counts."]


def test_a_yes_ends_where_its_giver_wrote_and_nobody_is_named(cast):
    cast.all()
    cast.house.write(cast.safety, cast.text, "somebody calm", "a friend")
    told = costs(cast, CONTENT, cast.safety)
    ends = "A yes ends, for whoever gave it wrote in the text; somebody else is asked:"
    assert f"{ends} Own experience Keeping people safe (someone trained for safety)" in told
    assert not any("Heron" in sentence for sentence in told)
    cast.house.save(cast.safety, cast.text)
    assert lines(cast)["Keeping people safe", "Heron"] == (
        "ended",
        "Wrote in this text since, so this yes no longer counts: somebody else is asked.",
    )
    assert ("Own experience", "Heron") not in lines(cast)


def test_a_wish_for_a_change_is_shown_what_became_of_it(cast):
    cast.house.ask_change(cast.copy, cast.text, "peer")
    cast.house.write(cast.writer, cast.text, "somebody calm", "a friend")
    assert costs(cast) == ["Whoever asked for a change is shown what became of it: First read"]
    cast.house.save(cast.writer, cast.text)
    assert lines(cast)["First read", "River"] == ("asks for a change", "Something must change.")
    cast.house.say(cast.copy, cast.text, "peer", Verdict.APPROVE)
    assert lines(cast)["First read", "River"] == ("counts", "This yes counts.")
