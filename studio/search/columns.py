"""What ranking needs to know of the sections, side by side in lists, so that thousands of them are weighed at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

_NOBODY: Final = -1


class Facts(NamedTuple):
    """What ranking needs to know of a section: whose it is, which one of its text, and its length in words."""

    translation_id: str
    language: str
    topics: tuple[str, ...]
    number: int
    length: int


def parsed(rows: Sequence[bytes]) -> list[Facts]:
    """Return facts as they were written, all taken apart in one go."""
    said = json.loads(b"[%b]" % b",".join(rows))
    return [Facts(text, language, tuple(topics), number, length) for text, language, topics, number, length in said]


@dataclass(slots=True)
class Columns:
    """The facts of all sections by the number of the section, and by the number of its text, counted from 0."""

    texts: list[int] = field(default_factory=list)
    """The text of each section."""

    numbers: list[int] = field(default_factory=list)
    """Which one of its text each section is."""

    lengths: list[int] = field(default_factory=list)
    """How many words each section has."""

    facts: list[Facts] = field(default_factory=list)
    """Of each text, the facts of any of its sections."""

    sections: list[list[int]] = field(default_factory=list)
    """The sections of each text."""

    shortest: int = 0
    """How many words the shortest section has."""

    in_language: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    about: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The texts in each language, and those of each topic."""

    def wanted(self, code: str, topics: Collection[str]) -> set[int]:
        """Return the texts in a language, whatever its region, unless ``code`` names one, about any of ``topics``."""
        found = set[int]().union(
            *(texts for name, texts in self.in_language.items() if code in (name, name.split("-")[0]))
        )
        return found.intersection(chain.from_iterable(self.about.get(one, ()) for one in topics)) if topics else found


def columns(rows: Iterable[tuple[int, Facts]]) -> Columns:
    """Return columns of sections with their facts, in the order of their numbers; numbers may be left out."""
    made, known = Columns(), dict[str, int]()
    for section, facts in rows:
        text = known.setdefault(facts.translation_id, len(known))
        if text == len(made.facts):
            made.facts.append(facts)
            made.sections.append([])
            made.in_language[facts.language].add(text)
            for topic in facts.topics:
                made.about[topic].add(text)
        made.sections[text].append(section)
        if gap := section - len(made.texts):
            made.texts += [_NOBODY] * gap
            made.numbers += [0] * gap
            made.lengths += [0] * gap
        made.texts.append(text)
        made.numbers.append(facts.number)
        made.lengths.append(facts.length)
    made.shortest = min(filter(None, made.lengths), default=0)  # what has no words is never found
    return made
