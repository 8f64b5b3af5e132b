"""Rule 5: after a fix and ten days of silence another qualified person may agree instead of whoever asked for it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from casts import Cast

from studio.core.errors import StudioError
from studio.guides.models import Approval
from studio.review.queries import offering
from studio.review.rules.standing import State


@pytest.fixture
def cast(house):
    made = Cast(house)
    made.shape()
    house.agree(made.second, made.text, "voice")
    house.ask_change(made.safety, made.text, "safety")
    made.third = house.member(*made.safety.roles, trainings=("safety",), name="Teal")
    return made


def fix(cast):
    cast.house.write(cast.writer, cast.text, "somebody calm", "a calm friend")
    cast.house.save(cast.writer, cast.text)


def safety(cast):
    return cast.house.case(cast.text).standing("safety").state


def offered(cast, who):
    return [one.piece.stage for one in offering.offers(cast.house.session, who, cast.house.now)]


def test_before_the_fix_nobody_is_asked_instead_however_long_it_takes(cast):
    cast.house.later(days=30)
    assert "safety" not in offered(cast, cast.third)


def test_before_ten_days_nobody_is_asked_instead_and_a_yes_does_not_settle_the_wish(cast):
    fix(cast)
    cast.house.later(days=9)
    assert "safety" not in offered(cast, cast.third)
    with suppress(StudioError):
        cast.house.agree(cast.third, cast.text, "safety")
    cast.house.session.flush()
    assert safety(cast) is State.MUST_CHANGE


def test_after_ten_days_another_person_is_offered_it_is_told_why_and_may_agree(cast):
    fix(cast)
    cast.house.later(days=10)
    assert "safety" in offered(cast, cast.third)
    one = next(
        one for one in offering.offers(cast.house.session, cast.third, cast.house.now) if one.piece.stage == "safety"
    )
    assert str(one.why) == (
        "A change was asked for and made, and whoever asked has not answered. You may agree instead."
    )
    cast.house.agree(cast.third, cast.text, "safety")
    assert safety(cast) is State.DONE


def test_who_asked_may_still_come_back_and_ask_again(cast):
    fix(cast)
    cast.house.later(days=10)
    cast.house.agree(cast.third, cast.text, "safety")
    cast.house.ask_change(cast.safety, cast.text, "safety")
    assert safety(cast) is State.MUST_CHANGE


def test_a_new_version_begins_the_days_anew(cast):
    fix(cast)
    cast.house.later(days=9)
    cast.house.write(cast.writer, cast.text, "a calm friend", "a calm and kind friend")
    cast.house.save(cast.writer, cast.text)
    cast.house.later(days=2)
    assert "safety" not in offered(cast, cast.third)
    cast.house.later(days=8)
    assert "safety" in offered(cast, cast.third)


def test_the_wish_is_there_again_where_the_other_yes_is_gone(cast):
    fix(cast)
    cast.house.later(days=10)
    cast.house.agree(cast.third, cast.text, "safety")
    cast.house.write(cast.third, cast.text, "a calm friend", "one calm friend")
    cast.house.save(cast.third, cast.text)
    assert safety(cast) is State.MUST_CHANGE, "whoever agreed is an author now"


def test_the_text_can_be_published_after_it(cast):
    fix(cast)
    cast.house.later(days=10)
    cast.house.agree(cast.third, cast.text, "safety")
    cast.house.agree(cast.second, cast.text, "voice")
    for stage in ("peer", "copy"):
        if cast.house.case(cast.text).standing(stage).state is not State.DONE:
            cast.house.agree(cast.copy, cast.text, stage)
    approval = cast.house.session.get(Approval, cast.text.id)
    assert approval is not None
    assert cast.third.id in approval.people
