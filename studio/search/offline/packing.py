"""Numbers as short words, and pieces of the index as scripts that hand themselves over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final
from zlib import crc32

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Signs for 0 to 63; the lower five bits of each are the number's, the sixth says that more follow."""
_HALF: Final = 32
_KNOWN: Final = 4096


def _packed(number: int) -> str:
    signs = ""
    while number >= _HALF:
        signs += ALPHABET[_HALF + number % _HALF]
        number //= _HALF
    return signs + ALPHABET[number]


_SIGNS: Final = tuple(_packed(number) for number in range(_KNOWN))


def packed(numbers: Iterable[int]) -> str:
    """Return ``numbers``, each 0 or more, as signs one after the other: up to 31 is one sign, up to 1,023 two."""
    return "".join([_SIGNS[number] if number < _KNOWN else _packed(number) for number in numbers])


def script(name: str, content: object) -> bytes:
    """Return a script that hands ``content`` over under ``name``; equal content gives equal bytes."""
    return f"studioSearch({json.dumps(name)},{compact(content)})\n".encode()


def content(body: bytes) -> object:
    """Return what ``script`` was made of."""
    text = body.decode()
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def compact(value: object) -> str:
    """Return JSON without blanks, with sorted names and letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def place(key: str, places: int) -> int:
    """Return in which of ``places`` something with the name ``key`` is kept, the same for ever."""
    return crc32(key.encode()) % places
