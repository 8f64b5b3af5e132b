"""Too often is noticed without knowing who, and nothing of it stays."""

from __future__ import annotations

import pytest

from studio.core.errors import TooOften
from studio.web.limits import Limit, Limiter, neighbourhood

LIMIT = Limit("try", seconds=900, nearby=3, account=2, everybody=100)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_is_cut(address, expected):
    assert neighbourhood(address) == expected


def test_the_fourth_try_of_a_neighbourhood_waits_and_another_neighbourhood_does_not(clock):
    limiter = Limiter(clock)
    for last in (1, 2, 3):
        limiter.hit(LIMIT, f"203.0.113.{last}")
    with pytest.raises(TooOften) as refused:
        limiter.hit(LIMIT, "203.0.113.4")
    assert 0 < refused.value.wait <= 900
    limiter.hit(LIMIT, "198.51.100.4")


def test_an_account_is_counted_wherever_the_tries_come_from(clock):
    limiter = Limiter(clock)
    limiter.hit(LIMIT, "203.0.113.1", "heron")
    limiter.hit(LIMIT, "198.51.100.1", "heron")
    with pytest.raises(TooOften):
        limiter.hit(LIMIT, "192.0.2.1", "heron")
    limiter.hit(LIMIT, "192.0.2.1", "wren")


def test_all_together_are_counted(clock):
    limiter = Limiter(clock)
    limit = Limit("all", seconds=60, nearby=0, everybody=2)
    limiter.hit(limit, "203.0.113.1")
    limiter.hit(limit, "198.51.100.1")
    with pytest.raises(TooOften):
        limiter.hit(limit, "192.0.2.1")


def test_after_the_window_another_try_is_welcome(clock):
    limiter = Limiter(clock)
    for _ in range(3):
        limiter.hit(LIMIT, "203.0.113.1")
    clock.forward(seconds=900)
    limiter.hit(LIMIT, "203.0.113.1")


def test_a_good_try_is_forgiven(clock):
    limiter = Limiter(clock)
    for _ in range(6):
        limiter.hit(LIMIT, "203.0.113.1", "heron")
        limiter.forgive(LIMIT, "203.0.113.1", "heron")


def test_the_key_of_a_day_is_forgotten_with_its_counters(clock):
    limiter = Limiter(clock)
    limiter.hit(LIMIT, "203.0.113.1")
    before = limiter._key
    clock.forward(days=1)
    limiter.hit(LIMIT, "203.0.113.1")
    assert limiter._key != before
    assert len(limiter._windows) == 2


def test_no_address_and_no_name_is_in_the_counters(clock):
    limiter = Limiter(clock)
    limiter.hit(LIMIT, "203.0.113.1", "heron")
    assert "203.0" not in repr(limiter._windows)
    assert "heron" not in repr(limiter._windows)


def test_the_counters_never_grow_without_end(clock, monkeypatch):
    monkeypatch.setattr("studio.web.limits.MANY", 50)
    limiter = Limiter(clock)
    for n in range(200):
        limiter.hit(Limit("x", seconds=60, nearby=1), f"10.{n}.0.1")
    assert len(limiter._windows) == 50


def test_too_many_sign_ins_are_told_how_long_to_wait(client):
    codes = [
        client.post("/studio/sign-in", data={"pen_name": "Heron", "passphrase": "x"}).status_code for _ in range(11)
    ]
    assert codes == [422] * 10 + [429]
    answer = client.post("/studio/sign-in", data={"pen_name": "Heron", "passphrase": "x"})
    assert int(answer.headers["Retry-After"]) > 0
