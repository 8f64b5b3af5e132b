"""The generation of what readers get: a row as the truth, a mapped file as the fast word of it between processes."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from studio.publish.models import Generation

NAME: Final = "generation"
_FORMAT: Final = struct.Struct("<Q")


def raise_generation(session: Session) -> int:
    """Raise the row by one, in the transaction that changes what readers get; return the new number."""
    row = session.get(Generation, 1, with_for_update=True, populate_existing=True)
    if row is None:
        row = Generation(id=1, n=0)
        session.add(row)
    row.n += 1
    session.flush()
    return row.n


def current(session: Session) -> int:
    """Return the row's number."""
    row = session.get(Generation, 1)
    return row.n if row else 0


class GenerationFile:
    """The mapped file. Told after the commit and before the answer; read on each request."""

    def __init__(self, folder: Path) -> None:
        """Open, or make, the file in ``folder``."""
        path = folder / NAME
        if not path.exists() or path.stat().st_size < _FORMAT.size:
            with path.open("ab") as file:
                file.truncate(_FORMAT.size)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _FORMAT.size)

    def read(self) -> int:
        """Return the number that was told last."""
        return int(_FORMAT.unpack(self._map[:])[0])

    def tell(self, n: int) -> None:
        """Tell every process that the row now says ``n``; never goes back."""
        if n > self.read():
            self._map[:] = _FORMAT.pack(n)
