"""The folder that a library is exported to: what lies there, written so that a broken run leaves nothing half-made.

Three files are about the others. ``SHA256SUMS`` lists each with its checksum and, in the line before, its size; its
signature lies beside it. ``.studio-export/made-from`` says of each part of the library what it was made from, and
``.studio-export/unfinished`` is there while a run works, or after one was broken: then nothing is believed unseen.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from studio.core.errors import Conflict, StudioError
from studio.core.words import Message

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = f"{SUMS}.minisig"
OWN: Final = ".studio-export"
_MADE_FROM: Final = f"{OWN}/made-from"
_UNFINISHED: Final = f"{OWN}/unfinished"
_FORMAT: Final = 1
_HEAD: Final = "# "
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DiskFull(StudioError):
    """There is no room for the rest of the library."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the folder: checksum and size in bytes."""

    sha256: str
    size: int


@dataclass(slots=True)
class Folder:
    """The folder ``root``; ``entries`` is what lies there after this run, ``before`` what lay there before it."""

    root: Path
    before: dict[str, Entry] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    made_from: dict[str, str] = field(default_factory=dict)
    unsure: bool = False
    """Whether every file is looked at before it is believed: after a broken run, or when somebody asks for it."""

    written: int = 0
    removed: int = 0
    _groups: dict[str, list[str]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _begun: bool = False

    def keep(self, groups: Iterable[str]) -> bool:
        """Take the files of ``groups`` over as they lie there; False where any group has none, or one is damaged."""
        found = [self._groups.get(group, []) for group in groups]
        if not all(found) or (self.unsure and any(self.read(path) is None for paths in found for path in paths)):
            return False
        for paths in found:
            for path in paths:
                self.entries[path] = self.before[path]
        return True

    def put(self, path: str, content: bytes) -> None:
        """Have ``content`` at ``path``, which is written unless it lies there already."""
        entry = Entry(hashlib.sha256(content).hexdigest(), len(content))
        there = _bytes_of(self.root / path) == content if self.unsure else self.before.get(path) == entry
        if not there:
            self._write(path, content)
            self.written += 1
        self.entries[path] = entry

    def put_kept(self, path: str, entry: Entry, read: Callable[[], bytes]) -> None:
        """Have at ``path`` what ``read`` returns, of which ``entry`` is known to be true; it is read where it lacks."""
        if self.unsure:
            self.put(path, read())
        elif self.before.get(path) != entry:
            self._write(path, read())
            self.written += 1
        self.entries[path] = entry

    def read(self, path: str) -> bytes | None:
        """Return what lies at ``path``; None where it is not what an earlier run wrote."""
        entry = self.before.get(path)
        try:
            content = (self.root / path).read_bytes() if entry else b""
        except OSError:
            return None
        return content if entry and hashlib.sha256(content).hexdigest() == entry.sha256 else None

    def files(self, group: str) -> list[str]:
        """Return the paths that lay in a group before this run."""
        return self._groups.get(group, [])

    def drop(self, wanted: set[str]) -> None:
        """Remove the files of every text that is not among ``wanted``: what was taken down goes before all else."""
        for group, paths in self._groups.items():
            if group not in wanted and _is_text(group):
                self._remove(paths)

    def finish(self, sums: bytes, signature: bytes) -> None:
        """Remove what is of no use any more, and write what is known of the folder as the last thing."""
        self._remove([path for path in self.before if path not in self.entries])
        if self.unsure:
            self._remove(list(self._strays()))
        state = json.dumps({"format": _FORMAT, "parts": self.made_from}, sort_keys=True, indent=0).encode()
        for path, content in ((_MADE_FROM, state), (SUMS, sums), (SIGNATURE, signature)):
            if _bytes_of(self.root / path) != content:
                self._write(path, content)
        if self._begun:
            (self.root / _UNFINISHED).unlink(missing_ok=True)

    def _write(self, path: str, content: bytes) -> None:
        self._begin()
        folder, _, name = f"{self.root}/{path}".rpartition("/")
        self._folder(folder)
        half = f"{folder}/.{name[:80]}.half"
        try:
            with open(half, "wb", buffering=0) as file:  # noqa: PTH123 - a library has many files
                left = memoryview(content)
                while left:
                    left = left[file.write(left) :]
            os.replace(half, f"{folder}/{name}")  # noqa: PTH105 - as above
        except OSError as problem:
            Path(half).unlink(missing_ok=True)
            raise (DiskFull(_full_words(self.written)) if problem.errno in _FULL else problem) from problem

    def _strays(self) -> Iterable[str]:
        """Yield every file that this run does not know, but for the folder's own."""
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            own = name in (SUMS, SIGNATURE) or name.startswith(f"{OWN}/")
            if not own and name not in self.entries and path.is_file():
                yield name

    def _folder(self, path: str) -> None:
        if path not in self._known:
            os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above
            self._known.add(path)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._folder(f"{self.root}/{OWN}")
            (self.root / _UNFINISHED).write_bytes(b"")

    def _remove(self, paths: Iterable[str]) -> None:
        folders = set[Path]()
        for path in paths:
            self._begin()
            target = self.root / path
            target.unlink(missing_ok=True)
            self.removed += 1
            folders.update(target.parents)
        emptied = [one for one in folders if self.root in one.parents]
        for folder in sorted(emptied, key=lambda one: len(one.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                self._known.discard(str(folder))


def _full_words(written: int) -> Message:
    return Message(
        "There is no room left for the library: {n} files are new, and nothing that was there is lost. "
        "Make room and run the same command again; it goes on from here.",
        {"n": written},
    )


def open_folder(root: Path, *, believe: bool = True) -> Folder:
    """Return the folder at ``root``, made where there is none.

    Where an earlier run was broken, or with ``believe`` off, each file is read, and whatever is not as it should be is
    written again. Raise Conflict for a folder with something else in it.
    """
    if root.exists() and not root.is_dir():
        raise Conflict(Message("{folder} is a file; name a folder.", {"folder": root}))
    sums, state = root / SUMS, root / _MADE_FROM
    ours = (root / OWN).is_dir()
    if not ours and root.is_dir() and any(root.iterdir()):
        words = "There is something else in {folder}. Name an empty folder, or one that was exported before."
        raise Conflict(Message(words, {"folder": root}))
    before = read_sums(_bytes_of(sums) or b"")
    unsure = ours and (not believe or (root / _UNFINISHED).exists())
    return Folder(root, before, made_from=_parts(_bytes_of(state) or b""), unsure=unsure, _groups=_grouped(before))


def sums_of(entries: dict[str, Entry], head: Iterable[str]) -> bytes:
    """Return the list of all files as ``sha256sum -c`` reads it: the line before each is a comment with its size."""
    lines = [f"{_HEAD}{line}\n" for line in head]
    lines += [f"#{entries[path].size}\n{entries[path].sha256}  {path}\n" for path in sorted(entries)]
    return "".join(lines).encode()


def read_sums(content: bytes) -> dict[str, Entry]:
    """Return the files of a list; nothing where it is none."""
    found: dict[str, Entry] = {}
    size = -1
    try:
        for line in content.decode().split("\n"):
            if line.startswith("#"):
                size = int(line[1:]) if line[1:2].isdecimal() else -1
            elif line and size >= 0:
                found[line[66:]] = Entry(line[:64], size)
    except ValueError:
        return {}
    return found


def group_of(path: str) -> str:
    """Return the part of the library that a file belongs to: the folder of a text, a piece of the search, or itself."""
    parts = path.split("/", 4)
    match parts:
        case ["n", *_]:
            return "/".join(parts[:3])
        case ["search", _, part, _] if part != "text":
            return "/".join(parts[:3])
        case ["static", *_] | ["media", *_] | ["search", *_]:
            return path
        case [_, "topics", _, *_] | [_, "collections", _, *_]:
            return "/".join(parts[:3])
        case [_, _, _, *_]:
            return "/".join(parts[:2])
    return path


def _is_text(group: str) -> bool:
    parts = group.split("/")
    match parts:
        case ["search", _, "text", _]:
            return True
        case ["n", code, name]:
            return code != "media" and "." not in name and name != "about"
        case [_, name]:
            return "." not in name and name not in ("trust", "topics") and parts[0] not in ("static", "media", "search")
    return False


def _grouped(entries: Iterable[str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in entries:
        groups[group_of(path)].append(path)
    return dict(groups)


def _parts(content: bytes) -> dict[str, str]:
    try:
        state = json.loads(content)
    except ValueError:
        return {}
    return dict(state["parts"]) if isinstance(state, dict) and state.get("format") == _FORMAT else {}


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
