"""What the screens of members call what readers say, and the clocks of it in words."""

from __future__ import annotations

from typing import Final

from studio.answers.queries import Heard
from studio.answers.rules.sorts import Said, Urgency
from studio.core.words import N_, Message

SAID: Final[dict[Said, Message]] = {
    Said.HELPED: N_("It helped"),
    Said.UNCLEAR: N_("Something is unclear"),
    Said.WRONG: N_("Something is wrong"),
    Said.UNSAFE: N_("Something could harm somebody"),
    Said.ABOUT_ME: N_("It is about a person"),
}
URGENCIES: Final[dict[Urgency, Message]] = {
    Urgency.HARM: N_("Somebody could be harmed: looked at within two days"),
    Urgency.FACT: N_("A fact is wrong: mended within a week"),
    Urgency.STALE: N_("Out of date, or a link is dead: mended within a month"),
    Urgency.WORDING: N_("Wording: with the next edition"),
    Urgency.NONE: N_("Nothing to do"),
}
GROUPS: Final[dict[Urgency, Message]] = {
    Urgency.HARM: N_("Could harm somebody"),
    Urgency.FACT: N_("Wrong facts"),
    Urgency.STALE: N_("Out of date"),
    Urgency.WORDING: N_("Wording"),
    Urgency.NONE: N_("Kind words, and the rest"),
}
_ECHOES: Final = {
    "out": N_("“{title}” is out: readers have what you made together. Thank you."),
    "helped": N_("A reader says that “{title}” helped them."),
    "sentence": N_("A reader of “{title}” lets you have these words:"),
}
"""What the echo says on the desk of each who made a text."""


def echo(heard: Heard) -> Message:
    """Return what a desk says of an echo."""
    return Message(_ECHOES[heard.kind].text, {"title": heard.title})
