"""The list of all files of a copy, as ``sha256sum -c`` reads it: the line before each file is a comment with its size.

The files of one part of the library stand together, so that a part that did not change is taken over as it is written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

_HEAD: Final = "# "


class Entry(NamedTuple):
    """A file of the folder: checksum and size in bytes."""

    sha256: str
    size: int


class Block(NamedTuple):
    """The lines of one part, how many files they are, and how many bytes these have."""

    lines: bytes
    files: int
    size: int


def block(entries: Mapping[str, Entry]) -> Block:
    """Return the lines of the files ``entries``."""
    lines = [f"#{entries[path].size}\n{entries[path].sha256}  {path}\n" for path in sorted(entries)]
    return Block("".join(lines).encode(), len(lines), sum(entry.size for entry in entries.values()))


def read(lines: bytes) -> dict[str, Entry]:
    """Return the files of some lines; raise ValueError where they are no list."""
    found: dict[str, Entry] = {}
    size = -1
    for line in lines.decode().split("\n"):
        if line.startswith("#"):
            size = int(line[1:]) if line[1:2].isdecimal() else -1
        elif line and size >= 0:
            found[line[66:]] = Entry(line[:64], size)
    return found


def written(blocks: Mapping[str, Block], head: Sequence[str]) -> bytes:
    """Return the whole list, part by part, below the lines ``head``."""
    above = "".join(f"{_HEAD}{line}\n" for line in head)
    return b"".join([above.encode(), *(blocks[group].lines for group in sorted(blocks))])


def index(blocks: Mapping[str, Block], listed: bytes) -> dict[str, object]:
    """Return where in ``listed`` each part stands, and its checksum, so that it need not be read again."""
    parts = [[group, len(one.lines), one.files, one.size] for group, one in sorted(blocks.items())]
    return {"sha256": hashlib.sha256(listed).hexdigest(), "parts": parts}


def parted(listed: bytes, known: Any) -> dict[str, Block]:  # noqa: ANN401 - what ``index`` made, after it was in a file
    """Return the parts of a list by what ``index`` knows of it; nothing where that does not fit."""
    if not isinstance(known, dict) or known.get("sha256") != hashlib.sha256(listed).hexdigest():
        return {}
    parts = known["parts"]
    at = len(listed) - sum(length for _, length, _, _ in parts)
    found: dict[str, Block] = {}
    for group, length, files, size in parts:
        found[group] = Block(listed[at : at + length], files, size)
        at += length
    return found


def grouped(listed: bytes, group_of: Callable[[str], str]) -> dict[str, Block]:
    """Return the parts of a list that nothing is known of, by reading it; nothing where it is none."""
    parts: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    try:
        for path, entry in read(listed).items():
            parts[group_of(path)][path] = entry
    except ValueError:
        return {}
    return {group: block(entries) for group, entries in parts.items()}
