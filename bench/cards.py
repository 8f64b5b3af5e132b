"""CPU time of the four cards of a text, from the warm renderer's state, and the size of their files."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bench.pdf import text
from studio.publish.cards import SIZES, draw_card
from studio.publish.document import Document
from studio.publish.renderer_parent import warm
from studio.theming.faces import face

AIM_MS = 200.0
AIM_KB = 40.0
ROUNDS = 15
TITLES = {
    "en": "Looking after yourself on hard days",
    "ar": "اعتنِ بنفسك في الأيام الصعبة",
    "ja": "つらい日に自分をいたわるために",
}


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds of four cards, of four drawn by Pillow (nothing fitted), the heaviest file."""

    code: str
    ours: float
    pillow: float
    largest: int


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure the four cards in three scripts."""
    warm()
    return [_measure(code, replace(text(code, 1, 1), title=title), rounds) for code, title in TITLES.items()]


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    print(f"{'four cards':<12}{'ms CPU':>8}{'Pillow':>8}{'ratio':>8}{'largest kB':>12}  aim")
    for row in run(arguments.parse_args().rounds):
        print(
            f"{row.code:<12}{row.ours:>8.0f}{row.pillow:>8.0f}{row.pillow / row.ours:>7.1f}×"
            f"{row.largest / 1000:>12.1f}  ≤ {AIM_MS:g} ms, ≤ {AIM_KB:g} kB"
        )


def _measure(code: str, document: Document, rounds: int) -> Row:
    cards = [draw_card(document, size) for size in SIZES]
    ours = _median(rounds, lambda: [draw_card(document, size) for size in SIZES])
    pillow = _median(rounds, lambda: _by_pillow(document))
    return Row(code, ours, pillow, max(map(len, cards)))


def _median(rounds: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def _by_pillow(document: Document) -> None:
    """Draw title and summary at one size in true colour: no fitting, no wrapping, no fallback between fonts."""
    family = {"ar": "Vazirmatn", "ja": "Noto Sans JP"}.get(document.language.code, "Noto Sans")
    for size in SIZES:
        image = Image.new("RGB", (size.width, size.height), "#4b2178")
        draw = ImageDraw.Draw(image)
        draw.text((size.margin, size.top), document.title, "#fff", ImageFont.truetype(face(family, 700).path, 60))
        draw.text((size.margin, size.top + 99), document.summary, "#fff", ImageFont.truetype(face(family).path, 30))
        image.save(BytesIO(), "PNG")


if __name__ == "__main__":
    main()
