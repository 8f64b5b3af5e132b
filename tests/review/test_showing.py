"""What members are told and shown of checks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casts import Cast
from houses import FIELDS
from sqlalchemy import select

from studio.core.errors import NotFound
from studio.guides import operations as guides
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Kind, Significance
from studio.guides.rules.transitions import Act
from studio.members.actor import Role
from studio.members.models import Member
from studio.review import tasks
from studio.review.models import Claim, Decision, Review
from studio.review.operations import hand_in, organiser, telling
from studio.review.queries import offering, pieces
from studio.review.queries.notices import notices
from studio.review.queries.panel import panel
from studio.review.queries.questions import traits_of
from studio.review.queries.screen import screen
from studio.review.titles import title_of


@pytest.fixture
def cast(house):
    return Cast(house)


def test_one_is_told_once_and_not_about_a_text_one_may_no_longer_know_of(cast):
    house = cast.house
    told = notices(house.session, cast.safety)
    assert [str(one.sentence) for one in told] == ["“A calm talk” waits for a check that you could give."]
    assert told[0].address == f"/studio/guides/{cast.text.guide_id}/en/"
    telling.tell(house.session, [cast.safety.id], "asked", cast.text, house.now)
    assert len(notices(house.session, cast.safety)) == 1
    cast.text.guide.team_only = True
    house.session.flush()
    assert notices(house.session, cast.safety) == []
    cast.text.guide.team_only = False
    with pytest.raises(NotFound):
        telling.seen(house.session, cast.copy, told[0].id, house.now)
    telling.seen(house.session, cast.safety, told[0].id, house.now)
    assert notices(house.session, cast.safety) == []
    assert len(notices(house.session, cast.safety, unseen_only=False)) == 1


def test_what_was_asked_leaves_the_desk_when_nothing_of_it_is_left_to_do(cast):
    house = cast.house

    def told():
        return [str(one.sentence).split("” ")[1] for one in notices(house.session, cast.copy)]

    house.ask_change(cast.copy, cast.text, "peer")
    assert told() == ["waits for a check that you could give."], "clear wording is open still"
    house.agree(cast.copy, cast.text, "copy")
    assert told() == []
    assert [one.sentence for one in notices(house.session, cast.safety)], "others are still asked for what comes later"
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    assert told() == ["changed since you looked. Please see what changed."]
    house.agree(cast.copy, cast.text, "peer")
    house.agree(cast.copy, cast.text, "copy")
    assert told() == []


def test_a_draft_says_from_the_first_minute_who_could_check_it(house):
    writer, other = house.member(), house.member(Role.REVIEWER, trainings=("safety",))
    house.policy("tiny")
    text = house.text(writer)
    shown = panel(house.session, writer, text, house.now)
    assert [words for words, _, _ in shown.dots] == [
        "First read",
        "Clear wording",
        "Own experience",
        "Keeping people safe",
    ]
    said = [str(one) for one in shown.sentences]
    assert "First read: nobody has taken it yet. Members who could give it: 1." in said
    assert (
        "Clear wording: nobody here can give this yet. An organiser can invite somebody, or ask a guest to read."
        in said
    )
    assert shown.may_hand_in
    assert shown.before_writing is None
    warned = panel(house.session, other, text, house.now).before_writing
    assert "nobody is left" in str(warned)
    assert house.session.scalars(select(Review)).all() == []


def test_a_second_look_shows_only_what_changed_and_takes_less_time(cast):
    house = cast.house
    cast.shape()
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    shown = screen(house.session, cast.copy, cast.review.id, "peer", house.now)
    assert shown.again
    assert [one.now for one in shown.since.changes] == ["Talk with a friend."]
    offer = offering.offer(house.session, cast.copy, 10, house.now)
    assert offer.piece.own
    assert str(offer.why) == "You looked at it before, and something changed since."


def test_a_change_of_safety_comes_first_for_who_agreed(cast):
    house = cast.house
    cast.all()
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text, Significance.SAFETY)
    first = offering.offers(house.session, cast.safety, house.now)[0]
    assert (first.piece.stage, first.piece.safety) == ("safety", True)


def test_a_second_look_that_nobody_takes_is_offered_to_others_after_ten_days(cast):
    house = cast.house
    cast.all()
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    assert offering.offer(house.session, cast.second, 40, house.now) is None
    house.later(days=10)
    assert offering.offer(house.session, cast.second, 40, house.now) is not None


def test_the_queue_never_holds_ones_own_work_or_a_language_one_does_not_read(cast):
    house = cast.house
    assert offering.offers(house.session, cast.writer, house.now) == []
    stranger = house.member(reads=("fr",))
    assert offering.offers(house.session, stranger, house.now) == []


def test_law_is_named_by_its_country_in_the_language_of_the_desk(house):
    cast = Cast(
        house,
        facets=["legal:FR"],
        fields=TextFields(**{**FIELDS.to_dict(), "sources": ("A law",), "content_notes": ("none",)}),
    )
    check = house.case(cast.text).check("facts:legal:FR")
    assert title_of(check, "en") == "Law in France"
    assert "فرنسا" in title_of(check, "ar")
    assert title_of(check, "xx") == "Law in FR"


def test_the_job_of_a_text_that_is_gone_does_nothing(house):
    tasks.look_at_one(house.session, {"translation": "gone"}, house.now)


def test_the_job_after_a_saved_version_looks_at_the_round(cast):
    house = cast.house
    cast.all()
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    guides.save_version(
        house.session, cast.writer.id, cast.text, significance=Significance.CONTENT, note="", now=house.now
    )
    tasks.look_at_one(house.session, {"translation": cast.text.id}, house.now)
    assert house.approval(cast.text) is None
    assert house.session.scalars(select(Claim).where(Claim.released_at.is_(None))).all() == []
    assert len(house.session.scalars(select(Decision)).all()) == 4


@pytest.mark.parametrize(
    ("stage", "who", "why"),
    [
        ("peer", "second", "You read English, and you did not write it."),
        ("copy", "copy", "You are an editor, you read English, and you did not write it."),
        ("voice", "second", "If this text is about your life, you can say whether it is true to it."),
        ("safety", "safety", "You are trained for this check, you read English, and you did not write it."),
        ("teller", "writer", "It is your story: the last yes is yours."),
    ],
)
def test_one_hears_why_one_is_asked(house, stage, who, why):
    cast = Cast(house, kind=Kind.STORY)
    case = house.case(cast.text)
    assert str(pieces.why_me(case, getattr(cast, who), case.check(stage))) == why


def test_the_pages_steps_say_what_one_can_do_now(cast):
    house = cast.house
    house.take(cast.copy, cast.text, "peer")

    def steps(member):
        shown = panel(house.session, member, cast.text, house.now)
        return {step.check: str(step.words) for step in shown.steps}

    assert steps(cast.copy)["First read"] == "Go on with your check"
    assert steps(cast.safety) == {}
    house.agree(cast.copy, cast.text, "peer", "copy")
    assert steps(cast.safety)["Own experience"] == "You could check this"
    house.write(cast.writer, cast.text, "somebody calm", "a friend")
    house.save(cast.writer, cast.text)
    assert steps(cast.copy)["First read"] == "See what changed since you looked"


def test_members_see_who_said_what_and_why_an_organiser_went_around(cast):
    house = cast.house
    wish = house.ask_change(cast.copy, cast.text, "peer")
    organiser.set_aside(house.session, cast.organiser, cast.review.id, wish.id, "We are in a hurry.", house.now)
    organiser.override(house.session, cast.organiser, cast.review.id, "A storm.", house.now)
    lines = panel(house.session, cast.second, cast.text, house.now).lines
    assert [(line.who, str(line.said), line.note) for line in lines] == [
        ("River", "Asked for a change, which is settled.", "Please say it more kindly."),
        ("Lamp", "set a wish for a change aside.", "We are in a hurry."),
        ("Lamp", "lets this version be published without all checks; readers see that.", "A storm."),
    ]


def test_a_yes_of_somebody_who_is_gone_says_so(cast):
    house = cast.house
    cast.shape()
    house.session.get(Member, cast.copy.id).suspended = True
    house.session.flush()
    lines = panel(house.session, cast.writer, cast.text, house.now).lines
    assert {str(line.said) for line in lines} == {"This yes no longer counts: somebody else is asked."}


def test_what_is_published_needs_no_answer(cast):
    house, text = cast.house, cast.text
    cast.all()
    text.published_revision_id = text.approved_revision_id
    guides.move(house.session, text, Act.PUBLISH, None, house.now)
    assert [str(one) for one in panel(house.session, cast.writer, text, house.now).sentences] == [
        "It is published. A new saved version begins the next edition."
    ]


def test_who_alone_can_give_the_facts_is_offered_them_first_and_warned_before_taking_another_check(house):
    cast = Cast(house, facets=["health"], fields=replace(FIELDS, sources=("A guideline",)), body="Wait 3 weeks.")
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    cast.shape()
    offered = offering.offer(house.session, nurse, 20, house.now)
    assert (offered.piece.stage, offered.check) == ("facts:health", "Health facts")
    review = cast.review.id
    assert screen(house.session, nurse, review, "voice", house.now).costs == ("Health facts",)
    assert screen(house.session, nurse, review, "facts:health", house.now).costs == ()
    assert screen(house.session, cast.safety, review, "voice", house.now).costs == ()
    second = house.member(Role.REVIEWER, trainings=("health",))
    assert second
    assert screen(house.session, nurse, review, "voice", house.now).costs == ()


def test_facts_show_the_passages_they_are_about_and_the_next_edition_what_changed(house):
    body = "Talk with somebody calm.\n\nWait 3 weeks."
    cast = Cast(house, facets=["health"], fields=replace(FIELDS, sources=("A guideline",)), body=body)
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    cast.all()
    house.agree(nurse, cast.text, "facts:health")
    (claimed,) = screen(house.session, nurse, cast.review.id, "facts:health", house.now).about
    assert (claimed.words, claimed.sources) == ("Wait 3 weeks.", ())
    cast.text.published_revision_id = cast.text.approved_revision_id
    guides.move(house.session, cast.text, Act.PUBLISH, None, house.now)
    house.write(cast.writer, cast.text, "3 weeks", "5 weeks")
    house.write(cast.writer, cast.text, "Talk with", "Sit with a friend.\n\nTalk with")
    answers = {"sources": ["Another guideline"], "summary": "How to wait."}
    hand_in.answer(house.session, cast.writer, cast.text, fields=answers, topics=[], now=house.now)
    review = house.hand_in(cast.writer, cast.text)
    shown = screen(house.session, nurse, review.id, "facts:health", house.now).since.changes
    assert sorted(str(one.label) for one in shown) == ["A new passage", "A passage", "Sources", "Summary"]


def test_sources_stand_beside_what_they_are_for(house):
    body = (
        "Wait 3 weeks.[^a] See [the leaflet](https://example.org/leaflet) and [^none].\n\n"
        "[^a]: A guideline,\n    page 4\n"
    )
    cast = Cast(house, facets=["health"], fields=replace(FIELDS, sources=("A guideline",)), body=body)
    nurse = house.member(Role.REVIEWER, trainings=("health",))
    (first,) = screen(house.session, nurse, cast.review.id, "facts:health", house.now).about
    assert first.words == "Wait 3 weeks. See the leaflet and ."
    assert first.sources == ("A guideline,\n    page 4", "https://example.org/leaflet", "[^none]")


def test_what_is_gone_is_shown_last(cast):
    house = cast.house
    cast.shape()
    house.write(cast.writer, cast.text, "\n\n# Second\n\nWrite down what you want to say.", "")
    house.save(cast.writer, cast.text)
    shown = screen(house.session, cast.copy, cast.review.id, "peer", house.now)
    assert {str(one.label) for one in shown.since.changes} == {"A passage that is gone"}


def test_images_and_a_source_text_bring_their_questions(cast):
    house = cast.house
    case = house.case(cast.text)
    assert traits_of(case) == set()
    second = guides.add_translation(
        house.session, cast.writer.id, cast.text.guide, language="fr", fields=FIELDS, now=house.now, body="Un ![x](y)."
    )
    house.session.refresh(cast.text.guide)
    guides.save_version(
        house.session, cast.writer.id, second, significance=Significance.CONTENT, note="", now=house.later(minutes=1)
    )
    candidate = second.latest_revision_id
    other = replace_case(case, second, house.session.get(type(case.candidate), candidate))
    assert traits_of(other) == {"images", "translation"}


def replace_case(case, translation, candidate):
    return replace(case, translation=translation, candidate=candidate)


def test_a_check_that_has_ended_says_so_and_shows_no_questions(cast):
    house = cast.house
    cast.shape()
    hand_in.take_back(house.session, cast.writer, cast.text, house.now)
    shown = screen(house.session, cast.safety, cast.review.id, "safety", house.now)
    assert "have ended" in str(shown.why_not)
