"""What kinds of text there are, and what a text touches, in the words of the studio."""

from __future__ import annotations

from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.statuses import Kind

KINDS: Final[dict[str, Message]] = {
    Kind.GUIDE: N_("A guide: what one can do, step by step"),
    Kind.FACTSHEET: N_("A fact sheet: short, with sources"),
    Kind.STORY: N_("A story from somebody's life: for its team alone until it is published"),
}
PLAIN_FACETS: Final[dict[str, Message]] = {
    "health": N_("It says something about health or medicine"),
    "minors": N_("It is for people under 18"),
    "crisis": N_("Somebody who reads it may be in danger right now"),
    "risk:high": N_("A mistake in it could put somebody in danger"),
}
"""What a text touches, besides the law of a country."""
