"""Sign records with a key of the house, so that whoever knows the key's mark sees that a file was not changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from studio.storage import keys

NAME: Final = "record.key"
"""The file in the data folder that holds the private key, for its owner alone."""
_MARK_LETTERS, _GROUP = 24, 4


def sign(folder: Path, data: bytes) -> str:
    """Return the signature of ``data`` by the key of the house in ``folder``, as hexadecimal figures."""
    return keys.signature(folder / NAME, data).hex()


def public_key(folder: Path) -> str:
    """Return the public half of the house's key, as hexadecimal figures; the key is made when first asked for."""
    return keys.public_half(folder / NAME).hex()


def is_signed(key: str, data: bytes, signature: str) -> bool:
    """Whether ``signature`` was made of exactly ``data`` by the private half of ``key``; never raises."""
    try:
        return keys.fits(bytes.fromhex(key), data, bytes.fromhex(signature))
    except ValueError:
        return False


def mark(key: str) -> str:
    """Return what people compare instead of a key: groups of letters and figures, made from its SHA-256."""
    letters = hashlib.sha256(key.encode()).hexdigest()[:_MARK_LETTERS].upper()
    return "-".join(letters[start : start + _GROUP] for start in range(0, _MARK_LETTERS, _GROUP))
