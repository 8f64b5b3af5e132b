"""The few words that rendering puts into a text, in the language of the text."""

from __future__ import annotations

from functools import cache

from studio.core.words import N_
from studio.i18n.catalogues import translator
from studio.rendering.labels import Words

_KEYS = {
    "note": N_("Good to know"),
    "help": N_("Where to find help"),
    "care": N_("Take care"),
    "stop": N_("Danger"),
    "footnotes": N_("Notes"),
    "footnote": N_("Note {n}"),
    "back": N_("Back to the text, note {n}"),
    "table": N_("Table {n}"),
    "done": N_("Done"),
    "open": N_("To do"),
}


@cache
def rendering_words(code: str) -> Words:
    """Return the labels in the language ``code``; English where the reader's catalogue is not complete."""
    words = translator(code, "reader")
    return Words(**{name: words.gettext(key.text) for name, key in _KEYS.items()})
