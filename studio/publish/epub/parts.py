"""A text's HTML cut into the files of a book: addresses made whole, notes beside what calls them, boxes drawn."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from studio.publish.epub.xhtml import written
from studio.rendering.policy import VOID
from studio.rendering.tree import Node, read

PART_BYTES: Final = 32_000
"""A new file begins at the heading of the first level with which one would grow larger: weak readers stay quick."""
SVG: Final = "http://www.w3.org/2000/svg"
_MEDIA: Final = re.compile(r"(?:^|/)media[/:]([0-9a-f]{64})$")
_OUTSIDE: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_TELEPHONE: Final = re.compile(r"((?<![\w.,])[+(]?[+(]?\d[\d ()/-]{5,18}\d(?![\w.,]*\d))")
_HEADINGS: Final = frozenset({"h2", "h3", "h4"})
_NOTES: Final = "footnotes"


@dataclass(slots=True)
class Part:
    """A file of the book: what stands in it, and the notes that are called from it."""

    name: str
    body: list[Node | str] = field(default_factory=list)
    notes: list[Node] = field(default_factory=list)

    @property
    def drawn(self) -> bool:
        """Whether it holds a drawing (SVG), which a book has to announce."""
        return any(one.tag == "svg" for one in _elements(self.body))

    def whole(self) -> str:
        """Return what stands in it as XHTML."""
        if not self.notes:
            return written(self.body)
        return written([*self.body, Node("section", {"class": "notes", "epub:type": _NOTES}, list(self.notes))])


@dataclass(slots=True)
class Text:
    """A text as parts, where each of its headings is found, and the pictures it shows (SHA-256)."""

    parts: list[Part]
    places: dict[str, str]
    """Id of a heading in the text → file and id in the book."""
    pictures: tuple[str, ...]


def parts_of(html: str, base_url: str, picture: Callable[[str], str]) -> Text:
    """Return the text ``html`` as the parts of a book.

    Addresses inside the house get ``base_url``, or are plain words without one; ``picture`` gives the address of an
    image by its SHA-256. Raise Invalid where the HTML is not what rendering makes.
    """
    root = read(html)
    root.inside = [part for one in root.inside for part in _unwrapped(one)]
    notes = _taken_notes(root)
    parts = _cut(root.inside)
    _placed(parts, notes)
    places = _named(parts)
    pictures = dict[str, None]()
    for part in parts:
        for node in _elements([*part.body, *part.notes]):
            _mended(node, base_url)
            if node.tag == "img":
                sha = _sha(node)
                pictures[sha] = None
                node.attrs["src"] = picture(sha)
            elif node.tag == "a" and node.attrs.get("href", "").startswith("#"):
                _within(node, places, part)
    return Text(parts, places, tuple(pictures))


def _unwrapped(part: Node | str) -> Sequence[Node | str]:
    """Return what stands in a passage that is marked for a card, in a book a part of the text like any other."""
    return part.inside if isinstance(part, Node) and _has_class(part, "marked") else [part]


def _elements(inside: Sequence[Node | str]) -> Iterator[Node]:
    for one in list(inside):
        if isinstance(one, Node):
            yield from list(one.elements())


def _taken_notes(root: Node) -> dict[str, Node]:
    """Take the notes out of the text and return them by their ids."""
    notes = dict[str, Node]()
    kept = list[Node | str]()
    for one in root.inside:
        if isinstance(one, Node) and _has_class(one, _NOTES):
            notes |= {item.attrs["id"]: item for item in one.elements() if item.attrs.get("id", "").startswith("fn-")}
        else:
            kept.append(one)
    root.inside = kept
    return notes


def _has_class(node: Node, name: str) -> bool:
    return name in node.attrs.get("class", "").split()


def _cut(inside: Sequence[Node | str]) -> list[Part]:
    """Begin a new part at a heading of the first level where the one before is large enough."""
    sections: list[list[Node | str]] = [[]]
    for one in inside:
        if isinstance(one, Node) and one.tag == "h2":
            sections.append([])
        sections[-1].append(one)
    parts, size = list[Part](), 0
    for section in sections:
        if not any(isinstance(one, Node) for one in section):
            continue
        length = len(written(section).encode())
        if not parts or size + length > PART_BYTES:
            parts.append(Part(f"part-{len(parts) + 1}.xhtml"))
            size = 0
        parts[-1].body += section
        size += length
    return parts or [Part("part-1.xhtml")]


def _placed(parts: list[Part], notes: dict[str, Node]) -> None:
    """Put each note into the part that calls it first; one that nothing calls stands at the end of all."""
    numbers = {name: number for number, name in enumerate(notes, 1)}
    left = dict(notes)
    for part in parts:
        ahead = deque(_elements(part.body))
        while ahead:
            node = ahead.popleft()
            name = node.attrs.get("href", "")[1:] if _is_call(node) else ""
            if name in left:
                note = _note(left.pop(name), numbers[name], node.attrs["id"])
                part.notes.append(note)
                ahead += note.elements()
    parts[-1].notes += [_note(note, numbers[name], "") for name, note in left.items()]
    for part in parts:
        part.notes.sort(key=lambda note: numbers[note.attrs["id"]])


def _is_call(node: Node) -> bool:
    return node.tag == "a" and node.attrs.get("id", "").startswith("fnref-")


def _note(item: Node, number: int, called_by: str) -> Node:
    """Return a note as reading apps show it beside its call: the number, which leads back, and its words."""
    _without_ways_back(item)
    label = Node("a", {"href": f"#{called_by}", "role": "doc-backlink"}) if called_by else Node("span", {})
    label.attrs["class"] = "number"
    label.inside = [str(number)]
    first = next((one for one in item.inside if isinstance(one, Node)), None)
    if first is not None and first.tag == "p":
        first.inside = [label, " ", *first.inside]
        inside = item.inside
    else:
        inside = [Node("p", {}, [label]), *item.inside]
    return Node("aside", {"id": item.attrs["id"], "epub:type": "footnote", "role": "doc-footnote"}, inside)


def _without_ways_back(item: Node) -> None:
    for node in list(item.elements()):
        ways = [one for one in node.inside if isinstance(one, Node) and _has_class(one, "footnote-back")]
        if ways:
            node.inside = [one for one in node.inside if not any(one is way for way in ways)]
            while node.inside and isinstance(node.inside[-1], str) and not node.inside[-1].strip():
                node.inside.pop()
    item.inside = [one for one in item.inside if not (isinstance(one, Node) and one.tag == "p" and not one.inside)]


def _named(parts: list[Part]) -> dict[str, str]:
    """Give headings short ids, for some reading apps stumble over other scripts; return where each is now."""
    places, count = dict[str, str](), 0
    for part in parts:
        for node in _elements([*part.body, *part.notes]):
            name = node.attrs.get("id", "")
            if name and node.tag in _HEADINGS:
                count += 1
                node.attrs["id"] = f"s{count}"
            if name:
                places[name] = f"{part.name}#{node.attrs['id']}"
    return places


def _within(link: Node, places: Mapping[str, str], part: Part) -> None:
    """Lead a link inside the text to the file where its place is now."""
    file, _, name = places[unquote(link.attrs["href"][1:])].partition("#")
    link.attrs["href"] = f"#{name}" if file == part.name else f"{file}#{name}"


def _mended(node: Node, base_url: str) -> None:
    """Change what is meant for a browser into what reading apps know; keep telephone numbers on one line."""
    if node.tag not in ("pre", "code"):
        node.inside = [part for one in node.inside for part in _unbroken(one)]
    if node.tag == "a":
        _mended_link(node, base_url)
    elif node.tag == "div" and _has_class(node, "table"):
        node.attrs = {"class": "table"}
    elif node.tag == "li" and _has_class(node, "task"):
        node.inside = [_ticked(one) if isinstance(one, Node) else one for one in node.inside]
        for inner in [one for one in node.inside if isinstance(one, Node) and one.tag not in VOID]:
            inner.inside = [_ticked(one) if isinstance(one, Node) else one for one in inner.inside]


def _unbroken(part: Node | str) -> Iterator[Node | str]:
    if isinstance(part, Node):
        yield part
        return
    for place, piece in enumerate(_TELEPHONE.split(part)):
        if piece:
            yield Node("span", {"class": "whole"}, [piece]) if place % 2 else piece


def _mended_link(link: Node, base_url: str) -> None:
    target = link.attrs.get("href", "")
    link.attrs.pop("rel", None)
    if _is_call(link):
        link.attrs |= {"epub:type": "noteref", "role": "doc-noteref"}
    elif target.startswith("/") and base_url:
        link.attrs["href"] = base_url + target
    elif not target.startswith("#") and not _OUTSIDE.match(target):
        link.tag = "bdi" if "dir" in link.attrs else "span"
        link.attrs = {name: value for name, value in link.attrs.items() if name in ("dir", "lang")}


def _ticked(box: Node) -> Node:
    """Return a box of a task list as a drawing that says its state, for forms are not shown by every app."""
    if box.tag != "input":
        return box
    shape = {"x": "1", "y": "1", "width": "14", "height": "14", "rx": "2", "fill": "none", "stroke": "currentColor"}
    drawn: list[Node | str] = [Node("rect", {**shape, "stroke-width": "1.5"})]
    if "checked" in box.attrs:
        mark = {"d": "M4 8.5 L7 11.5 L12.5 4.5", "fill": "none", "stroke": "currentColor", "stroke-width": "2"}
        drawn.append(Node("path", mark))
    attrs = {"xmlns": SVG, "class": "tick", "viewBox": "0 0 16 16", "role": "img"}
    return Node("svg", attrs | {"aria-label": box.attrs["aria-label"]}, drawn)


def _sha(image: Node) -> str:
    found = _MEDIA.search(image.attrs["src"])
    return found[1] if found else ""
