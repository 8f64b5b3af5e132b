"""Refusals that only the web edge knows."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request

from studio.core.errors import StudioError
from studio.core.words import N_


class SignInNeeded(StudioError):
    """The page is for members and nobody is signed in (a GET goes to the sign-in page, a POST gives the text back)."""

    def __init__(self) -> None:
        """Say that the visit has ended and that signing in again helps."""
        super().__init__(
            N_("You are no longer signed in. Sign in again in another tab, then send your text once more.")
        )


class StrayForm(StudioError):
    """A form came without its token or from another site (400)."""

    def __init__(self, *, elsewhere: bool = False) -> None:
        """``elsewhere`` tells that another site sent it, so that nothing of it is shown."""
        super().__init__(
            N_("This form was open for too long, or it came from elsewhere. Open the page again and send it once more.")
        )
        self.elsewhere = elsewhere


@dataclass(frozen=True, slots=True)
class Refused:
    """What the trail is to say of a request that was refused, beside those for which somebody lacks the right."""

    subject: str
    why: str


def note_refused(why: str, subject: str = "") -> None:
    """Have the trail note that this request was refused, if it is: its own transaction leaves no trace.

    ``subject`` is what it was about; by default the address.
    """
    g.refused = Refused(subject or f"endpoint:{request.endpoint}", why)
