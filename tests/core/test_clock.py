"""The time is told in UTC and in whole seconds."""

from __future__ import annotations

from datetime import UTC

from studio.core.clock import now


def test_the_time_is_utc_and_too_coarse_to_link_people_to_acts():
    moment = now()
    assert (moment.tzinfo, moment.microsecond) == (UTC, 0)
