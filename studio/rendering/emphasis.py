"""Emphasis where words have no spaces between them: ``語**「強い」**語`` is strong in Japanese and Chinese, too.

CommonMark lets a mark beside punctuation open or close emphasis only where a space or punctuation is on its other side.
Japanese and Chinese put no space there, so writers would see their asterisks. Here a character of those scripts counts
as such a neighbour, and their punctuation counts as letters.
"""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

_UNSPACED: Final = (
    range(0x1100, 0x1200),
    range(0x2E80, 0xA4D0),
    range(0xA960, 0xA980),
    range(0xAC00, 0xD800),
    range(0xF900, 0xFB00),
    range(0xFE10, 0xFE20),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFF0),
    range(0x16FE0, 0x1B300),
    range(0x1F200, 0x1F300),
    range(0x20000, 0x40000),
)
"""Han, kana, hangul and what is written with them."""


class Inline(ParserInline):
    """The parser of what stands inside paragraphs, with our neighbours of marks."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Put what ``src`` says into ``tokens``, as the class above does."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the library's names
        """Whether the marks at ``start`` can open or close something, and how many they are."""
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        opens = not _space(after) and (not _punctuation(after) or _edge(before))
        closes = not _space(before) and (not _punctuation(before) or _edge(after))
        if canSplitWord:
            return Scanned(opens, closes, end - start)
        return Scanned(
            opens and (not closes or _punctuation(before)), closes and (not opens or _punctuation(after)), end - start
        )


def _edge(char: str) -> bool:
    return _space(char) or isMdAsciiPunct(ord(char)) or isPunctChar(char) or _unspaced(char)


def _space(char: str) -> bool:
    return isWhiteSpace(ord(char))


def _punctuation(char: str) -> bool:
    return not _unspaced(char) and (isMdAsciiPunct(ord(char)) or isPunctChar(char))


def _unspaced(char: str) -> bool:
    return any(ord(char) in part for part in _UNSPACED)
