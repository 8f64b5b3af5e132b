"""The store of derived files: each under the SHA-256 of its bytes, written in one step."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

FOLDER: Final = "artifacts"


def sweep(data: Path, before: datetime) -> None:
    """Remove what processes that were killed left half-made in the data folder before ``before``."""
    for path in (*data.glob("derive-*"), *data.glob("preview-*"), *data.glob(f"{FOLDER}/*/*.*")):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


class Store:
    """Files by hash below ``<data>/artifacts``; they can be deleted and derived again at any moment."""

    def __init__(self, data: Path) -> None:
        """Use the data folder ``data``."""
        self._root = data / FOLDER

    def put(self, content: bytes) -> str:
        """Keep ``content`` and return its SHA-256; the bytes are on the disk before the name is."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of ``digest``; None where the file is gone or no longer what its name says."""
        try:
            content = self._path(digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def remove(self, digests: Iterable[str]) -> None:
        """Remove files, where they are there; the caller knows that nothing refers to them."""
        for digest in digests:
            with contextlib.suppress(OSError):
                self._path(digest).unlink()

    def older_than(self, before: datetime) -> set[str]:
        """Return the names of the files that were written before ``before``."""
        found = set[str]()
        for path in self._root.glob("*/*"):
            with contextlib.suppress(OSError):
                if not path.suffix and path.stat().st_mtime < before.timestamp():
                    found.add(path.name)
        return found

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest
