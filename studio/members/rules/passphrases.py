"""Passphrases: six words of the member's own script, or an own one that is long enough."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import Final

from mnemonic import Mnemonic

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.members.rules import names

WORDS: Final = 6
"""Of a list of 2,048 each: 66 bits."""
SHORTEST: Final = 14
LONGEST: Final = 200
FEWEST_CHARACTERS: Final = 6
"""Different ones that an own passphrase holds at least."""
_PERIOD: Final = 5
FIELD: Final = "passphrase"

_LISTS: Final = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ja": "japanese",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "zh": "chinese_simplified",
}
_ROWS: Final = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def generate(language: str) -> str:
    """Return six random words of the list for ``language``; English ones where there is no list."""
    words = word_list(language)
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def has_words(language: str) -> bool:
    """Whether ``language`` has a word list of its own."""
    return language in _LISTS


def is_generated(passphrase: str, language: str) -> bool:
    """Whether ``passphrase`` is six words of the list for ``language``."""
    words = typed(passphrase).split()
    known = set(word_list(language))
    return len(words) == WORDS and all(word in known for word in words)


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 2,048 words for ``language``, as ``typed`` would return them."""
    return tuple(typed(word) for word in Mnemonic(_LISTS.get(language, "english")).wordlist)


def typed(passphrase: str) -> str:
    """Return what is hashed: the same whichever keyboard typed capitals, wide spaces or decomposed letters."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", passphrase).casefold()).split())


def check_own(passphrase: str, pen_name: str) -> None:
    """Raise Invalid, with one sentence for the field, unless ``passphrase`` is long and varied enough."""
    problem = _problem(typed(passphrase), typed(pen_name))
    if problem:
        raise Invalid(problem, {FIELD: problem})


def _problem(passphrase: str, pen_name: str) -> Message | None:
    if len(passphrase) < SHORTEST:
        return N_("Please use {n} characters or more. A short sentence is easy to keep.", n=SHORTEST)
    if len(passphrase) > LONGEST:
        return N_("Please use at most {n} characters.", n=LONGEST)
    if pen_name and (pen_name in passphrase or names.look(pen_name) in names.look(passphrase)):
        return N_("Please leave your pen-name out of it: others know it.")
    if len(set(passphrase)) < FEWEST_CHARACTERS or _repeats(passphrase) or _is_a_row(passphrase):
        return N_("This one is easy to guess. A few words that only you would put together are better.")
    return None


def _repeats(passphrase: str) -> bool:
    """Whether a few characters come again and again."""
    return any(passphrase == (passphrase[:n] * len(passphrase))[: len(passphrase)] for n in range(1, _PERIOD + 1))


def _is_a_row(passphrase: str) -> bool:
    """Whether the passphrase is keys beside each other."""
    return any(passphrase in row or passphrase in row[::-1] for row in _ROWS)
