"""The word behind every page of the practice house."""

from __future__ import annotations

from functools import cache
from typing import Final

from studio.core.locales import Language
from studio.publish.pango import Sheet, Style

SIDE: Final = 300


@cache
def watermark(word: str, language: Language, colour: str) -> bytes:
    """Return a picture (SVG) of ``word`` in ``colour``, rising, as shapes that need no font."""
    path, extent = Sheet(1, 1, language).outline(word, Style(100, bold=True))
    scale = min(SIDE * 0.95 / extent.width, SIDE * 0.4 / extent.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
        f'<path fill="{colour}" d="{path}" transform="translate({SIDE / 2} {SIDE / 2}) rotate(-35) scale({scale:.3f}) '
        f'translate({-extent.width / 2} {-extent.height / 2})"/></svg>'
    ).encode()
