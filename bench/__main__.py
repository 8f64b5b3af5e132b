"""All figures in one table: ``python -m bench``, or ``python -m bench pdf save`` for some. Kept in ``bench/out/``.

CPU time, medians; peers are measured in the same run. ``python -m bench corpus`` renders every guide of the corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench import corpus
from bench.lines import BENCHES, Line
from bench.lines import lines as measure

OUT = Path(__file__).parent / "out"


HEAD = f"{'what':<46}{'size':>16}{'ms CPU':>10}{'spread':>9}  {'beside':<20}{'theirs':>9}{'ratio':>8}  aim"


def main() -> int:
    """Measure, print and keep; always 0, for a missed aim is a figure, not a fault of the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, "corpus", []], metavar="NAME", help=" ".join(BENCHES))
    asked = parser.parse_args().names or list(BENCHES)
    print(_machine())
    if asked == ["corpus"]:
        return corpus.main()
    lines = list[Line]()
    print(HEAD)
    for name in asked:
        if name in BENCHES:
            lines += _measured(name)
    missed = [line for line in lines if line.verdict.endswith("MISSED")]
    print("aims missed: " + ", ".join(line.what for line in missed) if missed else "every aim met")
    _keep(lines)
    return corpus.main() if "corpus" in asked else 0


def _measured(name: str) -> list[Line]:
    """Return the lines of one bench, each bench in a process of its own, so that none inherits another's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        lines = alone.submit(measure, name).result()
    for line in lines:
        print(_shown(line), flush=True)
    return lines


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{when}; Python {platform.python_version()}, {os.cpu_count()} cores, load {load}"


def _shown(line: Line) -> str:
    spread = "" if line.spread is None else f"{line.spread:.2f}"
    theirs = "" if line.theirs is None else f"{line.theirs:.3f}"
    return (
        f"{line.what:<46}{line.size:>16}{line.ours:>10.3f}{spread:>9}  {line.peer:<20}{theirs:>9}"
        f"{line.ratio:>8}  {line.verdict}"
    ).rstrip()


def _keep(lines: list[Line]) -> None:
    OUT.mkdir(exist_ok=True)
    (OUT / "figures.txt").write_text("\n".join([_machine(), HEAD, *map(_shown, lines), ""]), encoding="utf-8")
    kept = {"machine": _machine(), "lines": [asdict(line) for line in lines]}
    (OUT / "figures.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
