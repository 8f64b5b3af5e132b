"""How fast one may send: at once up to the burst, then as the bucket empties, whatever the clock begins at."""

from __future__ import annotations

from studio.editor.rules.pace import Bucket


def test_a_burst_is_let_through_and_then_only_what_has_run_out_since():
    bucket = Bucket(rate=2.0, burst=5.0)
    assert [bucket.lets(1, 100.0) for _ in range(6)] == [True] * 5 + [False]
    assert [bucket.lets(1, 101.0) for _ in range(3)] == [True, True, False]
    assert bucket.lets(5, 200.0)
    assert not bucket.lets(6, 300.0)
