"""Isolates runs of the other direction in a line, across bold and links, by ``<bdi dir>`` or ``dir`` on a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from markdown_it.token import Token

from studio.core.locales import Language
from studio.rendering.bidi import Run, runs

_STANDS_FOR: Final = {"softbreak": " ", "hardbreak": "\n", "code_inline": "a", "picture": "\n", "task": "\n"}
"""What runs see in place of a token without text of the line: code belongs to Latin words, a line break parts them."""


def isolate(token: Token, language: Language) -> None:
    """Isolate runs of the other direction in an inline token; turn code to the left in right-to-left texts."""
    if language.rtl and token.type in ("fence", "code_block"):
        token.attrs["dir"] = "ltr"
    if not token.children:
        return
    if language.rtl:
        for child in token.children:
            if child.type == "code_inline":
                child.attrs["dir"] = "ltr"
    token.children = _isolated(token.children, language)


def _isolated(children: Sequence[Token], language: Language) -> list[Token]:
    places = list(_places(children))
    found = runs("".join(letter for letter, _, _ in places), language)
    if not found:
        return list(children)
    cuts: dict[int, set[int]] = {}
    for run in found:
        for _, token, offset in (places[run.start], *places[run.end : run.end + 1]):
            cuts.setdefault(token, set()).add(offset)
        _, token, offset = places[run.end - 1]
        cuts.setdefault(token, set()).add(offset + 1)
    pieces, at = _pieces(children, cuts)
    line = _Line(pieces)
    for run in found:
        line.mark(at[places[run.start][1:]], at[places[run.end - 1][1:]], run)
    return line.marked()


def _places(children: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Yield each letter of the line with the number of its token and its offset there, but for numbers of notes."""
    in_note = False
    for number, child in enumerate(children):
        in_note = child.type == "note_open" or (in_note and child.type != "note_close")
        seen = child.content if child.type == "text" else _STANDS_FOR.get(child.type, "")
        if not in_note:
            yield from ((letter, number, offset) for offset, letter in enumerate(seen))


def _pieces(children: Sequence[Token], cuts: dict[int, set[int]]) -> tuple[list[Token], dict[tuple[int, int], int]]:
    """Cut texts where runs begin and end; also return in which piece each letter of each token stands."""
    pieces: list[Token] = []
    at: dict[tuple[int, int], int] = {}
    for number, child in enumerate(children):
        if child.type != "text" or number not in cuts:
            at[number, 0] = len(pieces)
            pieces.append(child)
            continue
        edges = sorted({0, len(child.content), *cuts[number]})
        for start, end in pairwise(edges):
            at |= dict.fromkeys(((number, offset) for offset in range(start, end)), len(pieces))
            pieces.append(Token("text", "", 0, content=child.content[start:end]))
    return pieces, at


class _Line:
    """Pieces of one paragraph, in which runs get their marks so that elements never overlap."""

    def __init__(self, pieces: list[Token]) -> None:
        self.pieces = pieces
        self.depths = [0, *accumulate(piece.nesting for piece in pieces)]
        """The depth before each piece."""
        self.before: dict[int, Token] = {}
        self.after: set[int] = set()

    def mark(self, first: int, last: int, run: Run) -> None:
        """Isolate the pieces ``first`` to ``last``, if elements then nest; else nothing is done."""
        floor = min(self.depths[first : last + 2])
        while self.depths[first] > floor and self.pieces[first - 1].nesting == 1:
            first -= 1
        while self.depths[last + 1] > floor and self.pieces[last + 1].nesting == -1:
            last += 1
        if self.depths[first] != floor or self.depths[last + 1] != floor:
            return
        attrs: dict[str, str | int | float] = {"dir": run.direction}
        if run.lang:
            attrs["lang"] = run.lang
        around = self.pieces[first - 1] if first else None
        if around and around.type == "link_open" and self.pieces[last + 1].type == "link_close":
            around.attrs |= attrs  # tagged PDFs want it on the link, not inside
        elif first < last or self.pieces[first].type != "code_inline":
            self.before[first] = Token("bdi_open", "bdi", 1, attrs=attrs)
            self.after.add(last)

    def marked(self) -> list[Token]:
        """Return the pieces with their marks."""
        result: list[Token] = []
        for number, piece in enumerate(self.pieces):
            result += [self.before[number]] if number in self.before else []
            result.append(piece)
            result += [Token("bdi_close", "bdi", -1)] if number in self.after else []
        return result
