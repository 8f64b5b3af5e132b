"""The names that the reader's pages give to kinds, files, standings and troubles."""

from __future__ import annotations

from typing import Final

from studio.core.words import N_, Message
from studio.publish.pages.views import Standing, Weight

KINDS: Final[dict[str, Message]] = {"guide": N_("Guide"), "factsheet": N_("Factsheet"), "story": N_("Story")}

DOWNLOADS: Final[dict[str, tuple[Message, Message | None]]] = {
    "pdf": (N_("PDF"), N_("A small booklet for paper and telephone.")),
    "large_pdf": (N_("Large-print PDF"), N_("Big letters on A4 sheets.")),
    "easy_pdf": (N_("Easy-reading PDF"), N_("Wide spacing, clear letters, no parted words.")),
    "plain_pdf": (N_("Plain-cover PDF"), N_("Neutral name outside, same text inside.")),
    "epub": (N_("EPUB"), N_("For reading apps; the size of the letters can be changed.")),
    "plain_epub": (N_("Plain-cover EPUB"), N_("For reading apps; the size of the letters can be changed.")),
    "text": (N_("Text only"), N_("The smallest file; it opens on every phone.")),
    "plain_text": (N_("Text only, neutral name"), N_("The smallest file; it opens on every phone.")),
}
"""The name of each file, and a hint for those that need one."""

WHOLE: Final[dict[str, Message]] = {
    "pdf": N_("All of these guides in one file, with a table of contents."),
    "epub": N_("The same for reading apps; the size of the letters can be changed."),
}
"""What a hint says of a collection's files."""
SIZE_NAMES: Final[dict[str, Message]] = {
    "square": N_("Square"),
    "wide": N_("Wide"),
    "portrait": N_("Portrait"),
    "tall": N_("Tall"),
}
"""Formats of cards, in the order in which they are offered."""

CARD_WARNING: Final = N_("The phone of whoever you send this to is a phone, too: it can be lost, searched or borrowed.")
CARD_CHANGES: Final = N_("When the text changes, its cards change too. Then replace those that you posted.")

STANDINGS: Final[dict[Standing, Message]] = {
    "live": N_("current"),
    "superseded": N_("replaced"),
    "withdrawn": N_("taken down"),
}

WEIGHTS: Final[dict[Weight, Message]] = {
    "": N_("What it says may have changed."),
    "typo": N_("Only spelling or layout changed."),
    "content": N_("What it says has changed."),
    "safety": N_("Something changed that matters for somebody’s safety or health."),
}
"""What readers are told of an edition that took another one's place, by what it changed."""

CHECKS_OVERDUE: Final = N_("This text was changed urgently for safety. The checks that were to follow are overdue.")
RECHECK_DUE: Final = N_("This text is due to be checked again. Some of it may have changed since.")
OVERDUE_HERE: Final = N_("This part has not been checked again in time. It may be out of date.")

TROUBLES: Final[dict[int, tuple[Message, Message]]] = {
    403: (N_("This page is not open to everyone"), N_("You may have to sign in first, or ask your organiser.")),
    404: (N_("There is no page here"), N_("The address may be mistyped, or the page may have moved.")),
    405: (N_("This did not work"), N_("Please go back and try again from the page itself.")),
    409: (N_("This has changed meanwhile"), N_("Please go back, look at it again and try once more.")),
    410: (N_("This page is no longer here"), N_("It was taken away for good.")),
    413: (N_("That was too much at once"), N_("Please send less text or a smaller file.")),
    422: (N_("Something is missing"), N_("Please go back, complete it and try again.")),
    429: (N_("A little too fast"), N_("Many requests came at once, so this house is taking a short rest.")),
    500: (N_("Something broke on our side"), N_("You did nothing wrong. Please try again in a few minutes.")),
}
"""Heading and sentence for each status; any other one is told as 500, or as 404 below it."""


def trouble(status: int) -> tuple[Message, Message]:
    """Return heading and sentence for an HTTP ``status`` of 400 or more."""
    return TROUBLES.get(status) or TROUBLES[500 if status >= 500 else 404]  # noqa: PLR2004 - HTTP's own border
