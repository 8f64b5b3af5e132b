"""Talks about passages: who is told, what stands where, and what is said kindly when words are not one place."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from studio.core.errors import Conflict, Invalid, NotFound
from studio.guides import operations
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.rules.anchoring import Place
from studio.guides.rules.mentions import mentions, parted
from studio.guides.rules.passages import chosen
from studio.guides.rules.statuses import Kind, UpdateKind
from studio.guides.threads import reading, talk
from studio.jobs.models import Job
from studio.members.models import Member

BODY = "Rest first.\n\nCall a friend, then rest."


@pytest.fixture
def heron(member):
    return member("Heron")


@pytest.fixture
def text(session, heron, clock):
    fields = TextFields(title="Rest")
    return operations.start_guide(session, heron.id, fields=fields, language="en", body=BODY, now=clock())


@pytest.fixture
def say(session, heron, text, clock):
    def begin(said="Kinder?", **more):
        return talk.open_thread(session, heron, text, said, now=clock(), **more)

    return begin


def told(session):
    jobs = session.scalars(select(Job).where(Job.name == "review.tell_mentioned"))
    return [member for job in jobs for member in job.args["members"]]


def test_a_talk_stands_with_the_words_it_is_about(session, say, text, clock):
    thread = say(quote="Call a friend, then rest.", near=13, words="a  friend", must=True)
    assert (thread.quote, thread.must) == ("a friend", True)
    edits, draft = [Edit(0, 0, "Hello.\n\n")], text.draft
    log.apply(session, draft, base_seq=1, edits=edits, fields={}, author="x", kind=UpdateKind.FORM, now=clock())
    shown = reading.talks(session, text)[0]
    assert (shown.place, shown.words) == (Place(26, 34), "a friend")


def test_words_that_stand_twice_or_nowhere_are_asked_for_again_in_a_kind_sentence():
    text = "وقت للراحة ووقت للراحة"
    with pytest.raises(Invalid, match="2 times"):
        chosen(text, text, 0, "للراحة")
    with pytest.raises(Invalid, match="do not stand in the passage"):
        chosen(text, text, 0, "للنوم")
    assert chosen(text, text, 0, "ووقت للراحة") == Place(11, 22)
    with pytest.raises(Conflict, match="changed while you wrote"):
        chosen(text, "something else", 0)


def test_a_talk_may_be_about_the_whole_text(session, say, text):
    thread = say("Well done.")
    shown = reading.talks(session, text)[0]
    assert (thread.quote, shown.place, shown.words) == ("", None, "")


def test_nothing_said_is_no_comment(session, say, heron, text, clock):
    with pytest.raises(Invalid):
        say("  ")
    thread = say()
    with pytest.raises(Invalid):
        talk.answer(session, heron, text, thread, "\n", now=clock())


def test_a_talk_is_settled_and_opened_again_and_each_counts_once(session, say, heron, text, clock):
    thread = say()
    for _ in range(2):
        talk.settle(session, heron, text, thread, resolved=True, now=clock())
    assert (thread.resolved_by, reading.how_many(session, text)) == (heron.id, (0, 0))
    assert [one.thread.id for one in reading.talks(session, text, resolved=True)] == [thread.id]
    talk.settle(session, heron, text, thread, resolved=False, now=clock())
    assert (thread.resolved_by, reading.how_many(session, text)) == (None, (1, 0))


def test_a_talk_of_another_text_is_not_found_here(session, say, heron, text, clock):
    other = operations.start_guide(session, heron.id, fields=TextFields(title="B"), language="en", now=clock())
    with pytest.raises(NotFound):
        talk.thread_of(session, other, say().id)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("@Kite, look", ["Kite"]),
        ("please @Night Owl look", ["Night Owl"]),
        ("＠夜鷹さん、見てください", ["夜鷹"]),
        ("@بومة هل ترين هذا؟", ["بومة"]),
        ("@kite @KITE @Kite", ["Kite"]),
        ("a@Kite.example", []),
        ("@Kitesurfer", []),
        ("@Nobody here", []),
        ("@Gone", []),
        ("@Heron, to myself", []),
    ],
)
def test_whoever_is_named_is_told_and_an_unknown_name_is_just_words(session, say, member, said, names):
    ids = {member(name).id: name for name in ("Kite", "Night Owl", "夜鷹", "بومة")}
    gone = member("Gone").id
    session.get_one(Member, gone).suspended = True
    say(said)
    assert [ids[one] for one in told(session)] == names


def test_nobody_is_told_of_a_text_that_they_may_not_know_of(session, member, heron, clock):
    kite, wren = member("Kite"), member("Wren")
    fields = TextFields(title="Mine")
    story = operations.start_guide(session, heron.id, fields=fields, language="en", kind=Kind.STORY, now=clock())
    operations.join_team(session, story, wren.id, clock())
    talk.open_thread(session, heron, story, "@Kite and @Wren", now=clock())
    assert told(session) == [wren.id]
    assert kite.id not in told(session)


def test_a_comment_is_parted_at_its_names_and_nothing_of_it_is_lost():
    said = "@Kite، هل ترين؟ a@b ＠夜鷹さん"
    pieces = parted(said)
    assert "".join(words for words, _ in pieces) == said
    assert [words for words, is_name in pieces if is_name] == ["@Kite", "＠夜鷹さん"]


def test_of_very_many_names_only_the_first_are_looked_at():
    assert len(mentions("@Kite " * 40)) == 20
