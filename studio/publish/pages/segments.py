"""Cuts a source into plain words and the web addresses in it."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”«»（）、。]+")
_TRAILING: Final = ".,;:!?)]}'»”"


def with_addresses(text: str) -> list[tuple[str, str]]:
    """Return ``text`` as (words, address) pieces in order; the address is empty for plain words."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_TRAILING)
        if match.start() > end:
            pieces.append((text[end : match.start()], ""))
        pieces.append((address, address))
        end = match.start() + len(address)
    if end < len(text):
        pieces.append((text[end:], ""))
    return pieces
