"""Starting, racing, stopping and being killed: the real program on folders of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from running import ROOT, Running, running, start

from studio.members import hashing

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="processes are told apart by /proc")
END = 8.0
"""Seconds within which a house that is told to stop has ended."""


def told(data: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "studio.db")) as database:
        return database.execute(question).fetchall()


def is_whole(data: Path) -> bool:
    return told(data, "PRAGMA integrity_check") == [("ok",)] and told(data, "PRAGMA foreign_key_check") == []


def starter_texts() -> set[tuple[str, str]]:
    return {(path.parent.name, path.stem) for path in (ROOT / "content" / "guides").glob("*/*.md")}


def texts(data: Path) -> list[tuple[object, ...]]:
    return sorted(told(data, "SELECT guide_id, language FROM translation"))  # type: ignore[type-var]  # two texts each


def until(true: Callable[[], object], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def parts(house: Running) -> dict[str, set[int]]:
    """Return the processes of a house by what they are: only those who serve wait for sockets together."""
    found: dict[str, set[int]] = {"renderer": set(), "worker": set(), "web": set()}
    for pid, command in house.processes().items():
        if "renderer_parent" in command:
            found["renderer"].add(pid)
        elif "studio run" in command:
            found["web" if serves(pid) else "worker"].add(pid)
    return found


def serves(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return any("eventpoll" in str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir())
    return False


def is_complete(house: Running, webs: int, without: int = 0) -> bool:
    now = parts(house)
    there = {pid for found in now.values() for pid in found}
    counts = {name: len(found) for name, found in now.items()}
    return counts == {"renderer": 1, "worker": 1, "web": webs} and without not in there


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and "Z" not in state(pid)}


def state(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    return "Z"


def check(data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studio", "check"]
    environment = {**os.environ, "STUDIO_DATA": str(data)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    with running(tmp_path_factory.mktemp("four") / "data", "--processes", "4") as house:
        assert until(lambda: is_complete(house, 4)), parts(house)
        yield house


def test_four_processes_begin_a_house_together(four):
    assert is_whole(four.data)
    assert texts(four.data) == sorted(starter_texts())
    assert told(four.data, "SELECT count(*) FROM edition") == [(0,)]
    assert four.log.count("/studio/join/") == 1
    for path in ("/", "/ar/", "/ja/search?q=x", "/studio/sign-in") * 4:
        assert four.ask(path).status in (200, 302)
    assert until(lambda: check(four.data).returncode == 0), check(four.data).stdout
    assert "Traceback" not in four.log


@pytest.mark.parametrize("part", ["worker", "web", "renderer"])
def test_a_part_that_is_killed_comes_back_while_the_house_answers(four, part):
    before = parts(four)[part]
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    assert until(lambda: is_complete(four, 4, without=killed))
    assert len(parts(four)[part] - before) == 1
    assert all(four.ask("/en/").status == 200 for _ in range(8))


def test_told_to_stop_every_process_ends_in_time_even_while_somebody_is_connected(tmp_path):
    with running(tmp_path / "data", "--processes", "2") as house:
        assert until(lambda: is_complete(house, 2))
        everybody = set(house.processes())
        lingering = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        with closing(lingering):
            lingering.request("GET", "/en/")
            lingering.getresponse().read()
            assert house.stop() <= END + 1
        assert house.process.returncode == 0
        assert until(lambda: not alive(everybody), 1), alive(everybody)
        assert not house.answers()
        is_second_start_quick(house.data)


def is_second_start_quick(data: Path) -> None:
    """Counted in work, not in time: other programs may be busy on this machine."""
    with running(data) as again:
        ticks = Path(f"/proc/{again.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
        assert sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") < 3
        assert texts(data) == sorted(starter_texts())


def test_no_process_outlives_a_house_that_is_killed(tmp_path):
    house = start(tmp_path / "data")
    try:
        house.wait()
        assert until(lambda: is_complete(house, 1))
        everybody = set(house.processes())
        house.process.kill()
        house.process.wait()
        assert until(lambda: not alive(everybody), 15), alive(everybody)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(house.process.pid, signal.SIGKILL)


@pytest.mark.parametrize("options", [(), ("--demo",)], ids=["real", "practice"])
def test_two_that_start_at_once_on_an_empty_folder_leave_one_whole_house(tmp_path, options):
    both = [start(tmp_path / "data", *options) for _ in range(2)]
    try:
        for house in both:
            house.wait()
        said = "".join(house.log for house in both)
    finally:
        for house in both:
            house.stop()
    data = tmp_path / "data" / ("practice" if options else "")
    assert "Traceback" not in said, said
    assert is_whole(data)
    assert texts(data) == sorted(starter_texts())
    if options:
        can_sign_in(both[0])


def can_sign_in(house: Running) -> None:
    """Every passphrase of the file fits the one in the database."""
    hashes = dict(told(house.data / "practice", "SELECT pen_name, passphrase_hash FROM member"))
    members = json.loads((house.data / "practice" / "demo-members.json").read_text("utf-8"))
    assert {one["pen_name"] for one in members} == set(hashes)
    assert all(hashing.fits(str(hashes[one["pen_name"]]), one["passphrase"]) for one in members)
