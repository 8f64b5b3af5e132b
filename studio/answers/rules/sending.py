"""What a reader may send: every refusal is one sentence for the reader, and their words are given back with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studio.answers.rules.sorts import Said
from studio.core.errors import Conflict, Invalid, TooOften
from studio.core.words import N_

LONGEST: Final = 2_000
"""Characters of a message."""
MOST_LINKS: Final = 3
_LINK: Final = re.compile(r"(?:https?://|www\.)\S|<a\s|\[url", re.IGNORECASE)
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NEEDS_WORDS: Final = frozenset({Said.UNCLEAR, Said.WRONG})
"""Without words and without a part nobody could find what is meant."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form holds. ``part`` is the id of a heading, empty for the whole text."""

    said: str
    text: str = ""
    part: str = ""
    may_pass_on: bool = False
    """Whether the words may reach those who made the text."""
    wants_code: bool = False


class Late(Conflict):
    """The page was open for too long, was used for other words, or is none of ours: a fresh one is needed."""


def cleaned(sent: Sent) -> Sent:
    """Return what was sent with trimmed words that can be kept; raise Invalid with one sentence otherwise."""
    text = _UNWANTED.sub("", sent.text).strip()
    if sent.said not in list(Said):
        raise Invalid(N_("Please choose one of the five sentences first."))
    if len(text) > LONGEST:
        raise Invalid(N_("This is longer than 2,000 characters. Please shorten it; all of it is still here."))
    if len(_LINK.findall(text)) > MOST_LINKS:
        raise Invalid(N_("There are many links in this. Three at most, please; your own words help more."))
    if Said(sent.said) in _NEEDS_WORDS and not text and not sent.part:
        raise Invalid(N_("Please say in a few words what you mean, or choose the part of the text."))
    return Sent(sent.said, text, sent.part, sent.may_pass_on and bool(text), sent.wants_code)


def late() -> Late:
    """Return the refusal for a page that was open for too long or has been used already."""
    return Late(
        N_("This page was open for very long, or has been used already. Your words are here: please send again.")
    )


def too_quick(wait: int) -> TooOften:
    """Return the refusal for a form that came back faster than ``wait`` seconds ago it could."""
    sentence = N_("That was very quick. Please read it once more and send it again, in {n} seconds or later.", n=wait)
    return TooOften(sentence, wait)


def resting(wait: int) -> TooOften:
    """Return the refusal for an hour in which more came than the house can read; ``wait`` is in seconds."""
    sentence = N_("Very many messages came in this hour. Your words are here: please send them again later.")
    return TooOften(sentence, wait)
