"""Whether somebody else wrote to the database since one last looked: a hint that costs next to nothing."""

from __future__ import annotations

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.orm import Session


class Changes:
    """Looks by one connection; for databases that cannot tell, something may always have changed."""

    def __init__(self) -> None:
        """Nothing has been seen yet."""
        self._seen: object = None

    def since_last(self, session: Session) -> bool:
        """Whether any other connection has committed since the last call that was made by this connection."""
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return True
        # Figures of two connections cannot be compared, so the connection is a part of what was seen.
        now = connection.connection.dbapi_connection, connection.exec_driver_sql("PRAGMA data_version").scalar()
        before, self._seen = self._seen, now
        return now != before


class Watch:
    """Looks by a connection of its own that does nothing else, so that looking needs no session and no transaction."""

    def __init__(self, engine: Engine) -> None:
        """Watch what ``engine`` leads to; its connection is made by the first look."""
        self._engine = engine
        self._connection: PoolProxiedConnection | None = None
        self._seen: object = None

    def since_last(self) -> bool:
        """Whether anybody has committed since the last call, other sessions of this process included."""
        if self._engine.dialect.name != "sqlite":
            return True
        if self._connection is None:
            self._connection = self._engine.raw_connection()
        cursor = self._connection.cursor()
        now = cursor.execute("PRAGMA data_version").fetchone()
        cursor.close()
        before, self._seen = self._seen, now
        return bool(now != before)

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
