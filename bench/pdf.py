"""CPU time of a PDF: short, long and Japanese, from the warm renderer's state, beside WeasyPrint started cold."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2

from studio.core.locales import language
from studio.publish.document import Document
from studio.publish.pdf import render_pdf
from studio.publish.renderer_parent import warm
from studio.rendering.markdown import render
from studio.theming.faces import PRINT

AIM_MS = {"short": 150.0}
ROUNDS = 9

_SENTENCES = {
    "en": "Nobody has to decide today. A glass of water, an open window and one kind person are enough for now. ",
    "ar": "لا أحد مضطر إلى أن يقرر اليوم. كأس ماء ونافذة مفتوحة وشخص طيب واحد تكفي الآن. ",
    "ja": "今日決めなくてもかまいません。一杯の水と開いた窓、それに親切な人が一人いれば、いまは十分です。",
}
_HEADS = {"en": "What helps now", "ar": "ما يساعد الآن", "ja": "いま役に立つこと"}

COLD = """
import os, sys
from weasyprint import HTML
HTML(string=sys.stdin.read()).write_pdf(os.devnull, pdf_variant="pdf/ua-1")
"""


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds of ours and of WeasyPrint cold (medians), pages, bytes and the aim."""

    name: str
    pages: int
    size: int
    ours: float
    cold: float
    aim: float | None = None


def text(code: str, parts: int, paragraphs: int) -> Document:
    """Return a guide in the language ``code`` with so many parts of so many paragraphs."""
    box = f"::: help\n{_SENTENCES[code]}\n:::\n\n"
    part = "".join(f"{_SENTENCES[code] * 3}\n\n" for _ in range(paragraphs)) + f"* {_SENTENCES[code]}\n" * 3
    source = box + "".join(f"## {_HEADS[code]} {n}\n\n{part}\n" for n in range(1, parts + 1))
    spoken = language(code)
    return Document(
        guide_id="bench",
        kind="guide",
        language=spoken,
        slug="bench",
        opaque_id="bench",
        title=_HEADS[code],
        summary=_SENTENCES[code],
        neutral_title=_HEADS[code],
        body=render(source, spoken, media_url=lambda _sha: None),
        reading_minutes=5,
        topics=(),
        content_notes=(),
        sources=("A source",),
        licence="CC BY-SA 4.0",
        credit="Three members",
        edition=1,
        changelog="First edition",
        published_on=date(2027, 3, 9),
        checked_on=date(2027, 3, 9),
        people=4,
        label="",
        copy_number="K7M2QX",
        content_hash="",
        site_name="Guide House",
        base_url="https://guides.example",
        practice=False,
    )


def run(rounds: int = ROUNDS) -> list[Row]:
    """Measure each kind of text: ours warm in this process, the peer in a process of its own."""
    warm()
    cases = [("short", "en", 2, 1), ("long", "en", 12, 4), ("Arabic", "ar", 4, 3), ("Japanese", "ja", 4, 3)]
    return [_measure(name, text(code, parts, paragraphs), rounds) for name, code, parts, paragraphs in cases]


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    print(f"{'PDF':<12}{'pages':>6}{'bytes':>9}{'ms CPU':>9}{'cold':>8}{'ratio':>8}  aim")
    for row in run(arguments.parse_args().rounds):
        aim = f"≤ {row.aim:g}" if row.aim else ""
        print(
            f"{row.name:<12}{row.pages:>6}{row.size:>9}{row.ours:>9.0f}{row.cold:>8.0f}"
            f"{row.cold / row.ours:>7.1f}×  {aim}"
        )


def _measure(name: str, document: Document, rounds: int) -> Row:
    times = []
    content = b""
    for _ in range(rounds):
        begun = time.process_time()
        content = render_pdf(document, plain_cover=False, media=lambda _sha: b"")
        times.append((time.process_time() - begun) * 1000)
    cold = statistics.median(_cold(document) for _ in range(3))
    with pypdfium2.PdfDocument(content) as pdf:
        pages = len(pdf)
    return Row(name, pages, len(content), statistics.median(times), cold, AIM_MS.get(name))


def _cold(document: Document) -> float:
    """Return the CPU milliseconds of WeasyPrint alone on the same body: without cover, contents or house style."""
    page = f'<html lang="{document.language.code}"><title>x</title><style>@page{{size:A5}}</style>{document.body.html}'
    config = Path(os.environ["FONTCONFIG_FILE"])
    assert PRINT.exists()
    assert config.exists()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", COLD], input=page, text=True, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1000


if __name__ == "__main__":
    main()
