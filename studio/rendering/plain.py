"""Plain text, words and minutes of a rendered text, in every script."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from studio.rendering.boxes import MARKED
from studio.rendering.rendered import Heading, Section
from studio.rendering.tree import Node

WORDS_A_MINUTE: Final = 220

_INLINE: Final = frozenset({"", "a", "bdi", "br", "code", "em", "img", "input", "s", "strong", "sup"})
_HEADINGS: Final = frozenset({"h2", "h3", "h4"})
_UNREAD: Final = frozenset({"footnote-ref", "footnote-back"})

IDEOGRAPH: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u1100-\u11ff\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003fffd"
)
"""Han, kana, bopomofo and hangul, as the inside of a character class: each counts as half a word."""
_UNSPACED: Final = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u103f\u1780-\u17b3"
)
"""Letters of Thai, Lao, Burmese and Khmer, whose words are not parted by spaces: each counts as a quarter."""
_HALF: Final = re.compile(f"[{IDEOGRAPH}]")
_QUARTER: Final = re.compile(f"[{_UNSPACED}]")
_PARTING: Final = re.compile(r"[\s\u2010-\u2015/…]+")
_LETTER: Final = re.compile(r"[^\W_]")


def count_words(text: str) -> int:
    """Return the words of ``text``; Han, kana and hangul count half a word each (about 500 are read a minute)."""
    halves, quarters = len(_HALF.findall(text)), len(_QUARTER.findall(text))
    rest = _QUARTER.sub(" ", _HALF.sub(" ", text)) if halves or quarters else text
    spaced = sum(1 for word in _PARTING.split(rest) if _LETTER.search(word))
    return spaced + math.ceil(halves / 2 + quarters / 4)


def reading_minutes(words: int) -> int:
    """Return the minutes that ``words`` take to read, rounded up, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


def readable(node: Node) -> str:
    """Return the words of ``node`` as they are read: a line for each block, without numbers of notes."""
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(_pieces(node, code=False)).split("\0"))
    return "\n".join(line for line in lines if line)


def _pieces(node: Node, *, code: bool) -> Iterator[str]:
    if not _UNREAD.isdisjoint(node.attrs.get("class", "").split()):
        return
    edge = "\0" if node.tag not in _INLINE else " " if node.tag == "br" else ""
    code = code or node.tag == "pre"
    yield edge
    for part in node.inside:
        if isinstance(part, str):
            yield part.replace("\n", "\0") if code else part
        else:
            yield from _pieces(part, code=code)
    yield edge


def outline(root: Node) -> tuple[Heading, ...]:
    """Return the headings that stand in no box, list or quote, in order."""
    return tuple(_heading(node) for node in _top(root) if node.tag in _HEADINGS)


def sections(root: Node) -> tuple[Section, ...]:
    """Return the text under each heading of the outline; the opening without one has an empty id, the notes ``fn``."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    for node in _top(root):
        if node.tag in _HEADINGS:
            heading = _heading(node)
            found.append((heading.id, heading.text, []))
        elif node.tag == "section":
            found.append((node.attrs["id"], node.attrs["aria-label"], [readable(node)]))
        else:
            found[-1][2].append(readable(node))
    parts = (Section(name, title, "\n".join(filter(None, lines))) for name, title, lines in found)
    return tuple(part for part in parts if part.id or part.text)


def _top(root: Node) -> Iterator[Node]:
    """Yield what stands in no box, list or quote; a passage that is marked for a card is a part of the text."""
    for part in root.inside:
        if isinstance(part, Node):
            yield from _top(part) if MARKED in part.attrs.get("class", "").split() else (part,)


def _heading(node: Node) -> Heading:
    return Heading(node.attrs["id"], int(node.tag[1]), readable(node))
