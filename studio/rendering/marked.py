"""The passages that a writer marked for cards, read from the finished tree: nothing else of a text becomes a card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studio.rendering.boxes import CARDS, MARKED
from studio.rendering.plain import readable
from studio.rendering.rendered import Marked
from studio.rendering.tree import Node

_LISTS: Final = frozenset({"ul", "ol"})


def passages(root: Node) -> tuple[Marked, ...]:
    """Return the marked passages that stand in no box, list or quote, in order; those without words, too."""
    nodes = [part for part in root.inside if isinstance(part, Node)]
    return tuple(_passage(node) for node in nodes if MARKED in node.attrs.get("class", "").split())


def _passage(node: Node) -> Marked:
    sort = next(name for name in CARDS if f"{MARKED}-{name}" in node.attrs["class"].split())
    parts = [part for part in node.inside if isinstance(part, Node)]
    listed = len(parts) == 1 and parts[0].tag in _LISTS
    strong = next((one for one in node.elements() if one.tag == "strong"), None)
    return Marked(sort, tuple(_lines(parts)), readable(strong) if strong and sort == "number" else "", listed)


def _lines(parts: list[Node]) -> Iterator[str]:
    for part in parts:
        inside = [one for one in part.inside if isinstance(one, Node)] if part.tag in _LISTS else [part]
        yield from (words for words in (" ".join(readable(one).split("\n")) for one in inside) if words)
