"""A request that changes something is committed once, whole, before its answer; any other leaves nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from studio.audit.models import AuditEntry
from studio.core.errors import Conflict, NotAllowed
from studio.core.words import N_
from studio.members import current
from studio.members.models import RecoveryCode
from studio.storage.db import db
from studio.web import context


def code(name):
    return RecoveryCode(id=name, member_id=current.require_actor().id, code_hash=name)


@pytest.fixture
def seen(app):
    """Return what the after-commit calls of the test's views have seen."""
    found = []

    def look():
        with app.app_context():
            engine = db.engine
        with engine.connect() as connection:
            found.extend(connection.scalars(select(RecoveryCode.id)))

    def write(kind):
        context.after_commit(look)
        db.session.add(code(kind))
        db.session.flush()
        return kind

    def refuse():
        write("refused")
        raise NotAllowed(N_("Not for you."))

    def conflict():
        write("conflict")
        raise Conflict(N_("Somebody was faster."))

    def echo_fails():
        context.after_commit(lambda: 1 / 0)
        return write("echo")

    views = {
        "good": lambda: write("good"),
        "shown-again": lambda: (write("shown-again"), 422),
        "refused": refuse,
        "conflict": conflict,
        "broken": lambda: write("broken") / 0,
        "echo": echo_fails,
    }
    for name, view in views.items():
        app.add_url_rule(f"/studio/try/{name}", name, view, methods=["POST"])
    app.add_url_rule("/studio/try/read", "read", lambda: write("read"))
    return found


@pytest.fixture
def heron(client, member, sign_in):
    actor = member("Heron")
    sign_in(client, actor)
    return actor


def kept(session):
    session.expire_all()
    found = list(session.scalars(select(RecoveryCode.id)))
    session.rollback()
    return found


def test_what_went_well_is_committed_before_the_calls_after_it(seen, client, heron, session):
    assert client.post("/studio/try/good").status_code == 200
    assert seen == ["good"]
    assert kept(session) == ["good"]


@pytest.mark.parametrize(
    ("act", "status"), [("shown-again", 422), ("refused", 403), ("conflict", 409), ("broken", 500)]
)
def test_what_did_not_go_well_leaves_nothing_and_tells_nobody(seen, client, heron, session, act, status):
    assert client.post(f"/studio/try/{act}").status_code == status
    assert seen == []
    assert kept(session) == []


def test_a_get_never_writes(seen, client, heron, session):
    assert client.get("/studio/try/read").status_code == 200
    assert seen == []
    assert kept(session) == []


def test_an_echo_that_fails_does_not_undo_what_was_saved_nor_stop_the_others(seen, client, heron, session):
    assert client.post("/studio/try/echo").status_code == 200
    assert seen == ["echo"]
    assert kept(session) == ["echo"]


def test_a_refused_act_is_in_the_trail_without_a_word_of_it(seen, client, heron, session):
    client.post("/studio/try/refused", data={"body": "what somebody typed"})
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.act, entry.subject, entry.details) == (heron.id, "refused", "endpoint:refused", {})


def test_a_full_disk_is_told_and_the_text_is_given_back(client, heron, app, session):
    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1").close())
    token = client.token()
    text = "What I wrote for an hour, in one long line"
    answer = client.post("/studio/me/codes", token=False, data={"form_token": token, "body": text * 200})
    for _ in range(30):
        if answer.status_code != 200:
            break
        answer = client.post("/studio/me/codes", token=False, data={"form_token": token, "body": text * 200})
    assert answer.status_code == 507
    assert text in answer.text
    assert "tell them" in answer.text
