"""The moment from which a view that began with slow work holds the write lock."""

from __future__ import annotations

from studio.storage.db import db
from studio.storage.engine import begin_write


def begin_writing() -> None:
    """End the reading transaction of a ``late_write`` view and begin its writing one; read again what it stands on."""
    db.session.rollback()
    begin_write(db.session())
