"""A loop that does not come round any more holds every editor up: its process is ended, and started again."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Final

SECONDS: Final = 20.0
"""How long the loop may be busy with one thing; nothing that it does takes a tenth of a second."""
EXIT: Final = 70

log = logging.getLogger(__name__)


def watch(
    loop: asyncio.AbstractEventLoop, end: Callable[[int], object] = os._exit, seconds: float = SECONDS
) -> threading.Event:
    """Watch ``loop`` from a thread of its own; all that was acknowledged is on disk, so ``end`` loses nothing.

    Return the event that stops the watching.
    """
    stopped = threading.Event()
    threading.Thread(target=_watch, args=(loop, end, seconds, stopped), daemon=True, name="watchdog").start()
    return stopped


def _watch(
    loop: asyncio.AbstractEventLoop, end: Callable[[int], object], seconds: float, stopped: threading.Event
) -> None:
    while not stopped.wait(seconds / 10):
        came_round = threading.Event()
        try:
            loop.call_soon_threadsafe(came_round.set)
        except RuntimeError:  # the loop has been closed
            return
        if not came_round.wait(seconds) and not stopped.is_set():
            log.error("the event loop hangs; the process is started again")
            faulthandler.dump_traceback(file=sys.stderr)
            end(EXIT)
            return
