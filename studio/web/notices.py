"""A sentence on the page after an act, without a session: the address carries the sentence's short name."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import request

from studio.core.words import N_, Message

PARAMETER: Final = "said"
_KNOWN: Final[dict[str, Message]] = {}


def notice(message: Message) -> Message:
    """Register a sentence without placeholders, at import, so that an address can only ever name our own words."""
    _KNOWN[_short(message)] = message
    return message


def with_notice(address: str, message: Message) -> str:
    """Return ``address`` with the short name of a registered ``message``."""
    short = _short(message)
    if short not in _KNOWN:
        raise LookupError(f"register this sentence with notice(): {message}")
    path, mark, fragment = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={short}{mark}{fragment}"


def said() -> Message | None:
    """Return the sentence that this request's address names, if it is one of ours."""
    return _KNOWN.get(request.args.get(PARAMETER, ""))


def _short(message: Message) -> str:
    return hashlib.sha256(message.text.encode()).hexdigest()[:8]


SAVED: Final = notice(N_("Saved."))
