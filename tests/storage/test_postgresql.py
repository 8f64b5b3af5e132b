"""A house on PostgreSQL keeps what one on SQLite promises: its tables, the trail, one writer at a time."""

from __future__ import annotations

import threading
import time

import postgres
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from live import Place, typing
from loops import run
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError

from studio.audit import trail
from studio.core.settings import Settings
from studio.members.actor import Role
from studio.storage import engine as storage
from studio.storage import migrate
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions


@pytest.fixture(scope="module")
def server():
    with postgres.cluster() as folder:
        yield folder


@pytest.fixture(scope="module")
def address(server, tmp_path_factory):
    """A house that was made by the migrations."""
    found = postgres.database(server, "house")
    migrate.upgrade(Settings(data=tmp_path_factory.mktemp("house"), database_url=found, secret_key="k" * 40))
    return found


@pytest.fixture
def settings(tmp_path, address):
    return Settings(data=tmp_path, database_url=address, secret_key="k" * 40)


@pytest.fixture
def engine(address):
    made = make_engine(address)
    yield made
    made.dispose()


def test_the_migrations_make_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_trail_refuses_to_be_changed_or_cut(engine, clock):
    with make_sessions(engine)() as session:
        begin_write(session)
        trail.record(session, actor=None, act="start", subject="x:1", details={}, now=clock())
        session.commit()
    for change in ("UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError, match="never changed"), engine.begin() as connection:
            connection.execute(text(change))


def test_one_writes_at_a_time_and_the_next_sees_what_it_wrote(engine, clock):
    sessions, began, order = make_sessions(engine), threading.Event(), list[str]()

    def first():
        with sessions() as session:
            begin_write(session)
            began.set()
            time.sleep(0.3)
            trail.record(session, actor=None, act="first", subject="x:1", details={}, now=clock())
            order.append("first")
            session.commit()

    other = threading.Thread(target=first)
    other.start()
    began.wait()
    with sessions() as session:
        begin_write(session)
        order.append("second")
        newest = session.execute(text("SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1")).scalar()
        session.rollback()
    other.join()
    assert order == ["first", "second"]
    assert newest == "first"


def test_who_has_waited_for_too_long_is_told_and_may_try_again(engine, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_SECONDS", 1)
    sessions = make_sessions(engine)
    with sessions() as other, sessions() as session:
        begin_write(other)
        with pytest.raises(OperationalError, match="lock timeout"):
            begin_write(session)
        session.rollback()
        other.rollback()
        begin_write(session)
        session.rollback()


def test_who_reads_sees_one_moment(engine, clock):
    sessions, count = make_sessions(engine), text("SELECT count(*) FROM audit_entry")
    with sessions() as reader, sessions() as writer:
        before = reader.execute(count).scalar()
        begin_write(writer)
        trail.record(writer, actor=None, act="later", subject="x:1", details={}, now=clock())
        writer.commit()
        assert reader.execute(count).scalar() == before
        reader.rollback()
        assert reader.execute(count).scalar() == before + 1


def test_a_member_signs_in_writes_and_asks_for_checks(member, browser, sign_in):
    wren, client = member("Wren", Role.EDITOR, Role.STEWARD), browser()
    assert client.post("/studio/sign-in", data={"pen_name": "Wr\x00en-x", "passphrase": "no"}).status_code == 422
    sign_in(client, wren)
    made = client.post("/studio/new", data={"title": "A calm talk", "language": "en"})
    assert made.status_code == 303, made.text
    for address in ("/studio/", "/studio/texts/", "/studio/checks/", "/studio/people/", made.location, "/en/"):
        assert client.get(address, follow_redirects=True).status_code == 200, address
    assert "A calm talk" in client.get("/studio/texts/").text


def test_two_people_type_live_and_what_is_acknowledged_is_in_the_database(settings, clock):
    place = Place(settings, clock)

    async def story():
        there = place.text("Rest is work.")
        async with typing(place, there, place.member("Heron"), place.member("Kite")) as (heron, kite):
            heron.type(0, 0, "家で ")
            kite.type(len(kite.text), len(kite.text), " too")
            await heron.all_saved()
            await kite.all_saved()
            await heron.until(lambda: "too" in heron.text)
            await kite.until(lambda: "家" in kite.text)
            return {heron.text, kite.text, place.read(there)}

    assert run(story()) == {"家で Rest is work. too"}
    place.engine.dispose()
