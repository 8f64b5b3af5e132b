"""Anchors of a draft move with every change, in its transaction, through checkpoints and publication."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

import studio.app  # noqa: F401 - every slice's tables
from studio.guides import operations
from studio.guides.drafts import anchors, live, log
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.fields import TextFields
from studio.guides.rules.anchoring import Place
from studio.guides.rules.statuses import UpdateKind
from studio.guides.rules.worddiff import replacements
from studio.storage.base import Base
from studio.storage.group import Group

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
ENGINE = create_engine("sqlite://", poolclass=StaticPool)
Base.metadata.create_all(ENGINE)
LETTERS = st.sampled_from(["a", "b", " ", "\n", "ق", "لَ", "家", "か", "👩‍👩‍👧", "🏳️‍🌈", "e\u0301", "\u200f", "𠮷", "ß"])
TEXTS = st.lists(LETTERS, max_size=8).map("".join)


@pytest.fixture
def session():
    with Session(ENGINE) as made:
        yield made
        made.rollback()


def a_draft(session, body):
    made = operations.start_guide(session, "heron", fields=TextFields(title="Rest"), language="en", body=body, now=NOW)
    return made.draft


def rewrite(session, draft, text, base_seq=None):
    """Save a form that was opened at ``base_seq``."""
    fork = log.open_fork(session, draft, draft.head_seq if base_seq is None else base_seq)
    edits = [Edit(one.start, one.end, one.new) for one in replacements(fork.mine.text, text)]
    return log.append(session, draft, fork, edits=edits, fields={}, author="kite", kind=UpdateKind.FORM, now=NOW)


def anchor_on(session, draft, words):
    start = draft.text.index(words)
    return anchors.add(session, draft, Place(start, start + len(words)))


def words_at(draft, anchor):
    return draft.text[anchor.start : anchor.end]


def test_a_passage_keeps_its_words_while_others_write_before_and_in_it(session):
    draft = a_draft(session, "اجلس هنا. استرح قليلًا.")
    anchor = anchor_on(session, draft, "استرح قليلًا")
    rewrite(session, draft, "اجلس هنا بهدوء. استرح قليلًا.")
    assert words_at(draft, anchor) == "استرح قليلًا"
    rewrite(session, draft, "اجلس هنا بهدوء. استرح الآن قليلًا.")
    assert (words_at(draft, anchor), anchor.quote, anchor.state) == ("استرح الآن قليلًا", "استرح قليلًا", "attached")


def test_a_passage_that_is_taken_out_is_detached_with_its_quote_and_found_when_the_words_are_back(session):
    draft = a_draft(session, "座ってください。休んでください。眠ってください。")
    anchor = anchor_on(session, draft, "休んでください。")
    rewrite(session, draft, "座ってください。眠ってください。")
    assert (anchor.state, anchor.quote, words_at(draft, anchor)) == ("detached", "休んでください。", "")
    rewrite(session, draft, "まず座ってください。休んでください。眠ってください。")
    assert (anchor.state, words_at(draft, anchor)) == ("attached", "休んでください。")


def test_a_passage_whose_words_come_back_twice_alike_stays_detached(session):
    draft = a_draft(session, "one two three")
    anchor = anchor_on(session, draft, "two")
    rewrite(session, draft, "one three")
    rewrite(session, draft, "one two three one two three")
    assert anchor.state == "detached"


def test_an_old_form_that_is_merged_moves_a_passage_by_what_it_did_to_the_newest_text(session):
    draft = a_draft(session, "Sit. Rest.")
    rewrite(session, draft, "Hello. Sit. Rest.", base_seq=1)
    anchor = anchor_on(session, draft, "Rest.")
    rewrite(session, draft, "Sit. And then. Rest.", base_seq=1)
    assert draft.text == "Hello. Sit. And then. Rest."
    assert words_at(draft, anchor) == "Rest."


def test_checkpoints_and_publication_leave_passages_where_they_are(session):
    draft = a_draft(session, "Sit. Rest.")
    anchor = anchor_on(session, draft, "Rest")
    for number in range(70):
        rewrite(session, draft, f"{number} Sit. Rest.")
    log.settle(session, draft, draft.head_seq - 1, NOW)
    assert words_at(draft, anchor) == "Rest"
    rewrite(session, draft, "Sit down. Rest.")
    assert words_at(draft, anchor) == "Rest"


@given(TEXTS, TEXTS, TEXTS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), TEXTS), max_size=5))
@settings(deadline=None, max_examples=60)
def test_the_log_and_the_anchors_agree_in_every_script(before, quote, after, changes):
    with Session(ENGINE) as session:
        draft = a_draft(session, before + quote + after)
        anchor = anchors.add(session, draft, Place(len(before), len(before + quote)))
        for wanted, size, new in changes:
            start = min(wanted, len(draft.text))
            touches = start < anchor.end and start + size > anchor.start if size else anchor.start < start < anchor.end
            intact = words_at(draft, anchor) == quote and not touches
            log.apply(
                session,
                draft,
                base_seq=draft.head_seq,
                edits=[Edit(start, min(len(draft.text), start + size), new)],
                fields={},
                author="kite",
                kind=UpdateKind.FORM,
                now=NOW,
            )
            assert 0 <= anchor.start <= anchor.end <= len(draft.text)
            if intact:
                assert words_at(draft, anchor) == quote
        session.rollback()


def test_many_passages_behind_a_change_are_moved_at_once_and_all_keep_their_words(session):
    draft = a_draft(session, "\n\n".join(f"passage {number:03}." for number in range(60)))
    every = [anchor_on(session, draft, f"passage {number:03}") for number in range(60)]
    gone = anchor_on(session, draft, "passage 007.")
    rewrite(session, draft, draft.text.replace("\n\npassage 007.", ""))
    rewrite(session, draft, f"Hello, before all.\n\n{draft.text.replace('passage 030', 'passage number 030')}")
    for number, anchor in enumerate(every):
        session.refresh(anchor)
        expected = {7: "", 30: "passage number 030"}.get(number, f"passage {number:03}")
        assert words_at(draft, anchor) == expected
    assert gone.state == every[7].state == "detached"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), TEXTS), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_what_is_typed_live_moves_passages_as_a_form_does(changes):
    with Session(ENGINE) as session:
        draft = a_draft(session, "قبل 👩‍👩‍👧 الكلام. 休んでください。 After e\u0301.")
        anchor = anchor_on(session, draft, "休んでください。")
        copy = live.load(session, draft.id)
        typist = SharedDocument(copy.loaded.document.state(), writer=77)
        for wanted, size, new in changes:
            session.refresh(anchor)
            intact = words_at(draft, anchor) == anchor.quote
            start = min(wanted, len(typist.text))
            end = min(start + size, len(typist.text))
            beside = start >= anchor.end or end <= anchor.start
            update = typist.edit([Edit(start, end, new)], {})
            outcome = live.write(
                Group(session.connection(), session), copy, [live.Typed("kite", frozenset({77}), update)], NOW
            )
            assert outcome[0].why is None or not (new or end > start)
            session.refresh(anchor)
            session.refresh(draft)
            assert draft.text == typist.text
            assert not (intact and beside) or words_at(draft, anchor) == anchor.quote
        session.rollback()


def test_a_change_costs_one_question_where_no_passage_stands_behind_it(session):
    draft = a_draft(session, "Sit. Rest.")
    anchor_on(session, draft, "Sit")
    session.flush()
    asked = []

    def note(*told):
        asked.append(told[2])

    event.listen(ENGINE, "before_cursor_execute", note)
    anchors.move(session, draft.id, [("keep", 10), ("insert", 6)], "Sit. Rest. More.")
    anchors.move(session, draft.id, [("keep", 10)], "Sit. Rest.")
    event.remove(ENGINE, "before_cursor_execute", note)
    assert len(asked) == 1
