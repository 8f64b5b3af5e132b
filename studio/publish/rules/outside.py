"""What stands outside: whether a name that is to tell nothing shares a word with what the text is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_SHORT: Final = 4
"""Words of fewer letters are too common to tell anything."""
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,}")


def tells(neutral: str, title: str, topics: Iterable[str]) -> bool:
    """Whether ``neutral`` shares a word of four letters or more, or two ideographs in a row, with the other names."""
    return not _telling(neutral).isdisjoint(_telling(" ".join((title, *topics))))


def _telling(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    runs = _IDEOGRAPHS.findall(folded)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    words = re.findall(r"[^\W\d_]+", _IDEOGRAPHS.sub(" ", folded))
    return pairs | {word for word in words if len(word) >= _SHORT}
