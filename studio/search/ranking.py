"""Which sections answer a question and how well; a guide is as good as its best section.

All that answers is counted, and only what can be among the first is weighed: how much a section is worth at most can be
said from its weight alone, so guides without any great weight are left alone once enough others are worth more.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain
from typing import Final

from studio.search.analyzers.asked import Phrase, Step, Way
from studio.search.columns import Columns
from studio.search.entries import SHIFT, Source

SATURATION: Final = 2.0
LENGTH_SHARE: Final = 0.4
USUAL_LENGTH: Final = 200
_SHORT: Final = SATURATION * (1 - LENGTH_SHARE)
_SLOPE: Final = SATURATION * LENGTH_SHARE / USUAL_LENGTH
_DIGITS: Final = 6
"""Worths that are the same to so many digits are the same."""

_LEVELS: Final = (20.0, 12.0, 8.0, 3.0)
"""Guides with no such weight are looked at last: a word in both titles, in a section's, in a guide's, in the text."""
_FEW: Final = 100
"""So many guides are weighed without asking which of them could be among the first."""
_LOOK_UP: Final = 16
"""How many places are gone through in the time that looking for one takes."""

Weights = Mapping[int, float]
"""By section, what an atom weighs there."""

Living = Callable[[Collection[str]], Collection[str]]
"""Given ids of texts, returns those that may be shown now."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that a guide should have: any of ``ways``, each counting as much as its factor."""

    ways: tuple[tuple[Way, float], ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A text that answers: what it is worth, how many of the atoms it has, and what each of its sections is worth."""

    translation_id: str
    score: float
    atoms: int
    sections: Mapping[int, float]

    def best(self, source: Source, count: int) -> list[int]:
        """Return the numbers of the ``count`` best sections, best first."""
        numbers, worth = source.columns.numbers, self.sections
        return sorted(worth, key=lambda section: (-round(worth[section], _DIGITS), numbers[section]))[:count]


@dataclass(frozen=True, slots=True)
class Found:
    """All guides that answer: ``texts`` by how many atoms they have, those with most first."""

    columns: Columns
    weights: list[Weights]
    """Of each atom, the sections that have it."""
    rarities: list[float]
    texts: list[tuple[int, set[int]]] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many guides there are."""
        return sum(len(texts) for _, texts in self.texts)

    def living(self, live: Living | None) -> Found:
        """Return those that may be shown, as ``live`` says now."""
        if live is None or not self.texts:
            return self
        facts = self.columns.facts
        alive = set(live({facts[text].translation_id for _, texts in self.texts for text in texts}))
        left = ((atoms, {text for text in texts if facts[text].translation_id in alive}) for atoms, texts in self.texts)
        return Found(self.columns, self.weights, self.rarities, [(atoms, texts) for atoms, texts in left if texts])

    def best(self, count: int) -> list[Guide]:
        """Return the ``count`` best guides, best first."""
        found: list[Guide] = []
        for atoms, texts in self.texts:
            if len(found) < count:
                found += self._best(atoms, texts, count - len(found))
        return found

    def _best(self, atoms: int, texts: set[int], count: int) -> list[Guide]:
        """Return the ``count`` best of the guides ``texts``, which have as many ``atoms``."""
        guides: list[Guide] = []
        left = texts
        for level in _LEVELS if len(texts) > max(_FEW, count) else ():
            heavy = left & self._with(level)
            left = left - heavy
            guides = nsmallest(count, chain(guides, self._weighed(atoms, heavy)), key=order)
            if len(guides) == count and round(guides[-1].score, _DIGITS) > round(self._most(level), _DIGITS):
                return guides
        return nsmallest(count, chain(guides, self._weighed(atoms, left)), key=order)

    def _with(self, level: float) -> set[int]:
        """Return the texts in which any atom has a weight of at least ``level``."""
        heavy = chain.from_iterable(
            [section for section, weight in one.items() if weight >= level] for one in self.weights
        )
        return set(map(self.columns.texts.__getitem__, heavy))

    def _most(self, level: float) -> float:
        """Return more than what any guide is worth in which no weight reaches ``level``."""
        small = _SHORT + _SLOPE * self.columns.shortest
        return sum(rarity * (SATURATION + 1) * level / (level + small) for rarity in self.rarities)

    def _weighed(self, atoms: int, texts: Iterable[int]) -> Iterable[Guide]:
        """Yield guides with what they are worth: their best section, and what they have elsewhere counts half.

        A weight is worth less for each further time, and less in a long section.
        """
        columns, lengths = self.columns, self.columns.lengths
        every = [(one, rarity * (SATURATION + 1)) for one, rarity in zip(self.weights, self.rarities, strict=True)]
        for text in texts:
            sections: dict[int, float] = {}
            tops = [0.0] * len(every)
            for section in columns.sections[text]:
                small = _SHORT + _SLOPE * lengths[section]
                for number, (one, most) in enumerate(every):
                    if section in one:
                        weight = one[section]
                        worth = most * weight / (weight + small)
                        sections[section] = sections.get(section, 0.0) + worth
                        tops[number] = max(tops[number], worth)
            score = (max(sections.values()) + sum(tops)) / 2
            yield Guide(columns.facts[text].translation_id, score, atoms, sections)


def matches(source: Source, field: str, phrase: Phrase) -> Weights:
    """Return the sections in which ``phrase`` stands, with the weight of its rarest word there."""
    if len(phrase) == 1:
        return _any_form(source, field, phrase[0])
    first, *others = sorted(phrase, key=lambda step: sum(source.frequency(field, form) for form in step.forms))
    stands: Collection[int] = set[int]().union(*(source.keys(field, form) for form in first.forms))
    for step in others:
        stands = _beside(source, field, stands, step, step.offset - first.offset)
    weights = _any_form(source, field, first) if stands else {}
    return {section: weights[section] for section in {key >> SHIFT for key in stands}}


def ranked(source: Source, field: str, atoms: Sequence[Atom], wanted: Collection[int], least: int) -> Found:
    """Return the guides among the texts ``wanted`` that have at least ``least`` of ``atoms``, in whichever sections."""
    columns = source.columns
    weights = [_found(source, field, atom) for atom in atoms]
    rarities = [math.log(1 + (source.size() + 0.5) / (len(one) + 0.5)) for one in weights]
    found = Found(columns, weights, rarities)
    texts = [set(map(columns.texts.__getitem__, one)) for one in weights]
    if least == len(atoms):
        common = set.intersection(*texts).intersection(wanted) if texts else set[int]()
        return Found(columns, weights, rarities, [(least, common)] if common else [])
    by_count: defaultdict[int, set[int]] = defaultdict(set)
    for text, count in Counter(chain.from_iterable(texts)).items():
        if count >= least and text in wanted:
            by_count[count].add(text)
    found.texts.extend(sorted(by_count.items(), reverse=True))
    return found


def order(guide: Guide) -> tuple[int, float, str]:
    """Return what guides are sorted by: how much of the question they have, their worth, and then their id."""
    return (-guide.atoms, -round(guide.score, _DIGITS), guide.translation_id)


def _any_form(source: Source, field: str, step: Step) -> Weights:
    """Return the sections that have any form of ``step``, with the greatest weight of any."""
    return _greatest([source.weights(field, form) for form in step.forms])


def _greatest(every: Sequence[Weights]) -> Weights:
    """Return all sections with the greatest weight that any has for it."""
    if len(every) == 1:
        return every[0]
    found = dict(every[0])
    for one in every[1:]:
        greater = {section: found[section] for section in found.keys() & one.keys() if found[section] > one[section]}
        found.update(one)
        found.update(greater)
    return found


def _beside(source: Source, field: str, stands: Collection[int], step: Step, distance: int) -> Collection[int]:
    """Return those of the places ``stands`` from which ``step`` is ``distance`` words away."""
    found = set[int]()
    for form in step.forms if stands else ():
        keys = source.keys(field, form)
        if len(stands) * _LOOK_UP < len(keys):
            found.update(key for key in stands if _holds(keys, key + distance))
        else:
            found.update(set(stands).intersection(map((-distance).__add__, keys)))
    return found


def _holds(keys: Sequence[int], key: int) -> bool:
    """Whether ``key`` is among ``keys``, which are in order."""
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at] == key


def _found(source: Source, field: str, atom: Atom) -> Weights:
    """Return the sections that have ``atom``, with its weight in each."""
    return _greatest([_times(_way(source, field, way), factor) for way, factor in atom.ways])


def _times(found: Weights, factor: float) -> Weights:
    """Return ``found`` with each weight ``factor`` times what it was."""
    return found if factor == 1 else {section: weight * factor for section, weight in found.items()}


def _way(source: Source, field: str, way: Way) -> Weights:
    """Return the sections that have all phrases of ``way``, with the smallest weight among them."""
    found = matches(source, field, way[0])
    for phrase in way[1:]:
        other = matches(source, field, phrase) if found else {}
        found = {section: min(weight, other[section]) for section, weight in found.items() if section in other}
    return found
