"""Sentences for people, kept apart from their values so that the edge can say them in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence (the catalogue key) with named values for its ``{placeholders}``."""

    text: str
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return the English sentence, for the terminal and for logs."""
        return self.text.format(**self.values) if self.values else self.text


def N_(text: str, **values: object) -> Message:  # noqa: N802 - gettext's name for "mark, translate later"
    """Mark ``text`` for the catalogues and keep ``values`` beside it; the web edge translates."""
    return Message(text, values)
