"""The canvas on which each picture from outside is drawn anew, so that nothing but the picture is kept."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_

MAX_BYTES: Final = 8_000_000
MAX_PIXELS: Final = 25_000_000
MAX_SIDE: Final = 1600
"""Longest side of what is kept, in pixels: sharp in an A5 PDF and on a phone."""
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept, under the hash of what it is."""

    data: bytes
    media_type: str
    size: tuple[int, int]

    @property
    def sha(self) -> str:
        """The SHA-256 by which texts name it."""
        return hashlib.sha256(self.data).hexdigest()


def draw(data: bytes) -> Drawn:
    """Return the picture in ``data`` as it is kept; raise Invalid or TooLarge with what to do."""
    return Drawn(*redraw(data))


def redraw(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """Return the picture alone, as PNG or JPEG, with its media type and its size in pixels.

    Only pixels are copied, so that no place, device, author, comment or hidden file in it is kept.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(N_("This image has {n} MB; {limit} MB is the most.", n=len(data) // 1_000_000 + 1, limit=8))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            return _redraw(data)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many_pixels() from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            raise _unreadable() from error


def _redraw(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels()
        upright = ImageOps.exif_transpose(image)
        clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        mode = "RGBA" if clear else "RGB"
        pixels = upright.convert(mode)
    pixels.thumbnail((MAX_SIDE, MAX_SIDE))
    canvas = Image.new(mode, pixels.size)
    canvas.paste(pixels)
    few_colours = canvas.getcolors(4096) is not None
    out = io.BytesIO()
    if clear or few_colours:
        canvas.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png", canvas.size
    canvas.save(out, "JPEG", quality=85, progressive=True)
    return out.getvalue(), "image/jpeg", canvas.size


def _unreadable() -> Invalid:
    return Invalid(N_("This file is no image that can be read. Choose a PNG, JPEG, WebP or GIF file."))


def _too_many_pixels() -> TooLarge:
    return TooLarge(N_("This image has too many pixels. Make it smaller, for example 1600 pixels wide."))
