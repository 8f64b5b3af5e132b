"""Suggestions: taken or left one by one, never typed where the words are others now, credited to who proposed them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

import studio.app  # noqa: F401 - every slice's tables
from studio.audit.models import AuditEntry
from studio.core.clock import now as moment
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.guides import operations, queries
from studio.guides.drafts import live, log
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.fields import TextFields
from studio.guides.models import Anchor
from studio.guides.rules import hunks as rules
from studio.guides.rules.anchoring import Place
from studio.guides.rules.hunks import HunkState
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.rules.worddiff import applied, replacements
from studio.guides.threads import reading, suggesting, talk
from studio.guides.threads.forgetting import forget
from studio.guides.threads.models import Suggestion
from studio.members.actor import Actor
from studio.storage.base import Base
from studio.storage.group import Group

ENGINE = create_engine("sqlite://", poolclass=StaticPool)
Base.metadata.create_all(ENGINE)
NOW = moment()
HERON, KITE, WREN = (Actor(name, name.title()) for name in ("heron", "kite", "wren"))
LETTERS = st.sampled_from(["a", "b", " ", " ", "\n", "قف", "لَ", "家", "か", "👩‍👩‍👧", "e\u0301", "𠮷", "."])
TEXTS = st.lists(LETTERS, max_size=14).map("".join)


@pytest.fixture
def session():
    with Session(ENGINE) as made:
        yield made
        made.rollback()


def a_text(session, body, language="en"):
    return operations.start_guide(
        session, HERON.id, fields=TextFields(title="Rest"), language=language, body=body, now=NOW
    )


def rewrite(session, text, body, author="wren"):
    edits = [Edit(one.start, one.end, one.new) for one in replacements(text.draft.text, body)]
    draft, kind = text.draft, UpdateKind.FORM
    log.apply(session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=author, kind=kind, now=NOW)


def suggest(session, text, proposal, actor=KITE, base=None):
    base = text.draft.text if base is None else base
    seq = text.draft.head_seq
    return suggesting.propose(
        session, actor, text, base=base, base_seq=seq, proposal=proposal, note="Kinder so.", now=NOW
    )


def states(session, text):
    return [one.state for each in reading.proposals(session, text) for one in each.hunks]


def test_one_is_taken_one_stays_open_and_one_is_taken_while_others_write(session):
    text = a_text(session, "Sit down now.\n\nCall your friend.\n\nSleep early.")
    made = suggest(session, text, "Sit down calmly.\n\nCall your best friend.\n\nSleep well.")
    first, second, third = made.hunks
    suggesting.accept(session, HERON, text, first, now=NOW)
    rewrite(session, text, f"Hello.\n\n{text.draft.text}\n\nMore.")
    suggesting.accept(session, HERON, text, third, now=NOW)
    assert text.draft.text == "Hello.\n\nSit down calmly.\n\nCall your friend.\n\nSleep well.\n\nMore."
    assert [one.state for one in made.hunks] == ["accepted", "open", "accepted"]
    shown = reading.proposals(session, text)[0].hunks[1]
    assert (shown.before, shown.after, [piece.text for piece in shown.pieces]) == ("Call your", " friend.", [" best"])
    assert second.anchor_id is not None
    assert len(session.scalars(select(Anchor)).all()) == 1


def test_a_hunk_whose_words_changed_is_stale_and_is_never_typed(session):
    text = a_text(session, "اجلس الآن. استرح قليلًا.", "ar")
    made = suggest(session, text, "اجلس الآن. استرح طويلًا.")
    rewrite(session, text, "اجلس الآن. استرح كثيرًا.")
    assert states(session, text) == [HunkState.STALE]
    shown = reading.proposals(session, text)[0].hunks[0]
    assert [piece.text for piece in shown.pieces] == ["قليلًا", "طويلًا"]
    before = text.draft.text
    with pytest.raises(Conflict, match="changed since this was suggested"):
        suggesting.accept(session, HERON, text, made.hunks[0], now=NOW)
    assert text.draft.text == before
    assert suggesting.accept_all(session, HERON, text, made, now=NOW) == (0, 1)


def test_a_stale_hunk_fits_again_when_its_words_are_back(session):
    text = a_text(session, "座ってください。休んでください。")
    made = suggest(session, text, "座ってください。眠ってください。")
    rewrite(session, text, "座ってください。")
    assert states(session, text) == [HunkState.STALE]
    rewrite(session, text, "座ってください。休んでください。")
    assert states(session, text) == [HunkState.OPEN]
    suggesting.accept(session, HERON, text, made.hunks[0], now=NOW)
    assert text.draft.text == "座ってください。眠ってください。"


def test_words_suggested_between_two_words_are_stale_when_one_of_the_two_is_another(session):
    text = a_text(session, "Call your friend.")
    made = suggest(session, text, "Call your best friend.")
    rewrite(session, text, "Call a friend.")
    assert states(session, text) == [HunkState.STALE]
    rewrite(session, text, "Call your friend.")
    assert suggesting.accept_all(session, HERON, text, made, now=NOW) == (1, 0)
    assert text.draft.text == "Call your best friend."


def test_whose_suggestion_it_is_takes_it_back_and_others_leave_it(session):
    text = a_text(session, "One.\n\nTwo.")
    made = suggest(session, text, "Eins.\n\nZwei.")
    suggesting.decline(session, KITE, text, made.hunks[0], now=NOW)
    suggesting.decline(session, HERON, text, made.hunks[1], now=NOW)
    assert [(one.state, one.decided_by) for one in made.hunks] == [("taken_back", "kite"), ("declined", "heron")]
    assert text.draft.text == "One.\n\nTwo."
    assert session.scalars(select(Anchor)).all() == []
    assert (reading.proposals(session, text), len(reading.proposals(session, text, settled=True))) == ([], 1)


def test_deciding_twice_alike_is_deciding_once_and_otherwise_is_refused(session):
    text = a_text(session, "One.")
    hunk = suggest(session, text, "Two.").hunks[0]
    for _ in range(2):
        suggesting.accept(session, HERON, text, hunk, now=NOW)
    assert text.draft.head_seq == 2
    with pytest.raises(Conflict, match="decided about this suggestion already"):
        suggesting.decline(session, HERON, text, hunk, now=NOW)
    assert suggesting.accept_all(session, HERON, text, hunk.suggestion, now=NOW) == (0, 0)


def test_nobody_takes_their_own_suggestion(session):
    text = a_text(session, "One.")
    hunk = suggest(session, text, "Two.").hunks[0]
    with pytest.raises(NotAllowed):
        suggesting.accept(session, KITE, text, hunk, now=NOW)
    assert text.draft.text == "One."


def test_a_suggestion_made_in_an_older_text_stands_where_its_words_are_now(session):
    text = a_text(session, "One. Two. Three.")
    base = text.draft.text
    rewrite(session, text, "Zero.\nOne. Two. Third.")
    made = suggest(session, text, "Once. Two. Three times.", base=base)
    assert [one.state for one in reading.proposals(session, text)[0].hunks] == ["open", "stale"]
    assert suggesting.accept_all(session, HERON, text, made, now=NOW) == (1, 1)
    assert text.draft.text == "Zero.\nOnce. Two. Third."


def test_a_suggestion_that_changes_nothing_or_belongs_elsewhere_is_refused(session):
    text, other = a_text(session, "One."), a_text(session, "Two.")
    with pytest.raises(Invalid):
        suggest(session, text, "One.")
    made = suggest(session, text, "Eins.")
    for find, name in ((suggesting.hunk_of, made.hunks[0].id), (suggesting.suggestion_of, made.id)):
        with pytest.raises(NotFound):
            find(session, other, name)


def test_the_trail_tells_what_was_done_and_never_the_words(session):
    text = a_text(session, "One quiet word.")
    made = suggest(session, text, "One calm word.")
    suggesting.accept(session, HERON, text, made.hunks[0], now=NOW)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(2)).all()
    assert [(one.act, one.actor) for one in entries] == [
        ("suggestion.accepted", "heron"),
        ("suggestion.propose", "kite"),
    ]
    assert not any(word in str(one.details) for one in entries for word in ("quiet", "calm", "Kinder"))


def blocks(session, text):
    made = operations.save_version(session, HERON.id, text, significance=Significance.CONTENT, note="", now=NOW)
    return {block.kind: (set(block.contributors), block.suggested) for block in made.blocks if block.kind != "front"}


def test_who_suggested_is_told_from_who_typed_in_each_block_with_the_number_of_characters(session):
    text = a_text(session, "## Rest\n\nSit down now.")
    text.draft.fields = {**text.draft.fields}
    made = suggest(session, text, "## Rest\n\nSit down here.")
    suggesting.accept(session, HERON, text, made.hunks[0], now=NOW)
    told = blocks(session, text)
    assert told["heading"] == ({"heron"}, {})
    assert told["paragraph"] == ({"heron"}, {"kite": len("now") + len("here")})
    assert queries.in_team(session, KITE.id, text)


def test_after_publication_what_was_suggested_before_counts_no_more(session):
    text = a_text(session, "Sit down now.")
    suggesting.accept_all(session, HERON, text, suggest(session, text, "Sit down here."), now=NOW)
    open_one = suggest(session, text, "Stand here.", WREN)
    log.settle(session, text.draft, text.draft.head_seq, NOW)
    assert blocks(session, text)["paragraph"] == (set(), {})
    suggesting.accept_all(session, HERON, text, open_one, now=NOW)
    assert text.draft.text == "Stand here."
    assert blocks(session, text)["paragraph"] == (set(), {"wren": len("Sit down") + len("Stand")})


def test_changes_of_one_line_with_a_word_between_them_are_decided_together_and_those_of_two_sentences_are_not():
    joined = rules.hunks("Call your friend now.", "Ring your mate now.")
    assert [one.new for one in joined] == ["Ring your mate"]
    apart = rules.hunks("Sit. Two. Rest.", "Stand. Two. Sleep.")
    assert [one.new for one in apart] == ["Stand", "Sleep"]
    assert [one.new for one in rules.hunks("座る時も休む時も", "立つ時も眠る時も")] == ["立つ", "眠る"]
    assert len(rules.hunks("One\nTwo", "Eins\nZwei")) == 1


def test_a_suggestion_is_taken_while_others_type_live_and_both_come_out_whole(session):
    text = a_text(session, "اجلس الآن. استرح قليلًا.", "ar")
    made = suggest(session, text, "اجلس الآن. استرح طويلًا.")
    copy = live.load(session, text.draft.id)
    typist = SharedDocument(copy.loaded.document.state(), writer=77)
    first = typist.edit([Edit(0, 0, "مرحبًا. ")], {})
    live.write(Group(session.connection(), session), copy, [live.Typed("wren", frozenset({77}), first)], NOW)
    session.refresh(text.draft)
    suggesting.accept(session, HERON, text, made.hunks[0], now=NOW)
    second = typist.edit([Edit(len(typist.text), len(typist.text), " ثم نم.")], {})
    for update in live.catch_up(session, copy):
        typist.apply(update)
    live.write(Group(session.connection(), session), copy, [live.Typed("wren", frozenset({77}), second)], NOW)
    session.refresh(text.draft)
    assert typist.text == text.draft.text == "مرحبًا. اجلس الآن. استرح طويلًا. ثم نم."
    told = blocks(session, text)["paragraph"]
    assert told == ({"heron", "wren"}, {"kite": len("قليلًا") + len("طويلًا")})


def test_publication_forgets_what_was_decided_and_keeps_what_waits(session):
    text = a_text(session, "Sit still. Rest now.\n\nSleep well.")
    thread = talk.open_thread(session, HERON, text, "Why?", quote="Rest", now=NOW)
    secret = suggest(session, text, "Sit still. Rest now.\n\nSleep canary.")
    suggesting.decline(session, HERON, text, secret.hunks[0], now=NOW)
    half = suggest(session, text, "Sit here. Rest now.\n\nSleep early.")
    suggesting.accept(session, HERON, text, half.hunks[0], now=NOW)
    stale = suggest(session, text, "Sit here. Rest well now.\n\nSleep well.")
    rewrite(session, text, "Sit canary. Rest canary.\n\nSleep well.")
    near = talk.open_thread(session, HERON, text, "Why?", quote="Rest", now=NOW)
    rewrite(session, text, "Sit here. Rest soon.\n\nSleep well.")
    forget(session, text)
    session.expire_all()
    left = {each.id: [one.new for one in each.hunks] for each in session.scalars(select(Suggestion))}
    assert left == {half.id: ["early"], stale.id: [stale.hunks[0].new]}
    assert {hunk.state for each in reading.proposals(session, text) for hunk in each.hunks} == {"open", "stale"}
    assert not any("canary" in one.before + one.after for one in session.scalars(select(Anchor)))
    assert {one.thread.id for one in reading.talks(session, text)} == {thread.id, near.id}


@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=400)
def test_a_suggestion_taken_whole_makes_exactly_the_text_that_was_proposed(base, proposal):
    wanted = rules.hunks(base, proposal)
    assert applied(base, wanted) == proposal
    text, by = base, 0
    for one in wanted:
        place = Place(one.start + by, one.end + by)
        old = base[one.start : one.end]
        text = applied(text, rules.typed(place, old, one.new))
        by += len(one.new) - len(old)
    assert text == proposal


@given(TEXTS, TEXTS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), TEXTS), max_size=3), st.randoms())
@settings(deadline=None, max_examples=60)
def test_in_no_order_is_a_hunk_typed_over_words_that_it_did_not_mean(base, proposal, changes, chance):
    with Session(ENGINE) as session:
        text = a_text(session, base)
        if not rules.hunks(text.draft.text, proposal):
            return
        made = suggest(session, text, proposal)
        acts = [*made.hunks, *changes]
        chance.shuffle(acts)
        for act in acts:
            before = text.draft.text
            if isinstance(act, tuple):
                at = min(act[0], len(before))
                rewrite(session, text, before[:at] + act[2] + before[at + act[1] :])
                continue
            place = next(
                one.place for each in reading.proposals(session, text) for one in each.hunks if one.hunk is act
            )
            try:
                suggesting.accept(session, HERON, text, act, now=NOW)
            except Conflict:
                assert text.draft.text == before
                continue
            assert before[place.start : place.end] == act.old
            assert text.draft.text == before[: place.start] + act.new + before[place.end :]
        session.rollback()
