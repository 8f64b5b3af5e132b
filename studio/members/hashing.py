"""argon2id, a few at a time: each takes 32 MiB for a moment, and an unknown name takes as long as a known one."""

from __future__ import annotations

import threading
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from studio.core.errors import TooOften
from studio.core.ids import new_token
from studio.core.words import N_
from studio.members.rules import passphrases

AT_ONCE: Final = 2
PATIENCE: Final = 15
"""Seconds that a request waits for its turn."""

_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)


def hashed(passphrase: str) -> str:
    """Return the argon2id hash of ``passphrase`` as ``typed`` makes it alike. To be called outside transactions."""
    with _Turn():
        return _hasher.hash(_bounded(passphrase))


def fits(stored: str | None, passphrase: str) -> bool:
    """Whether ``passphrase`` is the one of ``stored``; with None it takes as long and is never right."""
    with _Turn():
        try:
            _hasher.verify(stored or _nobody(), _bounded(passphrase))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return stored is not None


class _Turn:
    """One of the few places where a hash is worked out."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=PATIENCE):
            raise TooOften(N_("Many people are coming in just now. Please try again in a moment."), PATIENCE)

    def __exit__(self, *_: object) -> None:
        _turns.release()


def _bounded(passphrase: str) -> str:
    return passphrases.typed(passphrase[: 4 * passphrases.LONGEST])


@cache
def _nobody() -> str:
    """Return the hash of a passphrase that nobody has."""
    return _hasher.hash(new_token())
