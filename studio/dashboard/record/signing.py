"""Sign records with a key of the house, so that whoever knows the key's mark sees that a file was not changed."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from studio.web.keyfile import kept_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME: Final = "record.key"
"""The file in the data folder that holds the private key, for its owner alone."""
_BYTES: Final = 32
_MARK_LETTERS, _GROUP = 24, 4


def sign(folder: Path, data: bytes) -> str:
    """Return the signature of ``data`` by the key of the house in ``folder``, as hexadecimal figures."""
    return _key(folder).sign(data).hex()


def public_key(folder: Path) -> str:
    """Return the public half of the house's key, as hexadecimal figures; the key is made when first asked for."""
    return _key(folder).public_key().public_bytes_raw().hex()


def is_signed(key: str, data: bytes, signature: str) -> bool:
    """Whether ``signature`` was made of exactly ``data`` by the private half of ``key``; never raises."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - megabytes that few records need
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - the same

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), data)
    except (ValueError, InvalidSignature):
        return False
    return True


def mark(key: str) -> str:
    """Return what people compare instead of a key: groups of letters and figures, made from its SHA-256."""
    letters = hashlib.sha256(key.encode()).hexdigest()[:_MARK_LETTERS].upper()
    return "-".join(letters[start : start + _GROUP] for start in range(0, _MARK_LETTERS, _GROUP))


def _key(folder: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    seed = kept_secret(folder / NAME, lambda: secrets.token_hex(_BYTES))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
