"""Opaque ids, tokens and copy numbers; none of them tells when or by whom a thing was made."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u, so that nothing is misread or spells a word."""
_LENGTH = 20

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Return 20 random characters (100 bits), the primary key of any row."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of an id, so that what a form sends back can be one."""
    return len(text) == _LENGTH and set(text) <= set(_ALPHABET)


def new_token() -> str:
    """Return a secret of 160 bits for a link or a cookie; only its hash is stored."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(32))


def token_hash(token: str) -> str:
    """Return the SHA-256 of a random token; a token of 160 bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_copy_number() -> str:
    """Return a copy number such as ``K7M-2QX``, printed in PDFs and typed by readers."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"
