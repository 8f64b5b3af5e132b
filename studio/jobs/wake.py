"""The wake-up call between processes, by Huey over an SQLite file; losing it costs seconds, never a job."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from huey import SqliteHuey

NAME: Final = "wake.db"
PAUSE: Final = 0.05
"""Seconds between two looks at the bell."""


class Bell:
    """Rung after a commit that asked for a job; heard by the worker."""

    def __init__(self, data: Path) -> None:
        """Use the bell of the data folder ``data``."""
        self._huey = SqliteHuey("studio", filename=str(data / NAME), fsync=False, results=False)

    def ring(self) -> None:
        """Wake the worker."""
        self._huey.storage.enqueue(b"wake")

    def silent(self) -> bool:
        """Whether nobody has rung since the worker listened last."""
        return not self._huey.storage.queue_size()

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Return when the bell was rung, after ``seconds``, or when ``stopped`` says so; the bell is silent then."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not stopped():
            if not self.silent():
                self._huey.storage.flush_queue()
                return
            time.sleep(PAUSE)
