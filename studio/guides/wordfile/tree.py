"""XML of strangers read into a tree: no document type, no entities, bounded in depth and number of elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_

ELEMENTS: Final = 300_000
"""A file whose text has 200 kB, in many small runs, has about 60,000."""
DEPTH: Final = 100
UNREADABLE: Final = N_(
    "This file could not be read. Open it in your word processor, save it again as .docx, and choose it once more."
)
_TRANSITIONAL: Final = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    "http://purl.oclc.org/ooxml/officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""Namespaces of strict files, of which there are few, under the names of all others."""


def too_much() -> TooLarge:
    """Return the refusal of a file that would need too much time or memory."""
    return TooLarge(N_("This file is too large or too intricate to be opened. Part it into smaller ones."))


class _Reader:
    """Builds the tree and refuses what no word processor writes."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self._depth = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH or self._count > ELEMENTS:
            raise too_much()
        self.builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_named(name))

    def refuse(self, *_: object) -> None:
        raise Invalid(UNREADABLE)


def read(data: bytes) -> Element:
    """Return the tree of an XML part; raise Invalid or TooLarge for one that is broken, declares things or is huge."""
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the library's signature: that was all
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Invalid(UNREADABLE) from error
    return reader.builder.close()


def _named(name: str) -> str:
    space, parted, local = name.rpartition("}")
    return f"{{{_TRANSITIONAL.get(space, space)}}}{local}" if parted else name


def words(element: Element, tag: str) -> str:
    """Return the text of all elements called ``tag`` in ``element``."""
    return "".join(one.text or "" for one in element.iter(tag))


def with_parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yield every element below ``root`` with its parent, from the last to the first, so that it may be replaced."""
    pairs = [(parent, child) for parent in root.iter() for child in parent]
    yield from reversed(pairs)
