"""Characters that nobody sees but that change what is read: named for differences, so that none slips past a check."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple


class Part(NamedTuple):
    """A piece of a text; ``name`` is empty for visible text, else says which unseen character ``text`` is."""

    text: str
    name: str = ""


_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_JOINERS: Final = "\u200c\u200d"
_EMOJI_SIGNS: Final = "\ufe0e\ufe0f\u20e3"
_FLAG: Final = "\U0001f3f4"
_JOINING: Final = re.compile(
    "[\u0620-\u06ff\u0750-\u077f\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0710-\u072f\u0840-\u085f\u07ca-\u07ff\u1820-\u18aa"
    "\u0900-\u0dff\u0f00-\u0fbc\u1000-\u109f\u1780-\u17d3\ua840-\ua877\ua8e0-\ua8ff\U00011000-\U0001147f]"
)
"""Letters and marks of scripts in which ZWNJ and ZWJ change the shape of a word: Arabic, Syriac, Mongolian, Indic …"""
_NAMES: Final = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
}


def reveal(text: str) -> list[Part]:
    """Return ``text`` in parts that joined are it again; unseen characters and those that turn lines are named.

    A name is the Unicode one with its number, such as ``right-to-left override (U+202E)``. Joiners within words of
    Persian, Arabic or Indic scripts, emoji built of several signs, and variants of Han characters are left alone.
    """
    parts: list[Part] = []
    end = 0
    for found in _UNSEEN.finditer(text):
        place = found.start()
        if _belongs(text, place):
            continue
        parts += [Part(text[end:place])] if place > end else []
        parts.append(Part(found[0], _name(found[0])))
        end = found.end()
    return [*parts, Part(text[end:])] if end < len(text) else parts


def _name(letter: str) -> str:
    known = _NAMES.get(letter) or unicodedata.name(letter, "control character").lower()
    return f"{known} (U+{ord(letter):04X})"


def _belongs(text: str, place: int) -> bool:
    """Whether the character is part of correct writing where it stands."""
    letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if letter in _JOINERS:
        return _joins(letter, before, after)
    if "\ufe00" <= letter <= "\ufe0f":
        return bool(before) and (unicodedata.category(before) in ("So", "Sm", "Po", "Nd", "Sk") or _is_han(before))
    if letter >= "\U000e0100":
        return _is_han(before)
    if "\U000e0020" <= letter <= "\U000e007f":
        return _FLAG in text[max(0, place - 8) : place]
    return False


def _joins(letter: str, before: str, after: str) -> bool:
    if _JOINING.match(before or " "):
        # ZWJ may end a word to show the joined form of a letter; ZWNJ does something only between two letters.
        return letter == "\u200d" or bool(_JOINING.match(after or " "))
    sign = bool(before) and (unicodedata.category(before) in ("So", "Sk") or before in _EMOJI_SIGNS)
    return letter == "\u200d" and sign and unicodedata.category(after or " ") == "So"


def _is_han(letter: str) -> bool:
    return bool(letter) and unicodedata.name(letter, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY"))
