"""A signed time stamp in a reader's form: proof of a pause before sending, without knowing who sends."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final

from studio.core.ids import CODE_LETTERS

LIFE: Final = timedelta(hours=24)
"""How long a form can be open before it is sent."""
QUICKEST: Final = 5
"""Seconds that nobody needs less of to read the form and choose an answer."""
STEPS: Final = ((20, QUICKEST), (60, 30), (150, 120), (400, 600))
"""So many messages in an hour from everybody together → seconds that a form must have been open. Beyond: none."""
_GROUP, _GROUPS = 4, 3


def seal(key: bytes, *parts: str) -> str:
    """Return a keyed hash of ``parts`` as 64 hexadecimal characters."""
    return hmac.new(key, "|".join(("answers", *parts)).encode(), "sha256").hexdigest()


def stamp(key: bytes, about: str, now: datetime, nonce: str) -> str:
    """Return the stamp of a form about ``about``, opened at ``now``; ``nonce`` makes it one of its own."""
    seconds = str(int(now.timestamp()))
    return ".".join((seconds, nonce, seal(key, "stamp", about, seconds, nonce)))


def opened_at(key: bytes, about: str, given: str) -> datetime | None:
    """Return when the form with the stamp ``given`` was opened; None for one that is not ours, or not about this."""
    seconds, _, rest = given.partition(".")
    nonce, _, sealed = rest.partition(".")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):  # noqa: PLR2004 - seconds of 30,000 years
        return None
    if not hmac.compare_digest(sealed.encode(), seal(key, "stamp", about, seconds, nonce).encode()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def pause(so_many: int) -> int | None:
    """Return the seconds for which a form must have been open when ``so_many`` came in this hour; None: no more now."""
    return next((seconds for most, seconds in STEPS if so_many < most), None)


def code_of(key: bytes, given: str) -> str:
    """Return the return code that belongs to the stamp ``given``, such as ``K7M2-QXAB-9CDE`` (58 bits)."""
    number, letters = int(seal(key, "code", given), 16), ""
    for _ in range(_GROUP * _GROUPS):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[rest]
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def code_hash(key: bytes, typed: str) -> str:
    """Return the keyed hash by which a return code is known, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return seal(key, "return", letters)
