"""What a killed process left half-made does not stay in the data folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from studio.publish.artifacts import Store, sweep

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


def test_only_what_is_half_made_and_old_is_removed(tmp_path):
    kept = Store(tmp_path).put(b"a page")
    folder = tmp_path / "artifacts" / kept[:2]
    old, fresh = tmp_path / "derive-old", tmp_path / "preview-fresh"
    half = folder / f"{'0' * 64}.4711"
    for path in (old, fresh):
        path.mkdir()
        (path / "guide.pdf").write_bytes(b"%PDF")
    half.write_bytes(b"half a p")
    for path, hours in ((old, 3), (fresh, 0), (half, 3), (folder / kept, 3)):
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
    sweep(tmp_path, NOW - timedelta(hours=1))
    assert not old.exists()
    assert not half.exists()
    assert fresh.exists()
    assert Store(tmp_path).get(kept) == b"a page"
