"""When an edition is due to be looked at again: so many months after the last check."""

from __future__ import annotations

from datetime import date


def due_on(checked_on: date, months: int) -> date:
    """Return the first day of the month in which an edition checked on ``checked_on`` is due after ``months``."""
    whole = checked_on.year * 12 + checked_on.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
