"""How long a visit lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from studio.members.rules.visits import is_over

BEGAN = datetime(2027, 3, 9, 10, 0)  # noqa: DTZ001 - only differences count


@pytest.mark.parametrize(
    ("seen", "minutes", "own_phone", "over"),
    [
        (0, 29, False, False),
        (0, 30, False, True),
        (25, 54, False, False),
        (0, 11 * 60, True, False),
        (11 * 60, 12 * 60, True, True),
        (11 * 60 + 50, 12 * 60, False, True),
        (0, -4, False, False),  # clocks of two machines are never quite alike
        (0, -6, False, True),
    ],
)
def test_a_visit_ends_after_silence_after_half_a_day_and_when_the_clock_was_set_back(seen, minutes, own_phone, over):
    last = BEGAN + timedelta(minutes=seen)
    assert is_over(BEGAN, last, BEGAN + timedelta(minutes=minutes), own_phone=own_phone) is over
