"""Which sections answer a question and how well; a guide is as good as its best section."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from studio.search.analyzers.asked import Phrase, Step, Way
from studio.search.entries import Facts, Source

_SATURATION: Final = 2.0
_LENGTH_SHARE: Final = 0.4
_USUAL_LENGTH: Final = 200
_ELSEWHERE: Final = 0.5
"""What a word counts that the guide has only outside its best section."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that a guide should have: any of ``ways``, each counting as much as its factor."""

    ways: tuple[tuple[Way, float], ...]


@dataclass(slots=True)
class Guide:
    """A text that answers: what it is worth, and its sections, best first."""

    translation_id: str
    score: float = 0.0
    atoms: int = 0
    sections: list[tuple[float, int]] = field(default_factory=list)


Allowed = Callable[[Facts], bool]


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
    """Return the guides that have at least ``least`` of ``atoms``, best first."""
    sections: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for number, atom in enumerate(atoms):
        for section, score in _atom(source, field, atom).items():
            sections[section][number] = score
    grouped: defaultdict[str, list[tuple[int, dict[int, float]]]] = defaultdict(list)
    for section, scores in sections.items():
        facts = source.facts(section)
        if allowed(facts):
            grouped[facts.translation_id].append((section, scores))
    found = [_guide(source, key, group) for key, group in grouped.items()]
    return sorted((guide for guide in found if guide.atoms >= least), key=order)


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
    first, *others = step.forms
    found = dict(source.weights(field, first))
    for form in others:
        for section, weight in source.weights(field, form).items():
            found[section] = max(weight, found.get(section, 0.0))
    return found


def _begins(source: Source, field: str, step: Step, among: Collection[int]) -> dict[int, set[int]]:
    """Return for each section where the phrase would have to begin for ``step`` to be in its place."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for form in step.forms:
        for section, positions in source.positions(field, form, among).items():
            found[section].update(position - step.offset for position in positions)
    return found


def _atom(source: Source, field: str, atom: Atom) -> dict[int, float]:
    """Return the sections that have ``atom``, with what it is worth in each."""
    found: dict[int, float] = {}
    for way, factor in atom.ways:
        for section, weight in _way(source, field, way).items():
            found[section] = max(found.get(section, 0.0), weight * factor)
    rarity = math.log(1 + (source.size() + 0.5) / (len(found) + 0.5))
    return {section: rarity * _worth(weight, source.facts(section).length) for section, weight in found.items()}


def _way(source: Source, field: str, way: Way) -> dict[int, float]:
    """Return the sections that have all phrases of ``way``, with the smallest weight among them."""
    found = matches(source, field, way[0])
    for phrase in way[1:]:
        other = matches(source, field, phrase) if found else {}
        found = {section: min(weight, other[section]) for section, weight in found.items() if section in other}
    return found


def _worth(weight: float, length: int) -> float:
    """Return what ``weight`` counts in a section of ``length`` words: less and less for each further time."""
    slope = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_LENGTH)
    return weight * (_SATURATION + 1) / (weight + slope)


def _guide(source: Source, translation_id: str, group: Iterable[tuple[int, dict[int, float]]]) -> Guide:
    """Return the guide made of its answering sections: those with more of the question come first."""
    group = list(group)
    best: dict[int, float] = {}
    for _, scores in group:
        for atom, score in scores.items():
            best[atom] = max(score, best.get(atom, 0.0))
    rows = [(sum(scores.values()), section, scores) for section, scores in group]
    rows.sort(key=lambda row: (-round(row[0], 6), source.facts(row[1]).number))
    elsewhere = sum(score for atom, score in best.items() if atom not in rows[0][2])
    sections = [(score, section) for score, section, _ in rows]
    return Guide(translation_id, rows[0][0] + _ELSEWHERE * elsewhere, len(best), sections)
