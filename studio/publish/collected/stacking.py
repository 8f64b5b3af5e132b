"""Pages that are put together of strips: the contents, and the list of copy numbers.

A strip is a page cut to the height of what is on it (``pdf_strips``): each chapter brings its line of the contents and
that of the list, so that no line is laid out again when another chapter changes. Here they are put one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import Array, Page

from studio.publish.pdf_strips import ABOVE, BELOW

_TEXT: Final = re.compile(rb"(?<=/MCID )\d+")
_FONT: Final = re.compile(rb"(?<=/)\w+(?= [\d.]+ Tf)")
_STATE: Final = re.compile(rb"/(\S+) gs")


@dataclass(slots=True)
class Strip:
    """What is to be put on a page."""

    content: bytes
    height: float
    elements: list[Any]
    """The topmost of its tags."""
    leaves: list[Any]
    """The tags of its texts, by their numbers."""
    links: list[Any]
    resources: Any
    """Fonts and the like, in the file that it is put into."""
    name: str
    """What the names of its fonts begin with, so that they are not those of others."""
    number: bytes = b""
    """A page number beside it, drawn."""


def strip_of(page: Any, elements: Any, leaves: Any, links: Any, resources: Any, name: str = "") -> Strip:  # noqa: ANN401 - the library has no types
    """Return what is on ``page``; all else is that of the file that it is put into."""
    content = page.Contents.read_bytes().rstrip()  # drawn from its top, turned round by its first line and never back
    content = b"q %b Q" % content
    return Strip(content, float(page.MediaBox[3]), list(elements), list(leaves), list(links), resources, name)


@dataclass(slots=True)
class Stack:
    """Strips, each below the one before, on as many copies of an ``empty`` page of ``whole`` as they need."""

    whole: Any
    empty: Any
    _sheets: list[list[tuple[float, Strip]]] = field(default_factory=list)
    """For each page how far from its foot each strip begins."""
    _room: float = 0.0

    def __len__(self) -> int:
        """Return how many pages they need."""
        return len(self._sheets)

    def put(self, strip: Strip) -> None:
        """Put ``strip`` below those before, or on a new page where this one has no room left."""
        if not self._sheets or strip.height > self._room:
            self._sheets.append([])
            self._room = self._height - ABOVE - BELOW
        self._room -= strip.height
        self._sheets[-1].append((self._room + BELOW, strip))

    def pages(self) -> Iterator[tuple[Any, list[Any]]]:
        """Draw all; yield each page with the tags of its texts by their numbers."""
        # A page is drawn from its top; turning it once more undoes that.
        turned = b"q 1 0 0 -1 0 %f cm" % self._height
        for sheet in self._sheets:
            page = Page(self.whole.make_indirect(copy(self.empty.obj)))
            leaves, drawn, links = list[Any](), [turned], list[Any]()
            for foot, strip in sheet:
                content = _counted(self._named(strip.content, strip) + b"\n" + strip.number, len(leaves))
                drawn.append(b"q 1 0 0 1 0 %f cm\n%b\nQ" % (foot, content))
                for element in strip.elements:
                    _move(element, page.obj, len(leaves))
                for link in strip.links:
                    left, one, right, other = link.Rect
                    link.Rect = Array([left, float(one) + foot, right, float(other) + foot])
                leaves.extend(strip.leaves)
                links.extend(strip.links)
            page.contents_add(b"\n".join([*drawn, b"Q"]))
            if links:
                page.obj.Annots = Array(links)
            yield page, leaves

    @property
    def _height(self) -> float:
        return float(self.empty.MediaBox[3])

    def _named(self, content: bytes, strip: Strip) -> bytes:
        """Return ``content`` with names for its fonts that no other has, known to the pages."""
        if not strip.name:
            return content
        known = self.empty.Resources
        for state in {f"/{name.decode()}" for name in _STATE.findall(content)}:
            if state not in known.ExtGState:
                known.ExtGState[state] = strip.resources.ExtGState[state]
        for font in {name.decode() for name in _FONT.findall(content)}:
            known.Font[f"/{strip.name}{font}"] = strip.resources.Font[f"/{font}"]
        return _FONT.sub(strip.name.encode() + rb"\g<0>", content)


def _counted(content: bytes, first: int) -> bytes:
    """Return ``content`` with its texts counted from ``first``."""
    return _TEXT.sub(lambda found: b"%d" % (int(found[0]) + first), content)


def _move(element: Any, page: Any, first: int) -> None:  # noqa: ANN401 - as above
    """Let a tag, and all below it, know ``page``, on which its texts are counted from ``first``."""
    element.Pg = page
    kids = element.K
    for at, kid in enumerate(kids):
        if isinstance(kid, int):
            kids[at] = kid + first
        elif "/S" in kid:
            _move(kid, page, first)
        else:
            kid.Pg = page
