"""The answers as the decision on ranking words them, without any haste: every section is looked at for every word."""

from __future__ import annotations

import math

from studio.search.analyzers.asked import units
from studio.search.entries import field_of, terms


def plainly(entries, atoms, language):
    """Return (text, worth, sections best first) of the texts that have all of ``atoms``, best first."""
    sections = [(entry, *terms(entry)) for entry in entries]
    mine = [row for row in sections if field_of(row[0].language) == language]
    worth = [_worth(mine, atom, len(sections)) for atom in atoms]
    texts = {entry.translation_id: [] for entry, _, _ in mine}
    for number, (entry, _, _) in enumerate(mine):
        texts[entry.translation_id].append(number)
    found = []
    for text, numbers in texts.items():
        bests = [max(one.get(number, 0.0) for number in numbers) for one in worth]
        if atoms and all(bests):
            totals = {number: sum(one.get(number, 0.0) for one in worth) for number in numbers}
            answering = sorted((-round(totals[number], 6), number) for number in numbers if totals[number])
            score = (max(totals.values()) + sum(bests)) / 2
            found.append((-round(score, 6), text, [mine[number][0].section_id for _, number in answering]))
    return [(text, -score, answering) for score, text, answering in sorted(found)]


def asked(words, language):
    """Return what ``words`` ask for, each as its ways."""
    return [unit.ways for unit in units(words, language)]


def _worth(sections, ways, size):
    """Return what having an atom in any of ``ways`` is worth to each section that has it."""
    weights = {}
    for factor, way in zip([1.0] + [0.6] * len(ways), ways, strict=False):
        each = [_phrase(sections, phrase) for phrase in way]
        for number in set.intersection(*map(set, each)):
            weights[number] = max(weights.get(number, 0.0), factor * min(one[number] for one in each))
    rarity = math.log(1 + (size + 0.5) / (len(weights) + 0.5))
    return {
        number: rarity * 3 * weight / (weight + 2 * (0.6 + 0.4 * sections[number][2] / 200))
        for number, weight in weights.items()
    }


def _phrase(sections, phrase):
    """Return the sections in which ``phrase`` stands word by word, with the weight of its rarest word there."""
    counts = [sum(form in found for form in step.forms for _, found, _ in sections) for step in phrase]
    rarest = phrase[counts.index(min(counts))]
    return {
        number: max(found[form].weight for form in rarest.forms if form in found)
        for number, (_, found, _) in enumerate(sections)
        if any(_begins(found, phrase, at) for step in phrase[:1] for at in _places(found, step))
    }


def _begins(found, phrase, at):
    """Return whether ``phrase`` stands from position ``at`` on."""
    return all(at + step.offset in _places(found, step) for step in phrase)


def _places(found, step):
    """Return the positions at which any form of ``step`` stands."""
    return {at for form in step.forms if form in found for at in found[form].positions}
