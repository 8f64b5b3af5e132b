"""The record tells a text's whole story, and names nobody who did not choose it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from casts import Cast
from houses import BODY, FIELDS

from studio.core.ids import new_id
from studio.dashboard.record.story import choose_name, merged, story
from studio.guides.models import Approval
from studio.guides.operations import join_team
from studio.guides.queries import latest
from studio.guides.rules.statuses import Kind, Significance, Standing
from studio.members.actor import Role
from studio.members.queries import pen_names
from studio.publish import operations as publishing
from studio.publish import withdrawal
from studio.publish.models import Edition
from studio.publish.rules.takedown import Reason
from studio.review.operations import claims, guests, organiser, talk


@pytest.fixture
def cast(house):
    return Cast(house)


def told(house, text, code="en"):
    return story(house.session, text, code, house.now)


def sentences(house, text):
    return [str(line.said) for line in told(house, text).lines]


def publish(house, cast):
    """Publish the agreed version and let readers have it."""
    editor = cast.copy
    digest = house.session.get(Approval, cast.text.id).content_hash
    edition = publishing.publish(
        house.session, editor, cast.text, content_hash=digest, confirmed=(), now=house.later(days=1)
    )
    publishing.make_live(house.session, edition, house.now)
    return edition


def take_down(house, cast, reason):
    founder = replace(cast.safety, founding=True)
    withdrawal.take_down(house.session, founder, cast.text, reason=reason, instead="", now=house.later(days=1))


def whole(house, text):
    """Everything that the page and the file say of a text, as one string."""
    found = told(house, text)
    return json.dumps([[str(line.said), line.words, str(line.after)] for line in found.lines]) + found.title


def test_the_way_of_a_text_is_told_in_order_and_in_chapters(house, cast):
    cast.all()
    publish(house, cast)
    said = sentences(house, cast.text)
    in_order = [
        "Somebody began this text.",
        "Somebody saved version 1.",
        "Somebody asked for checks of version 1.",
        "Another member agreed to version 1. Check: First read.",
        "Someone who looks after wording agreed to version 1. Check: Clear wording.",
        "Someone whose life the text is about agreed to version 1. Check: Own experience.",
        "Someone trained for safety agreed to version 1. Check: Keeping people safe.",
        "All checks are done.",
        "An editor published edition 1. People who checked it: 2.",
        "From now on readers had edition 1.",
    ]
    assert [one for one in said if one in in_order] == in_order
    headings = [str(one.heading) for one in told(house, cast.text).chapters]
    assert headings == ["The beginning", "Checks of version 1", "After edition 1"]


def test_nobody_is_named_until_they_choose_it_and_never_in_what_they_said_of_their_life(house, cast):
    house.agree(cast.copy, cast.text, "peer", "copy")
    house.agree(cast.safety, cast.text, "voice", "safety")
    names = set(pen_names(house.session, [cast.writer.id, cast.copy.id, cast.safety.id, cast.organiser.id]).values())
    assert not [name for name in names if name in whole(house, cast.text)]
    for member in (cast.writer, cast.safety):
        choose_name(house.session, member, cast.text, house.now, named=True)
        choose_name(house.session, member, cast.text, house.now, named=True)
    said = sentences(house, cast.text)
    assert "Reed saved version 1." in said
    assert "Heron agreed to version 1. Check: Keeping people safe." in said
    assert "Someone whose life the text is about agreed to version 1. Check: Own experience." in said
    assert not [one for one in said if "took a check" in one and "Heron" in one]
    choose_name(house.session, cast.writer, cast.text, house.now, named=False)
    assert "Reed" not in whole(house, cast.text)


def test_what_only_own_experience_leaves_in_the_trail_is_told_without_a_name(house, cast):
    cast.shape()
    choose_name(house.session, cast.safety, cast.text, house.now, named=True)
    house.take(cast.safety, cast.text, "voice", own_experience=True)
    talk.comment(house.session, cast.safety, cast.review.id, "voice", "I would say it softer.", house.later(minutes=1))
    house.ask_change(cast.safety, cast.text, "voice")
    last = [str(line.said) for line in told(house, cast.text).lines if line.act.startswith("review.")][-3:]
    assert last == [
        "Somebody took a check: Own experience.",
        "Someone whose life the text is about left a comment. Check: Own experience.",
        "Someone whose life the text is about asked for a change in version 1. Check: Own experience.",
    ]
    assert "Heron" not in whole(house, cast.text)


def test_who_took_a_check_and_gave_it_back_is_told_of_nobody(house, cast):
    choose_name(house.session, cast.copy, cast.text, house.now, named=True)
    house.take(cast.copy, cast.text, "peer")
    claims.give_back(house.session, cast.copy, cast.review.id, "peer", house.later(minutes=1))
    assert sentences(house, cast.text)[-2:] == [
        "Somebody took a check: First read.",
        "A check waits for somebody again.",
    ]


def test_a_story_never_says_whose_it_is(house):
    cast = Cast(house, kind=Kind.STORY)
    for member in (cast.copy, cast.safety):
        join_team(house.session, cast.text, member.id, house.now)
    choose_name(house.session, cast.writer, cast.text, house.now, named=True)
    cast.all()
    house.agree(cast.writer, cast.text, "teller")
    assert "Whoever told the story agreed to version 1. Check: The teller’s own yes." in sentences(house, cast.text)


def test_a_yes_says_whether_it_still_counts_while_the_round_runs(house, cast):
    cast.shape()
    yes = [line for line in told(house, cast.text).lines if line.act == "review.decide"]
    assert {str(line.after) for line in yes} == {"This yes counts."}
    house.write(cast.writer, cast.text, "Write down", "Never write down")
    house.save(cast.writer, cast.text)
    yes = [line for line in told(house, cast.text).lines if line.act == "review.decide"]
    assert {str(line.after) for line in yes} == {"1 passage changed. This yes waits for a second look."}
    assert "The checks go on with version 2." in sentences(house, cast.text)


def test_what_a_yes_weighs_is_told_about_who_gave_it_and_asks_nothing_of_who_reads_it(house, cast):
    cast.shape()
    house.agree(cast.safety, cast.text, "safety")
    house.write(cast.writer, cast.text, "Write down", "Never write down")
    house.save(cast.writer, cast.text, Significance.SAFETY)
    after = [str(line.after) for line in told(house, cast.text).lines if line.act == "review.decide"]
    assert after == [
        "1 passage changed. This yes waits for a second look.",
        "1 passage changed. This yes waits for a second look.",
        "Something about safety or health changed. This yes waits for a second look, first of all.",
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (0, "1 passage changed. This yes waits for a second look."),
        (9, "This yes no longer counts: the text changed, and the days of the reading link are over."),
    ],
)
def test_a_guests_yes_waits_while_their_link_is_open_and_ends_with_it(house, cast, days, sentence):
    _, token = guests.make(
        house.session, cast.organiser, cast.review.id, "peer", house.later(minutes=1), days=7, vouched=True
    )
    word = house.word(cast.text, "peer")
    guests.answer(house.session, token, "peer", word, house.later(minutes=1), true_of_me=True)
    house.later(days=days)
    house.write(cast.writer, cast.text, "Write down", "Never write down")
    house.save(cast.writer, cast.text)
    assert [str(line.after) for line in told(house, cast.text).lines if line.act == "review.decide"] == [sentence]


def test_who_spoke_from_own_experience_is_not_told_to_have_written_in_the_text_since(house, cast):
    cast.shape()
    house.agree(cast.safety, cast.text, "voice", "safety")
    house.write(cast.safety, cast.text, "Write down", "Never write down")
    house.save(cast.safety, cast.text)
    after = {str(line.said).rpartition(": ")[2]: str(line.after) for line in told(house, cast.text).lines if line.after}
    assert after["Own experience."] == "This yes no longer counts: somebody else is asked."
    assert after["Keeping people safe."].startswith("Wrote in this text since, so this yes no longer counts")


def test_a_wish_is_told_with_its_reason_and_so_is_setting_it_aside(house, cast):
    wish = house.ask_change(cast.copy, cast.text, "peer")
    organiser.set_aside(
        house.session, cast.organiser, cast.review.id, wish.id, "We talked it over.", house.later(minutes=1)
    )
    lines = {str(line.said): line.words for line in told(house, cast.text).lines}
    assert "Please say it more kindly." in lines["Another member asked for a change in version 1. Check: First read."]
    assert lines["An organiser set a wish for a change aside, because:"] == ("We talked it over.",)


def test_an_override_is_told_with_its_reason_and_at_publication(house, cast):
    organiser.override(house.session, cast.organiser, cast.review.id, "A storm comes.", house.later(minutes=1))
    publish(house, cast)
    lines = {str(line.said): line.words for line in told(house, cast.text).lines}
    assert lines["An organiser let version 1 be published without all checks, because:"] == ("A storm comes.",)
    sentence = "An editor published edition 1 without all checks; readers see that. People who checked it: 0."
    assert sentence in lines


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason.HARM, "Somebody took edition 1 down: somebody could be harmed by it."),
        (Reason.FACT, "Somebody took edition 1 down: something in it is wrong or out of date."),
    ],
)
def test_a_takedown_is_told_with_its_reason_in_general_words(house, cast, reason, sentence):
    cast.all()
    publish(house, cast)
    take_down(house, cast, reason)
    assert sentences(house, cast.text)[-1] == sentence
    assert told(house, cast.text).title == FIELDS.title


@pytest.mark.parametrize("reason", [Reason.IDENTITY, Reason.CONSENT])
def test_a_takedown_for_somebodys_sake_hides_title_names_words_and_its_reason(house, cast, reason):
    house.write(cast.writer, cast.text, "somebody calm", "Robin from the harbour")
    house.save(cast.writer, cast.text)
    latest(house.session, cast.text).note = "Robin asked for it"
    cast.all()
    choose_name(house.session, cast.safety, cast.text, house.now, named=True)
    edition = publish(house, cast)
    assert "Robin asked for it" in whole(house, cast.text)
    assert "Heron" in whole(house, cast.text)
    take_down(house, cast, reason)
    found = told(house, cast.text)
    assert found.hidden
    assert found.title == ""
    assert str(found.lines[-1].said) == "Edition 1 was taken down."
    for secret in ("Robin", "Heron", FIELDS.title, "identity", "consent"):
        assert secret not in whole(house, cast.text)
    second = house.member(Role.EDITOR, name="Otter")
    withdrawal.decide(house.session, second, edition, put_back=True, now=house.later(days=1))
    assert not told(house, cast.text).hidden
    assert "Robin asked for it" in whole(house, cast.text)
    assert "Edition 1 was taken down." in sentences(house, cast.text)


def test_a_later_edition_is_told_again_while_what_was_before_the_takedown_stays_bare(house, cast):
    cast.all()
    edition = publish(house, cast)
    choose_name(house.session, cast.writer, cast.text, house.now, named=True)
    take_down(house, cast, Reason.IDENTITY)
    later = Edition(
        id=new_id(),
        translation_id=cast.text.id,
        number=2,
        revision_id=edition.revision_id,
        content_hash=edition.content_hash,
        code="AAA-AAA",
        changelog="",
        people=2,
        checked_on=edition.checked_on,
        published_on=edition.published_on,
        standing=Standing.LIVE,
    )
    house.session.add(later)
    house.write(cast.writer, cast.text, "Write down", "Say")
    house.save(cast.writer, cast.text)
    found = told(house, cast.text)
    assert found.title == FIELDS.title
    assert "Reed saved version 2: the meaning changed." in sentences(house, cast.text)
    assert "Somebody saved version 1." in sentences(house, cast.text)


def test_the_same_sentence_many_times_a_day_is_told_once_with_how_often(house, cast):
    lines = [replace(one, said=told(house, cast.text).lines[0].said) for one in told(house, cast.text).lines]
    assert [one.times for one in merged(lines)] == [len(lines)]
    assert [one.times for one in merged(told(house, cast.text).lines)] == [1] * len(lines)


def test_the_record_of_one_text_tells_nothing_of_another(house, cast):
    other = house.text(cast.writer, body=BODY, guide_id="another")
    house.save(cast.writer, other)
    assert [line.act for line in told(house, other).lines] == ["start", "save_version"]


def test_sentences_of_checks_are_in_the_readers_language(house, cast):
    cast.shape()
    found = [line for line in told(house, cast.text, "ar").lines if line.act == "review.decide"]
    assert [str(line.said.values["check"]) for line in found] == ["القراءة الأولى", "وضوح الصياغة"]
