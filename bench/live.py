"""Live editing: a real house on one core, people who insert letters at random moments, and Etherpad beside it.

BENCH_ETHERPAD names the folder of an installed Etherpad 1.8 (``src/node/server.js`` in it); without it the table says
that none was measured. CPU time is that of the web process; other times are by the clock, so they are worth what
the machine was worth. A change that reaches one other person is one delivery.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import serving
from bench.live_servers import Server, core, etherpad, house, memory

SECONDS = 10.0
ABSENT = "Etherpad: not measured: no Etherpad here (BENCH_ETHERPAD)"
P50_MS, P99_MS = 5.0, 50.0
MEMORY_MB, DRAFT_MB = 80.0, 0.5


@dataclass(frozen=True)
class Case:
    """How many people write in how many rooms, each so many letters a second."""

    editors: int
    rate: float
    rooms: int = 1

    @property
    def name(self) -> str:
        """The case in words."""
        where = f" in {self.rooms} rooms" if self.rooms > 1 else ""
        return f"{self.editors}{where} × {self.rate:g}/s"


CASES = (Case(2, 3), Case(10, 2), Case(50, 1), Case(100, 1), Case(400, 0.5, 100))
HELD = CASES[2]
"""The case that has aims."""


@dataclass(frozen=True)
class Found:
    """What one server did under one load. Milliseconds, MB."""

    case: Case
    name: str
    saved: tuple[float, float]
    delivered: tuple[float, float]
    """Half stay below the first, ninety-nine of a hundred below the second."""
    rate: float
    """Deliveries a second."""
    cpu: float
    """Of one delivery."""
    memory: tuple[tuple[float, float], ...]
    """Resident, and the share of it, at the start, with everybody there, at the end."""
    busy: float
    """The share of its core that the load itself took: near 1, the times are the load's own."""
    converged: bool

    @property
    def memory_aim(self) -> float:
        """How much of the machine's memory the web process may have as its share at the end."""
        return MEMORY_MB + DRAFT_MB * self.case.rooms


def run(cases: Sequence[Case] = CASES, seconds: float = SECONDS, only: str = "") -> Iterator[Found]:
    """Measure each case with fresh servers, ours and Etherpad in turn; ``only`` may leave one of them out."""
    installed = os.environ.get("BENCH_ETHERPAD")
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            if only != "etherpad":
                with house(Path(folder) / "house") as server:
                    yield measure(server, case, seconds)
            if installed and only != "studio":
                with etherpad(Path(installed), Path(folder) / "pads") as pads:
                    yield measure(pads, case, seconds)


def measure(server: Server, case: Case, seconds: float) -> Found:
    """Let people come to a server that runs and write for so many seconds."""
    start = memory(server.pid)
    people = server.people(case.rooms, case.editors)
    plan = {"program": server.program, "port": server.port, "editors": people, "core": core(1)}
    plan |= {"rate": case.rate, "seconds": seconds}
    with ExitStack() as stack:
        command = [sys.executable, "-m", "bench.live_load"]
        load = stack.enter_context(subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        _say(load, json.dumps(plan))
        assert load.stdout
        assert load.stdout.readline() == "ready\n", "the load has ended"
        there = memory(server.pid)
        before = serving.nanoseconds(server.pid)
        _say(load, "go")
        report = json.loads(load.stdout.readline())
        spent = serving.nanoseconds(server.pid) - before
        memories = (start, there, memory(server.pid))
        converged = _converged(server, report["copies"])
    return _found(server, case, report, spent, memories, converged=converged)


def _say(load: subprocess.Popen[str], line: str) -> None:
    assert load.stdin
    load.stdin.write(line + "\n")
    load.stdin.flush()


def _found(
    server: Server,
    case: Case,
    report: dict[str, Any],
    spent: int,
    memories: tuple[tuple[float, float], ...],
    *,
    converged: bool,
) -> Found:
    deliveries = report["deliveries"]
    whole = deliveries == report["sent"] * (case.editors // case.rooms - 1)
    return Found(
        case,
        server.name,
        (report["saved_50"], report["saved_99"]),
        (report["delivered_50"], report["delivered_99"]),
        deliveries / report["seconds"],
        spent / 1e6 / max(1, deliveries),
        memories,
        report["busy"],
        converged and whole,
    )


def _converged(server: Server, copies: dict[str, list[str]]) -> bool:
    """Whether every full copy is the text that the server keeps."""
    return all({server.text(room)} == set(texts) for room, texts in copies.items())


HEAD = (
    f"{'people':<26}{'server':<18}{'saved p50':>10}{'p99':>8}{'there p50':>11}{'p99':>8}{'per s':>8}"
    f"{'ms CPU each':>13}{'MB (share)':>18}{'load':>6}  one text"
)


def _shown(found: Found) -> str:
    memories = "/".join(f"{one:.0f}" for one, _ in found.memory) + f" ({found.memory[-1][1]:.0f})"
    return (
        f"{found.case.name:<26}{found.name:<18}{found.saved[0]:>10.1f}{found.saved[1]:>8.1f}{found.delivered[0]:>11.1f}"
        f"{found.delivered[1]:>8.1f}{found.rate:>8.0f}{found.cpu:>13.4f}{memories:>18}{found.busy:>6.0%}"
        f"  {'yes' if found.converged else 'NO'}"
    )


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=SECONDS)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--only", choices=["studio", "etherpad"], default="")
    arguments.add_argument("--editors", type=int, nargs="*", help="only the cases of so many people")
    asked = arguments.parse_args()
    cases = [case for case in CASES if not asked.editors or case.editors in asked.editors]
    if not os.environ.get("BENCH_ETHERPAD"):
        print(ABSENT)
    print(HEAD)
    for _ in range(asked.rounds):
        for found in run(cases, asked.seconds, asked.only):
            print(_shown(found), flush=True)


if __name__ == "__main__":
    main()
