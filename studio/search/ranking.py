"""Which sections answer a question and how well; a guide is as good as its best section."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from studio.search.analyzers.asked import Phrase, Step, Way
from studio.search.columns import Columns, Facts
from studio.search.entries import Source

SATURATION: Final = 2.0
LENGTH_SHARE: Final = 0.4
USUAL_LENGTH: Final = 200
_MUCH_MORE: Final = 1.5


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that a guide should have: any of ``ways``, each counting as much as its factor."""

    ways: tuple[tuple[Way, float], ...]


@dataclass(slots=True)
class Guide:
    """A text that answers: what it is worth, how many of the atoms it has, its number, and what each section is worth.

    ``sections`` are those of all texts that answer, for there are thousands and few are shown.
    """

    translation_id: str
    score: float
    atoms: int
    text: int
    sections: Mapping[int, float]

    def best(self, source: Source, count: int) -> list[int]:
        """Return the numbers of the ``count`` best sections, best first."""
        columns, worth = source.columns, self.sections
        rows = [section for section in columns.sections[self.text] if section in worth]
        return sorted(rows, key=lambda section: (-round(worth[section], 6), columns.numbers[section]))[:count]


Allowed = Callable[[Facts], bool]
"""Says of a text, by the facts of any of its sections, whether it is asked for."""


def matches(source: Source, field: str, phrase: Phrase) -> Mapping[int, float]:
    """Return the sections in which ``phrase`` stands, with the weight of its rarest word there."""
    if len(phrase) == 1:
        return _any_form(source, field, phrase[0])
    steps = sorted(phrase, key=lambda step: sum(source.frequency(field, form) for form in step.forms))
    weights = _any_form(source, field, steps[0])
    together = _having_all(source, field, steps[1:], weights.keys())
    return {section: weights[section] for section in _side_by_side(source, field, steps, together)}


def ranked(source: Source, field: str, atoms: Sequence[Atom], allowed: Allowed, least: int) -> list[Guide]:
    """Return the guides that have at least ``least`` of ``atoms``, in whichever sections, best first.

    A guide is worth its best section, and what it has elsewhere counts half.
    """
    columns = source.columns
    found = [_found(source, field, atom) for atom in atoms]
    rarities = [math.log(1 + (source.size() + 0.5) / (len(one) + 0.5)) for one in found]
    if least == len(atoms) > 1:
        found = _narrowed(columns, found)
    worth = [_worth(columns, one, rarity) for one, rarity in zip(found, rarities, strict=True)]
    tops = [_tops(columns, one) for one in worth]
    sections, everywhere = _summed(worth), _summed(tops)
    bests = _tops(columns, sections) if len(tops) > 1 else everywhere
    counts, facts = Counter(chain.from_iterable(tops)), columns.facts
    guides = [
        Guide(facts[text].translation_id, (bests[text] + total) / 2, counts[text], text, sections)
        for text, total in everywhere.items()
        if counts[text] >= least and allowed(facts[text])
    ]
    return sorted(guides, key=order)


def order(guide: Guide) -> tuple[int, float, str]:
    """Return what guides are sorted by: how much of the question they have, their worth, and then their id."""
    return (-guide.atoms, -round(guide.score, 6), guide.translation_id)


def living(guides: list[Guide], live: Callable[[Collection[str]], Collection[str]] | None) -> list[Guide]:
    """Return those of ``guides`` that may be shown, as ``live`` says now."""
    if live is None or not guides:
        return guides
    alive = set(live({guide.translation_id for guide in guides}))
    return [guide for guide in guides if guide.translation_id in alive]


def _any_form(source: Source, field: str, step: Step) -> Mapping[int, float]:
    """Return the sections that have any form of ``step``, with the greatest weight of any."""
    return _greatest([source.weights(field, form) for form in step.forms])


def _greatest(every: Sequence[Mapping[int, float]]) -> Mapping[int, float]:
    """Return all sections with the greatest weight that any has for it."""
    if len(every) == 1:
        return every[0]
    found = dict(every[0])
    for one in every[1:]:
        for section, weight in one.items():
            if weight > found.get(section, 0.0):
                found[section] = weight
    return found


def _having_all(source: Source, field: str, steps: Sequence[Step], among: Collection[int]) -> Collection[int]:
    """Return those of the sections ``among`` that have some form of each of ``steps``, wherever it stands."""
    for step in steps:
        among = set[int]().union(*(source.having(field, form, among) for form in step.forms))
    return among


def _side_by_side(source: Source, field: str, steps: Sequence[Step], among: Collection[int]) -> Collection[int]:
    """Return those of the sections ``among`` in which ``steps`` stand as far from each other as they should."""
    first, stands = steps[0], dict[int, Collection[int]]()
    for form in first.forms:
        for section, positions in source.positions(field, form, among):
            stands[section] = [*stands[section], *positions] if section in stands else positions
    for step in steps[1:]:
        stands = _beside(source, field, stands, step, step.offset - first.offset)
    return stands


def _beside(
    source: Source, field: str, stands: Mapping[int, Collection[int]], step: Step, distance: int
) -> dict[int, Collection[int]]:
    """Return those of the places ``stands`` from which ``step`` is ``distance`` words away."""
    found = dict[int, Collection[int]]()
    for form in step.forms:
        for section, positions in source.positions(field, form, stands.keys()):
            if both := {at - distance for at in positions}.intersection(stands[section]):
                found[section] = both.union(found.get(section, ()))
    return found


def _found(source: Source, field: str, atom: Atom) -> Mapping[int, float]:
    """Return the sections that have ``atom``, with its weight in each."""
    return _greatest([_weighed(_way(source, field, way), factor) for way, factor in atom.ways])


def _narrowed(columns: Columns, found: list[Mapping[int, float]]) -> list[Mapping[int, float]]:
    """Return ``found`` without texts that lack any atom, where that spares work."""
    of = columns.texts.__getitem__
    texts = [set(map(of, one)) for one in found]
    common = set.intersection(*texts)
    return [
        {section: weight for section, weight in one.items() if of(section) in common}
        if len(its) > _MUCH_MORE * len(common)
        else one
        for one, its in zip(found, texts, strict=True)
    ]


def _worth(columns: Columns, found: Mapping[int, float], rarity: float) -> dict[int, float]:
    """Return what the weights in ``found`` are worth: less for each further time, and less in a long section."""
    lengths, most = columns.lengths, rarity * (SATURATION + 1)
    short, slope = SATURATION * (1 - LENGTH_SHARE), SATURATION * LENGTH_SHARE / USUAL_LENGTH
    return {section: most * weight / (weight + short + slope * lengths[section]) for section, weight in found.items()}


def _tops(columns: Columns, worth: Mapping[int, float]) -> dict[int, float]:
    """Return for each text what its best section is worth."""
    texts, found = columns.texts, dict[int, float]()
    for section, score in worth.items():
        text = texts[section]
        if score > found.get(text, 0.0):
            found[text] = score
    return found


def _summed(every: Sequence[dict[int, float]]) -> dict[int, float]:
    """Return the sum of all for each key that any has."""
    if len(every) == 1:
        return every[0]
    found: defaultdict[int, float] = defaultdict(float)
    for one in every:
        for key, score in one.items():
            found[key] += score
    return found


def _weighed(found: Mapping[int, float], factor: float) -> Mapping[int, float]:
    """Return ``found`` with each weight ``factor`` times what it was."""
    return found if factor == 1 else {section: weight * factor for section, weight in found.items()}


def _way(source: Source, field: str, way: Way) -> Mapping[int, float]:
    """Return the sections that have all phrases of ``way``, with the smallest weight among them."""
    found = matches(source, field, way[0])
    for phrase in way[1:]:
        other = matches(source, field, phrase) if found else {}
        found = {section: min(weight, other[section]) for section, weight in found.items() if section in other}
    return found
