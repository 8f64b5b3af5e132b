"""Which derived files something still refers to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.storage.base import Base

COLUMN: Final = "sha256"
"""Whoever keeps a derived file in the store notes it in a column of this name, in whatever table."""
_AT_ONCE: Final = 500


def kept(session: Session, digests: Collection[str]) -> set[str]:
    """Return those of the files ``digests`` that a row of any table refers to."""
    every, found = sorted(digests), set[str]()
    columns = [table.c[COLUMN] for table in Base.metadata.sorted_tables if COLUMN in table.c]
    for start in range(0, len(every), _AT_ONCE):
        for column in columns:
            found |= set(session.scalars(select(column).where(column.in_(every[start : start + _AT_ONCE]))))
    return found
