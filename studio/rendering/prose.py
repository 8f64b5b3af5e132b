"""The words of a source where they stand: what is prose, what is quoted, where links, pictures and headings are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from markdown_it.token import Token

from studio.rendering.addresses import kind as kind_of
from studio.rendering.blocks import front_blocks, split
from studio.rendering.limits import check_tokens, prepare
from studio.rendering.parser import parse
from studio.rendering.structure import headings as give_ids

_QUOTED: Final = re.compile(
    "“[^“”\n]{0,400}”|„[^„“”\n]{0,400}[“”]|«[^«»\n]{0,400}»|»[^«»\n]{0,400}«|‹[^‹›\n]{0,400}›|「[^「」\n]{0,400}」"
    '|『[^『』\n]{0,400}』|《[^《》\n]{0,400}》|"[^"\n]{0,400}"|‘[^‘\n]{1,200}?’(?!\\w)'
)
_TYPED: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[*_~`]{0,6}\]\([ \t]*<?([^\s<>()]*)")
_PICTURE: Final = re.compile(r"!\[([^\]\n]*)\]")
_MARKS: Final = re.compile(r"[ \t]*(#{1,6})(?=[ \t])")
_APART: Final = 8
"""So much markup (a backslash, a named character) may stand between two letters that are read together."""
_UNSAID: Final = frozenset({"code", "footnote", "references"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are read in one go: ``sort`` is words, heading, cell or label (of a box)."""

    sort: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its address as it is meant, which stands from ``start`` to ``end``; -1 where it stands elsewhere."""

    address: str
    words: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; ``start`` and ``end`` are where its description stands, -1 where that is not plain."""

    address: str
    described: bool
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level as written and its id; its signs stand from ``start`` to ``end``, -1 if underlined."""

    level: int
    id: str
    words: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A block: its kind, its hash, where it stands, whether it names a source, and the columns of its widest table."""

    kind: str
    hash: str
    start: int
    end: int
    sourced: bool
    columns: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as its words stand. ``said`` and ``own`` are as long as ``source``, with blanks for all that is not prose.

    ``own`` also lacks what is quoted: those are somebody's words, not the text's.
    """

    source: str
    said: str
    own: str
    passages: tuple[Passage, ...]
    units: tuple[Unit, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    """The places within the text that a link may lead to."""


def plain_prose(title: str = "", summary: str = "") -> Prose:
    """Return a title or a summary as prose of one passage."""
    block = front_blocks(title, summary)[0 if title else 1]
    words = block.source
    own = "".join(_without_quotes(words))
    passage = Passage(block.kind, block.hash, 0, len(words), sourced=False, columns=0)
    return Prose(words, words, own, (passage,), (Unit(block.kind, 0, len(words)),), (), (), (), frozenset())


def read(source: str) -> Prose:
    """Return the prose of a body; raise Invalid and TooLarge as rendering does."""
    clean = prepare(source)
    reading = _Reading(clean)
    tokens = parse(clean).tokens
    check_tokens(tokens, clean)
    ids = give_ids(tokens)
    reading.read(tokens)
    return reading.prose(ids)


class _Reading:
    def __init__(self, clean: str) -> None:
        self.clean = clean
        self.said = _blank(clean)
        self.quoted = list[tuple[int, int]]()
        self.lines = [0, *(found.end() for found in re.finditer("\n", clean))]
        self.at, self.end = 0, 0
        self.units = list[Unit]()
        self.links = list[Link]()
        self.pictures = list[Picture]()
        self.headings = list[Heading]()
        self.sources = list[int]()
        self.rows = list[tuple[int, int]]()

    def read(self, tokens: Sequence[Token]) -> None:
        quotes, opening = 0, Token("", "", 0)
        for token in tokens:
            quotes += token.nesting if token.type.startswith("blockquote_") else 0
            if token.type == "inline" and token.map:
                self._inline(token, opening, quoted=quotes > 0)
            elif token.type in ("th_open", "tr_open"):
                self._row(token)
            opening = token

    def _row(self, token: Token) -> None:
        if token.type == "th_open":
            self.rows[-1] = (self.rows[-1][0], self.rows[-1][1] + 1)
        else:
            first, _ = token.map or (0, 0)
            self.rows.append((self._line(first), 0))

    def _line(self, number: int) -> int:
        return self.lines[min(number, len(self.lines) - 1)]

    def _inline(self, token: Token, opening: Token, *, quoted: bool) -> None:
        first, last = token.map or (0, 0)
        begin = self._line(first)
        self.at, self.end = (
            max(self.at, begin),
            max(self.at, self._line(last) if last < len(self.lines) else len(self.clean)),
        )
        start = self.at
        for number, child in enumerate(token.children or ()):
            self._child(child, number, token.children or ())
        sort = {"heading_open": "heading", "th_open": "cell", "td_open": "cell", "box_title_open": "label"}
        unit = Unit(sort.get(opening.type, "words"), start, self.at)
        self.units.append(unit)
        if quoted:
            self.quoted.append((start, self.at))
        if unit.sort == "heading":
            self._heading(opening, begin, start)

    def _heading(self, opening: Token, begin: int, start: int) -> None:
        marks = _MARKS.match(self.clean, begin)
        place = marks.span(1) if marks and opening.level == 0 else (-1, -1)
        level = place[1] - place[0] if marks and opening.level == 0 else 1 if opening.markup == "=" else 2
        words = "".join(self.said[start : self.at]).strip()
        if opening.level == 0:
            self.headings.append(Heading(level, str(opening.attrs["id"]), words, begin, *place))

    def _child(self, child: Token, number: int, children: Sequence[Token]) -> None:
        if child.type == "text":
            before = children[number - 1]
            written = before.type == "link_open" and before.markup == "autolink"
            self._say(child.content, keep=not (number and written))
        elif child.type == "code_inline":
            self._say(child.content, keep=False)
        elif child.type == "link_open":
            self.links.append(Link(unquote(str(child.attrs["href"])), "", self.at, -1, -1))
        elif child.type == "link_close":
            self._close_link(child)
        elif child.type == "image":
            self._picture(child)
        elif child.type == "footnote_ref":
            self.sources.append(self.at)

    def _say(self, content: str, *, keep: bool) -> None:
        found = self.clean.find(content, self.at, self.end)
        if found >= 0:
            if keep:
                self.said[found : found + len(content)] = content
            self.at = found + len(content)
            return
        for letter in content:
            found = self.clean.find(letter, self.at, min(self.end, self.at + _APART))
            if found >= 0:
                self.said[found] = letter if keep else " "
                self.at = found + 1

    def _close_link(self, child: Token) -> None:
        link = self.links[-1]
        words = "".join(self.said[link.at : self.at]).strip()
        place = _ADDRESS.match(self.clean, self.at) if child.markup != "autolink" else None
        start, end = place.span(1) if place else (-1, -1)
        self.links[-1] = Link(link.address, words, link.at, start, end)
        self.at = max(self.at, end)
        if kind_of(link.address) == "external":
            self.sources.append(link.at)

    def _picture(self, child: Token) -> None:
        described = bool("".join(each.content for each in child.children or ()).strip())
        found = _PICTURE.search(self.clean, self.at, self.end)
        place = found.span(1) if found else (-1, -1)
        at = found.start() if found else self.at
        self.pictures.append(Picture(str(child.attrs["src"]), described, at, *place))
        self.at = found.end() if found else self.at

    def prose(self, ids: frozenset[str]) -> Prose:
        for typed in _TYPED.finditer("".join(self.said)):
            self.sources.append(typed.start())
            self.said[typed.start() : typed.end()] = " " * len(typed[0])
        said, passages = "".join(self.said), tuple(self._passages())
        notes = [(one.start, one.end) for one in passages if one.kind in _UNSAID]
        return Prose(
            source=self.clean,
            said=said,
            own="".join(_without_quotes(said, [*self.quoted, *notes])),
            passages=passages,
            units=tuple(self.units),
            links=tuple(self.links),
            pictures=tuple(self.pictures),
            headings=tuple(self.headings),
            ids=ids,
        )

    def _passages(self) -> Iterator[Passage]:
        start = 0
        sources, rows = sorted(self.sources), sorted(self.rows)
        for block in split(self.clean):
            end = start + len(block.source)
            sourced = bisect_right(sources, end - 1) > bisect_right(sources, start - 1)
            columns = (
                max((count for at, count in rows if start <= at < end), default=0) if block.kind != "paragraph" else 0
            )
            yield Passage(block.kind, block.hash, start, end, sourced or block.kind in _UNSAID, columns)
            start = end


def _blank(text: str) -> list[str]:
    return ["\n" if letter == "\n" else " " for letter in text]


def _without_quotes(said: str, quoted: Sequence[tuple[int, int]] = ()) -> list[str]:
    letters = list(said)
    spans = [*quoted, *(found.span() for found in _QUOTED.finditer(said))]
    for start, end in spans:
        letters[start:end] = _blank(said[start:end])
    return letters
