"""CPU time of the cards of a text, a carousel of ten in four sizes, from the warm renderer's state, and their weight.

Beside it: Pillow drawing the same words at one size in true colour, nothing fitted, wrapped or mirrored; and
pictures of a page taken by a Chromium that is warm, where one is on the machine. mkdocs-material: bench.material.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, sync_playwright

from bench.pdf import text
from studio.core.doctor import browser
from studio.core.locales import language
from studio.publish.cards import SIZES, draw_card
from studio.publish.document import Document
from studio.publish.kit import share_kit
from studio.publish.renderer_parent import warm
from studio.publish.slides import MOST, cards_of
from studio.rendering.markdown import render
from studio.theming.faces import face

AIM_CARD_MS = 25.0
AIM_MS = 4 * MOST * AIM_CARD_MS
AIM_KB = 20.0
ROUNDS = 5
TITLES = {
    "en": "Looking after yourself on hard days",
    "ar": "اعتنِ بنفسك في الأيام الصعبة",
    "ja": "つらい日に自分をいたわるために",
}
PASSAGES = {
    "en": ("Nobody has to earn rest. You need not solve your life today; you only need the next hour.", "4 out of 5"),
    "ar": ("لا أحد مضطر إلى أن يستحق الراحة. لست بحاجة إلى حل حياتك كلها اليوم؛ تكفيك الساعة القادمة.", "4 من كل 5"),
    "ja": ("休むために何かを成しとげる必要はありません。今日すべてを解決しなくてもいいのです。", "5人に4人"),
}


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds of forty cards, ours, Pillow's, Chromium's; the heaviest file, Pillow's; the kit."""

    code: str
    ours: float
    pillow: float
    chromium: float | None
    largest: int
    pillow_largest: int
    kit: int


def carousel(code: str) -> Document:
    """Return a text with eight marked passages: quotes, numbers and steps."""
    words, figure = PASSAGES[code]
    marked = f"::: card\n{words}\n:::\n\n::: card number\n**{figure}** {words}\n:::\n\n" * 2
    marked += f"::: card step\n1. {words}\n2. {words}\n3. {words}\n4. {words}\n:::\n"
    body = render(marked, language(code), media_url=lambda _sha: None)
    return replace(text(code, 1, 1), title=TITLES[code], body=body)


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure ten cards in four sizes in three scripts."""
    warm()
    return [_measure(code, carousel(code), rounds) for code in TITLES]


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    head = (
        f"{'forty cards':<12}{'ms CPU':>8}{'a card':>8}{'Pillow':>8}{'Chromium':>10}{'largest kB':>12}{'Pillow kB':>11}"
    )
    print(f"{head}{'kit kB':>8}  aim")
    for row in run(arguments.parse_args().rounds):
        chromium = "–" if row.chromium is None else f"{row.chromium:.0f}"
        print(
            f"{row.code:<12}{row.ours:>8.0f}{row.ours / 4 / MOST:>8.1f}{row.pillow:>8.0f}{chromium:>10}"
            f"{row.largest / 1000:>12.1f}{row.pillow_largest / 1000:>11.1f}{row.kit / 1000:>8.0f}"
            f"  ≤ {AIM_MS:g} ms, ≤ {AIM_CARD_MS:g} a card, ≤ {AIM_KB:g} kB"
        )


def _measure(code: str, document: Document, rounds: int) -> Row:
    cards = cards_of(document)
    ours = _all(document)
    pillow = _by_pillow(document)
    with _chromium() as page:
        chromium = None if page is None else _seen(page, document)
    return Row(
        code,
        ours=_median(rounds, lambda: _all(document)),
        pillow=_median(rounds, lambda: _by_pillow(document)),
        chromium=chromium,
        largest=max(map(len, ours)),
        pillow_largest=max(map(len, pillow)),
        kit=len(share_kit(document)) if len(cards) == MOST else 0,
    )


def _all(document: Document) -> list[bytes]:
    return [draw_card(document, size, one.place) for one in cards_of(document) for size in SIZES]


def _median(rounds: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def _said(document: Document) -> list[tuple[str, str]]:
    cards = [(one.figure or document.title, one.words or " ".join(one.lines)) for one in cards_of(document)]
    return [(document.title, document.summary), *cards[1:]]


def _by_pillow(document: Document) -> list[bytes]:
    """Draw the words of each card at one size in true colour: no fitting, no wrapping, no fallback between fonts."""
    family = {"ar": "Vazirmatn", "ja": "Noto Sans JP"}.get(document.language.code, "Noto Sans")
    made = []
    for head, words in _said(document):
        for size in SIZES:
            image = Image.new("RGB", (size.width, size.height), "#4b2178")
            draw = ImageDraw.Draw(image)
            draw.text((size.margin, size.top), head, "#fff", ImageFont.truetype(face(family, 700).path, 60))
            draw.text((size.margin, size.top + 99), words, "#fff", ImageFont.truetype(face(family).path, 30))
            target = BytesIO()
            image.save(target, "PNG")
            made.append(target.getvalue())
    return made


@contextmanager
def _chromium() -> Iterator[Page | None]:
    """Give a page of a Chromium of this machine; None where there is none."""
    path = browser()
    if not path:
        yield None
        return
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield running.new_page()
        running.close()


def _seen(page: Page, document: Document) -> float:
    """Return the CPU milliseconds of all of Chromium's processes for a picture of each card, the second time."""
    _photograph(page, document)
    before = _of_children()
    _photograph(page, document)
    return (_of_children() - before) * 1000


def _photograph(page: Page, document: Document) -> None:
    for head, words in _said(document):
        for size in SIZES:
            page.set_viewport_size({"width": size.width, "height": size.height})
            style = f"background:#4b2178;color:#fff;margin:{size.top}px {size.margin}px;font:30px sans-serif"
            page.set_content(f"<body dir=auto style='{style}'><h1>{escape(head)}</h1><p>{escape(words)}")
            page.screenshot(type="png")


def _of_children() -> float:
    """Return the seconds of CPU of every process below this one that runs a browser."""
    parents, seconds = dict[int, int](), dict[int, float]()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        fields, pid = rest.split(), int(stat.parent.name)
        parents[pid] = int(fields[1])
        seconds[pid] = (int(fields[11]) + int(fields[12])) / 100 if "chrom" in name else 0.0
    mine = {int(Path("/proc/self").resolve().name)}
    while True:
        more = {pid for pid, parent in parents.items() if parent in mine} - mine
        if not more:
            return sum(seconds.get(pid, 0.0) for pid in mine)
        mine |= more


if __name__ == "__main__":
    main()
