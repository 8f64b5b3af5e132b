"""The few words that rendering itself puts into a text; the caller passes them in the language of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in one language; ``{n}`` stands for a number. The English ones are the catalogue keys."""

    note: str = "Good to know"
    """Title of a box without one of its own; so are the next three."""
    help: str = "Where to find help"
    care: str = "Take care"
    stop: str = "Danger"
    footnotes: str = "Notes"
    """Heads the notes at the end, for those who hear the page and for search."""
    footnote: str = "Note {n}"
    back: str = "Back to the text, note {n}"
    table: str = "Table {n}"
    done: str = "Done"
    """Said for a ticked box of a task list."""
    open: str = "To do"


ENGLISH: Final = Words()
