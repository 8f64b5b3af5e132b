"""CPU time of looking for hints: a starter guide of each language, and texts that are made to be slow."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.core.errors import StudioError
from studio.core.locales import LANGUAGES
from studio.review.library import lint
from studio.review.rules.hints.finding import Looked, find

ROUNDS: Final = 5
GUIDES: Final = Path(__file__).parents[1] / "content" / "guides" / "hard-days"
BYTES: Final = 200_000
SLOW: Final = ("a ", "“", "5 ", "@", "a@b.", "1-", "٣ ", "x. ", "性", "in Leeds ", "&copy;")
AIM_MS: Final = 5_000
"""For the slowest paste of 200 kB, of which the parser's own share is most."""


@dataclass(frozen=True)
class Row:
    """One figure: what was looked at, its bytes, CPU milliseconds (median and worst), and the aim if there is one."""

    name: str
    size: int
    ours: float
    worst: float
    aim: float | None = None


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure the starter guide in each language that has one, then the slowest language for each slow paste."""
    rows = []
    for path in sorted(GUIDES.glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        times = [_time(body, path.stem) for _ in range(rounds)]
        rows.append(Row(path.stem, len(body.encode()), statistics.median(times), max(times)))
    return [*rows, *(_slow(piece) for piece in SLOW)]


def _slow(piece: str) -> Row:
    body = piece * ((BYTES - 10) // len(piece.encode()))
    times = [_time(body, code) for code in LANGUAGES]
    return Row(f"a paste of “{piece.strip()}”", len(body.encode()), statistics.median(times), max(times), AIM_MS)


def _time(body: str, code: str) -> float:
    rules = lint(code)
    looked = Looked(body, "", "", code, facets=("health",), agreed=frozenset(swap.key for swap in rules.swaps))
    begun = time.process_time()
    try:
        find(looked, rules)
    except StudioError:
        return 0.0
    return (time.process_time() - begun) * 1000


def main() -> None:
    """Print the figures as a table."""
    for row in run():
        print(f"{row.name:<28}{row.size:>8} B{row.ours:>10.1f}{row.worst:>10.1f}")


if __name__ == "__main__":
    main()
