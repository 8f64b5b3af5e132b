"""With a story that its teller takes back goes every word of readers about it, and every note to them."""

from __future__ import annotations

from saying import say
from sqlalchemy import select
from telling import here

from studio.answers.models import ReaderAnswer
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
