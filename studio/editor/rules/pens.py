"""Pens: the numbers under which a page of the live editor writes, each with a token of the house."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

LEAST: Final = 2**26
"""Smaller numbers are the house's own."""
BOUND: Final = 2**32
DIGITS: Final = 32


def make_pen(key: bytes, text: str, member: str) -> tuple[int, str]:
    """Return a number that nobody could foresee, and the token that shows whose it is and for which text."""
    number = LEAST + secrets.randbelow(BOUND - LEAST)
    return number, _token(key, text, member, number)


def is_pen(key: bytes, text: str, member: str, number: int, token: str) -> bool:
    """Whether the house gave this number to ``member`` for ``text``."""
    right = _token(key, text, member, number)
    return LEAST <= number < BOUND and hmac.compare_digest(right.encode(), token.encode())


def _token(key: bytes, text: str, member: str, number: int) -> str:
    return hmac.new(key, f"pen|{text}|{member}|{number}".encode(), "sha256").hexdigest()[:DIGITS]
