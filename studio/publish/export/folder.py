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
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from studio.core.errors import Conflict, StudioError
from studio.core.words import Message
from studio.publish.export import sums
from studio.publish.export.sums import Block, Entry

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = f"{SUMS}.minisig"
OWN: Final = ".studio-export"
_MADE_FROM: Final = f"{OWN}/made-from"
_UNFINISHED: Final = f"{OWN}/unfinished"
_FORMAT: Final = 2
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DiskFull(StudioError):
    """There is no room for the rest of the library."""


@dataclass(slots=True)
class Folder:
    """The folder ``root``: what lay there before this run, part by part, and what lies there after it.

    ``made_from`` says of each part what it was made from, before this run and, once it was set anew, after it.
    """

    root: Path
    made_from: dict[str, str] = field(default_factory=dict)
    unsure: bool = False
    """Whether every file is looked at before it is believed: after a broken run, or when somebody asks for it."""

    written: int = 0
    removed: int = 0
    _before: dict[str, Block] = field(default_factory=dict)
    _sums: bytes = b""
    _read: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _kept: dict[str, Block] = field(default_factory=dict)
    _fresh: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _begun: bool = False

    @property
    def files(self) -> int:
        """How many files lie there after this run."""
        return sum([block.files for block in self._kept.values()]) + sum(map(len, self._fresh.values()))

    @property
    def size(self) -> int:
        """How many bytes they have."""
        fresh = sum(entry.size for entries in self._fresh.values() for entry in entries.values())
        return fresh + sum([block.size for block in self._kept.values()])

    def keep(self, groups: Collection[str]) -> bool:
        """Take whole parts over as they lie there; False where any has no file, or one is damaged."""
        groups = [group for group in groups if group not in self._fresh]
        if any(group not in self._before for group in groups):
            return False
        if self.unsure and any(self.read(path) is None for group in groups for path in self.group(group)):
            return False
        for group in groups:
            self._kept[group] = self._before[group]
        return True

    def keep_file(self, path: str) -> bool:
        """Take one file over as it lies there; False where it is not there, or damaged."""
        entry = self._old(path)
        if entry is None or (self.unsure and self.read(path) is None):
            return False
        self._note(path, entry)
        return True

    def has(self, path: str) -> bool:
        """Whether this run has put or kept a file already."""
        group = group_of(path)
        return group in self._kept or path in self._fresh.get(group, ())

    def put(self, path: str, content: bytes) -> None:
        """Have ``content`` at ``path``, which is written unless it lies there already."""
        entry = Entry(hashlib.sha256(content).hexdigest(), len(content))
        there = _bytes_of(self.root / path) == content if self.unsure else self._old(path) == entry
        if not there:
            self._write(path, content)
            self.written += 1
        self._note(path, entry)

    def put_kept(self, path: str, entry: Entry, read: Callable[[], bytes]) -> None:
        """Have at ``path`` what ``read`` returns, of which ``entry`` is known to be true; it is read where it lacks."""
        if self.unsure:
            self.put(path, read())
        elif self._old(path) != entry:
            self._write(path, read())
            self.written += 1
        self._note(path, entry)

    def read(self, path: str) -> bytes | None:
        """Return what lies at ``path``; None where it is not what an earlier run wrote."""
        entry = self._old(path)
        try:
            content = (self.root / path).read_bytes() if entry else b""
        except OSError:
            return None
        return content if entry and hashlib.sha256(content).hexdigest() == entry.sha256 else None

    def parts(self, beginning: str) -> list[str]:
        """Return the parts that lay there before this run whose names begin so."""
        return [group for group in self._before if group.startswith(beginning)]

    def group(self, group: str) -> Iterable[str]:
        """Return the paths that lay in a part before this run."""
        return self._entries(group)

    def drop(self, wanted: set[str]) -> None:
        """Remove the files of every text that is not among ``wanted``: what was taken down goes before all else."""
        for group in self._before:
            if group not in wanted and _is_text(group):
                self._remove(self._entries(group))

    def finish(self, head: Sequence[str], sign: Callable[[bytes], bytes]) -> None:
        """Remove what is of no use any more; then write the list of all files, below ``head``, and its signature."""
        for group in self._before.keys() - self._kept.keys():
            self._remove(self._entries(group).keys() - self._fresh.get(group, {}).keys())
        if self.unsure:
            self._remove(list(self._strays()))
        blocks = self._kept | {group: sums.block(entries) for group, entries in self._fresh.items() if entries}
        listed = sums.written(blocks, head)
        state = {"format": _FORMAT, "parts": self.made_from, "list": sums.index(blocks, listed)}
        told = json.dumps(state, sort_keys=True, separators=(",", ":")).encode()
        if _bytes_of(self.root / _MADE_FROM) != told:
            self._write(_MADE_FROM, told)
        if self._sums != listed:
            self._write(SUMS, listed)
        signature = sign(listed)
        if _bytes_of(self.root / SIGNATURE) != signature:
            self._write(SIGNATURE, signature)
        if self._begun:
            (self.root / _UNFINISHED).unlink(missing_ok=True)

    def _entries(self, group: str) -> dict[str, Entry]:
        """Return what lay in a part before this run."""
        if group not in self._read:
            block = self._before.get(group)
            self._read[group] = sums.read(block.lines) if block else {}
        return self._read[group]

    def _old(self, path: str) -> Entry | None:
        return self._entries(group_of(path)).get(path)

    def _note(self, path: str, entry: Entry) -> None:
        group = group_of(path)
        if group in self._kept:
            self._fresh[group] = dict(sums.read(self._kept.pop(group).lines))
        self._fresh.setdefault(group, {})[path] = entry

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
            if not own and not self._listed(name) and path.is_file():
                yield name

    def _listed(self, path: str) -> bool:
        group = group_of(path)
        return path in self._fresh.get(group, ()) or (group in self._kept and path in self._entries(group))

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
    sums_file, state = root / SUMS, root / _MADE_FROM
    ours = (root / OWN).is_dir()
    if not ours and root.is_dir() and any(root.iterdir()):
        words = "There is something else in {folder}. Name an empty folder, or one that was exported before."
        raise Conflict(Message(words, {"folder": root}))
    listed, known = _bytes_of(sums_file) or b"", _state(_bytes_of(state) or b"")
    blocks = sums.parted(listed, known.get("list")) or sums.grouped(listed, group_of)
    unsure = ours and (not believe or (root / _UNFINISHED).exists())
    return Folder(root, dict(known.get("parts", {})), unsure, _before=blocks, _sums=listed)


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


def _state(content: bytes) -> dict[str, Any]:
    """Return what is known of the parts; nothing where another program wrote it."""
    try:
        state = json.loads(content)
    except ValueError:
        return {}
    return state if isinstance(state, dict) and state.get("format") == _FORMAT else {}


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
