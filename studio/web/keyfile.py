"""The house's secret: from the settings, or made once into the data folder for its owner alone."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from studio.core.settings import Settings

NAME: Final = "secret.key"


def secret_key(settings: Settings) -> bytes:
    """Return the key that seals forms; the same for every process, also when several start at once."""
    text = settings.secret_key or _kept(settings.data)
    return hashlib.sha256(b"studio|" + text.encode()).digest()


def _kept(folder: Path) -> str:
    return kept_secret(folder / NAME, lambda: secrets.token_hex(32))


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the line that ``path`` holds for its owner alone; the first who asks has it made."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, make())
    return path.read_text(encoding="ascii").strip()


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
