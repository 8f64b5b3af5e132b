"""What somebody typed from paper, read as the copy number that they meant."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

from studio.core.ids import CODE_LETTERS

LENGTH: Final = 6
_LOOKS_LIKE: Final = str.maketrans(
    "АВЕКМНРСТХУѴЅЈԚԜΑΒΕΖΗΚΜΝΡΤΧΥϹ",
    "ABEKMHPCTXYVSJQWABEZHKMNPTXYC",
)
"""Cyrillic and Greek capitals, as the Latin ones that they look like."""
_NEVER: Final = {"0": "QD", "O": "QD", "1": "7J", "I": "J7", "L": "", "U": "V"}
"""Letters that no copy number has, and those that they may have been on paper."""
_ALIKE: Final = {"5": "S", "S": "5", "2": "Z", "Z": "2", "8": "B", "B": "8", "6": "G", "G": "6", "V": "Y", "Y": "V"}
_MOST: Final = 64


def letters(text: str) -> str:
    """Return the capital letters and figures of what was typed, of any width, script or digits, at most twelve.

    A whole address, as it stands beside the code to scan, is read too.
    """
    last = re.split(r"/check/|[?#]", text.strip())
    wide = unicodedata.normalize("NFKC", (last[1] if "/check/" in text and len(last) > 1 else last[0])).upper()
    known = "".join(str(unicodedata.decimal(char, char)) for char in wide).translate(_LOOKS_LIKE)
    return "".join(char for char in known if char.isascii() and char.isalnum())[: 2 * LENGTH]


def shown(code: str) -> str:
    """Return letters as copy numbers are printed: three, a hyphen, three."""
    return f"{code[:3]}-{code[3:]}" if code else ""


def readings(code: str) -> list[str]:
    """Return the copy numbers that ``code`` can be where letters stand in it that none has; itself where none does."""
    if len(code) != LENGTH:
        return []
    return _every([char if char in CODE_LETTERS else _NEVER.get(char, "") for char in code])


def alike(code: str) -> list[str]:
    """Return the copy numbers that one misread letter or more makes of ``code``, without itself."""
    if len(code) != LENGTH or not set(code) <= set(CODE_LETTERS):
        return []
    return [one for one in _every([char + _ALIKE.get(char, "") for char in code]) if one != shown(code)]


def _every(choices: list[str]) -> list[str]:
    found = ("".join(one) for one in product(*choices))
    return [shown(one) for one, _ in zip(found, range(_MOST), strict=False)]
