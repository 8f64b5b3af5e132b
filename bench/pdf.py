"""CPU time and size of a PDF: short, long, Arabic, Japanese, from the warm renderer's state, beside those of others."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdfium2

from bench.pdf_peers import Peer, peers
from studio.core.locales import language
from studio.guides import foreign
from studio.publish.document import Document
from studio.publish.pdf import render_pdf
from studio.publish.pdf_forms import STANDARD
from studio.publish.renderer_parent import warm
from studio.publish.rendering_file import document_alone
from studio.rendering.markdown import render

AIMS = {("short", "cold process"): 9, ("short", "Chromium warm"): 4 / 3, ("Japanese", "Chromium warm"): 3}
"""How many times our CPU time a peer is to take."""
ROUNDS = 9
GUIDES = Path(__file__).parents[1] / "content" / "guides" / "hard-days"

_SENTENCE = "Nobody has to decide today. A glass of water, an open window and one kind person are enough for now. "
_HEAD = "What helps now"


@dataclass(frozen=True)
class Row:
    """One figure: CPU milliseconds and bytes of ours (medians) and of a peer; None where the peer is not here."""

    name: str
    pages: int
    size: int
    ours: float
    forked: float
    """Ours again, in a child of the warm process as the renderer makes one, its beginning and end included."""
    peer: str
    theirs: float | None
    their_size: int | None
    aim: float | None = None
    """The peer's time is to be so many times ours."""


def text(code: str, parts: int, paragraphs: int, begin: str = "") -> Document:
    """Return a guide in the language ``code`` with so many parts of so many paragraphs."""
    box = f"::: help\n{_SENTENCE}\n:::\n\n"
    part = "".join(f"{_SENTENCE * 3}\n\n" for _ in range(paragraphs)) + f"* {_SENTENCE}\n" * 3
    source = f"{begin}\n\n" + box + "".join(f"## {_HEAD} {n}\n\n{part}\n" for n in range(1, parts + 1))
    spoken = language(code)
    return Document(
        guide_id="bench",
        kind="guide",
        language=spoken,
        slug="bench",
        opaque_id="bench",
        title=_HEAD,
        summary=_SENTENCE,
        neutral_title=_HEAD,
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
    """Measure each kind of text: ours warm in this process, peers after it on the same text."""
    warm()
    cases = {"short": text("en", 2, 1), "long": text("en", 12, 4), "Arabic": starter("ar"), "Japanese": starter("ja")}
    with peers() as others:
        return [row for name, document in cases.items() for row in _measure(name, document, others, rounds)]


def starter(code: str) -> Document:
    """Return a guide that the house begins with: real words, with as many characters as there are in life."""
    path = GUIDES / f"{code}.md"
    return document_alone(foreign.read(path.read_bytes(), code, lambda _name: None), code, "starter")


def main() -> None:
    """Print the figures as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    head = f"{'PDF':<12}{'pages':>6}{'bytes':>9}{'ms CPU':>9}{'forked':>8}"
    print(f"{head}  {'beside':<22}{'ms CPU':>8}{'bytes':>9}{'ratio':>8}  aim")
    for row in run(arguments.parse_args().rounds):
        aim = f"≥ {row.aim:.2f}×" if row.aim else ""
        theirs = f"{row.theirs:>8.0f}{row.their_size:>9}{row.theirs / row.ours:>7.2f}×" if row.theirs else ""
        ours = f"{row.name:<12}{row.pages:>6}{row.size:>9}{row.ours:>9.0f}{row.forked:>8.0f}"
        print(f"{ours}  {row.peer:<22}{theirs}  {aim}")


def _measure(name: str, document: Document, others: list[Peer], rounds: int) -> Iterator[Row]:
    times, forked = [], []
    content = b""
    texts = [replace(document, base_url="https://guides.example", copy_number=f"K7M2{n:02d}") for n in range(rounds)]
    for one in texts:  # each has a number of its own, so that nothing is remembered from one to the next
        begun = time.process_time()
        content = render_pdf(one, STANDARD, media=lambda _sha: b"")
        times.append((time.process_time() - begun) * 1000)
        forked.append(_forked(one))
    with pypdfium2.PdfDocument(content) as pdf:
        pages = len(pdf)
    for peer in others:
        found = [peer.print(one) for one in texts] if peer.print else []
        yield Row(
            name=name,
            pages=pages,
            size=len(content),
            ours=statistics.median(times),
            forked=statistics.median(forked),
            peer=peer.name,
            theirs=statistics.median(one[0] for one in found) if found else None,
            their_size=found[-1][1] if found else None,
            aim=AIMS.get((name, peer.name)),
        )


def _forked(document: Document) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        render_pdf(document, STANDARD, media=lambda _sha: b"")
        os._exit(0)
    os.waitpid(child, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1000


if __name__ == "__main__":
    main()
