"""The one small file that says which files are the index; whatever it does not name is not part of it."""

from __future__ import annotations

import fcntl
import json
import secrets
import shutil
import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.search.entries import ANALYSIS, IndexBroken

_NAME: Final = "manifest.json"
_LOCK: Final = "lock"
_PAUSE: Final = 0.05
_TRIES: Final = 5
_SMALL: Final = 4_000_000
LAYOUT: Final = 2
"""Raised whenever the files are written otherwise, so that an older index is made anew."""


class IndexBusy(Exception):
    """Another process has been writing for longer than one waits; try again later."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A state of the index: its folder, its generation, and the size and checksum of each of its files."""

    folder: str
    generation: str
    files: Mapping[str, tuple[int, int]]


@dataclass(slots=True)
class Loaded:
    """The bytes of the files of one state, as they were checked."""

    manifest: Manifest
    content: dict[str, bytes]


def stamp(root: Path) -> tuple[int, int, int]:
    """Return what changes whenever the manifest does, at the price of one look at the disk."""
    try:
        status = (root / _NAME).stat()
    except OSError as error:
        raise IndexBroken(f"There is no search index in {root.name}.") from error
    return status.st_mtime_ns, status.st_ino, status.st_size


def read(root: Path) -> Manifest:
    """Return the manifest in ``root``."""
    try:
        said = json.loads((root / _NAME).read_text("utf-8"))
        if said["analysis"] != ANALYSIS or said.get("layout") != LAYOUT:
            raise IndexBroken("The search index was made by another version.")
        files = {str(name): (int(size), int(check)) for name, (size, check) in said["files"].items()}
        return Manifest(str(said["folder"]), str(said["generation"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexBroken("The list of the search index's files cannot be read.") from error


def write(root: Path, folder: str, without: Collection[str], before: Manifest | None = None) -> None:
    """Make all files of ``folder`` but those in ``without`` the index, in one step.

    Files that ``before`` names are never written to again, so that what it says of them stays true.
    """
    known = before.files if before else {}
    names = sorted(path.name for path in (root / folder).iterdir() if path.is_file() and path.name not in without)
    files = {name: known.get(name) or _measure((root / folder / name).read_bytes()) for name in names}
    said = {
        "analysis": ANALYSIS,
        "layout": LAYOUT,
        "folder": folder,
        "generation": secrets.token_hex(8),
        "files": files,
    }
    fresh = root / (_NAME + ".new")
    fresh.write_text(json.dumps(said), "utf-8")
    fresh.replace(root / _NAME)


def load(root: Path, before: Loaded | None = None) -> Loaded:
    """Return the checked bytes of the index in ``root``; files known from ``before`` are not read again."""
    for _ in range(_TRIES):
        manifest = read(root)
        try:
            return Loaded(manifest, {name: _checked(root, manifest, name, before) for name in manifest.files})
        except IndexBroken:
            if read(root).generation == manifest.generation:
                raise
    raise IndexBroken("The search index changes faster than it can be read.")


def _checked(root: Path, manifest: Manifest, name: str, before: Loaded | None) -> bytes:
    """Return the bytes of one file, or refuse those that are not what was written."""
    same = (
        before and before.manifest.folder == manifest.folder and before.manifest.files.get(name) == manifest.files[name]
    )
    if before and same:
        return before.content[name]
    try:
        content = (root / manifest.folder / name).read_bytes()
    except OSError as error:
        raise IndexBroken(f"The file {name} of the search index is missing.") from error
    if _measure(content) != manifest.files[name]:
        raise IndexBroken(f"The file {name} of the search index is damaged.")
    return content


def inspect(root: Path) -> Manifest:
    """Return the manifest after a look at all its files, and a thorough one at those that a write reads through."""
    manifest = read(root)
    for name, (size, _) in manifest.files.items():
        path = root / manifest.folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexBroken(f"The file {name} of the search index is missing or cut.")
        if size <= _SMALL:
            _checked(root, manifest, name, None)
    return manifest


def tidy(root: Path, manifest: Manifest) -> None:
    """Remove all that no state needs any more: older folders, and files of writes that did not end."""
    older = [path for path in root.iterdir() if path.is_dir() and path.name != manifest.folder]
    for path in [*older, *(path for path in (root / manifest.folder).iterdir() if path.name not in manifest.files)]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def writing(root: Path, wait: float) -> Iterator[None]:
    """Hold the right to write in ``root``; after ``wait`` seconds without it raise ``IndexBusy``."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    end = time.monotonic() + wait
    with (root / _LOCK).open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise IndexBusy("Another process is writing the search index.") from None
                time.sleep(_PAUSE)
        yield


def _measure(content: bytes) -> tuple[int, int]:
    """Return size and checksum of a file's bytes."""
    return len(content), zlib.crc32(content)
