"""Whatever goes wrong, the person has their text on the page: two hundred kilobytes of Arabic, whole."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import event, select, text
from writing import form

from studio.members.models import Member, MemberSession
from studio.members.operations import visits
from studio.storage import engine as storage
from studio.storage.db import db
from studio.storage.engine import begin_write, make_engine, make_sessions

WORDS = "مساء الخير، خذ وقتك ولا تستعجل.\n"
ARABIC = WORDS * (199_000 // len(WORDS.encode()))


@pytest.fixture
def sent(client, begun):
    return {**form(client.get(f"{begun}write")), "body": ARABIC}


def holds_it(answer):
    """Whether the page holds the whole text; the shell shows line ends as they came."""
    return ARABIC.strip() in unescape(answer.text).replace("\r\n", "\n")


def test_the_text_is_as_large_as_a_text_may_be_and_is_saved(client, begun, sent, text_of):
    assert len(ARABIC.encode()) > 198_000
    assert client.post(f"{begun}write", data=sent).status_code == 303
    assert text_of(begun).draft.text == ARABIC


def test_when_the_visit_has_ended(client, begun, sent, clock):
    clock.forward(minutes=31)
    answer = client.post(f"{begun}write", data=sent)
    assert answer.status_code == 401
    assert holds_it(answer)


def test_when_the_visit_was_ended_from_elsewhere(client, begun, sent, heron, session):
    visits.end_all(session, heron.id)
    session.commit()
    answer = client.post(f"{begun}write", data=sent, token=False)
    assert answer.status_code == 401
    assert holds_it(answer)


def test_when_the_member_was_suspended(client, begun, sent, heron, session):
    session.get(Member, heron.id).suspended = True
    session.commit()
    answer = client.post(f"{begun}write", data=sent, token=False)
    assert answer.status_code == 401
    assert holds_it(answer)
    assert session.scalars(select(MemberSession)).all()


def test_when_the_forms_token_is_not_ours(client, begun, sent):
    answer = client.post(f"{begun}write", data={**sent, "form_token": "0.0"}, token=False)
    assert answer.status_code == 400
    assert holds_it(answer)


def test_when_the_text_is_too_large(client, begun, sent):
    answer = client.post(f"{begun}write", data={**sent, "body": ARABIC + ARABIC})
    assert answer.status_code == 413
    assert "part it into two guides" in answer.text
    assert (ARABIC + ARABIC).strip() in unescape(answer.text).replace("\r\n", "\n")


def test_when_more_is_sent_than_a_form_may_have(client, begun, sent):
    answer = client.post(f"{begun}write", data={**sent, "padding": "x" * 2_100_000})
    assert answer.status_code == 413
    assert holds_it(answer)


def test_when_something_else_in_the_form_does_not_fit(client, begun, sent):
    answer = client.post(f"{begun}write", data={**sent, "title": ""})
    assert answer.status_code == 422
    assert form(answer)["body"] == ARABIC


def test_when_a_choice_is_none_of_ours(client, begun, sent):
    answer = client.post(f"{begun}write", data={**sent, "kind": "poem"})
    assert answer.status_code == 422
    assert holds_it(answer)


def test_when_something_breaks(client, begun, sent, session):
    session.execute(text("DROP TABLE draft_checkpoint"))
    session.commit()
    answer = client.post(f"{begun}write", data=sent)
    assert answer.status_code == 500
    assert holds_it(answer)


def test_when_the_disk_is_full(app, client, begun, sent, session):
    pages = session.execute(text("PRAGMA page_count")).scalar()
    session.rollback()
    with app.app_context():
        db.engine.dispose()

        @event.listens_for(db.engine, "connect")
        def leave_no_room(connection, record):
            connection.execute(f"PRAGMA max_page_count = {pages}").close()

    answer = client.post(f"{begun}write", data=sent)
    assert answer.status_code == 507
    assert holds_it(answer)


def test_when_somebody_else_is_saving_for_too_long(app, client, begun, sent, settings, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0)
    with app.app_context():
        db.engine.dispose()
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as busy:
        begin_write(busy)
        answer = client.post(f"{begun}write", data=sent)
        busy.rollback()
    engine.dispose()
    assert answer.status_code == 503
    assert holds_it(answer)


def test_when_the_text_is_not_for_this_member(begun, client, sent, other):
    client.post(f"{begun}write", data={**sent, "body": "x", "kind": "story"})
    sent.pop("form_token")
    answer = other.post(f"{begun}write", data=sent)
    assert answer.status_code == 404
    assert holds_it(answer)


def test_a_preview_that_cannot_be_shown_gives_it_back(client, begun, sent):
    body = ARABIC[:-200] + "\n\n![](media:" + "0" * 64 + ")"
    answer = client.post(f"{begun}write/preview", data={**sent, "body": body})
    assert answer.status_code == 422
    assert form(answer)["body"] == body


@pytest.mark.parametrize("door", ["words", "paste"])
def test_the_first_words_come_back_too(client, begun, door, clock):
    field = "box-wish" if door == "words" else "pasted"
    sent = {**form(client.get(f"{begun}begin")), "door": door, field: ARABIC}
    clock.forward(minutes=31)
    answer = client.post(f"{begun}begin", data=sent)
    assert answer.status_code == 401
    assert holds_it(answer)
