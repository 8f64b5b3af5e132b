"""The clock on somebody's wall, told by what it shows now: nobody has to know, or to tell, where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from studio.core.errors import Invalid
from studio.core.words import N_

OFFSETS: Final = (
    *(-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180),
    *(210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 825, 840),
)
"""Every difference from UTC in use, in minutes, summer times included."""
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs so many ``minutes`` ahead of UTC; what it shows at a certain moment, and its short name."""

    minutes: int
    shows: datetime

    @property
    def name(self) -> str:
        """Return its difference from UTC, such as ``UTC+5:30``."""
        hours, rest = divmod(abs(self.minutes), _HOUR)
        sign = "-" if self.minutes < 0 else "+"
        return f"UTC{sign}{hours}:{rest:02}" if self.minutes else "UTC"


def clocks(now: datetime) -> list[Clock]:
    """Return every clock with what it shows at ``now``."""
    return [clock_at(minutes, now) for minutes in OFFSETS]


def clock_at(minutes: int, at: datetime) -> Clock:
    """Return the clock that is ``minutes`` ahead of UTC, with what it shows at ``at``, without a time zone."""
    return Clock(minutes, (at.astimezone(UTC) + timedelta(minutes=minutes)).replace(tzinfo=None))


def minutes_of(text: str) -> int:
    """Return the difference from UTC that a form or an address names; UTC where it names none that is in use."""
    minutes = int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0
    return minutes if minutes in OFFSETS else 0


def moment_of(text: str, minutes: int) -> datetime:
    """Return the moment (UTC) of a day and time as such a clock shows it; raise Invalid for any other text."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC) - timedelta(minutes=minutes)
    except (ValueError, OverflowError) as problem:
        raise Invalid(N_("Choose a day and a time.")) from problem
