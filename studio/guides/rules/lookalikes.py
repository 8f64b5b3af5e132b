"""What the eye is deceived by: characters that nobody sees, and letters of one script that look like another's."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NamedTuple

from studio.members.rules.names import like, look
from studio.rendering.invisible import reveal

TWIN_DIGIT: Final = "letter O, not a zero"
_WORD: Final = re.compile(r"[^\W_]+")
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK")
_SHARED: Final = frozenset("aceijlopsxyABCEHIJKMOPSTXY")
"""Latin letters whose shapes Cyrillic and Greek have too."""
_LETTER_IN_NUMBER: Final = re.compile(r"[OoОоΟο](?:(?<=\d.)(?=[\dOoОоΟο]|\b)|(?<!\w.)(?=[.,]?\d))")


class Seen(NamedTuple):
    """A piece of a text. ``name``: what a reader has to be told of it; ``twin``: it is seen, but as something else."""

    text: str
    name: str = ""
    twin: bool = False


def seen(text: str) -> list[Seen]:
    """Return ``text`` in parts that joined are it again; what is unseen or looks like something else has a name."""
    parts = list[Seen]()
    for text_part, name in reveal(text):
        parts += [Seen(text_part, name)] if name else _with_twins(text_part)
    return parts


def unseen(text: str) -> list[str]:
    """Return the names of the characters in ``text`` that nobody sees."""
    return [name for _, name in reveal(text) if name]


def twins(text: str) -> list[str]:
    """Return the words of ``text`` in which a letter stands for another one that it looks like."""
    places = [start for start, _, _ in _marks(text)]
    if not places:
        return []
    return [found[0] for found in _WORD.finditer(text) if any(found.start() <= one < found.end() for one in places)]


def pass_for(one: str, two: str) -> bool:
    """Whether two different words look like one another; capitals and vowel marks make no difference here."""
    if one.isascii() and two.isascii() and len(one) == len(two) and not (set(one + two) & set("01lI")):
        return False
    return bool(one and two) and _letters(one) != _letters(two) and _look(one) == _look(two)


def same_letters(one: str, two: str) -> bool:
    """Whether two different strings are the same letters, stored in another way."""
    return one != two and unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", two)


_look: Final = lru_cache(maxsize=4096)(look)


@lru_cache(maxsize=4096)
def _letters(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if unicodedata.category(char)[0] in "LN" and char != "ـ")


def _with_twins(text: str) -> list[Seen]:
    parts, end = list[Seen](), 0
    for start, stop, name in _marks(text):
        parts += [Seen(text[end:start])] if start > end else []
        parts.append(Seen(text[start:stop], name, twin=True))
        end = stop
    return [*parts, Seen(text[end:])] if end < len(text) else parts


def _marks(text: str) -> list[tuple[int, int, str]]:
    if text.isascii() and not _LETTER_IN_NUMBER.search(text):
        return []
    found = [(*match.span(), TWIN_DIGIT) for match in _LETTER_IN_NUMBER.finditer(text)]
    for word in _WORD.finditer(text):
        if not word[0].isascii():
            found += _foreign(word[0], word.start())
    return sorted(found)


def _foreign(word: str, at: int) -> list[tuple[int, int, str]]:
    """Return the runs of letters in a word that are of another script than most, if all of them look like its own."""
    scripts = [_script(char) for char in word]
    there = {one: scripts.count(one) for one in _SCRIPTS if one in scripts}
    if len(there) < 2:  # noqa: PLR2004 - one script is as it should be
        return []
    own = max(there, key=lambda one: (there[one], one == "LATIN"))
    strange = [place for place, script in enumerate(scripts) if script and script != own]
    if not all(_passes_for(word[place], own) for place in strange):
        return []
    return [(at + place, at + place + 1, scripts[place].capitalize()) for place in strange]


def _passes_for(letter: str, own: str) -> bool:
    twin = like(letter)
    return twin.isascii() and (own == "LATIN" or twin in _SHARED)


@cache
def _script(char: str) -> str:
    first = unicodedata.name(char, "").partition(" ")[0]
    return first if first in _SCRIPTS else ""
