"""A loop that hangs ends its process; one that is busy for a moment, or has been closed, does not."""

from __future__ import annotations

import asyncio
import threading
import time

import patience
from loops import run

from studio.editor.live import watchdog


def test_a_loop_that_hangs_ends_its_process(capfd):
    ended = []

    async def hang():
        over = threading.Event()
        stop = watchdog.watch(asyncio.get_running_loop(), lambda code: (ended.append(code), over.set()), 0.2)
        await asyncio.sleep(0.1)
        while not over.is_set():
            time.sleep(0.05)  # noqa: ASYNC251 - this is the fault that is watched for
        stop.set()

    run(hang())
    assert ended == [watchdog.EXIT]
    assert "Thread" in capfd.readouterr().err  # where it hung


def test_a_loop_that_comes_round_is_left_alone():
    ended = []

    async def work():
        stop = watchdog.watch(asyncio.get_running_loop(), ended.append, 1.5)
        for _ in range(30):
            await asyncio.sleep(0.05)
            time.sleep(0.02)  # noqa: ASYNC251 - busy for a moment
        stop.set()

    run(work())
    time.sleep(0.2)
    assert ended == []


def test_a_loop_that_was_closed_is_watched_no_more():
    ended = []

    async def nothing():
        watchdog.watch(asyncio.get_running_loop(), ended.append, 5)

    before = set(threading.enumerate())
    run(nothing())
    for one in set(threading.enumerate()) - before:
        one.join(patience.SECONDS)
    assert ended == []
    assert [one for one in threading.enumerate() if one.name == "watchdog"] == []
