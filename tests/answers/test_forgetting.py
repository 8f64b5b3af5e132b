"""Words of readers are let go of: thirty days after they were dealt with, and at once with a story taken back."""

from __future__ import annotations

import pytest
from saying import say
from sqlalchemy import text as sql

from studio.answers.models import AnswerCount, Echo
from studio.answers.operations import forgetting
from studio.answers.rules.sorts import Said
from studio.core.ids import new_id
from studio.publish import notes, queries
from studio.server import DAILY, tasks

WORDS = "Canaryplume: the second step reads like a dare."


@pytest.fixture
def later(session, clock):
    """Let days pass and the daily work be done."""

    def make(days):
        session.rollback()
        clock.forward(days=days)
        forgetting.forget(session, {}, clock())
        forgetting.forget(session, {}, clock())
        session.commit()

    return make


@pytest.fixture
def closed(client, live, clock, rows, at, river):
    say(client, clock, "unsafe", words=WORDS, code="yes")
    (row,) = rows()
    sent = {"version": "1", "done": "Said anew.", "reply": "Thank you."}
    assert at(river).post(f"/studio/answers/{row.id}/close", data=sent).status_code == 303
    return row


def held(settings, session):
    """Return everything that the house's files hold."""
    session.rollback()
    session.execute(sql("PRAGMA wal_checkpoint(TRUNCATE)"))
    session.rollback()
    return b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())


def test_it_is_asked_for_every_day(settings):
    assert forgetting.TASK in DAILY
    assert forgetting.TASK in tasks(settings)


def test_thirty_days_after_it_was_closed_not_one_word_is_in_any_file(closed, later, rows, settings, session, at, river):
    later(29)
    assert b"Canaryplume" in held(settings, session)
    later(1)
    assert b"Canaryplume" not in held(settings, session)
    assert [(one.text, one.done, one.reply) for one in rows()] == [("", "Said anew.", "Thank you.")]
    assert "The words are deleted, or there were none." in at(river).get(f"/studio/answers/{closed.id}").text


def test_ninety_days_after_it_was_closed_only_its_count_is_left(closed, later, rows, session, live):
    later(89)
    assert len(rows()) == 1
    later(1)
    assert rows() == []
    edition = queries.live_edition(session, live.id).id
    assert session.get_one(AnswerCount, (edition, Said.UNSAFE)).n == 1


def test_what_nobody_closes_goes_after_a_year_with_or_without_copies(client, live, clock, rows, at, river, later):
    say(client, clock, "unsafe", words=WORDS)
    (first,) = rows()
    clock.forward(days=10)
    say(client, clock, "unsafe", words="The same.")
    copy = next(one for one in rows() if one.id != first.id)
    sent = {"version": "1", "urgency": "S1", "same_as": first.id}
    assert at(river).post(f"/studio/answers/{copy.id}/sort", data=sent).status_code == 303
    later(354)
    assert len(rows()) == 2
    later(1)
    assert [(one.id, one.same_as) for one in rows()] == [(copy.id, None)]
    later(10)
    assert rows() == []


def test_a_text_that_is_taken_back_takes_every_word_with_it_and_leaves_other_texts_alone(
    closed, client, clock, live, rows, session, settings, river, writer
):
    session.rollback()
    session.add(
        Echo(
            id=new_id(),
            member_id=writer.id,
            translation_id=live.id,
            edition=0,
            kind="sentence",
            text=WORDS,
            on=clock().date(),
        )
    )
    notes.add(session, river, live.id, f"Note: {WORDS}", clock())
    session.commit()
    forgetting.forget_words_about(session, ["another text"])
    notes.forget(session, ["another text"])
    session.commit()
    assert b"Canaryplume" in held(settings, session)
    forgetting.forget_words_about(session, [live.id])
    notes.forget(session, [live.id])
    session.commit()
    assert b"Canaryplume" not in held(settings, session)
    assert [(one.text, one.part, one.said) for one in rows()] == [("", "", Said.UNSAFE)]
