"""The rules of what readers say, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from studio.answers.rules import sending, sorts, stamps
from studio.answers.rules.sending import Sent
from studio.answers.rules.sorts import Said, Urgency
from studio.answers.words import GROUPS, SAID, URGENCIES
from studio.core.errors import Invalid
from studio.members.actor import Actor, Role

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = datetime(2027, 3, 9, 10, 0, 7, tzinfo=UTC)
CAME = date(2027, 3, 9)


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.HARM, date(2027, 3, 10)),
        (Urgency.FACT, date(2027, 3, 16)),
        (Urgency.STALE, date(2027, 4, 8)),
        (Urgency.WORDING, None),
        (Urgency.NONE, None),
    ],
)
def test_each_urgency_has_its_clock(urgency, due):
    assert sorts.due_on(urgency, CAME) == due


def test_harm_is_looked_at_within_48_hours_whatever_the_hour_at_which_it_came():
    due = sorts.due_on(Urgency.HARM, CAME)
    first, end = datetime(2027, 3, 9, tzinfo=UTC), datetime.combine(due, datetime.max.time(), UTC)
    assert end - first <= timedelta(hours=48)


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        ((), set()),
        ((Role.REVIEWER,), {Said.UNSAFE}),
        ((Role.EDITOR,), set(Said)),
        ((Role.STEWARD,), set(Said)),
    ],
)
def test_who_reads_what(roles, seen):
    actor = Actor("a", "A", frozenset({Role.WRITER, *roles}))
    assert {said for said in Said if sorts.may_see(actor, said, hidden=False)} == seen
    assert {said for said in Said if sorts.may_see(actor, said, hidden=True)} == seen - (
        {Said.UNSAFE} if roles == (Role.REVIEWER,) else set()
    )


def test_everything_has_its_words():
    assert set(SAID) == set(sorts.AT_FIRST) == set(Said)
    assert set(URGENCIES) == set(GROUPS) == set(Urgency)
    assert [said for said in Said if not sorts.may_be_talked_about(said)] == [Said.ABOUT_ME]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (Sent(""), "choose one of the five"),
        (Sent("love", "Words."), "choose one of the five"),
        (Sent("unclear"), "in a few words"),
        (Sent("wrong", "  \n "), "in a few words"),
        (Sent("unclear", "x" * 2_001), "longer than 2,000"),
        (Sent("wrong", "http://a.example " * 4), "many links"),
        (Sent("wrong", "[url=a] [URL=b] www.c.example <a href=d>"), "many links"),
    ],
)
def test_what_cannot_be_kept_is_told_in_one_sentence(sent, told):
    with pytest.raises(Invalid) as refusal:
        sending.cleaned(sent)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    "sent",
    [
        Sent("helped"),
        Sent("unsafe"),
        Sent("about_me"),
        Sent("unclear", part="say-little"),
        Sent("unclear", "x" * 2_000),
        Sent("wrong", "http://a.example http://b.example www.c.example"),
    ],
)
def test_what_can_be_kept(sent):
    assert sending.cleaned(sent) == sent


def test_words_lose_what_no_keyboard_makes_and_without_words_nothing_is_passed_on():
    assert sending.cleaned(Sent("wrong", " a\x00b\tc\n\x1b ")).text == "ab\tc"
    assert sending.cleaned(Sent("helped", " ", may_pass_on=True)).may_pass_on is False


def test_a_stamp_tells_when_its_form_was_opened_to_the_house_that_made_it_and_for_that_text_alone():
    given = stamps.stamp(KEY, "text:one", NOW, "n")
    assert stamps.opened_at(KEY, "text:one", given) == NOW
    assert stamps.opened_at(OTHER, "text:one", given) is None
    assert stamps.opened_at(KEY, "text:two", given) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda _one: "",
        lambda _one: "..",
        lambda one: "x" + one,
        lambda one: one[:-1] + ("0" if one[-1] != "0" else "1"),
        lambda one: str(int(one.partition(".")[0]) - 60) + "." + one.partition(".")[2],
        lambda one: "-" + one,
        lambda one: "٣" + one,
        lambda one: "9" * 20 + one,
        lambda one: one.replace(".", "é", 1),
    ],
)
def test_a_forged_stamp_is_none(forge):
    assert stamps.opened_at(KEY, "text:one", forge(stamps.stamp(KEY, "text:one", NOW, "n"))) is None


@pytest.mark.parametrize(
    ("so_many", "pause"),
    [(0, 5), (19, 5), (20, 30), (59, 30), (60, 120), (149, 120), (150, 600), (399, 600), (400, None)],
)
def test_the_more_come_in_an_hour_the_longer_a_form_must_have_been_open(so_many, pause):
    assert stamps.pause(so_many) == pause


def test_a_return_code_is_long_readable_and_known_however_it_is_typed():
    codes = {stamps.code_of(KEY, f"stamp {n}") for n in range(300)}
    assert len(codes) == 300
    assert all(len(code) == 14 and not set(code) & set("01ILOU") for code in codes)
    one = codes.pop()
    same = (one.lower(), one.replace("-", ""), f" {one.replace('-', ' ')} ")
    assert {stamps.code_hash(KEY, typed) for typed in same} == {stamps.code_hash(KEY, one)}
    assert stamps.code_hash(OTHER, one) != stamps.code_hash(KEY, one)
