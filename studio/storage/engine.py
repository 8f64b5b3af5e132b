"""Engines in which one transaction writes at a time: SQLite, set up for durability, and PostgreSQL.

SQLite: WAL, ``synchronous=FULL``, foreign keys, explicit BEGIN. PostgreSQL: a lock of the house's own stands for
SQLite's write lock, so that both keep the same promises; who only reads sees one moment of the database in both.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

WRITE: Final = "studio_write"
"""Execution option of a connection that will write: its transaction begins with the write lock."""
BEGUN: Final = "begun"
"""Its value where the driver has begun the transaction already."""

BUSY_SECONDS: Final = 10
_WRITE_LOCK: Final = 0x5374_7564_696F
"""The number of the lock, the house's own within its database."""
_IMPATIENT: Final = "studio_impatient"
_LOOK_MS: Final = 3
"""How long SQLite waits for the write lock by itself, looking twice, before it is asked anew."""


def prepare(engine: Engine) -> Engine:
    """Attach what the database needs to ``engine`` and return it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _without_nul)
        event.listen(engine, "begin", _begin_on_postgresql)
    return engine


def make_engine(url: str) -> Engine:
    """Return an engine for a process without Flask: the worker, the terminal, tests."""
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return prepare(create_engine(url))


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Return the factory of sessions for ``engine``."""
    return sessionmaker(engine, expire_on_commit=False)


def begin_write(session: Session) -> None:
    """Begin the session's transaction with the write lock.

    A read that turns into a write fails at once when somebody else wrote meanwhile, whatever the busy time-out says;
    so whoever may write says so before the first read. Raise RuntimeError where that comes too late.
    """
    if session.in_transaction():
        raise RuntimeError("the write lock is taken before the first read")
    session.connection(execution_options={WRITE: True})


def wipe_log(engine: Engine) -> bool:
    """Overwrite what SQLite's write-ahead file still holds of deleted rows; return whether all of it is gone.

    Somebody who is reading just now keeps it from being emptied; another try moments later will do. Other databases
    are left as they are.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        driver = connection.connection.cursor()  # outside of any transaction, as the command demands
        try:
            busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            driver.close()
    return not busy


def _set_up(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own connection type
    del record
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(WRITE, False)
    if write == BEGUN:
        return
    if not write:
        connection.exec_driver_sql("BEGIN")
    elif not takes_the_lock(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # which says in SQLAlchemy's own words why not


def _without_nul(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own connection type
    """Leave out of every text what PostgreSQL cannot keep: NUL, which nobody types and no guide may hold."""
    del record
    from psycopg.types.string import StrDumperUnknown  # noqa: PLC0415 - only who keeps a PostgreSQL has the driver

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:  # noqa: ANN401 - the driver's own type of bytes
            return super().dump(obj.replace("\x00", ""))

    connection.adapters.register_dumper(str, WithoutNul)


def _begin_on_postgresql(connection: Connection) -> None:
    """Wait for the lock of those who write, for as long as SQLite would; or see one moment of the database."""
    if connection.get_execution_options().get(WRITE, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def takes_the_lock(connection: Connection) -> bool:
    """Begin SQLite's transaction with the write lock, as soon as it is free.

    False where it was not for long, or something else is wrong. SQLite itself looks ever less often, after a while
    ten times a second: whoever writes one thing after the other would leave nothing to whoever waits.
    """
    cursor = connection.connection.cursor()
    until = time.monotonic() + BUSY_SECONDS
    try:
        if not connection.info.get(_IMPATIENT):
            cursor.execute(f"PRAGMA busy_timeout={_LOOK_MS}")
        while time.monotonic() < until:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    return False
            else:
                return True
        return False
    finally:
        if not connection.info.get(_IMPATIENT):
            cursor.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        cursor.close()


def stay_impatient(connection: Connection) -> None:
    """Have a connection that writes all the time look for the lock in short steps, without being told so each time."""
    if not connection.info.get(_IMPATIENT):
        connection.info[_IMPATIENT] = True
        connection.connection.cursor().execute(f"PRAGMA busy_timeout={_LOOK_MS}").close()
