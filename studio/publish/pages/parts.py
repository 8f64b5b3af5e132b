"""A finished text cut at its outermost elements, so that some of them can be shown otherwise than the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from studio.rendering.policy import VOID

HEADING: Final = re.compile(r"h[2-4]")
_MARKS: Final = frozenset({"footnote-ref", "footnote-back"})
"""Numbers of notes say nothing about health."""


@dataclass
class Part:
    """An element of a text that stands in no other one: where its HTML begins and ends, and its words."""

    tag: str
    classes: frozenset[str]
    start: int
    end: int = 0
    words: list[str] = field(default_factory=list)
    leads_out: bool = False
    """A link to another house or a note stands in it."""

    @property
    def heading(self) -> bool:
        """Whether it is a heading, with which a section begins."""
        return HEADING.fullmatch(self.tag) is not None

    @property
    def notes(self) -> bool:
        """Whether it is the list of notes at the end."""
        return "footnotes" in self.classes


def outermost(html: str) -> list[Part]:
    """Return the elements of finished ``html`` that stand in no other one, in order."""
    cutter = _Cutter(html)
    cutter.feed(html)
    cutter.close()
    return cutter.found


class _Cutter(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = list[Part]()
        self._depth, self._unread, self._lines = 0, 0, [0]
        self._lines += [match.end() for match in re.finditer("\n", html)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset((dict(attrs).get("class") or "").split())
        if self._depth == 0:
            self.found.append(Part(tag, classes, self._place()))
        if classes & _MARKS or "external" in (dict(attrs).get("rel") or ""):
            self.found[-1].leads_out = True
        if self._unread or classes & _MARKS:
            self._unread += tag not in VOID
        self._depth += tag not in VOID
        if self._depth == 0:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        self._unread -= bool(self._unread)
        if self._depth == 0:
            self.found[-1].end = self._place() + len(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._depth and not self._unread:
            self.found[-1].words.append(data)

    def _close(self) -> None:
        self.found[-1].end = self._place() + len(self.get_starttag_text() or "")

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def sections(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield what stands under each heading, the heading first; what comes before any, and the notes, by themselves."""
    section = list[Part]()
    for part in parts:
        if (part.heading or part.notes) and section:
            yield section
            section = []
        section.append(part)
    if section:
        yield section
