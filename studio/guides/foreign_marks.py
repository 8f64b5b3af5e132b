"""Marks of emphasis in foreign Markdown that its own renderer forgave: set where ours sees them."""

from __future__ import annotations

import re
from typing import Final

_ASIDE: Final = re.compile(r"(?:(?<=\n\n)|\A)\* ([^*\n]+?) ?\*[ \t]*(?=\n\n|\n?\Z)")
"""A paragraph between asterisks that would be read as the item of a list."""
_STRONG: Final = re.compile(r"(?<!\*)\*\*(?!\*)")


def tight_emphasis(text: str) -> str:
    """Return ``text`` with ``** words **`` as ``**words**``, and ``* a paragraph *`` as ``*a paragraph*``."""
    return "\n".join(_line(line) for line in _ASIDE.sub(r"*\1*", text).split("\n"))


def _line(line: str) -> str:
    """Take marks two by two; a line with an odd one is left alone, for nobody knows which it is."""
    parts = _STRONG.split(line)
    if len(parts) % 2 == 0:
        return line
    for number in range(1, len(parts), 2):
        words = parts[number]
        inside = words.strip(" \t")
        if not inside:
            return line
        before, after = words[: len(words) - len(words.lstrip(" \t"))], words[len(words.rstrip(" \t")) :]
        ends = not parts[number - 1] or parts[number - 1][-1].isspace()
        parts[number - 1] += "" if ends else before
        starts = not parts[number + 1] or parts[number + 1][0].isspace()
        parts[number + 1] = ("" if starts else after) + parts[number + 1]
        parts[number] = inside
    return "".join(part if not number % 2 else f"**{part}**" for number, part in enumerate(parts))
