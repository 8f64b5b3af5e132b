"""The colour that a community gives its cards, held to the contrast of text, and the colours that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from studio.core.errors import SettingsError
from studio.core.words import N_
from studio.theming.contrast import SMALL_TEXT, TEXT, contrast
from studio.theming.tokens import DARK, LIGHT

Look = Literal["light", "dark"]
_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class Accent:
    """A colour ``#rrggbb`` that is readable on paper, and as a ground for paper; ``pale`` is its like in the dark."""

    colour: str
    pale: str

    def pair(self, look: Look, *, cover: bool) -> tuple[str, str]:
        """Return ground and ink: a ``cover`` is light words on the accent, what is none the other way round."""
        if look == "dark":
            return DARK.paper, self.pale
        return (self.colour, LIGHT.paper) if cover else (LIGHT.paper, self.colour)

    def caution(self, look: Look) -> tuple[str, str]:
        """Return ground and ink of the practice house's strip."""
        palette = LIGHT if look == "light" else DARK
        return palette.caution, palette.ink


@cache
def accent(colour: str = "") -> Accent:
    """Return the accent ``colour``, the house's own where it is empty; raise SettingsError where words fade on it."""
    if not colour or colour.lower() == LIGHT.accent:
        return Accent(LIGHT.accent, DARK.accent)
    if contrast(colour, LIGHT.paper) < TEXT:
        raise SettingsError(
            N_(
                "STUDIO_ACCENT “{colour}” is too light to be read on paper. Choose a darker colour.",
                colour=colour,
            )
        )
    return Accent(colour.lower(), _paled(colour.lower()))


def _paled(colour: str) -> str:
    """Return ``colour`` mixed with white until small text in it can be read on a dark ground."""
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, step / _STEPS)
        if contrast(mixed, DARK.paper) >= SMALL_TEXT:
            break
    return mixed


def _mixed(colour: str, white: float) -> str:
    channels = bytes.fromhex(colour[1:])
    return "#" + bytes(round(one + (255 - one) * white) for one in channels).hex()
