"""A short transaction that writes the same few statements again and again, past most of what a session costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Insert, Update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from studio.storage.engine import BEGUN, WRITE, begin_write, stay_impatient, takes_the_lock

Row = Mapping[str, Any]
_As = Callable[[Any], Any] | None
"""How a value is made into what the driver takes; None where it is that already."""


class NotWrittenError(SQLAlchemyError):
    """The database took nothing of a group: it is full, or broken, or somebody writes for very long."""


class Statement:
    """An insertion, or a change, with named values; made into the driver's words once."""

    def __init__(self, statement: Insert | Update, columns: Sequence[str]) -> None:
        """``columns`` are those that get a value of a row, by the names that the row has them under."""
        self.said: Final = statement
        self._columns = list(columns)
        self._compiled: tuple[str, tuple[tuple[str, _As], ...]] | None = None

    def for_sqlite(self, dialect: Dialect) -> tuple[str, tuple[tuple[str, _As], ...]]:
        """Return the words, and for each question mark in them the value's name and how it is made."""
        if self._compiled is None:
            compiled = self.said.compile(dialect=dialect, column_keys=self._columns)
            kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
            ways = tuple((name, kinds[name].bind_processor(dialect)) for name in compiled.positiontup or ())
            self._compiled = compiled.string, ways
        return self._compiled


class Group:
    """What is written together. A session of the same transaction is made only where somebody asks for it."""

    def __init__(self, connection: Connection, session: Session | None = None) -> None:
        """Begin with the write lock; SQLAlchemyError where it cannot be had.

        ``session``: one that writes already on this connection, and which somebody else commits.
        """
        self._connection, self._session = connection, session
        self._cursor: Any = None
        if session is not None:
            return
        if connection.dialect.name != "sqlite":
            begin_write(self.session)
            return
        stay_impatient(connection)
        if not takes_the_lock(connection):
            raise NotWrittenError("the write lock was not to be had")
        self._cursor = connection.connection.cursor()
        connection.execution_options(**{WRITE: BEGUN})

    @property
    def session(self) -> Session:
        """A session in which what was written so far is there, and whose work is committed with the rest."""
        if self._session is None:
            self._session = Session(self._connection, expire_on_commit=False)
        return self._session

    def write(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Say ``statement`` with each of ``rows``."""
        if self._cursor is None:
            self.session.connection().execute(statement.said, list(rows))
            return
        words, ways = statement.for_sqlite(self._connection.dialect)
        try:
            for row in rows:
                self._cursor.execute(words, [way(row[name]) if way else row[name] for name, way in ways])
        except sqlite3.Error as error:
            raise NotWrittenError(str(error)) from error

    def commit(self) -> None:
        """Have it all on the disk; SQLAlchemyError where that is not possible, and nothing was written then."""
        if self._session is not None:
            self._session.commit()
        if self._cursor is not None:
            try:
                self._cursor.connection.commit()
            except sqlite3.Error as error:
                raise NotWrittenError(str(error)) from error

    def end(self) -> None:
        """Undo what was not committed, and let the session go."""
        if self._session is not None:
            self._session.close()
        if self._cursor is not None:
            if self._cursor.connection.in_transaction:
                self._cursor.connection.rollback()
            self._cursor.close()


@contextmanager
def written_together(connection: Connection) -> Iterator[Group]:
    """Give a group of ``connection``, which is committed at the end; one of the four edges that commit."""
    group = Group(connection)
    try:
        yield group
        group.commit()
    finally:
        group.end()
