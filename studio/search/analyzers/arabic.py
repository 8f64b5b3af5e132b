"""A light Arabic stemmer: what is written in one piece with a word is taken off, the word itself is left alone."""

from __future__ import annotations

import re
from typing import Final

_SHORTEST: Final = 3
_ROUNDS: Final = 3
_ARTICLE = re.compile(r"(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})")
_AND = re.compile(r"[وف](?=.{3})")
_TO = re.compile(r"[بكل](?=.{3})")
_VERB = re.compile(r"(?:س?[يتنا])(?=.{3,6}$)")
_KIN = re.compile(r"[وفبل]?(?:(ام|اخت|ابن|بنت)(?:ي|ك|ه|ها|نا|هم|كم|هن|كن)?|(اب|اخ)(?:[ويا](?:ك|ه|ها|نا|هم|كم|هن|كن)?))")
SUFFIXES: Final = (
    "تهما", "تهم", "تها", "تكم", "تنا",
    "هما", "كما", "تما", "ها", "هم", "هن", "كم", "كن", "نا", "وا", "تم", "ني",
    "ات", "ون", "ين", "ان", "يه", "تي", "ه", "ك", "ي", "ت", "ا",
)  # fmt: skip
OWN: Final = (
    "والد", "ولد", "وقت", "وحد", "واجب", "واقع", "وجد", "وجه", "وصف", "وضع", "وظيف", "وطن", "وصل",
    "وسيل", "وثيق", "ورق", "وزن", "وعي", "واع", "واض", "فرد", "فهم", "فحص", "فصل", "فكر", "فتر",
    "فتا", "فريق", "فعل", "فضل", "فقد", "فرص", "فيدي",
)  # fmt: skip
"""Beginnings of words whose first letter is their own and not "and" or "so"."""


def stems(word: str) -> tuple[str, ...]:
    """Return the stems, mostly one or two, of an Arabic ``word`` that went through ``folding.arabic``."""
    kin = _KIN.fullmatch(word)
    if kin:
        return (kin[1] or kin[2],)
    return tuple(dict.fromkeys(_ended(stem) for stem in _beginnings(word)))


def _beginnings(word: str) -> list[str]:
    """Return the word as it may begin: without what is certainly a particle, and with and without what may be one."""
    if not word.startswith(OWN):
        article = _ARTICLE.match(word)
        if article:
            return [word[article.end() :]]
        word = word[1:] if _AND.match(word) else word
    found = [word]
    if _TO.match(word):
        found.append(word[1:])
    verbs = [(_VERB.match(long), long) for long in found]
    return found + [long[verb.end() :] for verb, long in verbs if verb and not long.startswith("ال")]


def _ended(word: str) -> str:
    """Return ``word`` without pronouns, plurals and case endings; three letters at least are left."""
    for _ in range(_ROUNDS):
        shorter = next(
            (word[: -len(s)] for s in SUFFIXES if word.endswith(s) and len(word) - len(s) >= _SHORTEST), word
        )
        if shorter == word:
            break
        word = shorter[:-1] if len(shorter) > _SHORTEST and shorter.endswith(("اي", "او")) else shorter
    return word
