"""The trail's newest entry, signed and kept in a file beside the database, so that rows cut off its end are noticed."""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "trail-head"


def write(folder: Path, key: str, seq: int, entry_hash: str) -> None:
    """Keep ``seq`` and ``entry_hash`` unless the file already knows a later one; replaced in one step."""
    path = folder / NAME
    with suppress(ValueError, OSError):
        known = read(folder, key)
        if known and known[0] >= seq:
            return
    fresh = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    fresh.write_text(f"{seq} {entry_hash} {_signature(key, seq, entry_hash)}\n")
    fresh.replace(path)


def read(folder: Path, key: str) -> tuple[int, str] | None:
    """Return the number and hash that were signed, None where no file is; raise ValueError for a bad signature."""
    path = folder / NAME
    if not path.exists():
        return None
    seq, entry_hash, signature = path.read_text().split()
    if not hmac.compare_digest(signature, _signature(key, int(seq), entry_hash)):
        raise ValueError("the signed head of the trail was changed")
    return int(seq), entry_hash


def _signature(key: str, seq: int, entry_hash: str) -> str:
    return hmac.new(key.encode(), f"trail {seq} {entry_hash}".encode(), hashlib.sha256).hexdigest()
