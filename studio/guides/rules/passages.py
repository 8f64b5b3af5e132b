"""Which words of a text somebody means: a quote near a place, narrowed to some of its words."""

from __future__ import annotations

import re

from studio.core.errors import Conflict, Invalid
from studio.core.words import N_
from studio.guides.rules.anchoring import Place, nearest


def chosen(text: str, quote: str, near: int, words: str = "") -> Place:
    """Return where ``quote`` stands nearest to ``near``, or where ``words`` stand in it.

    Raise Conflict where the quote is no longer there, and Invalid where the words are not in it or stand there twice.
    """
    place = nearest(text, quote, near)
    if place is None:
        raise Conflict(N_("These words changed while you wrote. Please choose the passage again."))
    wanted = words.split()
    if not wanted:
        return place
    found = list(re.compile(r"\s+".join(map(re.escape, wanted))).finditer(text, place.start, place.end))
    if not found:
        sentence = N_("These words do not stand in the passage. Please copy them from it as they are.")
        raise Invalid(sentence, {"words": sentence})
    if len(found) > 1:
        sentence = N_("These words stand in the passage {n} times. Please add the word before or after.", n=len(found))
        raise Invalid(sentence, {"words": sentence})
    return Place(*found[0].span())
