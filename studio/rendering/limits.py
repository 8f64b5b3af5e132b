"""Bounds on a text before and after it is parsed, each refused with the words where it goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_

SOURCE_BYTES: Final = 200_000
OUTPUT_BYTES: Final = 2_000_000
OUTPUT_FACTOR: Final = 10
REFERENCE_FACTOR: Final = 4
SPARE_BYTES: Final = 64 * 1024
DEPTH: Final = 30
ELEMENTS: Final = 12_000
"""Headings, items, cells, links …; a long guide has about 2,000. Cleaning takes 1 s for this many."""
PARAGRAPH_WORK: Final = 1_000_000_000
"""Opening brackets times characters of one passage without a blank line: what finding their ends costs."""
QUOTE_WORK: Final = 150_000
"""Layers of quotes times lines of one passage."""
PARSER_NESTING: Final = 100

_UNSHOWABLE: Final = re.compile("[\x00\ud800-\udfff]")
_BLANKED: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Controls that XML and PDF cannot hold; a word processor's pasted vertical tab is one of them."""
_QUOTE_MARKS: Final = re.compile(r"[ \t]*(?:>[ \t]*)+")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n")
_MARKUP: Final = re.compile(r"[\s>*+\-#:|.)\d]+")


def prepare(source: str) -> str:
    """Return ``source`` with LF lines and spaces for controls that nobody can see; refuse what no page can show."""
    odd = _UNSHOWABLE.search(source)
    if odd:
        near = _first_words(_UNSHOWABLE.sub(" ", source[max(0, odd.start() - 30) : odd.end() + 30]))
        raise Invalid(N_("A broken character stands near “{words}”. Please delete it and type it again.", words=near))
    if len(source) > SOURCE_BYTES or len(source.encode()) > SOURCE_BYTES:
        raise TooLarge(N_("This text is longer than {n} kB. Please make two guides of it.", n=SOURCE_BYTES // 1000))
    clean = _BLANKED.sub(" ", re.sub(r"\r\n?", "\n", source))
    for passage in _BLANK_LINES.split(clean):
        _check_passage(passage)
    return clean


def _check_passage(passage: str) -> None:
    """Refuse what the parser would think about for many seconds."""
    if len(passage) * passage.count("[") > PARAGRAPH_WORK:
        raise TooLarge(
            N_(
                "The passage “{words}” has too many brackets. Please part it by blank lines.",
                words=_first_words(passage),
            )
        )
    deepest, lines = 0, passage.split("\n")
    for line in lines:
        marks = _QUOTE_MARKS.match(line)
        depth = marks[0].count(">") if marks else 0
        if depth > DEPTH:
            raise _too_deep(line)
        deepest = max(deepest, depth)
    if deepest * len(lines) > QUOTE_WORK:
        raise _too_deep(passage)


def check_tokens(tokens: Sequence[Token], source: str) -> None:
    """Refuse nesting, references and table cells that would harm a page or lose words on it; ``source`` is prepared."""
    _check_depth(tokens, source)
    _check_cells(tokens, source)
    check_elements(tokens)
    repeated = sum(
        len(str(value))
        for token in _flat(tokens)
        if token.attrs
        for name, value in token.attrs.items()
        if name != "class"
    )
    if repeated > REFERENCE_FACTOR * len(source.encode()) + SPARE_BYTES:
        raise TooLarge(N_("The same long address is used too many times. Please link it once or twice."))


def check_elements(tokens: Sequence[Token]) -> None:
    """Refuse more elements than a page can hold; asked again when links of typed addresses have come in."""
    if sum(1 for token in _flat(tokens) if token.tag and token.nesting >= 0) > ELEMENTS:
        raise TooLarge(
            N_("This text has more items, cells and links than a page can hold. Please make two guides of it.")
        )


def check_output(html: str, source: str) -> None:
    """Refuse HTML that grew far beyond its source."""
    size = len(html.encode())
    if size > OUTPUT_BYTES or size > OUTPUT_FACTOR * len(source.encode()) + SPARE_BYTES:
        raise TooLarge(N_("This text becomes too large as a page. Please make its tables and lists smaller."))


def _too_deep(line: str) -> TooLarge:
    return TooLarge(
        N_(
            "“{words}” stands too deep in lists and quotes to be shown. Please move it further out.",
            words=_first_words(line),
        )
    )


def _first_words(text: str) -> str:
    words = _MARKUP.sub("", text, count=1) if _MARKUP.match(text) else text
    return " ".join((words.strip() or text.strip())[:80].split()[:6])


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _check_depth(tokens: Sequence[Token], source: str) -> None:
    """Also finds what the parser dropped: it does so below ``PARSER_NESTING``, far deeper than ``DEPTH``."""
    depth, line, deepest = 0, 0, -1
    for token in _flat(tokens):
        line = token.map[0] if token.map else line
        depth += 0 if token.hidden else token.nesting
        if depth > DEPTH and token.content.strip():
            raise _too_deep(token.content)
        deepest = max(deepest, line) if depth > DEPTH else deepest
    if deepest >= 0:
        raise _too_deep(source.split("\n")[deepest])


def _check_cells(tokens: Sequence[Token], source: str) -> None:
    """Markdown drops the cells of a row that has more of them than the head; say so instead."""
    lines, row, rest = source.split("\n"), 0, ""
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
            rest = re.sub(r"^[\s>]*", "", lines[row]).replace("\\|", "\0")
        elif token.type == "inline" and rest:
            cell = token.content.replace("|", "\0")
            rest = rest[rest.find(cell) + len(cell) :]
        elif token.type == "tr_close":
            if rest.replace("|", "").strip():
                raise Invalid(
                    N_(
                        "The row “{words}” has more cells than the head of its table. Please add a column to the head.",
                        words=_first_words(lines[row]),
                    )
                )
            rest = ""
