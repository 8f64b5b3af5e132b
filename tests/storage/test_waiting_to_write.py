"""Who wants to write waits for whoever writes, has a turn as soon as there is one, and is told when there is none."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from studio.storage import engine as storage
from studio.storage.engine import begin_write, make_engine, make_sessions


@pytest.fixture
def engine(app, settings):
    made = make_engine(settings.database_url)
    yield made
    made.dispose()


def test_the_lock_is_taken_when_it_is_free_again(engine):
    sessions, held, freed = make_sessions(engine), threading.Event(), []

    def hold():
        with sessions() as other:
            begin_write(other)
            held.set()
            time.sleep(0.3)
            freed.append(time.monotonic())
            other.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    with sessions() as session:
        begin_write(session)
        assert freed
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == storage.BUSY_SECONDS * 1000
        session.rollback()
    holder.join()


def test_who_has_waited_for_too_long_is_told_and_may_try_again(engine, monkeypatch):
    sessions = make_sessions(engine)
    with sessions() as other, sessions() as session:
        begin_write(other)
        monkeypatch.setattr(storage, "BUSY_SECONDS", 0.05)
        with pytest.raises(OperationalError, match="locked"):
            begin_write(session)
        session.rollback()
        other.rollback()
        begin_write(session)
        session.rollback()


def test_what_is_no_matter_of_waiting_is_told_at_once(engine, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_SECONDS", 3600)
    with make_sessions(engine)() as session:
        begin_write(session)
        began = session.connection().connection.cursor()
        with pytest.raises(OperationalError, match="within a transaction"):
            storage._begin(session.connection())
        began.close()
        session.rollback()
