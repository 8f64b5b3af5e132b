"""How far two colours are apart for the eye, by the relative luminance of WCAG 2.2 (success criteria 1.4.3, 1.4.6)."""

from __future__ import annotations

from typing import Final

TEXT: Final = 4.5
"""Least contrast of text (WCAG AA)."""
SMALL_TEXT: Final = 7.0
"""Least contrast of small and quiet text here (WCAG AAA)."""
SHAPE: Final = 3.0
"""Least contrast of a focus ring, a field's border, the bar of a box (WCAG 1.4.11)."""

_KNEE: Final = 0.04045


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``: 0 is black, 1 is white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written ``#rrggbb``, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _KNEE else float(((channel + 0.055) / 1.055) ** 2.4)
