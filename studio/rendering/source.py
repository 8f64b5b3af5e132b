"""One block of a source, as saved versions keep it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block of a source.

    ``kind``: heading, paragraph, list, table, image, quote, box, code, rule, definitions, footnote, references (link
    definitions), space (a text of blank lines alone); beside the body title and summary. ``source``: its exact text
    with the blank lines after it. ``hash``: SHA-256 (hex) of the kind, the text without blank lines at its ends, and
    of the link definitions and notes it uses.
    """

    kind: str
    source: str
    hash: str
