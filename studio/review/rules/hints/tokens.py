"""The words of a hint file as patterns whose work grows with the length of a text and no faster.

A token is what people write, with a few signs: a blank stands for one or more blanks, ``{n}`` for a number, ``{nnn}``
for three to eight digits, ``{Name}`` for a word that begins with a capital letter, ``{han}`` for two to eight
ideographs, and ``*`` at the end for any ending of the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from studio.core.locales import Language, language

NUMERALS: Final = "〇一二两三四五六七八九十百千半数"
_PIECE: Final = re.compile(r"\{(?:n|nnn|Name|han)\}|\s+|\*$|.", re.DOTALL)
_SIGN: Final = re.compile(r"\{[^{}]*\}|[{}]")
_BLANKS: Final = r"\s{1,6}"
_ENDING: Final = r"\w{0,12}"
_SIGNS: Final = {
    "{n}": r"\d{1,9}(?:[.,٫٬]\d{1,9}){0,2}",
    "{nnn}": r"\d{3,8}",
    "{Name}": r"(\w[\w’'-]{1,40})",
    "{han}": r"[\u4e00-\u9fff]{2,8}",
}
_SHORT: Final = 3
"""Signs of units of so many letters mean something else in capitals: 5g is a dose, 5G a network."""
_ALIF: Final = "اأإآٱ"
_TATWEEL: Final = "\u0640"
_MARKS: Final = "[\u064b-\u0652\u0640]{0,3}"
_BEFORE: Final = ("(?<!\\w)", "(?<!\\w)(?:[وفبكل]{1,2}|[وف]?ال|[وف]?لل|[وف]?[بك]ال)?")
"""Where a word begins; in Arabic little words and the article may be written onto it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a token stands, and which one."""

    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Compiled tokens of one language."""

    patterns: tuple[re.Pattern[str], ...]
    count: int

    def find(self, text: str) -> Iterator[Found]:
        """Yield each place where a token stands, those of each pattern in order."""
        for pattern in self.patterns:
            at = 0
            while found := pattern.search(text, at):
                if all(name[0].isupper() for name in _names(found)):
                    yield Found(*found.span(), int(str(found.lastgroup)[1:]))
                    at = found.end()
                else:
                    at = found.start() + 1

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where tokens stand, in order."""
        return sorted((found.start, found.end) for found in self.find(text))


NOTHING: Final = Tokens((), 0)


def unknown_sign(token: str) -> str:
    """Return the first sign in braces that means nothing, empty where there is none."""
    return next((found[0] for found in _SIGN.finditer(token) if found[0] not in _SIGNS), "")


def compiled(tokens: Sequence[str], code: str, *, units: bool = False) -> Tokens:
    """Return ``tokens`` of the language ``code`` as patterns, longer ones first; ``units`` may touch their number."""
    spoken = language(code)
    before = "" if spoken.ideographic else "(?<![^\\W\\d])" if units else _BEFORE[spoken.script == "arabic"]
    ordered = sorted(enumerate(tokens), key=lambda pair: -len(pair[1]))
    exact = [(number, token) for number, token in ordered if _is_exact(token)]
    loose = [(number, token) for number, token in ordered if not _is_exact(token)]
    patterns = [
        re.compile(f"{before}(?:{_any(pairs, spoken)})", flags)
        for pairs, flags in ((exact, re.NOFLAG), (loose, re.IGNORECASE))
        if pairs
    ]
    return Tokens(tuple(patterns), len(tokens))


def _is_exact(token: str) -> bool:
    return len(token.rstrip("*")) <= _SHORT


def _any(pairs: Iterable[tuple[int, str]], spoken: Language) -> str:
    return "|".join(f"(?P<t{number}>{_one(token, spoken)})" for number, token in pairs)


def _one(token: str, spoken: Language) -> str:
    letter = _arabic if spoken.script == "arabic" else re.escape
    pieces = [found[0] for found in _PIECE.finditer(token.strip())]
    made = "".join(_piece(piece, letter) for piece in pieces)
    open_end = not pieces[-1][-1].isalnum() and pieces[-1] not in _SIGNS
    return made + ("" if open_end or spoken.ideographic else "(?!\\w)")


def _piece(piece: str, letter: Callable[[str], str]) -> str:
    if piece in _SIGNS:
        return _SIGNS[piece]
    if piece == "*":
        return _ENDING
    return _BLANKS if piece.isspace() else letter(piece)


def _arabic(letter: str) -> str:
    """Return a letter as people write it: with any alif, with or without vowel marks."""
    if unicodedata.combining(letter) or letter == _TATWEEL:
        return ""
    return (f"[{_ALIF}]" if letter in _ALIF else re.escape(letter)) + (_MARKS if letter.isalpha() else "")


def _names(found: re.Match[str]) -> Iterator[str]:
    named = set(found.re.groupindex.values())
    return (text for number, text in enumerate(found.groups(), 1) if text and number not in named)
