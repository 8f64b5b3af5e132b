"""Secrets of the house and its signing keys: files in the data folder for its owner alone, and Ed25519 made of them."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SEED_BYTES: Final = 32


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the line that ``path`` holds for its owner alone; the first who asks has it made."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, make())
    return path.read_text(encoding="ascii").strip()


def signature(path: Path, data: bytes) -> bytes:
    """Return the 64 bytes with which the key in ``path`` signs ``data``; the key is made when first asked for."""
    return _key(path).sign(data)


def public_half(path: Path) -> bytes:
    """Return the 32 bytes of the public half of the key in ``path``; the key is made when first asked for."""
    return _key(path).public_key().public_bytes_raw()


def fits(public: bytes, data: bytes, signed: bytes) -> bool:
    """Whether ``signed`` was made of exactly ``data`` by the private half of ``public``; never raises."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - megabytes that few requests need
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - the same

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signed, data)
    except (ValueError, InvalidSignature):
        return False
    return True


def _key(path: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    seed = kept_secret(path, lambda: secrets.token_hex(_SEED_BYTES))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _write_once(path: Path, line: str) -> None:
    """Write the file whole and link it into place: the first of several processes wins, nobody reads half of it."""
    own = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
