"""The formats of cards; apart from drawing them, so that who only names them does not load what draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CardSize:
    """A format for sharing, in pixels: its margin, where its text begins and where the strip at its foot begins."""

    name: str
    width: int
    height: int
    margin: int
    top: int
    strip: int
    largest: int
    small: int

    @property
    def inner(self) -> int:
        """Width between the margins."""
        return self.width - 2 * self.margin


SIZES: Final = (
    CardSize("wide", 1200, 630, margin=72, top=64, strip=528, largest=104, small=27),
    CardSize("square", 1080, 1080, margin=84, top=88, strip=930, largest=124, small=31),
    CardSize("portrait", 1080, 1350, margin=84, top=100, strip=1190, largest=132, small=32),
    # Apps cover the upper and lower 250 pixels of this one with their own buttons.
    CardSize("tall", 1080, 1920, margin=88, top=270, strip=1500, largest=140, small=35),
)
BY_SIZE: Final = {size.name: size for size in SIZES}
