"""A text as the tokens it is found by; offsets always point into the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from studio.search.analyzers import folding
from studio.search.analyzers.stems import forms
from studio.search.analyzers.stopwords import STOP_WORDS

HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA: Final = "\u3041-\u3096"
_KANA: Final = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\uff66-\uff9f"
_HANGUL: Final = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
CJK: Final = HAN + _KANA + _HANGUL
INNER: Final = folding.MARKS + folding.OTHER_MARKS
PIECE: Final = re.compile(
    f"([{CJK}][{CJK}{folding.SELECTORS}]*)"
    f"|[^\\W_{CJK}](?:[^\\W_{CJK}]|[{INNER}]|[{folding.IGNORED}]+(?=[^\\W_{CJK}{INNER}]|[{INNER}]))*"
)
"""A run of ideographs, kana or hangul (then it is the group), or a word of any other script."""

_CLUSTER = re.compile(f".[{folding.SELECTORS}\u3099\u309a\uff9e\uff9f\u1160-\u11ff]*", re.DOTALL)
_SELECTOR = re.compile(f"[{folding.SELECTORS}]")
_HAN_ONE = re.compile(f"[{HAN}]")
_VERB_LIKE = re.compile(f"(?<![{HAN}])[{HAN}](?=[{HIRAGANA}])")
HYPHENS: Final = frozenset("-\u2010\u2011")
_SHORTEST_SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One form of a word: its text, where it stands in the source, and which word it is, counted from 0."""

    text: str
    start: int
    end: int
    position: int


def base(code: str) -> str:
    """Return the language part of a code: ``pt`` for ``pt-br``."""
    return code.split("-", maxsplit=1)[0].lower()


def is_cjk(piece: re.Match[str]) -> bool:
    """Whether a piece found by ``PIECE`` is a run without spaces between its words."""
    return piece.lastindex == 1


def tokens(text: str, language_code: str) -> Iterator[Token]:
    """Yield the tokens of ``text``; forms of one word share its position, words left out leave a gap."""
    code, position, before = base(language_code), 0, None
    for piece in PIECE.finditer(text):
        if piece.lastindex == 1:
            run = characters(piece[0], code)
            yield from _run_tokens(run, piece.start(), position, code)
            position, before = position + len(run), None
            continue
        start, end = piece.span()
        if before and before.end() + 1 == start and text[start - 1] in HYPHENS:
            for form in forms(before[0] + piece[0], code):
                yield Token(form, before.start(), end, position - 1)
        for form in forms(piece[0], code):
            yield Token(form, start, end, position)
        position, before = position + 1, piece


def words(text: str, language_code: str) -> Iterator[str]:
    """Yield the words of ``text`` as written but for case and vowel marks; what a suggestion may be made of."""
    code = base(language_code)
    for piece in PIECE.finditer(text):
        if not is_cjk(piece) and (word := _word(piece[0], code)):
            yield word


@lru_cache(maxsize=50_000)
def _word(piece: str, code: str) -> str:
    """Return a word as it may be suggested, or nothing if it is too short, a number or a stop word."""
    word = folding.lowered(piece, code)
    plain = folding.unmarked(word) if code == "ar" else word
    left_out = len(plain) < _SHORTEST_SUGGESTED or plain.isdecimal() or word in STOP_WORDS.get(code, ())
    return "" if left_out else plain


def characters(run: str, code: str) -> list[tuple[str, int, int]]:
    """Return the characters of a run in compatibility form, each with start and end inside the run as given."""
    if unicodedata.is_normalized("NFKC", run) and not _SELECTOR.search(run):
        plain = folding.simplified(run) if code == "zh" else run
        return [(character, at, at + 1) for at, character in enumerate(plain)]
    found = []
    for cluster in _CLUSTER.finditer(run):
        plain = unicodedata.normalize("NFKC", _SELECTOR.sub("", cluster[0]))
        plain = folding.simplified(plain) if code == "zh" else plain
        found += [(character, cluster.start(), cluster.end()) for character in plain]
    return found


def _run_tokens(run: list[tuple[str, int, int]], offset: int, position: int, code: str) -> Iterator[Token]:
    """Yield overlapping pairs, each Han character alone, and in Japanese a character with its inflection."""
    for at, (character, start, end) in enumerate(run):
        last = at + 1 == len(run)
        if _HAN_ONE.match(character) or len(run) == 1:
            yield Token(character, offset + start, offset + end, position + at)
        if not last:
            yield Token(character + run[at + 1][0], offset + start, offset + run[at + 1][2], position + at)
    if code == "ja":
        for found in _VERB_LIKE.finditer("".join(character for character, _, _ in run)):
            _, start, end = run[found.start()]
            yield Token(found[0] + "/", offset + start, offset + end, position + found.start())
