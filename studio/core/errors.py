"""Refusals, each a sentence that says what to do; the web edge maps them to statuses, the terminal to one line."""

from __future__ import annotations

from studio.core.words import Message


class StudioError(Exception):
    """A refusal with one sentence for the person who met it."""

    def __init__(self, message: Message) -> None:
        """Keep ``message``, which the edge translates."""
        super().__init__(str(message))
        self.message = message


class NotAllowed(StudioError):
    """The actor may see the thing but not do this to it (403)."""


class NotFound(StudioError):
    """There is no such thing, or the actor may not know of it (404)."""


class Conflict(StudioError):
    """Somebody else was faster, or the thing has moved on (409)."""


class TooLarge(StudioError):
    """More bytes or more nesting than the limits allow (413)."""


class Invalid(StudioError):
    """What was sent cannot be used as it is (422). ``fields`` maps a form field to its own sentence."""

    def __init__(self, message: Message, fields: dict[str, Message] | None = None) -> None:
        """Keep the sentence for the page and those for single fields."""
        super().__init__(message)
        self.fields = fields or {}


class TooOften(StudioError):
    """A rate limit was reached (429); ``wait`` is in seconds."""

    def __init__(self, message: Message, wait: int) -> None:
        """Keep the seconds after which another try is welcome."""
        super().__init__(message)
        self.wait = wait


class SettingsError(StudioError):
    """A setting of the environment is unknown or has a bad value; the program does not start."""
