"""A zip file whose bytes depend on nothing but its content: a fixed order, one date, no name of a machine."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")
_VERSION: Final = 20
_UTF8: Final = 1 << 11
_DATE: Final = (1 << 5) | 1
"""1 January 1980, the first day that a zip file can name."""
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it lies in the archive: its name there, its bytes as packed, their checksum and size before."""

    name: str
    data: bytes
    method: int
    crc: int
    size: int

    def named(self, name: str) -> Entry:
        """Return the same packed bytes under another name."""
        return Entry(name, self.data, self.method, self.crc, self.size)


def packed(name: str, content: bytes, *, small: bool = False) -> Entry:
    """Return ``content`` as an entry; ``small`` says that it is packed already, as pictures are, and is only stored."""
    crc = zlib.crc32(content)
    if small:
        return Entry(name, content, _STORED, crc, len(content))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Entry(name, packer.compress(content) + packer.flush(), _DEFLATED, crc, len(content))


def archive(entries: Iterable[Entry]) -> bytes:
    """Return the zip file of ``entries`` in their order."""
    body, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        name, at = entry.name.encode(), len(body)
        flags = 0 if entry.name.isascii() else _UTF8
        told = (_VERSION, flags, entry.method, 0, _DATE, entry.crc, len(entry.data), entry.size, len(name), 0)
        body += _LOCAL.pack(b"PK\3\4", *told) + name + entry.data
        directory += _CENTRAL.pack(b"PK\1\2", _VERSION, *told, 0, 0, 0, 0, at) + name
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)
