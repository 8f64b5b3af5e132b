"""All figures in one table: ``python -m bench``, or ``python -m bench pdf save`` for some. Kept in ``bench/out/``.

CPU time, medians; peers are measured in the same run. ``python -m bench corpus`` renders every guide of the corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench import cards, corpus, pdf, rendering, save, search, serving

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Line:
    """One line of the table. Times are CPU milliseconds; ``spread`` is a 95th of a hundred, or the worst round."""

    what: str
    size: str
    ours: float
    spread: float | None = None
    peer: str = ""
    theirs: float | None = None
    aim: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the aim is met."""
        return "" if self.aim is None else f"≤ {self.aim:g} {'met' if self.ours <= self.aim else 'MISSED'}"

    @property
    def ratio(self) -> str:
        """How many times the peer's time we take."""
        return f"{self.ours / self.theirs:.2f}×" if self.theirs else ""


def _serving() -> Iterator[Line]:
    for row in serving.run():
        size = f"{row.size} B"
        name = "nginx" if row.nginx else "nginx is not here"
        yield Line(f"served: {row.name}", size, row.ours, row.ours_worst, name, row.nginx, row.aim)
        yield Line(f"served: {row.name}", size, row.ours, row.ours_worst, "bare Flask", row.flask, row.aim)


def _rendering() -> Iterator[Line]:
    for row in rendering.run():
        name = f"Markdown to page: {row.guides} guides, {row.name}"
        yield Line(name, f"{row.size} B", row.ours, row.ours_p95, "markdown-it alone", row.parser)


def _pdf() -> Iterator[Line]:
    for row in pdf.run():
        yield Line(f"PDF: {row.name}", f"{row.pages} pages", row.ours, None, "WeasyPrint cold", row.cold, row.aim)


def _cards() -> Iterator[Line]:
    for row in cards.run():
        name = f"four cards: {row.code}"
        yield Line(name, f"{row.largest / 1000:.0f} kB", row.ours, None, "Pillow, unfitted", row.pillow, cards.AIM_MS)


def _search() -> Iterator[Line]:
    for row in search.run():
        size, peer = f"{row.size} sections", "SQLite FTS5" if row.peer else ""
        aim = row.aim if row.size == max(search.SIZES) else None
        yield Line(f"search: {row.name}", size, row.ours, row.ours_p95, peer, row.peer, aim)


def _save() -> Iterator[Line]:
    for row in save.run():
        yield Line(f"save: {row.name}", f"{row.size} B", row.ours, row.ours_p95, aim=row.aim)


BENCHES: dict[str, Callable[[], Iterator[Line]]] = {
    "serving": _serving,
    "rendering": _rendering,
    "pdf": _pdf,
    "cards": _cards,
    "search": _search,
    "save": _save,
}
HEAD = f"{'what':<46}{'size':>16}{'ms CPU':>10}{'spread':>9}  {'beside':<20}{'theirs':>9}{'ratio':>8}  aim"


def main() -> int:
    """Measure, print and keep; always 0, for a missed aim is a figure, not a fault of the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, "corpus", []], metavar="NAME", help=" ".join(BENCHES))
    asked = parser.parse_args().names or list(BENCHES)
    lines = list[Line]()
    print(_machine())
    print(HEAD)
    for name in asked:
        if name in BENCHES:
            lines += _measured(name)
    missed = [line for line in lines if line.verdict.endswith("MISSED")]
    print(f"{len(missed)} aims missed" if missed else "every aim met")
    _keep(lines)
    return corpus.main() if "corpus" in asked else 0


def _measured(name: str) -> list[Line]:
    """Return the lines of one bench, each bench in a process of its own, so that none inherits another's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        lines = alone.submit(_lines, name).result()
    for line in lines:
        print(_shown(line), flush=True)
    return lines


def _lines(name: str) -> list[Line]:
    return list(BENCHES[name]())


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
