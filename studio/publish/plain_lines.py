"""The lines that a text's HTML becomes where there is no markup: lists, tables, boxes, links and notes in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from studio.core.locales import Language
from studio.rendering import bidi
from studio.rendering.tree import Node, read

LRM: Final = "\u200e"
RLM: Final = "\u200f"
Line = tuple[str, str]
"""What a line is (h2, h3, h4, notes, or text) and its words; an empty one parts what stands around it."""

_BLOCKS: Final = frozenset(
    {"p", "ul", "ol", "dl", "blockquote", "pre", "div", "table", "figure", "hr", "h2", "h3", "h4", "section"}
)
_DEEPER: Final = "  "
_COLONS: Final = {"fr": "\u00a0: ", "ja": "：", "zh": "："}
_OUTSIDE: Final = re.compile(r"https?:", re.IGNORECASE)
_PARTING: Final = re.compile(rf"[{LRM}{RLM}\s()/-]|https?://|www\.")
_CONTACT: Final = re.compile(r"(?:mailto|tel):", re.IGNORECASE)


def marked(text: str, language: Language) -> str:
    """Return ``text`` with each run of the other direction between marks that old phones know."""
    parts, end = [], 0
    for run in bidi.runs(text, language):
        mark = LRM if run.direction == "ltr" else RLM
        parts += [text[end : run.start], mark, text[run.start : run.end], mark]
        end = run.end
    return "".join((*parts, text[end:]))


def colon(language: Language) -> str:
    """Return what stands between a name and its value, as the language writes it."""
    return _COLONS.get(language.code, ": ")


def lines_of(html: str, language: Language, base_url: str, picture: str) -> Iterator[Line]:
    """Yield the lines of a text; addresses within the house get ``base_url``, or are left out without one.

    ``picture`` is the word before what a picture shows. Raise Invalid where the HTML is not what rendering makes.
    """
    yield from _Lines(language, base_url, picture).blocks(read(html).inside)


class _Lines:
    def __init__(self, language: Language, base_url: str, picture: str) -> None:
        self.language, self.base_url, self.picture = language, base_url, picture
        self.colon = colon(language)

    def blocks(self, inside: list[Node | str], indent: str = "") -> Iterator[Line]:
        """Yield the lines of what stands below each other."""
        line = list[Node | str]()
        for part in [*inside, Node("hr", {"class": "end"})]:
            if isinstance(part, str) or part.tag not in _BLOCKS:
                line.append(part)
                continue
            if line:
                yield from self._words(line, indent)
                line = []
            if part.attrs.get("class") != "end":
                yield from self._block(part, indent)

    def _block(self, node: Node, indent: str) -> Iterator[Line]:
        if node.tag in ("h2", "h3", "h4"):
            yield node.tag, self._said(node.inside).strip()
        elif node.tag in ("ul", "ol"):
            yield from self._list(node, indent)
        elif node.tag == "table":
            yield from self._table(node, indent)
        elif node.tag == "section":
            yield "notes", ""
            yield from self._notes(node)
        elif node.tag == "hr":
            yield from (("text", "* * *"), ("text", ""))
        else:
            yield from self._plain_block(node, indent)

    def _plain_block(self, node: Node, indent: str) -> Iterator[Line]:
        if node.tag == "pre":
            yield from (("text", f"{indent}    {line}") for line in node.text().rstrip("\n").split("\n"))
            yield "text", ""
        elif node.tag == "dl":
            for part in [one for one in node.inside if isinstance(one, Node)]:
                yield from self.blocks(part.inside, indent + (_DEEPER if part.tag == "dd" else ""))
        elif node.tag == "blockquote":
            yield from _ended(list(self.blocks(node.inside, f"{indent}> ")), indent)
        elif node.attrs.get("class", "").startswith("box "):
            yield from self._box(node, indent)
        elif node.tag == "p":
            yield from self._words(node.inside, indent)
        else:
            yield from self.blocks(node.inside, indent)

    def _box(self, node: Node, indent: str) -> Iterator[Line]:
        title, *rest = (one for one in node.inside if isinstance(one, Node))
        yield "text", f"{indent}[ {self._said(title.inside).strip()} ]"
        yield from self.blocks(list(rest), indent)

    def _words(self, inside: list[Node | str], indent: str) -> Iterator[Line]:
        """Yield a paragraph, a line for each that was written as one."""
        said = [" ".join(line.split(" ")).strip() for line in self._said(inside).split("\n")]
        for line in filter(None, said):
            yield "text", indent + line
        if any(said):
            yield "text", indent.rstrip()

    def _list(self, node: Node, indent: str) -> Iterator[Line]:
        number = int(node.attrs.get("start", "1"))
        for item in [one for one in node.inside if isinstance(one, Node)]:
            mark = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            lines = list(self.blocks(item.inside, indent + _DEEPER))
            first = next((place for place, (_, words) in enumerate(lines) if words.strip()), 0)
            for place, (kind, words) in enumerate(lines):
                if place == first:
                    yield kind, indent + mark + words.removeprefix(indent + _DEEPER)
                elif words.strip(" >"):
                    yield kind, words
        yield "text", indent.rstrip()

    def _table(self, table: Node, indent: str) -> Iterator[Line]:
        """Yield a line ``head: value`` for each cell, row by row."""
        rows = [[self._cell(one) for one in _cells(row)] for row in table.elements() if row.tag == "tr"]
        heads = rows[0] if any(one.tag == "thead" for one in table.elements()) else []
        for row in rows[1:] if heads else rows:
            for place, value in enumerate(row):
                head = heads[place] if place < len(heads) else ""
                if value:
                    yield "text", indent + (f"{head}{self.colon}{value}" if head else value)
            yield "text", ""
        if len(rows) == 1 and heads:
            yield from (("text", indent + self.colon.join(filter(None, heads))), ("text", ""))

    def _cell(self, cell: Node) -> str:
        return " ".join(self._said(cell.inside).split())

    def _notes(self, section: Node) -> Iterator[Line]:
        number = 0
        for item in section.elements():
            if item.tag == "li" and item.attrs.get("id", "").startswith("fn-"):
                number += 1
                lines = [one for one in self.blocks(item.inside) if one[1]]
                for place, (kind, words) in enumerate(lines):
                    yield kind, f"[{number}] {words}" if place == 0 else words
                yield "text", ""

    def _said(self, inside: list[Node | str]) -> str:
        return "".join(self._pieces(inside))

    def _pieces(self, inside: list[Node | str]) -> Iterator[str]:
        for part in inside:
            if isinstance(part, str):
                yield part.replace("\n", " ")
            else:
                yield from self._inline(part)

    def _inline(self, node: Node) -> Iterator[str]:
        if node.tag == "br":
            yield "\n"
        elif node.tag == "img":
            yield f"[{self.picture}{self.colon}{marked(node.attrs['alt'], self.language)}]"
        elif node.tag == "input":
            yield "[x]" if "checked" in node.attrs else "[ ]"
        elif node.tag == "sup":
            yield f"[{node.text()}]"
        elif node.tag == "figcaption":
            yield "\n" + self._said(node.inside)
        elif node.tag == "s":
            yield f"~~{self._said(node.inside)}~~"
        elif node.attrs.get("class") != "footnote-back":
            yield self._run(node)

    def _run(self, node: Node) -> str:
        """Return what stands in a link or another run, with its address written out, between marks of direction."""
        said = self._said(node.inside)
        mark = {"ltr": LRM, "rtl": RLM}.get(node.attrs.get("dir", ""), "")
        if mark == (RLM if self.language.rtl else LRM):
            mark = ""
        said = f"{mark}{said.strip(mark)}{mark}" if mark and said.strip() else said
        address = self._address(node.attrs.get("href", "")) if node.tag == "a" else ""
        if not address or _same(address, said):
            return said
        return f"{said} ({LRM}{address}{LRM})" if self.language.rtl else f"{said} ({address})"

    def _address(self, target: str) -> str:
        if target.startswith("/"):
            return self.base_url + target if self.base_url else ""
        if _CONTACT.match(target):
            return unquote(target.partition(":")[2].partition("?")[0])
        return target if _OUTSIDE.match(target) else ""


def _ended(lines: list[Line], indent: str) -> Iterator[Line]:
    """Yield ``lines`` without empty ones at their end, and one that parts them from what follows."""
    while lines and not lines[-1][1].strip(" >"):
        lines.pop()
    yield from lines
    yield "text", indent.rstrip()


def _cells(row: Node) -> list[Node]:
    return [one for one in row.inside if isinstance(one, Node)]


def _same(address: str, said: str) -> bool:
    """Whether the words of a link are its address already, however it is parted."""
    bare = (_PARTING.sub("", unquote(one).lower()) for one in (address, said))
    return next(bare) == next(bare)
