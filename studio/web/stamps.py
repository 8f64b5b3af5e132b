"""A signed moment in a public form: it proves that the form was opened a little while ago, without knowing by whom."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Final

from flask import current_app

from studio.web.context import now

FIELD: Final = "opened"
SOONEST, LATEST = 3.0, 24 * 3600.0
"""Seconds: whoever types a code needs longer than the first; a page that lies open longer than the second is old."""


def stamp(purpose: str) -> str:
    """Return what a form for ``purpose`` carries in the field ``FIELD``: when it was opened, and the house's seal."""
    opened = f"{now().timestamp():.0f}"
    return f"{opened}.{_seal(purpose, opened)}"


def fits(purpose: str, sent: str) -> bool:
    """Whether a form's stamp is ours and neither too fresh nor too old."""
    opened, _, seal = sent.partition(".")
    if not opened.isascii() or not opened.isdigit():
        return False
    if not hmac.compare_digest(seal.encode(), _seal(purpose, opened).encode()):
        return False
    return SOONEST <= _age(int(opened), now()) <= LATEST


def _age(opened: int, at: datetime) -> float:
    return at.timestamp() - opened


def _seal(purpose: str, opened: str) -> str:
    key: bytes = current_app.config["KEY"]
    return hmac.new(key, f"opened|{purpose}|{opened}".encode(), "sha256").hexdigest()[:32]
