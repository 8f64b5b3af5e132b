"""What stands around a change: one line above it, and where a long stretch that stayed is cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from studio.core.locales import Language
from studio.guides.rules.worddiff import Piece
from studio.review.rules.carry import ABOUT, Block

EXCERPT: Final = 70
"""Characters of a passage that name it."""
AROUND: Final = 90
"""Characters of what stayed that are shown on each side of a change; half as many of ideographs."""
_BOX: Final = r":{3,}[ \t]*(?:(?i:card[ \t]+(?:quote|number|step))\b|[A-Za-z]+\b)?"
_LINE_MARK: Final = re.compile(rf"^[ \t]*(?:(?:#{{1,6}}|>|[-*+]|\d{{1,9}}[.)])[ \t]+|{_BOX})+", re.MULTILINE)
_HEAD: Final = re.compile(rf"^[ \t]*(?:#{{1,6}}[ \t]+|>[ \t]*|{_BOX}[ \t]*)")
_LINK: Final = re.compile(r"!?\[([^\]\[^][^\]\[]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_NOTE_MARK: Final = re.compile(r"\[\^[^\]\n]+\](?::[ \t]?)?")
_RULER: Final = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$", re.MULTILINE)
_CELL_EDGE: Final = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
BESIDE: Final = frozenset({"title", "summary", "front", ABOUT})
"""Kinds of blocks that are no passage of the text itself."""


def bare(source: str) -> str:
    """Return a passage as people say it: without marks of boxes, headings, tables, links and notes; lists stay."""
    words = _NOTE_MARK.sub("", _LINK.sub(r"\1", _RULER.sub("", source)))
    lines = (_CELL_EDGE.sub(" · ", _HEAD.sub("", line).strip().strip("|").strip()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def excerpt(source: str) -> str:
    """Return the first words of a passage, without the marks at the beginnings of its lines."""
    words = " ".join(bare(_LINE_MARK.sub("", source)).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rstrip()}…"


def lines_above(blocks: Sequence[Block]) -> dict[str, str]:
    """Return for each passage the one line that stands above it: the first words of the passage before."""
    text = [block for block in blocks if block.kind not in BESIDE]
    return {two.block_id: excerpt(one.source) for one, two in pairwise(text)}


def near(pieces: Sequence[Piece], language: Language) -> tuple[Piece, ...]:
    """Return the pieces of a change, with long stretches that stayed cut to what stands beside the change."""
    most = AROUND // 2 if language.ideographic else AROUND
    return tuple(_near(pieces, most))


def _near(pieces: Sequence[Piece], most: int) -> Iterator[Piece]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        begin = "" if place == 0 else _until(piece.text, most)
        end = "" if place == last else _until(piece.text[::-1], most)[::-1]
        if piece.kind != "same" or len(piece.text) <= len(begin) + len(end) + most // 2 or last == 0:
            yield piece
        else:
            cut = f"{begin} … {end}"
            yield Piece("same", cut.lstrip() if place == 0 else cut.rstrip() if place == last else cut)


def _until(text: str, most: int) -> str:
    """Return the beginning of ``text``, ending where a word ends; the words may be written backwards."""
    cut = text[:most]
    if len(text) <= most or text[most].isspace() or not any(map(str.isspace, cut)):
        return cut
    return cut[: max(place for place, char in enumerate(cut) if char.isspace())]


def places(blocks: Iterable[Block]) -> dict[str, tuple[str, int]]:
    """Return the words of each passage of the text, and where in the text they begin: to suggest other ones."""
    found, at = dict[str, tuple[str, int]](), 0
    for block in blocks:
        if block.kind not in BESIDE:
            found[block.block_id] = block.source.strip(), at
            at += len(block.source)
    return found
