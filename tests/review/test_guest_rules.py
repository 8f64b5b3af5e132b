"""What a guest's word counts for: who vouches, as whom it is counted, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from casts import Cast
from houses import FIELDS
from sqlalchemy import func, select

from studio.audit import links
from studio.audit.models import AuditEntry
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id
from studio.guides.models import TeamMember
from studio.guides.rules.statuses import Progress, Significance
from studio.members.actor import Actor, Role
from studio.members.models import Member
from studio.review.library import library
from studio.review.models import Decision, ReadingLink
from studio.review.operations import guests, organiser
from studio.review.operations.guests import LinkRefused
from studio.review.queries.costs import costs_of_saving
from studio.review.queries.guests import named
from studio.review.queries.panel import panel
from studio.review.rules import guests as rules
from studio.review.rules.standing import State, Verdict
from studio.review.rules.who import Text


def make(house, actor, text, stage, **more):
    values = {"days": 7, "vouched": True, **more}
    return guests.make(house.session, actor, house.case(text).review.id, stage, house.later(minutes=1), **values)


def answer(house, token, text, stage, verdict=Verdict.APPROVE, **more):
    word = house.word(text, stage, verdict)
    return guests.answer(house.session, token, stage, word, house.later(minutes=1), **{"true_of_me": True, **more})


def ask(house, actor, text, stage, verdict=Verdict.APPROVE, **more):
    """Make a link and have the guest answer with it."""
    link, token = make(house, actor, text, stage, **more)
    answer(house, token, text, stage, verdict)
    return link, token


def who_said(house, actor, text):
    return [str(line.who) for line in panel(house.session, actor, text, house.now).lines]


def said(house, actor, text):
    return [str(line.said) for line in panel(house.session, actor, text, house.now).lines]


@pytest.fixture
def cast(house):
    made = Cast(house)
    made.shape()
    return made


# As whom it counts


def test_a_guests_yes_counts_and_is_marked_as_a_guests(house, cast):
    ask(house, cast.organiser, cast.text, "safety")
    assert house.case(cast.text).standing("safety").state is State.DONE
    assert "a guest reader trained to keep people safe, vouched for by an organiser" in who_said(
        house, cast.writer, cast.text
    )


def test_two_guests_of_one_inviter_are_one_person_for_the_count(house, cast):
    ask(house, cast.organiser, cast.text, "voice")
    ask(house, cast.organiser, cast.text, "safety")
    case = house.case(cast.text)
    assert len(case.round.people) == 2  # who shaped it, and the guests of one organiser
    assert case.round.all_agreed
    assert house.approval(cast.text).people == sorted([cast.copy.id, f"guest:{cast.organiser.id}"])


def test_guests_of_one_inviter_alone_are_never_two_people(house):
    cast = Cast(house)
    for stage in ("peer", "copy"):
        ask(house, cast.organiser, cast.text, stage)
    for stage in ("voice", "safety"):
        ask(house, cast.organiser, cast.text, stage)
    case = house.case(cast.text)
    assert {one.state for one in case.round.stages} == {State.DONE}
    assert not case.round.all_agreed
    assert cast.text.progress is Progress.IN_REVIEW
    sentences = [str(one) for one in panel(house.session, cast.writer, cast.text, house.now).sentences]
    assert sentences[0] == "Not yet. People besides the authors who agree so far: 1."
    assert "you are too few" in sentences[1]


def test_where_a_check_needs_two_one_inviters_guests_are_one(house):
    cast = Cast(house, facets=["risk:high"])
    cast.shape()
    other = house.member(Role.STEWARD)
    ask(house, cast.organiser, cast.text, "safety")
    assert house.case(cast.text).standing("safety").still_needs == 1
    with pytest.raises(Conflict, match="count as one person"):
        make(house, cast.organiser, cast.text, "safety")
    ask(house, other, cast.text, "safety")
    assert house.case(cast.text).standing("safety").state is State.DONE


def test_two_links_that_were_made_before_either_was_answered_are_still_one_person(house):
    cast = Cast(house, facets=["risk:high"])
    cast.shape()
    tokens = [make(house, cast.organiser, cast.text, "safety")[1] for _ in range(2)]
    for token in tokens:
        answer(house, token, cast.text, "safety")
    assert house.case(cast.text).standing("safety").still_needs == 1


def test_what_one_person_may_give_together_holds_for_one_guest_too(house):
    cast = Cast(house, facets=["health"], fields=replace(FIELDS, sources=("A handbook",)))
    cast.shape()
    link, _ = make(house, cast.organiser, cast.text, "voice")
    make(house, cast.organiser, cast.text, "safety", same_as=link.person)
    with pytest.raises(Conflict, match="second pair of eyes"):
        make(house, cast.organiser, cast.text, "facts:health", same_as=link.person)
    with pytest.raises(Conflict, match="second pair of eyes"):
        make(house, cast.organiser, cast.text, "voice", same_as=link.person)
    other = house.member(Role.STEWARD)
    with pytest.raises(Invalid):
        make(house, other, cast.text, "facts:health", same_as=link.person)


def test_a_guest_is_no_author_and_never_comes_into_the_team(house, cast):
    link, _ = ask(house, cast.organiser, cast.text, "safety")
    assert link.id not in house.case(cast.text).text.authors
    assert link.id not in set(house.session.scalars(select(TeamMember.member_id)))


# Who vouches


def test_only_an_organiser_makes_a_link_and_only_by_vouching(house, cast):
    for member in (cast.copy, cast.safety, cast.writer):
        with pytest.raises(NotAllowed):
            make(house, member, cast.text, "safety")
    with pytest.raises(Invalid, match="only if you vouch"):
        make(house, cast.organiser, cast.text, "safety", vouched=False)
    with pytest.raises(Invalid):
        make(house, cast.organiser, cast.text, "safety", days=365)
    assert house.session.scalars(select(ReadingLink)).all() == []


def test_an_organiser_who_wrote_in_the_text_needs_somebody_who_vouches_too(house, cast):
    house.write(cast.organiser, cast.text, "Write down what you want to say.", "Write down each word that matters.")
    house.save(cast.organiser, cast.text)
    house.agree(cast.copy, cast.text, "peer", "copy")
    link, _ = ask(house, cast.organiser, cast.text, "safety")
    review = house.case(cast.text).review
    assert house.case(cast.text).standing("safety").state is State.OPEN
    assert any("somebody else must vouch" in one for one in said(house, cast.writer, cast.text))
    for member in (cast.organiser, cast.writer, cast.safety):
        with pytest.raises(NotAllowed):
            guests.confirm(house.session, member, review.id, link.id, house.now)
    guests.confirm(house.session, cast.copy, review.id, link.id, house.now)
    guests.confirm(house.session, cast.copy, review.id, link.id, house.now)
    assert house.case(cast.text).standing("safety").state is State.DONE


def test_whoever_vouched_and_writes_later_no_longer_vouches_alone(house, cast):
    ask(house, cast.organiser, cast.text, "safety")
    house.write(cast.organiser, cast.text, "Write down what you want to say.", "Write down each word that matters.")
    house.save(cast.organiser, cast.text, Significance.CONTENT)
    assert house.case(cast.text).round.stages[-1].counting == frozenset()


def test_where_nobody_has_that_role_any_member_who_did_not_write_vouches(house):
    text = Text("en", frozenset({"ann"}))
    guest = rules.Guest("l", "l", "ann", "", "safety", "en", "training:safety")
    plain, editor = Actor("ben", "Ben"), Actor("eve", "Eve", frozenset({Role.EDITOR}))
    inviter = Actor("ann", "Ann", frozenset({Role.STEWARD}))
    assert rules.may_confirm(plain, guest, text, [inviter, plain]) is None
    assert rules.may_confirm(plain, guest, text, [inviter, plain, editor]) is not None
    assert rules.may_confirm(editor, guest, text, [inviter, plain, editor]) is None
    assert rules.may_confirm(inviter, guest, text, [inviter, plain]) is not None
    wrote = Text("en", frozenset({"ann", "ben"}))
    assert rules.may_confirm(plain, guest, wrote, [inviter, plain]) is not None


def test_a_guest_of_somebody_who_was_suspended_counts_no_longer(house, cast):
    ask(house, cast.organiser, cast.text, "safety")
    house.session.get_one(Member, cast.organiser.id).suspended = True
    house.session.flush()
    assert house.case(cast.text).standing("safety").state is State.OPEN
    assert any("not with us any more" in one for one in said(house, cast.writer, cast.text))


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, True),
        ({"revoked": True}, False),
        ({"stage": "voice"}, False),
        ({"vouched": "training:health"}, False),
        ({"language": "ar"}, False),
        ({"inviter": "gone"}, False),
        ({"inviter": "gone", "confirmed_by": "ben"}, True),
        ({"inviter": "ann"}, False),
        ({"inviter": "ann", "confirmed_by": "ben"}, True),
        ({"inviter": "ann", "confirmed_by": "ann"}, False),
        ({"is_open": False}, True),
    ],
)
def test_what_a_guest_says_counts_when(changed, counts):
    check = next(one.check for one in library().policies["tiny"].stages if one.check.key == "safety")
    values = {"inviter": "ben", "confirmed_by": "", "stage": "safety", "language": "en", "vouched": "training:safety"}
    guest = rules.Guest(**{"id": "l", "person": "l", **values, **changed})
    why = rules.why_not(guest, check, Text("en", frozenset({"ann"})), {"ann", "ben"})
    assert (why is None) is counts


def test_what_is_vouched_for_follows_from_what_the_check_asks_for():
    stages = {one.check.key: one.check for one in library().policies["full"].stages}
    assert {key: rules.vouchable(check) for key, check in stages.items()} == {
        "peer": "any_member",
        "copy": "training:copy",
        "voice": "own_experience",
        "facts:health": "training:health",
        "facts:legal": "training:legal",
        "safety": "training:safety",
        "teller": "",
    }


def test_a_country_and_a_language_are_named_in_words():
    assert str(named("training:legal:FR", "ar", "en")) == (
        "a guest reader with legal training for France, vouched for by an organiser"
    )
    assert str(named("any_member", "ar", "en")) == "a guest reader who reads Arabic, vouched for by an organiser"
    assert str(named("training:seamanship", "ar", "en")) == "a guest reader with training, vouched for by an organiser"


# What becomes of it


def test_a_yes_of_a_link_that_is_taken_back_counts_no_longer_and_members_read_why(house, cast):
    link, _ = ask(house, cast.organiser, cast.text, "safety")
    house.agree(cast.safety, cast.text, "voice")
    assert cast.text.progress is Progress.APPROVED
    guests.revoke(house.session, cast.organiser, cast.review.id, link.id, house.later(minutes=1))
    assert cast.text.progress is Progress.IN_REVIEW
    assert house.approval(cast.text) is None
    assert any("took the reading link back" in one for one in said(house, cast.writer, cast.text))


def test_a_wish_of_a_link_that_is_taken_back_stays_until_it_is_set_aside(house, cast):
    link, _ = ask(house, cast.organiser, cast.text, "safety", Verdict.REQUEST_CHANGES)
    guests.revoke(house.session, cast.organiser, cast.review.id, link.id, house.later(minutes=1))
    assert cast.text.progress is Progress.CHANGES_REQUESTED
    wish = house.session.scalar(select(Decision.id).where(Decision.member_id == link.id))
    organiser.set_aside(house.session, cast.organiser, cast.review.id, wish, "It was not theirs to read.", house.now)
    assert cast.text.progress is Progress.IN_REVIEW
    assert house.case(cast.text).standing("safety").state is State.OPEN


def test_days_that_are_over_close_the_asking_and_not_the_answer(house, cast):
    _, token = ask(house, cast.organiser, cast.text, "safety")
    house.later(days=30)
    assert house.case(cast.text).standing("safety").state is State.DONE
    _, late = make(house, cast.organiser, cast.text, "voice", days=3)
    house.later(days=5)
    with pytest.raises(LinkRefused) as refused:
        answer(house, late, cast.text, "voice")
    assert refused.value.why == "expired"
    with pytest.raises(LinkRefused):
        answer(house, token, cast.text, "safety", Verdict.REQUEST_CHANGES)


def test_after_a_change_of_meaning_the_same_link_asks_again_and_the_inviter_is_told(house, cast):
    _, token = ask(house, cast.organiser, cast.text, "safety")
    house.write(cast.writer, cast.text, "somebody calm", "somebody calm whom you trust with your name and street")
    house.save(cast.writer, cast.text)
    assert house.case(cast.text).standing("safety").state is State.LOOK_AGAIN
    assert "guest_again" in cast.kinds(cast.organiser)
    answer(house, token, cast.text, "safety")
    assert house.case(cast.text).standing("safety").state is State.DONE


def test_where_the_days_are_over_nobody_waits_for_a_guests_second_look(house, cast):
    ask(house, cast.organiser, cast.text, "safety", days=3)
    house.later(days=6)
    house.write(cast.writer, cast.text, "somebody calm", "somebody calm whom you trust with your name and street")
    house.save(cast.writer, cast.text)
    assert house.case(cast.text).standing("safety").state is State.OPEN
    assert "guest_again" not in cast.kinds(cast.organiser)
    assert any("the days of the reading link are over" in one for one in said(house, cast.writer, cast.text))


def test_the_inviter_is_told_of_an_answer_and_of_a_link_that_was_given_back(house, cast):
    ask(house, cast.organiser, cast.text, "safety")
    _, other = make(house, cast.organiser, cast.text, "voice")
    guests.keep_ticks(house.session, other, "voice", {"note": "So far"}, house.now, content_hash="")
    guests.give_back(house.session, other, "voice", house.later(minutes=1))
    assert {"guest_answered", "guest_gave_back"} <= set(cast.kinds(cast.organiser))
    assert [link.ticks for link in house.session.scalars(select(ReadingLink))] == [{}, {}]
    with pytest.raises(LinkRefused) as refused:
        answer(house, other, cast.text, "voice")
    assert refused.value.why == "given_back"


def test_the_tellers_own_yes_and_a_check_that_comes_later_are_no_guests(house):
    cast = Cast(house)
    with pytest.raises(Conflict, match="comes after"):
        make(house, cast.organiser, cast.text, "safety")
    with pytest.raises(NotFound):
        make(house, cast.organiser, cast.text, "teller")


def test_a_check_that_is_done_asks_no_guest(house, cast):
    with pytest.raises(Conflict, match="done already"):
        make(house, cast.organiser, cast.text, "peer")


def test_the_trail_tells_what_became_of_a_link_and_never_what_it_is_about(house, cast):
    link, token = ask(house, cast.organiser, cast.text, "voice")
    guests.revoke(house.session, cast.organiser, cast.review.id, link.id, house.later(minutes=1))
    rows = house.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    mine = [row for row in rows if row.subject == f"reading_link:{link.id}"]
    assert [row.act for row in mine] == ["guest.link", "guest.revoke"]
    assert any(row.act == "review.decide" and row.actor == link.id for row in rows)
    assert not any("voice" in str(row.details) or token in str(row.details) for row in rows)
    assert list(links.breaks(house.session)) == []


def test_a_link_works_until_its_last_day_is_over_everywhere():
    made = datetime(2027, 3, 9, 23, 30, tzinfo=UTC)
    ends = rules.last_moment(made, 3)
    assert ends == datetime(2027, 3, 13, 12, 0, tzinfo=UTC)
    assert rules.last_day(ends) == datetime(2027, 3, 12, 0, 0, tzinfo=UTC)
    assert ends - made > timedelta(days=3)


def test_what_saving_costs_counts_a_guest_as_everybody(house, cast):
    ask(house, cast.organiser, cast.text, "voice")
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    told = costs_of_saving(house.session, cast.writer, cast.text, [Significance.CONTENT], house.now)
    words = [str(one.sentence) for one in told[Significance.CONTENT]]
    assert "Every yes still counts." not in words
    assert "Asked to look again at one passage:" in words


def test_a_form_for_a_link_that_is_sent_twice_makes_one_link_and_only_the_newest_token_opens_it(house, cast):
    link_id = new_id()
    link, first = make(house, cast.organiser, cast.text, "voice", link_id=link_id)
    again, second = make(house, cast.organiser, cast.text, "voice", link_id=link_id)
    assert (again.id, house.session.scalar(select(func.count()).select_from(ReadingLink))) == (link.id, 1)
    with pytest.raises(NotFound):
        answer(house, first, cast.text, "voice")
    answer(house, second, cast.text, "voice")
    with pytest.raises(Conflict, match="made already"):
        make(house, cast.organiser, cast.text, "voice", link_id=link_id)


def test_whoever_vouches_after_somebody_who_counts_changes_nothing(house, cast):
    link, _ = make(house, cast.organiser, cast.text, "voice")
    with pytest.raises(Conflict, match="one is enough"):
        guests.confirm(house.session, cast.copy, link.review_id, link.id, house.now)
    assert link.confirmed_by is None


def test_a_guests_wish_ends_as_a_members_does_after_a_fix_and_ten_days_of_silence(house, cast):
    ask(house, cast.organiser, cast.text, "safety", Verdict.REQUEST_CHANGES)
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    house.later(days=10)
    house.agree(cast.second, cast.text, "safety")
    assert house.case(cast.text).standing("safety").state is State.DONE
