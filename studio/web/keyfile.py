"""The house's secret: from the settings, or made once into the data folder for its owner alone."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Final

from studio.core.settings import Settings
from studio.storage.keys import kept_secret

NAME: Final = "secret.key"


def secret_key(settings: Settings) -> bytes:
    """Return the key that seals forms; the same for every process, also when several start at once."""
    text = settings.secret_key or _kept(settings.data)
    return hashlib.sha256(b"studio|" + text.encode()).digest()


def _kept(folder: Path) -> str:
    return kept_secret(folder / NAME, lambda: secrets.token_hex(32))
