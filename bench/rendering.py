"""CPU time from Markdown to safe HTML, for each guide of the corpus or of our own, beside the bare parser."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt

from bench.corpus import FOLDER
from studio.core.locales import LANGUAGES, language
from studio.guides import foreign, importing
from studio.rendering.markdown import render

ROUNDS = 5
OWN = Path(__file__).parents[1] / "content"


@dataclass(frozen=True)
class Row:
    """One figure: how many guides, their mean size, CPU milliseconds of ours (median, p95) and of the bare parser."""

    name: str
    guides: int
    size: int
    ours: float
    ours_p95: float
    parser: float


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure all guides of each language; a guide's figure is the median of its rounds."""
    texts = dict[str, list[str]]()
    for path in importing.files(FOLDER if FOLDER.is_dir() else OWN):
        code = next((part for part in (path.stem, *path.parts) if part in LANGUAGES), "")
        if code:
            texts.setdefault(code, []).append(foreign.read(path.read_bytes(), path.stem, lambda _name: None).body)
    return [_measure(code, bodies, rounds) for code, bodies in sorted(texts.items())]


def main() -> None:
    """Print the figures as a table."""
    print(f"{'rendering':<11}{'guides':>7}{'bytes':>8}{'ms CPU':>9}{'p95':>8}{'parser':>8}{'ratio':>7}")
    for row in run():
        print(
            f"{row.name:<11}{row.guides:>7}{row.size:>8}{row.ours:>9.2f}{row.ours_p95:>8.2f}{row.parser:>8.2f}"
            f"{row.ours / row.parser:>6.1f}×"
        )


def _measure(code: str, bodies: list[str], rounds: int) -> Row:
    spoken, parser = language(code), MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    ours, bare = list[float](), list[float]()
    for body in bodies:
        page = partial(render, body, spoken, media_url=lambda _sha: None)
        pairs = [(_time(page), _time(partial(parser.render, body))) for _ in range(rounds)]
        ours.append(statistics.median(one for one, _ in pairs))
        bare.append(statistics.median(two for _, two in pairs))
    size = sum(len(body.encode()) for body in bodies) // len(bodies)
    late = sorted(ours)[int(len(ours) * 0.95)]
    return Row(code, len(bodies), size, statistics.median(ours), late, statistics.median(bare))


def _time(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
