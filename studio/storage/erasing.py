"""Erase rows and all that hangs on them, in whatever table: the foreign keys tell what belongs to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Column, MetaData, Table, delete, select, tuple_, update
from sqlalchemy.orm import Session

AT_ONCE: Final = 300
"""Rows that are named in one statement; SQLite takes no more than some thousand values."""
Key = tuple[Any, ...]
Found = dict[Table, set[Key]]


def erase(session: Session, metadata: MetaData, table: str, ids: Collection[str], keep: Collection[str] = ()) -> Found:
    """Delete the rows ``ids`` of ``table`` and every row that refers to them, and to those, and so on.

    ``keep`` names columns (``table.column``) whose rows stay: they forget what they referred to. Return the keys of
    what was deleted, by table. What the session held of it is not to be used afterwards.
    """
    session.flush()
    first = metadata.tables[table]
    found: Found = defaultdict(set)
    found[first] = {(one,) for one in ids}
    waiting = [(first, found[first])]
    while waiting:
        parent, keys = waiting.pop()
        for column in _pointing_at(metadata, parent):
            if str(column) in keep:
                _forget(session, column, keys)
                continue
            fresh = _rows(session, column, keys) - found[column.table]
            if fresh:
                found[column.table] |= fresh
                waiting.append((column.table, fresh))
    for one in reversed(metadata.sorted_tables):
        for column in (each for each in _pointing_at(metadata, one) if each.table is one and found[one]):
            _forget(session, column, found[one])
        for some in _portions(found[one]):
            session.execute(delete(one).where(_key(one).in_(some)))
    session.expire_all()
    return {one: keys for one, keys in found.items() if keys}


def _pointing_at(metadata: MetaData, table: Table) -> list[Column[Any]]:
    """Return every column that refers to the key of ``table``; a key of several columns is referred to by nobody."""
    every = (column for one in metadata.sorted_tables for column in one.columns)
    return [one for one in every if any(key.column.table is table for key in one.foreign_keys)]


def _rows(session: Session, column: Column[Any], keys: set[Key]) -> set[Key]:
    found = set[Key]()
    for some in _portions(keys):
        wanted = select(*column.table.primary_key.columns).where(column.in_([key[0] for key in some]))
        found |= {tuple(row) for row in session.execute(wanted)}
    return found


def _forget(session: Session, column: Column[Any], keys: set[Key]) -> None:
    for some in _portions(keys):
        gone = column.in_([key[0] for key in some])
        session.execute(update(column.table).where(gone).values({column.name: None}))


def _key(table: Table) -> Any:  # noqa: ANN401 - SQLAlchemy's own type for it is private
    return tuple_(*table.primary_key.columns)


def _portions(keys: set[Key]) -> Iterator[list[Key]]:
    every = sorted(keys)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
