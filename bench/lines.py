"""Every bench as lines of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import cards, pdf, rendering, save, search, serving


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


def lines(name: str) -> list[Line]:
    """Run the bench ``name`` and return its lines."""
    return list(BENCHES[name]())
