"""What one rendering is given and what it learns on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.core.locales import Language
from studio.rendering.labels import Words

Resolve = Callable[[str], str | None]


@dataclass(slots=True)
class Context:
    """The inputs of one rendering with its findings; one of these belongs to one call."""

    language: Language
    words: Words
    media_url: Resolve
    internal: Resolve
    alt_required: bool
    media: dict[str, None] = field(default_factory=dict)
    """SHA-256 names in order; a dict keeps each once."""
    links: dict[str, None] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    """Addresses given by ``media_url`` and ``internal``, which may be relative in an exported copy."""
