"""The time, always in UTC and always handed over as an argument below the edges."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC with whole seconds (finer times would help to link people to acts)."""
    return datetime.now(UTC).replace(microsecond=0)
