"""One connection kept for long, which knows whether anybody else wrote to the database since it last asked."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from studio.storage.engine import WRITE
from studio.storage.group import Group, written_together


class KeptConnection:
    """The connection of a thread that reads and writes all the time. Belongs to that thread.

    What it writes itself is no news to it. Asking takes microseconds and never waits for whoever writes.
    """

    def __init__(self, engine: Engine) -> None:
        """Keep a connection of ``engine``; the first use makes it."""
        self._engine = engine
        self._connection: Connection | None = None
        self._seen: object = None

    def session(self) -> Session:
        """Return a session that uses this connection; it reads until ``begin_write`` is asked for it."""
        connection = self._now()
        connection.execution_options(**{WRITE: False})
        return Session(connection, expire_on_commit=False)

    def group(self) -> AbstractContextManager[Group]:
        """Return what writes with the write lock; what was written in it is committed at its end, all or nothing.

        SQLAlchemyError where the database takes nothing.
        """
        return written_together(self._now())

    def others_wrote(self) -> bool:
        """Whether another connection has committed since the last call; for databases that cannot tell, always."""
        version = _version(self._now())
        # Figures of two connections cannot be compared, so the connection is a part of what was seen.
        before, self._seen = self._seen, (self._connection, version)
        return version is None or before != self._seen

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _now(self) -> Connection:
        """Return the connection, made anew where it broke."""
        if self._connection is not None and (self._connection.invalidated or self._connection.closed):
            self.close()
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection


def _version(connection: Connection) -> object:
    """Return a figure that another connection's commit changes; None from databases that have none."""
    if connection.dialect.name != "sqlite":
        return None
    cursor = connection.connection.cursor()  # past any transaction
    try:
        return cursor.execute("PRAGMA data_version").fetchone()
    finally:
        cursor.close()
