"""How long a visit lasts: it ends by itself after a while of silence, and in any case after half a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(minutes=30)
IDLE_OWN_PHONE: Final = timedelta(hours=12)
ABSOLUTE: Final = timedelta(hours=12)
WRITE_DOWN: Final = timedelta(minutes=5)
"""The time somebody was last here is written down no finer than this."""
INVITATION: Final = timedelta(days=7)
LET_IN_AGAIN: Final = timedelta(days=2)


def is_over(started: datetime, last_seen: datetime, now: datetime, *, own_phone: bool) -> bool:
    """Whether a visit that ``started`` then and was ``last_seen`` then has ended by ``now``.

    A clock that was set back ends it too: a visit never lives longer than it should.
    """
    idle = IDLE_OWN_PHONE if own_phone else IDLE
    if now < started - WRITE_DOWN:
        return True
    return now - started >= ABSOLUTE or now - last_seen >= idle
