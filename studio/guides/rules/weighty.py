"""What in a text carries weight: numbers, links, signs, names, and words of which each language has a list."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from studio.guides.rules import spelling_words as lists
from studio.guides.rules.spelling_tokens import Token, plain

NEGATIONS: Final = lists.NEGATIONS | lists.NEGATING_SIGNS
DUTIES: Final = lists.MODALS | lists.DUTY_SIGNS
NUMBERS: Final = lists.NUMBERS | lists.NUMBER_SIGNS
UNITS: Final = lists.UNITS | lists.UNIT_SIGNS
"""The lists of all languages together, for whoever rather stops once too often."""

NUMBER: Final = re.compile(r"\d(?:[\d.,:٫٬/–-]*\d)?")
LINK: Final = re.compile(
    r"\]\((?:[^)\]]|\](?!\())*+\)|\]\[[^\]]*\]|\[\^[^\]\[]*\]|^ {0,3}\[[^\]\[]{1,999}\]:.*$|<[^<>\s]+>"
    r"|https?://\S+|www\.\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+",
    re.MULTILINE,
)
LINK_SIGNS: Final = re.compile(r"[\[\]<@]|http|www\.")
"""What every link has some of; quickly looked for."""
_QUOTED: Final = re.compile(
    r"“[^”]{0,2000}”|„[^“”]{0,2000}[“”]|«[^»]{0,2000}»|「[^」]{0,2000}」|『[^』]{0,2000}』|《[^》]{0,2000}》"
    r"|\"[^\"\n]*\"|`[^`\n]*`"
)
"""Quoted words; bounded, so that marks that nobody closed cost no minutes."""
_SENTENCE_END: Final = frozenset('.!?…:;؟。！？\n|>#*_-([{“„«"')
_SIGNS: Final = frozenset("?؟？!！%٪‰°§@&=+<>[]{}|\\`~^$€£¥₺/")


def digits(text: str) -> list[str]:
    """Return the numbers written in digits of any script, then fractions, powers and Roman or circled ones."""
    return [*NUMBER.findall(text), *(char for char in text if unicodedata.category(char) in ("No", "Nl"))]


def links(text: str) -> list[str]:
    """Return links, addresses and notes as they are written."""
    return LINK.findall(text) if LINK_SIGNS.search(text) else []


def signs(text: str) -> list[str]:
    """Return the signs that can alter what is said, such as a question mark."""
    return [char for char in text if char in _SIGNS]


def hidden(text: str) -> list[str]:
    """Return the characters that nobody sees."""
    return [char for char in text if unicodedata.category(char) == "Cf"]


def quoted(text: str) -> list[tuple[int, int]]:
    """Return where quoted words begin and end."""
    return [match.span() for match in _QUOTED.finditer(text)]


def may_be_name(text: str, token: Token) -> bool:
    """Whether a word is written as names are: with a capital letter where no sentence begins."""
    if not token.text[0].isupper():
        return False
    return text[: token.start].rstrip(" \t")[-1:] not in _SENTENCE_END | {""}


def listed(word: str, words: frozenset[str]) -> bool:
    """Whether ``words`` hold a word, also without accents, or with what Arabic and English write onto it."""
    whole = plain(word)
    forms = {
        word.casefold(),
        whole,
        *re.split("['’]", whole),
        re.sub("['’]", "", whole),
        whole.removeprefix("و"),
        whole.removeprefix("ف"),
    }
    return bool(forms & words or forms & _plain_list(words)) or (whole.endswith("n't") and "not" in words)


@cache
def _plain_list(words: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)


def turned(one: str, two: str) -> bool:
    """Whether an ending turns the first word into its contrary, or the other way round."""
    one, two = one.casefold(), two.casefold()
    return any(one.endswith(end) != two.endswith(end) for end in lists.NEGATING_ENDINGS)
