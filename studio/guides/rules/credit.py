"""Who is named to readers, and in which order: one that says nothing about who wrote more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Choice(StrEnum):
    """How a person wants to be named."""

    NAME = "name"
    MEMBER = "member"
    COMMUNITY = "community"


class Part(StrEnum):
    """What a person did for a text."""

    WROTE = "wrote"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a text, as far as they want it told. No number: it would tell how many do not want it."""

    names: tuple[str, ...] = ()
    members: bool = False
    """Whether somebody is named as "a member"."""
    community: bool = True
    """Whether somebody leaves it at the community; so it is where nobody chose anything."""


_LETTERS: Final = {
    "de": ("äa", "öo", "üu", "ßs"),
    "es": ("ñn",),
    "pl": ("ąa", "ćc", "ęe", "łl", "ńn", "óo", "śs", "źz", "żz"),
    "tr": ("çc", "ğg", "ıh", "öo", "şs", "üu"),
    "ru": ("ёе",),
}
"""Letters that a language has beside the plain ones: each and the letter that it follows (German: that it equals)."""
_EQUAL: Final = frozenset({"de"})
_ARABIC: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_KATAKANA, _AS_HIRAGANA = range(0x30A1, 0x30F7), 0x60


def ordered(names: Iterable[str], code: str) -> tuple[str, ...]:
    """Return names as an index in the language ``code`` has them, each once.

    Ideographs stand by their number, as in no dictionary: their sounds are not known, and no order tells anything.
    """
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (sorting_key(name, code), name)))


def sorting_key(name: str, code: str) -> tuple[tuple[str, int], ...]:
    """Return what two names are compared by: letter by letter, without capitals, marks and signs."""
    after = {pair[0]: pair[1] for pair in _LETTERS.get(code, ())}
    turkish = name.replace("I", "ı").replace("İ", "i") if code == "tr" else name
    letters = unicodedata.normalize("NFC", turkish.casefold()).translate(_ARABIC)
    key = list[tuple[str, int]]()
    for letter in letters:
        if letter in after:
            key.append((after[letter], 0 if code in _EQUAL else 1 + (letter == "ż")))
            continue
        plain = unicodedata.normalize("NFKD", letter)
        key += [(_hiragana(one), 0) for one in plain if one.isalnum()]
    return tuple(key)


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - _AS_HIRAGANA) if ord(letter) in _KATAKANA else letter
