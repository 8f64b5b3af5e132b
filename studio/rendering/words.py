"""A text as words: for differences and merging. Each Han, kana or hangul character is a word of its own."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache

SINGLE = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
"""Characters that are each a word of their own, as the inside of a character class."""
_JOINER, _NONJOINER, _EMOJI_LOOK = "\u200d", "\u200c", "\ufe0f"


def tokens(text: str) -> list[str]:
    """Return the words, runs of white space and single signs of ``text``; joined they are ``text`` again.

    Combining marks stay with their letter, and an emoji made of several code points stays whole.
    """
    return _pattern().findall(text)


@cache
def _pattern() -> re.Pattern[str]:
    marks = ranges(code for code in range(0x20000) if unicodedata.category(chr(code)).startswith("M"))
    signs = ranges(code for code in range(0x2000, 0x20000) if unicodedata.category(chr(code)) in ("So", "Sk"))
    flags = "\U0001f1e6-\U0001f1ff"
    return re.compile(
        # Most of a text is plain words, single spaces and signs: they need none of the large classes below.
        r"[A-Za-z0-9_]++(?![^\x00-\x7f])| (?=[!-~])|[!-/:-@\[-^`{-~]"
        rf"|[{flags}]{{2}}"
        rf"|[{signs}](?:[{marks}{_EMOJI_LOOK}\U0001f3fb-\U0001f3ff]|{_JOINER}[{signs}\u2640\u2642])*"
        rf"|[{SINGLE}][{marks}]*"
        rf"|(?:[^\W{SINGLE}]++|(?![{SINGLE}])[{marks}{_NONJOINER}{_JOINER}])++"
        r"|\n+|[^\S\n]+|.",
        re.DOTALL,
    )


def ranges(codes: Iterable[int]) -> str:
    """Return ``codes``, which rise, as the inside of a character class."""
    parts, start, last = list[str](), -2, -2
    for code in [*codes, sys.maxunicode + 2]:
        if code == last + 1:
            last = code
            continue
        if start >= 0:
            parts.append(f"{re.escape(chr(start))}-{re.escape(chr(last))}")
        start = last = code
    return "".join(parts)
