"""Every bench as lines of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import (
    binding,
    cards,
    comparing,
    desk,
    epub,
    export,
    hints,
    live,
    material,
    pdf,
    rendering,
    save,
    search,
    serving,
)


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
        yield Line(f"served: {row.name}", size, row.ours, row.ours_worst, "a view, text kept", row.view)
        yield Line(f"served: {row.name}", size, row.ours, row.ours_worst, "a view that renders", row.rendering)


def _rendering() -> Iterator[Line]:
    for row in rendering.run():
        name = f"Markdown to page: {row.guides} guides, {row.name}"
        yield Line(name, f"{row.size} B", row.ours, row.ours_p95, "markdown-it alone", row.parser)


def _pdf() -> Iterator[Line]:
    for row in pdf.run():
        aim = row.theirs / row.aim if row.aim and row.theirs else None
        size = f"{row.pages} p, {row.size / 1000:.0f} kB"
        yield Line(f"PDF: {row.name}", size, row.ours, None, row.peer, row.theirs, aim)
        if row.their_size and row.peer == "Chromium warm":
            most = row.their_size / 3000 if row.name == "Japanese" else None
            theirs = row.their_size / 1000
            yield Line(f"PDF: {row.name}, kB, not ms", size, row.size / 1000, None, row.peer, theirs, most)


def _binding() -> Iterator[Line]:
    for row in binding.run():
        aim = row.theirs / row.aim if row.aim else None
        yield Line(f"PDF: {row.name}", f"{binding.CHAPTERS} texts", row.ours, None, row.peer, row.theirs, aim)


def _epub() -> Iterator[Line]:
    for row in epub.run():
        peer = f"ebooklib, {row.their_size} B" if row.theirs else ""
        yield Line(f"EPUB: {row.name}", f"{row.size} B", row.ours, None, peer, row.theirs)
    whole = epub.collection()
    yield Line(f"EPUB: {whole.name}", f"{whole.size} B", whole.ours, None, "from scratch", whole.theirs)


def _cards() -> Iterator[Line]:
    for row in cards.run():
        name, size = f"ten cards in four sizes: {row.code}", f"{row.largest / 1000:.0f} kB"
        yield Line(name, size, row.ours, None, "Pillow, unfitted", row.pillow, cards.AIM_MS)
        if row.chromium is not None:
            yield Line(name, size, row.ours, None, "warm Chromium", row.chromium, cards.AIM_MS)


def _material() -> Iterator[Line]:
    for row in material.run():
        yield Line(row.name, row.size, row.ours, None, "mkdocs-material", row.theirs)


def _search() -> Iterator[Line]:
    for row in search.run():
        size, peer = f"{row.size} guides", "SQLite FTS5" if row.peer else ""
        yield Line(f"search: {row.name}", size, row.ours, row.ours_p95, peer, row.peer)
        if row.aim and row.size == max(search.SIZES):
            aim = row.aim * (row.peer_p95 or 1)
            yield Line(f"search: {row.name}, one in twenty", size, row.ours_p95, None, peer, row.peer_p95, aim)


def _save() -> Iterator[Line]:
    for row in save.run():
        yield Line(f"save: {row.name}", f"{row.size} B", row.ours, row.ours_p95, aim=row.aim)


def _comparing() -> Iterator[Line]:
    for row in comparing.run():
        name = f"compared: {row.name}"
        yield Line(name, f"{row.size} B", row.ours, row.worst, "difflib, all words", row.naive, comparing.AIM_MS)


def _live() -> Iterator[Line]:
    """CPU time of a delivery beside Etherpad's; then, by the clock and in MB, what the other columns cannot say."""
    found = list(live.run())
    theirs = {one.case: one for one in found if one.name != "studio"}
    for one in found:
        if one.name == "studio":
            yield from _live_case(one, theirs.get(one.case))


def _live_case(one: live.Found, peer: live.Found | None) -> Iterator[Line]:
    name, size = f"live: {one.case.name}", f"{one.rate:.0f}/s"
    who = peer.name if peer else "no Etherpad here"
    p50, p99 = (live.P50_MS, live.P99_MS) if one.case == live.HELD else (None, None)
    quarter = peer.cpu / 4 if peer and one.case == live.HELD else None
    yield Line(f"{name}, a delivery", size, one.cpu, None, who, peer.cpu if peer else None, quarter)
    yield Line(
        f"{name}, there, by the clock", size, one.delivered[0], None, who, peer.delivered[0] if peer else None, p50
    )
    yield Line(f"{name}, …, 99 of 100", size, one.delivered[1], None, who, peer.delivered[1] if peer else None, p99)
    yield Line(f"{name}, saved, by the clock", size, one.saved[0], one.saved[1], who, peer.saved[0] if peer else None)
    (resident, share), theirs = one.memory[-1], peer.memory[-1] if peer else (None, None)
    yield Line(f"{name}, MB resident", size, resident, None, who, theirs[0])
    yield Line(f"{name}, MB, its share", size, share, None, who, theirs[1], one.memory_aim)
    if not one.converged:
        yield Line(f"{name}: THE TEXTS DIFFER", size, 0.0)


def _hints() -> Iterator[Line]:
    for row in hints.run():
        yield Line(f"hints: {row.name}", f"{row.size} B", row.ours, row.worst, aim=row.aim)


def _desk() -> Iterator[Line]:
    for row in desk.run():
        yield Line(f"desk: {row.name}", f"{row.size} texts", row.ours, row.worst, row.peer, row.naive, row.aim)


def _export() -> Iterator[Line]:
    for row in export.run(1000):
        yield Line(row.name, f"{row.size} texts", row.ours, aim=row.aim)


BENCHES: dict[str, Callable[[], Iterator[Line]]] = {
    "serving": _serving,
    "rendering": _rendering,
    "pdf": _pdf,
    "binding": _binding,
    "cards": _cards,
    "material": _material,
    "epub": _epub,
    "search": _search,
    "save": _save,
    "comparing": _comparing,
    "hints": _hints,
    "desk": _desk,
    "export": _export,
    "live": _live,
}


def lines(name: str) -> list[Line]:
    """Run the bench ``name`` and return its lines."""
    return list(BENCHES[name]())
