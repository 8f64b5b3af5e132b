"""Which sections answer a question and how well; a guide is as good as its best section."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from studio.search.analyzers.asked import Phrase, Step, Way
from studio.search.entries import Facts, Source

_SATURATION: Final = 2.0
_LENGTH_SHARE: Final = 0.4
_USUAL_LENGTH: Final = 200
_MUCH_MORE: Final = 3


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that a guide should have: any of ``ways``, each counting as much as its factor."""

    ways: tuple[tuple[Way, float], ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A text that answers: what it is worth, how many of the atoms it has, and its sections with their worth."""

    translation_id: str
    score: float
    atoms: int
    sections: list[tuple[float, int]]

    def best(self, source: Source, count: int) -> list[int]:
        """Return the numbers of the ``count`` best sections, best first."""
        rows = sorted(self.sections, key=lambda row: (-round(row[0], 6), source.facts[row[1]].number))
        return [section for _, section in rows[:count]]


Allowed = Callable[[Facts], bool]
"""Says of a text, by the facts of any of its sections, whether it is asked for."""


def matches(source: Source, field: str, phrase: Phrase) -> dict[int, float]:
    """Return the sections in which ``phrase`` stands, with the weight of its rarest word there."""
    if len(phrase) == 1:
        return _any_form(source, field, phrase[0])
    rarest, *others = sorted(phrase, key=lambda step: sum(source.frequency(field, form) for form in step.forms))
    weights = _any_form(source, field, rarest)
    begins = _begins(source, field, rarest, weights)
    for step in others:
        if not begins:
            break
        here = _begins(source, field, step, begins)
        begins = {section: both for section, at in begins.items() if (both := at & here.get(section, set()))}
    return {section: weights[section] for section in begins}


def ranked(source: Source, field: str, atoms: Sequence[Atom], allowed: Allowed, least: int) -> list[Guide]:
    """Return the guides that have at least ``least`` of ``atoms``, in whichever sections, best first.

    A guide is worth its best section, and what it has elsewhere counts half.
    """
    facts, totals = source.facts, defaultdict[int, float](float)
    tops: defaultdict[str, dict[int, float]] = defaultdict(dict)
    found = [_found(source, field, atom) for atom in atoms]
    rarities = [math.log(1 + (source.size() + 0.5) / (len(one) + 0.5)) for one in found]
    for number, one in enumerate(_narrowed(source, found) if least == len(atoms) else found):
        for section, score in _worth(source, one, rarities[number]).items():
            totals[section] += score
            top = tops[facts[section].translation_id]
            if score > top.get(number, 0.0):
                top[number] = score
    groups: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for section, total in totals.items():
        key = facts[section].translation_id
        if len(tops[key]) >= least:
            groups[key].append((total, section))
    guides = [
        Guide(key, (max(rows)[0] + sum(tops[key].values())) / 2, len(tops[key]), rows)
        for key, rows in groups.items()
        if allowed(facts[rows[0][1]])
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


def _any_form(source: Source, field: str, step: Step) -> dict[int, float]:
    """Return the sections that have any form of ``step``, with the greatest weight of any."""
    return _greatest([source.weights(field, form) for form in step.forms])


def _greatest(every: Sequence[dict[int, float]]) -> dict[int, float]:
    """Return all sections with the greatest weight that any has for it."""
    found = every[0]
    for one in every[1:]:
        for section, weight in one.items():
            if weight > found.get(section, 0.0):
                found[section] = weight
    return found


def _begins(source: Source, field: str, step: Step, among: Collection[int]) -> dict[int, set[int]]:
    """Return for each section where the phrase would have to begin for ``step`` to be in its place."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for form in step.forms:
        for section, term in source.places(field, form, among).items():
            found[section].update(position - step.offset for position in term.positions)
    return found


def _found(source: Source, field: str, atom: Atom) -> dict[int, float]:
    """Return the sections that have ``atom``, with its weight in each."""
    return _greatest([_weighed(_way(source, field, way), factor) for way, factor in atom.ways])


def _narrowed(source: Source, found: list[dict[int, float]]) -> list[dict[int, float]]:
    """Return ``found`` without texts that lack the rarest atom, where that spares work."""
    rarest, facts = min(found, key=len, default={}), source.facts
    texts = {facts[section].translation_id for section in rarest}
    return [
        {section: weight for section, weight in one.items() if facts[section].translation_id in texts}
        if len(one) > _MUCH_MORE * len(rarest)
        else one
        for one in found
    ]


def _worth(source: Source, found: dict[int, float], rarity: float) -> dict[int, float]:
    """Return what the weights in ``found`` are worth: less for each further time, and less in a long section."""
    facts, most = source.facts, rarity * (_SATURATION + 1)
    short, slope = _SATURATION * (1 - _LENGTH_SHARE), _SATURATION * _LENGTH_SHARE / _USUAL_LENGTH
    return {
        section: most * weight / (weight + short + slope * facts[section].length) for section, weight in found.items()
    }


def _weighed(found: dict[int, float], factor: float) -> dict[int, float]:
    """Return ``found`` with each weight ``factor`` times what it was."""
    return found if factor == 1 else {section: weight * factor for section, weight in found.items()}


def _way(source: Source, field: str, way: Way) -> dict[int, float]:
    """Return the sections that have all phrases of ``way``, with the smallest weight among them."""
    found = matches(source, field, way[0])
    for phrase in way[1:]:
        other = matches(source, field, phrase) if found else {}
        found = {section: min(weight, other[section]) for section, weight in found.items() if section in other}
    return found
