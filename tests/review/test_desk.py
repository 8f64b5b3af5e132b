"""The desk chooses from what is kept beside the checks, and offers just what a look at every round would offer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from casts import Cast
from houses import FIELDS
from sqlalchemy import select

from studio.guides import operations as guides
from studio.guides.models import TeamMember, Translation
from studio.guides.rules.statuses import Kind, Significance
from studio.members.actor import Role
from studio.review.models import Barred, ReviewStage
from studio.review.operations import claims, hand_in
from studio.review.operations.looking import look_again
from studio.review.queries import rounds
from studio.review.queries.offering import LISTED, offer, offers
from studio.review.queries.pieces import piece_of
from studio.review.rules.queue import in_order, one_piece
from studio.review.rules.standing import RUNNING
from studio.review.rules.waiting import Bar


def looked_at_all(house, actor):
    """Every piece of a member, found by looking at every round: what the desk must agree with."""
    found = []
    for review in rounds.running(house.session):
        text = house.session.get_one(Translation, review.translation_id)
        in_team = house.session.get(TeamMember, (text.id, actor.id)) is not None
        if text.progress not in RUNNING or text.language not in actor.reads or (text.guide.team_only and not in_team):
            continue
        case = rounds.case(house.session, review, text, house.now)
        found += [piece_of(case, actor, one, house.now) for one in case.round.stages]
    return [piece for piece in found if piece]


def a_busy_house(house, seed):
    """Eight people and ten texts, each somewhere on its way, by chance."""
    chance = random.Random(seed)  # noqa: S311 - a test repeats itself
    house.policy("full")
    people = [house.member(reads=("en", "ar")) for _ in range(3)]
    people += [
        house.member(Role.REVIEWER, trainings=("safety",), reads=chance.choice([("en",), ("en", "ar")]))
        for _ in range(3)
    ]
    people += [house.member(Role.REVIEWER, trainings=("copy", "health"), reads=("en",)), house.member(Role.EDITOR)]
    texts = []
    for number in range(10):
        language = chance.choice(["en", "en", "ar"])
        writer = chance.choice([one for one in people if language in one.reads])
        facets = chance.choice([[], ["health"], ["risk:high"], ["minors"]])
        more = {"fields": replace(FIELDS, sources=("A leaflet",))} if facets else {}
        kind = Kind.STORY if number % 7 == 6 else Kind.GUIDE
        text = house.text(writer, language=language, facets=facets, kind=kind, **more)
        house.hand_in(writer, text)
        texts.append((writer, text))
        house.later(days=chance.randint(0, 3))
    for writer, text in texts:
        for _ in range(chance.randint(0, 5)):
            _something(house, chance, people, writer, text)
    return people


def _something(house, chance, people, writer, text):
    case = house.case(text)
    able = [(actor, one) for one in case.round.stages for actor in people if actor.id in case.could[one.check.key]]
    able = [(actor, one) for actor, one in able if one.state == "open"]
    act = chance.choice(["agree", "agree", "agree", "change", "take", "give back", "write"])
    if act == "write":
        house.write(writer, text, "calm", "calm and kind")
        house.save(writer, text, chance.choice([Significance.CONTENT, Significance.SAFETY]))
    elif able:
        actor, one = chance.choice(able)
        if act == "agree":
            house.agree(actor, text, one.check.key)
        elif act == "change":
            house.ask_change(actor, text, one.check.key)
        else:
            house.take(actor, text, one.check.key, own_experience=True)
            if act == "give back":
                claims.give_back(house.session, actor, case.review.id, one.check.key, house.now)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_leads_to_the_very_pieces_that_a_look_at_every_round_finds(house, seed):
    people = a_busy_house(house, seed)
    house.later(days=seed)
    for actor in people:
        every = looked_at_all(house, actor)
        back = passed_by(house, actor)
        offered = {(one.piece.review, one.piece.stage) for one in offers(house.session, actor, house.now)}
        waits = {(one.review, one.stage) for one in every if one.own or (one.review, one.stage) not in back}
        assert len(waits) <= LISTED
        assert offered == waits
        free = [one for one in every if (one.review, one.stage) in waits]
        shown = offer(house.session, actor, 40, house.now)
        best = one_piece(free, 40)
        assert (shown is None) == (best is None)
        if best and not best.costs:
            assert shown.piece == best
        if shown:
            assert not shown.piece.safety or in_order(free)[0].safety


def passed_by(house, actor):
    bars = select(Barred).where(Barred.member_id == actor.id, Barred.sort == Bar.PASSED)
    return {(one.review_id, one.stage) for one in house.session.scalars(bars)}


@pytest.fixture
def cast(house):
    return Cast(house)


def stages(found):
    return [one.piece.stage for one in found]


def test_what_one_gave_back_is_not_offered_again_but_may_still_be_taken(cast):
    house = cast.house
    house.take(cast.second, cast.text, "peer")
    claims.give_back(house.session, cast.second, cast.review.id, "peer", house.now)
    assert offer(house.session, cast.second, 20, house.now) is None
    assert stages([offer(house.session, cast.safety, 20, house.now)]) == ["peer"]
    house.take(cast.second, cast.text, "peer")
    assert offer(house.session, cast.second, 20, house.now).piece.own


def test_a_check_whose_days_are_over_is_free_before_anybody_looked_again(cast):
    house = cast.house
    house.take(cast.second, cast.text, "peer")
    assert offer(house.session, cast.safety, 20, house.now) is None
    house.later(days=14, minutes=1)
    assert stages([offer(house.session, cast.safety, 20, house.now)]) == ["peer"]


def test_who_wrote_since_is_not_offered_the_text_although_nothing_was_looked_at_again(cast):
    house = cast.house
    house.write(cast.second, cast.text, "somebody calm", "a friend of many years, whom you have known since school")
    house.session.flush()
    guides.save_version(
        house.session, cast.second.id, cast.text, significance=Significance.CONTENT, note="", now=house.later(minutes=1)
    )
    assert offer(house.session, cast.second, 20, house.now) is None


def test_of_many_texts_that_would_cost_a_scarce_check_the_one_that_does_not_is_found(house):
    house.policy("full")
    writer = house.member()
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    for _ in range(5):
        house.member()
    editor = house.member(Role.EDITOR)
    readers = [house.member() for _ in range(2)]
    fields = replace(FIELDS, sources=("A leaflet",))
    for _ in range(6):
        text = house.text(writer, facets=["health"], fields=fields)
        house.hand_in(writer, text)
    house.later(days=9)
    plain = house.text(writer)
    house.hand_in(writer, plain)
    for person in (nurse, editor, *readers):
        assert offer(house.session, person, 40, house.now) is not None
    shown = offer(house.session, nurse, 40, house.now)
    assert shown.piece.review == rounds.open_review(house.session, plain.id).id
    assert not shown.piece.costs


def test_the_shortest_is_shown_where_nothing_fits(house):
    cast = Cast(house, body="Rest, and tell somebody calm. " * 700)
    found = offer(house.session, cast.second, 10, house.now)
    assert found is not None
    assert not found.fits


def test_a_round_that_was_taken_back_is_offered_to_nobody(cast):
    house = cast.house
    hand_in.take_back(house.session, cast.writer, cast.text, house.later(minutes=1))
    rows = house.session.scalars(select(ReviewStage).where(ReviewStage.review_id == cast.review.id)).all()
    assert [row.free_at for row in rows] == [None] * len(rows)
    assert offer(house.session, cast.second, 20, house.now) is None


def test_a_check_that_a_text_no_longer_has_is_offered_to_nobody(house):
    fields = replace(FIELDS, sources=("A leaflet",))
    cast = Cast(house, facets=["health"], fields=fields)
    house.member(Role.REVIEWER, trainings=("health",))
    cast.shape()
    cast.text.guide.facets = []
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    row = house.session.get_one(ReviewStage, (cast.review.id, "facts:health"))
    assert row.free_at is None


def test_somebody_may_be_barred_for_a_while_only(cast):
    house = cast.house
    house.take(cast.second, cast.text, "peer")
    house.later(days=14, minutes=1)
    look_again(house.session, cast.text, house.now)
    assert stages([offer(house.session, cast.second, 20, house.now + timedelta(minutes=1))]) == ["peer"]
