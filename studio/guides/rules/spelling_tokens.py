"""Words of a text as a proof-reader compares them: tokens, letters without accents, one letter's difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, chain, islice
from typing import Final, NamedTuple

from studio.guides.rules.spelling_words import KANA_CONFUSED, KANJI_CONFUSED
from studio.rendering.words import ranges

SMALLEST_WORD: Final = 4
"""Shorter words are each other's neighbours: a letter more or less makes another word of them."""
_IDEOGRAPHIC: Final = (
    range(0x3005, 0x3008),
    range(0x3040, 0x3100),
    range(0x31F0, 0x3200),
    range(0x3400, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x40000),
)
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "\u0640")
_LETTERS_TO_PLAIN = str.maketrans("ıłøđ", "ilod")


class Token(NamedTuple):
    """A word where it stands."""

    text: str
    start: int
    ideographic: bool


def tokens(text: str) -> Iterator[Token]:
    """Yield each word, and each ideograph or kana as a word of its own."""
    for found in _pattern().finditer(text):
        yield Token(found[0], found.start(), ideographic=found.lastgroup == "ideograph")


def alphabetic(text: str) -> Iterable[tuple[str, int]]:
    """Return the words of ``tokens`` that are not ideographs, and where each ends."""
    parts = _alphabetic().split(text)
    return zip(parts[1::2], islice(accumulate(map(len, parts)), 1, None, 2), strict=False)


@cache
def _pattern() -> re.Pattern[str]:
    ideograph = "".join(f"{chr(part.start)}-{chr(part.stop - 1)}" for part in _IDEOGRAPHIC)
    return re.compile(f"(?P<ideograph>[{ideograph}])|{_word()}")


@cache
def _alphabetic() -> re.Pattern[str]:
    return re.compile(f"({_word()})")


@cache
def _word() -> str:
    """Return the pattern of a word; most are plain letters, and need no look at the letters of all scripts."""
    every = chain(range(0x20000), range(0xE0100, 0xE01F0))
    letter = f"[{ranges(code for code in every if _letter(chr(code)))}]"
    return rf"[A-Za-z]++(?![^\x00-\x7f]|')|{letter}+(?:['’]{letter}+)*"


def _letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and not any(ord(char) in part for part in _IDEOGRAPHIC)


def plain(word: str) -> str:
    """Fold case, accents, vowel marks and the forms of alif, so that only letters are left to differ."""
    folded = word.casefold().replace("’", "'").translate(_ARABIC).translate(_LETTERS_TO_PLAIN)
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))


def small_change(one: str, two: str) -> bool:
    """Whether two words differ by one letter at most, or two that changed places, and begin with the same letter."""
    one, two = plain(one), plain(two)
    if one == two:
        return True
    if one[:1] != two[:1]:
        return False
    if len(one) == len(two):
        differing = [index for index, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(differing) == 2 and differing[1] == differing[0] + 1:  # noqa: PLR2004 - two neighbours
            return one[differing[0]] == two[differing[1]] and one[differing[1]] == two[differing[0]]
        return len(differing) == 1 and len(one) >= SMALLEST_WORD
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) == 1 and len(short) >= SMALLEST_WORD - 1 and _one_letter_more(short, long)


def _one_letter_more(short: str, long: str) -> bool:
    at = next((index for index, char in enumerate(short) if char != long[index]), len(short))
    return short[at:] == long[at + 1 :]


def small_ideograph(one: str, two: str) -> bool:
    """Whether two ideographs or kana are variants of one, or mistyped for each other without changing the meaning."""
    if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", two):
        return True
    groups = KANJI_CONFUSED + KANA_CONFUSED
    return any(one in group and two in group for group in groups)
