"""What one text brings into the index for a folder of files: its facts, where its words stand, and its sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.search.analyzers.tokens import tokens, words
from studio.search.entries import GAP, SectionEntry
from studio.search.offline.packing import packed, script


@dataclass(frozen=True, slots=True)
class Contribution:
    """One text as a bucket takes it.

    ``sections`` are (length in words, first position of the section's title, first position of its text): that and a
    position tell how much a word weighs. ``terms`` are, by form, the numbers of ``packed``: for each section the way
    from the one before, how often, and the ways from position to position.
    """

    path: str
    topics: tuple[str, ...]
    sections: tuple[tuple[int, int, int], ...]
    terms: dict[str, str]
    words: frozenset[str]


def contribution(path: str, entries: Sequence[SectionEntry]) -> Contribution:
    """Return what the sections ``entries`` of the text at ``path`` bring into the index."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    before: dict[str, int] = {}
    facts = []
    for number, entry in enumerate(entries):
        places, fact = _section(entry)
        facts.append(fact)
        for form, at in places.items():
            steps = [later - earlier for earlier, later in pairwise(at)] if len(at) > 1 else []
            numbers[form] += (number - before.get(form, 0), len(at), at[0], *steps)
            before[form] = number
    spelled = frozenset(word for entry in entries for word in words(entry.everything, entry.language))
    terms = {form: packed(those) for form, those in numbers.items()}
    return Contribution(path, entries[0].topics if entries else (), tuple(facts), terms, spelled)


def _section(entry: SectionEntry) -> tuple[dict[str, list[int]], tuple[int, int, int]]:
    """Return the positions of each form in a section as ``entries.terms`` counts them, and the section's facts."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    begin, length, begins = 0, 0, []
    for text in (entry.guide_title, entry.section_title, entry.text):
        begins.append(begin)
        last = -1
        for token in tokens(text, entry.language):
            places[token.text].append(begin + token.position)
            last = token.position
        begin, length = begin + last + GAP, length + last + 1
    for at in places.values():
        at.sort()
    return places, (length, begins[1], begins[2])


def shown(name: str, title: str, sections: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the script ``name`` with what is shown of a text that is found; ``sections`` are (id, title, words)."""
    return script(name, [title, sections])
