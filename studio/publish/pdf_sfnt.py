"""What a font in a PDF does not need: names, codes of characters, measures for lines that run down."""

from __future__ import annotations

import struct
from typing import Final

_NEEDED: Final = frozenset({b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"})
"""Tables of TrueType that a program which draws glyphs by their numbers reads (ISO 32000-1, 9.9)."""
_HEADER: Final = struct.Struct(">4sHHHH")
_ENTRY: Final = struct.Struct(">4sLLL")
_TRUETYPE: Final = b"\0\1\0\0"
_WORD: Final = 4


def lean(font: bytes) -> bytes:
    """Return a TrueType ``font`` with the tables alone that a PDF needs; any other font as it is."""
    kind, count, *_ = _HEADER.unpack_from(font)
    if kind != _TRUETYPE:
        return font
    entries = [_ENTRY.unpack_from(font, _HEADER.size + n * _ENTRY.size) for n in range(count)]
    kept = [one for one in entries if one[0] in _NEEDED]
    at = _HEADER.size + len(kept) * _ENTRY.size
    directory, tables = [_head(len(kept))], list[bytes]()
    for tag, checksum, begin, length in kept:
        table = font[begin : begin + length]
        directory.append(_ENTRY.pack(tag, checksum, at, length))
        tables.append(table + bytes(-length % _WORD))
        at += len(tables[-1])
    return b"".join(directory + tables)


def _head(count: int) -> bytes:
    power = count.bit_length() - 1
    search = 16 << power
    return _HEADER.pack(_TRUETYPE, count, search, power, 16 * count - search)
