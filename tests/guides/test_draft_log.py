"""The log of a draft: forks converge, nothing is lost, and it is known exactly who wrote what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

import studio.app  # noqa: F401 - every slice's tables
from studio.core.errors import Conflict, TooLarge
from studio.guides import operations
from studio.guides.drafts import authors, log
from studio.guides.drafts.document import Edit, SharedDocument
from studio.guides.fields import TextFields
from studio.guides.models import Draft, DraftCheckpoint, DraftUpdate
from studio.guides.rules.statuses import UpdateKind
from studio.guides.rules.worddiff import replacements
from studio.storage.base import Base

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
ENGINE = create_engine("sqlite://", poolclass=StaticPool)
Base.metadata.create_all(ENGINE)
LETTERS = st.sampled_from(["a", "b", " ", "\n", "ق", "لَ", "家", "か", "👩‍👩‍👧", "🏳️‍🌈", "e\u0301", "\u200f", "𠮷", "ß"])
TEXTS = st.lists(LETTERS, max_size=8).map("".join)


@contextmanager
def a_draft(text: str = "") -> Iterator[tuple[Session, Draft]]:
    with Session(ENGINE) as session:
        made = operations.start_guide(
            session, "heron", fields=TextFields(title="Rest"), language="en", body=text, now=NOW
        )
        yield session, made.draft
        session.rollback()


def type_in(session, draft, base_seq, edits, author="kite", form="", **fields):
    fork = log.open_fork(session, draft, base_seq, form)
    return log.append(session, draft, fork, edits=edits, fields=fields, author=author, kind=UpdateKind.FORM, now=NOW)


def rewrite(session, draft, text, author="kite", form="", base_seq=None):
    fork = log.open_fork(session, draft, draft.head_seq if base_seq is None else base_seq, form)
    edits = [Edit(one.start, one.end, one.new) for one in replacements(fork.mine.text, text)]
    return log.append(session, draft, fork, edits=edits, fields={}, author=author, kind=UpdateKind.FORM, now=NOW)


@dataclass(eq=False)
class Letter:
    """One code point with who typed it; the model that the log is held against."""

    sign: str
    author: str
    gone_by: list[str] = field(default_factory=list)


@given(
    st.lists(
        st.tuples(st.sampled_from(["heron", "kite", "wren"]), st.integers(0, 9), st.integers(0, 9), TEXTS), max_size=6
    )
)
@settings(deadline=None, max_examples=60)
def test_the_authors_are_exact_through_insertions_and_deletions(changes):
    with a_draft() as (session, draft):
        letters: list[Letter] = []
        for author, wanted, size, new in changes:
            seen = [letter for letter in letters if not letter.gone_by]
            start = min(wanted, len(seen))
            gone = seen[start : start + size]
            at = letters.index(seen[start]) if start < len(seen) else len(letters)
            type_in(session, draft, draft.head_seq, [Edit(start, start + len(gone), new)], author)
            for letter in gone:
                letter.gone_by.append(author)
            letters[at:at] = [Letter(sign, author) for sign in new]
        loaded = log.load(session, draft, draft.head_seq)
        seen = [letter for letter in letters if not letter.gone_by]
        assert loaded.document.text == draft.text == "".join(letter.sign for letter in seen)
        told = [author for author, size in loaded.runs for _ in range(size)]
        assert told == [letter.author for letter in seen]
        everybody = {letter.author for letter in seen} | {name for letter in letters for name in letter.gone_by}
        assert authors.between(loaded.runs, 0, len(draft.text)) == everybody


@given(TEXTS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.integers(0, 4), TEXTS), max_size=5))
@settings(deadline=None, max_examples=60)
def test_changes_typed_at_any_earlier_number_converge_and_lose_nothing_that_was_typed(base, changes):
    with a_draft(base) as (session, draft):
        for seq, wanted, size, new in changes:
            at = 1 + seq % draft.head_seq
            text = log.at(session, draft, at).text
            start = min(wanted, len(text))
            type_in(session, draft, at, [Edit(start, min(len(text), start + size), new)])
        blobs = [row.blob for row in session.scalars(select(DraftUpdate).where(DraftUpdate.draft_id == draft.id))]
        backwards = SharedDocument()
        for blob in reversed(blobs):
            backwards.apply(blob)
        assert backwards.text == draft.text
        assert sum(size for _, size in log.load(session, draft, draft.head_seq).runs) == len(draft.text)


def test_two_who_write_at_the_same_place_both_stay_the_earlier_saved_first():
    with a_draft("one two") as (session, draft):
        type_in(session, draft, 1, [Edit(3, 3, " kite")], "kite")
        state = type_in(session, draft, 1, [Edit(3, 3, " wren")], "wren")
        assert state.text == "one kite wren two"


def test_of_two_titles_the_one_saved_later_stays():
    for _ in range(8):
        with a_draft("x") as (session, draft):
            type_in(session, draft, 1, [], "kite", title="earlier")
            assert type_in(session, draft, 1, [], "wren", title="later").fields["title"] == "later"


def test_who_took_words_out_is_an_author_of_that_place():
    with a_draft("stay away. Rest.") as (session, draft):
        type_in(session, draft, 1, [Edit(0, 11, "")], "wren")
        loaded = log.load(session, draft, draft.head_seq)
        assert draft.text == "Rest."
        assert authors.between(loaded.runs, 0, 5) == {"heron", "wren"}


def test_the_authors_of_one_paragraph_are_not_those_of_the_next():
    with a_draft("Rest.\n\nWalk.") as (session, draft):
        type_in(session, draft, 1, [Edit(7, 11, "Run")], "wren")
        loaded = log.load(session, draft, 2)
        assert authors.between(loaded.runs, 0, 5) == {"heron"}
        assert authors.between(loaded.runs, 7, len(draft.text)) == {"heron", "wren"}


def test_a_message_of_the_same_form_goes_on_from_the_one_before_though_its_answer_was_lost():
    with a_draft("Rest.") as (session, draft):
        rewrite(session, draft, "Rest. Bre", form="f1", base_seq=1)
        type_in(session, draft, 2, [Edit(0, 0, "Hello. ")], "wren")
        state = rewrite(session, draft, "Rest. Breathe.", form="f1", base_seq=1)
        assert state.text == "Hello. Rest. Breathe."


def test_another_forms_message_is_a_change_of_its_own():
    with a_draft("Rest.") as (session, draft):
        rewrite(session, draft, "Rest. A.", form="f1", base_seq=1)
        assert rewrite(session, draft, "Rest. B.", form="f2", base_seq=1).text == "Rest. A. B."


def test_a_form_that_says_an_older_base_than_it_has_seen_goes_on_from_what_it_has_seen():
    with a_draft("Rest.") as (session, draft):
        rewrite(session, draft, "Rest. A.", form="f1", base_seq=1)
        type_in(session, draft, 2, [Edit(0, 0, "Hello. ")], "wren")
        rewrite(session, draft, "Hello. Rest. A B.", form="f1", base_seq=3)
        assert rewrite(session, draft, "Hello. Rest. A B C.", form="f1", base_seq=1).text == "Hello. Rest. A B C."


def test_the_text_of_any_number_is_known_with_checkpoints_between():
    with a_draft("0") as (session, draft):
        for number in range(2, 140):
            rewrite(session, draft, f"text {number}")
        assert [log.at(session, draft, seq).text for seq in (1, 2, 64, 65, 139)] == [
            "0",
            "text 2",
            "text 64",
            "text 65",
            "text 139",
        ]
        checkpoints = session.scalars(select(DraftCheckpoint.seq).where(DraftCheckpoint.draft_id == draft.id)).all()
        assert sorted(checkpoints) == [1, 64, 128]


def test_large_changes_are_worth_a_checkpoint_early():
    with a_draft("0") as (session, draft):
        rewrite(session, draft, "word " * 5_000)
        assert session.get(DraftCheckpoint, (draft.id, 2)) is not None


def test_after_settling_nobody_who_wrote_before_is_an_author_and_their_log_is_gone():
    with a_draft("Rest.") as (session, draft):
        type_in(session, draft, 1, [Edit(5, 5, " Walk.")], "wren", title="Other")
        type_in(session, draft, 2, [Edit(11, 11, " Run.")], "kite")
        log.settle(session, draft, 2, NOW)
        loaded = log.load(session, draft, 3)
        assert loaded.document.text == "Rest. Walk. Run."
        assert authors.between(loaded.runs, 0, 16) == {"kite"}
        assert loaded.field_authors == {}
        assert session.scalars(select(DraftUpdate.seq).where(DraftUpdate.draft_id == draft.id)).all() == [3]
        assert rewrite(session, draft, "Rest. Walk. Run. Sleep.", "wren").text == "Rest. Walk. Run. Sleep."


def test_a_number_that_is_forgotten_or_never_was_is_refused_with_what_to_do():
    with a_draft("Rest.") as (session, draft):
        rewrite(session, draft, "Rest. Walk.")
        log.settle(session, draft, 2, NOW)
        for seq in (-1, 0, 1, 3):
            with pytest.raises(Conflict, match="no longer kept"):
                log.open_fork(session, draft, seq)


def test_a_hole_in_the_log_is_noticed():
    with a_draft("Rest.") as (session, draft):
        for text in ("a", "b", "c"):
            rewrite(session, draft, text)
        session.delete(session.get(DraftUpdate, (draft.id, 3)))
        session.flush()
        with pytest.raises(Conflict):
            log.load(session, draft, 4)


def test_a_text_beyond_the_limit_is_refused_with_both_figures():
    with a_draft("Rest.") as (session, draft), pytest.raises(TooLarge, match=r"201 kB.*200 kB"):
        rewrite(session, draft, "ق" * 100_200)


def test_line_ends_are_lf_and_ideographs_stay_as_they_were_typed():
    assert log.clean("a\r\nb\rc\x00") == "a\nb\nc"
    assert log.clean("\ufa10 e\u0301") == "\ufa10 e\u0301"


def test_the_same_text_and_fields_have_the_same_digest_and_others_another():
    states = [log.State(1, "a", {"title": "t"}), log.State(9, "a", {"title": "t"}), log.State(1, "a", {"title": "u"})]
    first, same, other = (state.digest for state in states)
    assert first == same != other
