"""What live editors type together is on the disk whole or not at all, whichever way it was said to the database."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, bindparam, select, text
from sqlalchemy.exc import SQLAlchemyError

from studio.storage import engine as storage
from studio.storage.base import UtcTime
from studio.storage.changes import KeptConnection
from studio.storage.engine import begin_write, make_engine, make_sessions
from studio.storage.group import Statement

BIRDS = Table(
    "bird",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(20)),
    Column("seen", UtcTime),
    Column("song", LargeBinary),
)
ADD = Statement(BIRDS.insert(), BIRDS.c.keys())
RENAME = Statement(BIRDS.update().where(BIRDS.c.id == bindparam("which")), ("name",))
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def bird(number: int, name: str = "Wren") -> dict[str, object]:
    return {"id": number, "name": name, "seen": NOON, "song": b"\x00tit"}


@pytest.fixture
def engine(tmp_path):
    made = make_engine(f"sqlite:///{tmp_path / 'birds.db'}")
    BIRDS.create(made)
    yield made
    made.dispose()


@pytest.fixture
def kept(engine):
    found = KeptConnection(engine)
    yield found
    found.close()


def names(engine):
    with make_sessions(engine)() as session:
        return list(session.scalars(select(BIRDS.c.name).order_by(BIRDS.c.id)))


def test_a_group_is_seen_by_others_as_soon_as_it_is_over_and_not_before(engine, kept):
    with kept.group() as group:
        group.write(ADD, [bird(1), bird(2, "Kite")])
        group.write(RENAME, [{"which": 1, "name": "Heron"}])
        assert names(engine) == []
    with make_sessions(engine)() as session:
        assert session.execute(select(BIRDS)).first() == (1, "Heron", NOON, b"\x00tit")
    assert names(engine) == ["Heron", "Kite"]


def test_a_session_of_the_group_sees_what_was_said_past_it_and_goes_with_it(engine, kept):
    with kept.group() as group:
        group.write(ADD, [bird(1)])
        assert group.session.scalar(select(BIRDS.c.name)) == "Wren"
        group.session.execute(BIRDS.insert(), [bird(2, "Kite")])
        group.write(RENAME, [{"which": 2, "name": "Red kite"}])
    assert names(engine) == ["Wren", "Red kite"]


@pytest.mark.parametrize("with_session", [False, True])
def test_a_group_that_fails_leaves_nothing_and_the_next_one_is_written(engine, kept, with_session):
    with suppress(RuntimeError), kept.group() as group:
        group.write(ADD, [bird(1)])
        if with_session:
            group.session.execute(BIRDS.insert(), [bird(2)])
        raise RuntimeError
    with kept.group() as group:
        group.write(ADD, [bird(3, "Kite")])
    assert names(engine) == ["Kite"]


def test_what_the_database_refuses_is_told_in_one_kind_of_error_and_nothing_is_left(engine, kept):
    with pytest.raises(SQLAlchemyError, match="UNIQUE"), kept.group() as group:
        group.write(ADD, [bird(1), bird(1)])
    assert names(engine) == []


def test_a_full_disk_is_told_and_the_group_can_be_said_again_when_there_is_room(engine, kept):
    with kept.session() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
        session.execute(text(f"PRAGMA max_page_count={pages}"))
    large = {**bird(1), "song": bytes(100_000)}
    with pytest.raises(SQLAlchemyError, match="full"), kept.group() as group:
        group.write(ADD, [large])
    assert names(engine) == []
    with kept.session() as session:
        session.execute(text("PRAGMA max_page_count=100000"))
    with kept.group() as group:
        group.write(ADD, [large])
    assert names(engine) == ["Wren"]


def test_a_group_waits_for_whoever_writes_and_says_when_that_takes_too_long(engine, kept, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.05)
    with make_sessions(engine)() as other:
        begin_write(other)
        with pytest.raises(SQLAlchemyError, match="lock"), kept.group():
            pass
        other.rollback()
    with kept.group() as group:
        group.write(ADD, [bird(1)])
    assert names(engine) == ["Wren"]


def test_what_a_group_wrote_is_no_news_to_its_connection(engine, kept):
    kept.others_wrote()
    with kept.group() as group:
        group.write(ADD, [bird(1)])
    assert not kept.others_wrote()
    with make_sessions(engine)() as session:
        begin_write(session)
        session.execute(BIRDS.insert(), [bird(2)])
        session.commit()
    assert kept.others_wrote()
