"""The few places that the line at the top of a members' page leads to; each slice adds its own at import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import current_app, url_for

from studio.core.words import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the top line: its order, the endpoint it goes to, its words, and who sees it."""

    order: int
    endpoint: str
    words: Message
    shown: Callable[[], bool]


_PLACES: Final[list[Place]] = []


def add(place: Place) -> None:
    """Add ``place`` for every app that has its endpoint."""
    _PLACES.append(place)


def places() -> list[tuple[str, Message]]:
    """Return address and words of each place that this request's person sees, in order."""
    return [
        (url_for(place.endpoint), place.words)
        for place in sorted(_PLACES, key=lambda place: place.order)
        if place.endpoint in current_app.view_functions and place.shown()
    ]
