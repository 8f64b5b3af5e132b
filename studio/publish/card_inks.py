"""A card as a file: two colours with what lies between them, light or dark, packed as a small palette PNG."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final

from PIL import Image

from studio.theming.accent import Accent, Look

LOOKS: Final[tuple[Look, ...]] = ("light", "dark")
MOST_BYTES: Final = 20_000
_SHADES: Final = 4
"""Between ground and ink: they take two bits a pixel and look smooth."""
_LEVEL: Final = 7
"""Of zlib: 8 takes three times as long for 6 % less, 6 saves two milliseconds for 5 % more."""
_PRACTICE: Final = 8
"""Shades in the practice house, whose word across the card needs a pale one; its strip has another ground."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Inked:
    """A card that is drawn: its file in the light look; the dark one is the same file with other colours.

    ``cover``: its words are light on the accent; else they are in the accent on paper.
    """

    light: bytes
    shades: int
    cover: bool
    practice: bool

    def file(self, look: Look, accent: Accent) -> bytes:
        """Return its file in ``look``."""
        if look == "light":
            return self.light
        return recoloured(self.light, _palette(accent, look, self.shades, cover=self.cover, practice=self.practice))


def inked(
    mask: tuple[bytes, int], size: tuple[int, int], strip: int, accent: Accent, *, cover: bool, practice: bool
) -> Inked:
    """Return the ink ``mask`` (bytes, bytes a row) of a card of ``size`` as a file; its strip begins at ``strip``."""
    data, stride = mask
    ink = Image.frombuffer("L", size, data, "raw", "L", stride, 1)
    shades = _PRACTICE if practice else _SHADES
    rows = _rows(ink, strip, shades, practice=practice)
    colours = _palette(accent, "light", shades, cover=cover, practice=practice)
    return Inked(_png(rows, size, colours, 4 if practice else 2), shades, cover, practice)


def _rows(ink: Image.Image, strip: int, shades: int, *, practice: bool) -> bytes:
    """Return the pixels packed, each row behind the byte that says it is not filtered.

    The strip takes the colours the other way round; in practice it has its own.
    """
    card = Image.new("P", ink.size)
    last = shades - 1
    above = [round(level * last / 255) for level in range(256)]
    below = [shades + one for one in above] if practice else [last - one for one in above]
    for table, top, bottom in ((above, 0, strip), (below, strip, ink.height)):
        card.paste(ink.crop((0, top, ink.width, bottom)).point(table), (0, top))
    mode, per = ("P;4", 2) if practice else ("P;2", 4)
    raw, stride = card.tobytes("raw", mode), -(-ink.width // per)
    return b"".join(b"\0" + raw[at : at + stride] for at in range(0, len(raw), stride))


def _palette(accent: Accent, look: Look, shades: int, *, cover: bool, practice: bool) -> bytes:
    colours = _ramp(*accent.pair(look, cover=cover), shades)
    return colours + _ramp(*accent.caution(look), shades) if practice else colours


def _ramp(ground: str, ink: str, shades: int) -> bytes:
    low, high = (bytes.fromhex(colour[1:]) for colour in (ground, ink))
    last = shades - 1
    return bytes(round(a + (b - a) * step / last) for step in range(shades) for a, b in zip(low, high, strict=True))


def _png(rows: bytes, size: tuple[int, int], colours: bytes, bits: int) -> bytes:
    head = struct.pack(">IIBBBBB", *size, bits, 3, 0, 0, 0)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 15, 9)
    body = packer.compress(rows) + packer.flush()
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", body), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def recoloured(png: bytes, colours: bytes) -> bytes:
    """Return a file of ours with other colours, as many as it had; its pixels are not touched."""
    start = png.index(b"PLTE") - 4
    end = start + 12 + int.from_bytes(png[start : start + 4], "big")
    return png[:start] + _chunk(b"PLTE", colours) + png[end:]
