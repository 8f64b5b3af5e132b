"""The HTML that mammoth gives, as Markdown of the house: headings, paragraphs, lists, quotations, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from studio.guides.foreign_html import RAISED
from studio.guides.wordfile import tables
from studio.guides.wordfile.found import Found
from studio.guides.wordfile.marks import CLOSE, OPEN, address, escaped, marked, one_line, paragraph
from studio.rendering.addresses import kind

_NOTE: Final = re.compile(r"#(?:foot|end)note-[^#]+")
_HEADING: Final = re.compile(r"h([1-6])")
_LOWERED: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_BLOCKS: Final = frozenset(
    ["p", "ul", "ol", "li", "blockquote", "table", "div", *(f"h{level}" for level in range(1, 7))]
)
_TITLE, _DEEPEST = 0, 4
"""Rank of the file's own title, above its headings; the last level of headings here."""


def markdown(root: Element, title: str, first_note: int, found: Found) -> str:
    """Return the tree as Markdown; a first heading that says what ``title`` says is left out, for it is there."""
    return _Writer(root, first_note, found).write(title)


@dataclass
class _Writer:
    root: Element
    first_note: int
    found: Found
    _notes: dict[str, int] = field(default_factory=dict)
    _levels: Mapping[int, int] = field(default_factory=dict)

    def write(self, title: str) -> str:
        notes = self._take_notes()
        first = next(iter(self.root), None)
        if first is not None and _rank(first) is not None and _same("".join(first.itertext()), title):
            self.root.remove(first)
        ranks = sorted({rank for one in self.root.iter() if (rank := _rank(one)) is not None})
        self._levels = {rank: min(2 + place, _DEEPEST) for place, rank in enumerate(ranks)}
        written = [*self._blocks(self.root)]
        written += [self._note(one) for one in notes]
        return "\n\n".join(one for one in written if one) + "\n"

    def _take_notes(self) -> list[Element]:
        """Take the list of notes off the end, and number them; mammoth gives each the id that its signs lead to."""
        last = self.root[-1] if len(self.root) else None
        if last is None or last.tag != "ol" or not all(_NOTE.fullmatch(f"#{one.get('id', '')}") for one in last):
            return []
        self.root.remove(last)
        notes = list[Element]()
        for one in last:
            name = f"#{one.get('id')}"
            if name not in self._notes:
                self._notes[name] = self.first_note + len(self._notes)
                notes.append(one)
        return notes

    def _note(self, item: Element) -> str:
        for holder in [*item.iter()]:
            for sign in holder.findall("a"):
                if sign.get("href", "").startswith(("#footnote-ref-", "#endnote-ref-")):
                    holder.remove(sign)
        number = self._notes[f"#{item.get('id')}"]
        words = "\n\n".join(one for one in self._blocks(item) if one)
        return _hung(f"[^{number}]: ", words, "    ")

    def _blocks(self, element: Element) -> Iterator[str]:
        """Yield the blocks in ``element``; words that stand directly in it are a paragraph."""
        loose = escaped(element.text or "")
        for child in element:
            if child.tag in _BLOCKS:
                yield paragraph(loose)
                loose = ""
                yield from self._block(child)
            else:
                loose += self._inline(child)
            loose += escaped(child.tail or "")
        yield paragraph(loose)

    def _block(self, element: Element) -> Iterator[str]:
        rank = _rank(element)
        if rank is not None:
            words = self._in_one_line(element)
            yield f"{'#' * self._levels[rank]} {words}" if words else ""
        elif element.tag in ("ul", "ol"):
            yield self._list(element)
        elif element.tag == "blockquote":
            inside = "\n\n".join(one for one in self._blocks(element) if one)
            yield "\n".join(f"> {line}".rstrip() for line in inside.split("\n")) if inside else ""
        elif element.tag == "table":
            yield from self._table(element)
        else:
            yield from self._blocks(element)

    def _list(self, element: Element) -> str:
        items = list[str]()
        for item in element:
            sign = f"{len(items) + 1}. " if element.tag == "ol" else "- "
            parts = [one for one in self._blocks(item) if one]
            if parts:
                items.append(_hung(sign, "\n".join(parts), " " * len(sign)))
        return "\n".join(items)

    def _table(self, element: Element) -> Iterator[str]:
        rows = tables.grid(element, self.found)
        width = len(rows[0]) if rows else 0
        if width == 1:
            for (cell,) in rows:
                yield from self._blocks(cell) if cell is not None else ()
            return
        lines = [[self._cell(cell) if cell is not None else "" for cell in row] for row in rows]
        if not any(any(line) for line in lines):
            return
        head, *others = [f"| {' | '.join(line)} |" for line in lines]
        yield "\n".join([head, f"|{' --- |' * width}", *others])

    def _cell(self, element: Element) -> str:
        parts = [part for part in self._leaves(element) if part]
        if len(parts) > 1:
            self.found.counts["lines"] = 1
        return " ".join(parts).replace("|", "\\|")

    def _leaves(self, element: Element) -> Iterator[str]:
        """Yield each paragraph in ``element``, however deep, as one line."""
        loose = escaped(element.text or "")
        for child in element:
            if child.tag in _BLOCKS or child.tag in ("thead", "tbody", "tr", "td", "th"):
                yield one_line(loose)
                loose = ""
                yield from self._leaves(child)
            else:
                loose += self._inline(child)
            loose += escaped(child.tail or "")
        yield one_line(loose)

    def _in_one_line(self, element: Element) -> str:
        """Return the words of a heading, which is strong by itself."""
        words = self._inside(element)
        return one_line(re.sub(f"[{OPEN['strong']}{CLOSE['strong']}]", "", words))

    def _inside(self, element: Element) -> str:
        inside = escaped(element.text or "")
        return inside + "".join(self._inline(child) + escaped(child.tail or "") for child in element)

    def _inline(self, element: Element) -> str:
        write: Callable[[Element], str] | None = {
            "a": self._link,
            "img": self._picture,
            "br": lambda _: "\n",
            "input": lambda box: "☑ " if box.get("checked") else "☐ ",
            "sup": self._raised,
            "sub": lambda sub: self._inside(sub).translate(_LOWERED),
        }.get(element.tag)
        if write:
            return write(element)
        words = self._inside(element)
        return marked(element.tag, words) if element.tag in OPEN else words

    def _raised(self, element: Element) -> str:
        sign = element[0] if len(element) else None
        if sign is not None and sign.tag == "a" and sign.get("id") and sign.get("href") in self._notes:
            return f"[^{self._notes[sign.get('href', '')]}]"
        words = self._inside(element)
        return words.translate(RAISED) if re.fullmatch(r"[0-9+\-n]+", words) else words

    def _link(self, element: Element) -> str:
        words = self._inside(element).replace("\n", " ")
        target = address(element.get("href", ""))
        if target.startswith("#") or not target:
            self.found.counts["within"] += bool(target)
            return words
        if kind(target) not in ("external", "contact"):
            self.found.tell("nowhere", element.get("href", ""))
            return words
        if not words.strip():
            self.found.tell("wordless", target)
            return ""
        if element.find(".//img") is not None:
            return words
        after = words[len(words.rstrip()) :]
        return f"[{words.strip()}]({target}){after}"

    def _picture(self, element: Element) -> str:
        target = element.get("src", "")
        return f"![{escaped(element.get('alt', ''))}]({target})" if target else ""


def _rank(element: Element) -> int | None:
    found = _HEADING.fullmatch(element.tag)
    if not found:
        return None
    return _TITLE if element.get("class") == "title" else int(found[1])


def _hung(sign: str, words: str, indent: str) -> str:
    """Return ``words`` after ``sign``, with their other lines set in below the first."""
    first, *others = words.split("\n")
    return "\n".join([sign + first, *(f"{indent}{line}" if line else "" for line in others)])


def _same(one: str, other: str) -> bool:
    return re.sub(r"[\W_]+", "", one).casefold() == re.sub(r"[\W_]+", "", other).casefold()
