"""The house's secret: from the settings, or made once into the data folder for its owner alone."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from studio.core.settings import Settings

NAME: Final = "secret.key"


def secret_key(settings: Settings) -> bytes:
    """Return the key that seals forms; the same for every process, also when several start at once."""
    text = settings.secret_key or _kept(settings.data)
    return hashlib.sha256(b"studio|" + text.encode()).digest()


def _kept(folder: Path) -> str:
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write the file whole and link it into place: the first of several processes wins, nobody reads half of it."""
    own = path.with_name(f".{NAME}.{secrets.token_hex(8)}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
