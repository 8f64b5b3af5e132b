"""Sections as they are written into the index: their terms, their facts, the words of their text, and themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from studio.search import postings
from studio.search.analyzers.tokens import words
from studio.search.entries import SectionEntry, field_of, numbered, terms


def documents(entries: Iterable[SectionEntry]) -> Iterator[dict[str, object]]:
    """Yield sections as the library writes them; the first one of a text carries the words of all that follow it."""
    for _, group in groupby(numbered(entries), key=lambda one: one[1].translation_id):
        text = list(group)
        for number, entry in text:
            document = _document(entry, number)
            if entry is text[0][1]:
                spelled = {word for _, one in text for word in words(one.everything, one.language)}
                document[f"words_{field_of(entry.language)}"] = [(word.encode(), 1, 1.0, b"") for word in spelled]
            yield document


def _document(entry: SectionEntry, number: int) -> dict[str, object]:
    """Return a section as the library writes it, without its words."""
    found, length = terms(entry)
    facts = json.dumps([entry.translation_id, entry.language, entry.topics, number, length])
    return {
        "translation": entry.translation_id,
        "facts": facts.encode(),
        "entry": json.dumps(asdict(entry)),
        f"terms_{field_of(entry.language)}": [postings.written(form, term) for form, term in found.items()],
    }
