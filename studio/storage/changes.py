"""Whether somebody else wrote to the database since one last looked: a hint that costs next to nothing."""

from __future__ import annotations

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
