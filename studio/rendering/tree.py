"""The last look: the finished HTML is read again; every tag, attribute, address, id and depth is held to policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NoReturn
from urllib.parse import unquote

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.rendering.policy import ATTRIBUTES, MAX_DEPTH, NEEDED, VOID, allows


class Unsafe(Invalid):
    """The finished HTML holds something the policy does not know; it is not shown to anybody."""


@dataclass(slots=True)
class Node:
    """An element with its attributes and what stands in it, in order."""

    tag: str
    attrs: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        """Return all text in it, as it stands."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.inside)

    def elements(self) -> Iterator[Node]:
        """Yield it and every element below it."""
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.elements()


class _Reader(HTMLParser):
    def __init__(self, own: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.own = own
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ATTRIBUTES or len(self.open) > MAX_DEPTH:
            _refuse(f"<{tag}>")
        node = Node(tag, {name: value or "" for name, value in attrs})
        if len(node.attrs) != len(attrs) or not NEEDED.get(tag, set()) <= node.attrs.keys():
            _refuse(f"<{tag}>")
        for name, value in node.attrs.items():
            if not allows(tag, name, value, self.own):
                _refuse(f"{name}={value[:40]}")
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            _refuse(f"</{tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        _refuse(f"<!--{data[:40]}")

    def handle_decl(self, decl: str) -> None:
        _refuse(f"<!{decl[:40]}")

    def handle_pi(self, data: str) -> None:
        _refuse(f"<?{data[:40]}")

    def unknown_decl(self, data: str) -> None:
        _refuse(f"<![{data[:40]}")


def _refuse(what: str) -> NoReturn:
    raise Unsafe(
        N_("This text holds something that cannot be shown safely: {what}. Please write it in another way.", what=what)
    )


def read(html: str, own: frozenset[str] = frozenset()) -> Node:
    """Return the tree of finished ``html`` under a nameless root; raise Unsafe at the first thing the policy lacks."""
    reader = _Reader(own)
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        _refuse(f"<{reader.open[-1].tag}>")
    root = reader.open[0]
    _check_ids(root)
    return root


def _check_ids(root: Node) -> None:
    """Each id stands once, and each link within the text finds its place."""
    ids: set[str] = set()
    wanted: set[str] = set()
    for node in root.elements():
        name = node.attrs.get("id")
        if name in ids:
            _refuse(f"id={name}")
        ids |= {name} if name else set()
        href = node.attrs.get("href", "")
        wanted |= {unquote(href[1:])} if href.startswith("#") else set()
    missing = wanted - ids
    if missing:
        _refuse(f"#{min(missing)}")


def check_text(root: Node, written: str) -> None:
    """Refuse a text of which cleaning has taken words away; ``written`` is all text that was rendered."""
    if "".join(root.text().split()) != "".join(written.split()):
        _refuse("…")
