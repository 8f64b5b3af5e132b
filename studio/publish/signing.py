"""Sign what is published, in the format of minisign, so that any minisign anywhere can verify it without this house.

The key is another one than that of records (``record.key``): the public half of this one stands on public pages, and a
record that is found on somebody's phone must not name the house by its key.
Source of the format: https://jedisct1.github.io/minisign/, "Signature format" and "Public key format".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from studio.core.settings import Settings
from studio.storage import keys

NAME: Final = "editions.key"
"""The file in the data folder that holds the private key, for its owner alone."""
_PUBLIC, _PREHASHED = b"Ed", b"ED"
_ID_BYTES, _SIGNATURE_BYTES = 8, 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a key as minisign knows it: eight bytes that name it, and the key itself."""

    name: bytes
    key: bytes

    @property
    def shown_name(self) -> str:
        """Return the name as minisign prints it: a number in base 16, so without zeroes in front."""
        return f"{int.from_bytes(self.name, 'little'):X}"

    @property
    def line(self) -> str:
        """Return the line that begins with RW and is given to ``minisign -P``."""
        return base64.b64encode(_PUBLIC + self.name + self.key).decode()


def house_key(settings: Settings) -> PublicKey:
    """Return the public half of the house's key for editions; the key is made when first asked for.

    Its name is made from the key itself, so that nothing but the key has to be kept.
    """
    public = keys.public_half(settings.data / NAME)
    return PublicKey(hashlib.blake2b(public, digest_size=_ID_BYTES).digest(), public)


def public_key(settings: Settings) -> str:
    """Return the text of the house's ``.pub`` file."""
    known = house_key(settings)
    return f"{_UNTRUSTED}minisign public key {known.shown_name}\n{known.line}\n"


def sign(settings: Settings, content: bytes, trusted_comment: str) -> bytes:
    """Return the text of the ``.minisig`` file of ``content``; the same for the same content and comment for ever.

    ``trusted_comment`` is one line and is signed too: say what is signed and its date, never the time of signing.
    Raise ValueError where it has more than one line.
    """
    if not trusted_comment.isprintable():
        message = "a trusted comment is one line"
        raise ValueError(message)
    known, path = house_key(settings), settings.data / NAME
    signed = keys.signature(path, hashlib.blake2b(content).digest())
    whole = keys.signature(path, signed + trusted_comment.encode())
    lines = (
        f"{_UNTRUSTED}signature from minisign secret key {known.shown_name}",
        base64.b64encode(_PREHASHED + known.name + signed).decode(),
        f"{_TRUSTED}{trusted_comment}",
        base64.b64encode(whole).decode(),
    )
    return ("\n".join(lines) + "\n").encode()


def verified(key: PublicKey, content: bytes, minisig: bytes) -> str | None:
    """Return the trusted comment of ``minisig`` where ``key`` signed it with exactly ``content``; None otherwise."""
    lines = minisig.decode("utf-8", "replace").splitlines()
    if len(lines) != _LINES or not lines[2].startswith(_TRUSTED):
        return None
    packed, whole, comment = _unpacked(lines[1]), _unpacked(lines[3]), lines[2].removeprefix(_TRUSTED)
    signed = packed[2 + _ID_BYTES :]
    if not packed.startswith(_PREHASHED + key.name) or len(signed) != _SIGNATURE_BYTES:
        return None
    fits = keys.fits(key.key, hashlib.blake2b(content).digest(), signed)
    return comment if fits and keys.fits(key.key, signed + comment.encode(), whole) else None


def _unpacked(line: str) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return b""
