"""Images: drawn anew onto a fresh canvas, so that nothing but the picture is kept."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_
from studio.guides.models import Media, Translation, TranslationMedia

MAX_BYTES: Final = 8_000_000
MAX_PIXELS: Final = 25_000_000
MAX_SIDE: Final = 1600
"""Longest side of what is kept, in pixels: sharp in an A5 PDF and on a phone."""
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
REFERENCE: Final = re.compile(r"\(media:([0-9a-f]{64})")


def references(body: str) -> list[str]:
    """Return the images that a text names, in order, each once."""
    return list(dict.fromkeys(REFERENCE.findall(body)))


def addresses(
    session: Session, translation_id: str, folder: str, *, all_there: bool = False
) -> Callable[[str], str | None]:
    """Return what gives a text's own pictures their address in ``folder``, and None for any other picture.

    With ``all_there`` a picture that is not the text's raises Invalid: what nobody can see, nobody can check, and it
    must not come in after the checks.
    """
    own = set(session.scalars(select(TranslationMedia.sha).where(TranslationMedia.translation_id == translation_id)))

    def address(sha: str) -> str | None:
        if all_there and sha not in own:
            raise Invalid(N_("A picture that this text names is not here. Put it in again, or take its line out."))
        return f"{folder}{sha}" if sha in own else None

    return address


def add_image(session: Session, translation: Translation, data: bytes, now: datetime) -> Media:
    """Keep a picture for a text; the same picture twice is one. Raise Invalid or TooLarge with what to do."""
    content, media_type, size = redraw(data)
    sha = hashlib.sha256(content).hexdigest()
    media = session.get(Media, sha)
    if media is None:
        media = Media(sha=sha, media_type=media_type, width=size[0], height=size[1], data=content, added_at=now)
        session.add(media)
        session.flush()
    if session.get(TranslationMedia, (translation.id, sha)) is None:
        session.add(TranslationMedia(translation_id=translation.id, sha=sha))
        session.flush()
    return media


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
