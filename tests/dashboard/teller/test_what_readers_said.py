"""With a story that its teller takes back goes every word of readers about it, and every note to them."""

from __future__ import annotations

from saying import say
from sqlalchemy import select
from telling import here

from studio.answers.models import ReaderAnswer
from studio.dashboard.teller import erase
from studio.publish import notes

WORDS = "Canaryplume: this sentence of it stayed with me."


def test_a_story_that_is_taken_back_leaves_no_word_of_its_readers(client, out, clock, session, river, teller, at):
    told = say(client, clock, "helped", f"/en/{out.slug}/answer", words=WORDS, pass_on="yes")
    assert told.status_code == 200
    session.rollback()
    notes.add(session, river, out.id, f"Note: {WORDS}", clock())
    session.commit()
    assert WORDS in client.get(f"/en/{out.slug}/editions/").text
    assert at(teller).post(f"{here(out)}take-story-back").status_code == 303
    session.rollback()
    assert [one.text for one in session.scalars(select(ReaderAnswer))] == [""]
    assert notes.of_text(session, out.id) == ()


def test_a_story_that_is_erased_takes_its_messages_their_copies_and_their_talks_with_it(
    client, out, clock, session, river, teller, at
):
    for words in (WORDS, "The same."):
        assert say(client, clock, "unsafe", f"/en/{out.slug}/answer", words=words).status_code == 200
    session.rollback()
    first, copy = session.scalars(select(ReaderAnswer).order_by(ReaderAnswer.text)).all()
    editor, board = at(river), "/studio/answers/"
    sent = {"version": "1", "urgency": "S1", "same_as": first.id}
    assert editor.post(f"{board}{copy.id}/sort", data=sent).status_code == 303
    assert editor.post(f"{board}{first.id}/talk", data={"version": "1", "comment": "Look here."}).status_code == 303
    session.rollback()
    session.expire_all()
    erase(session, teller, out, b"k" * 32, clock())
    session.commit()
    assert session.scalars(select(ReaderAnswer)).all() == []
    assert editor.get(board).status_code == 200
