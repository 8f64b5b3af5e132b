"""A reader's words in, guides with their best sections out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import Final

from studio.search import ranking, showing
from studio.search.analyzers.asked import Phrase, Step, Unit, phrase, units
from studio.search.entries import Searchable, Source, field_of
from studio.search.ranking import Atom, Guide
from studio.search.showing import Hit, Row

LONGEST: Final = 200
"""Characters a question may have; a longer one answers nothing."""

MOST_UNITS: Final = 16
MOST_STEPS: Final = 24
MOST_EXPANSIONS: Final = 40
_SHORTEST_PREFIX: Final = 3
LONGEST_SYNONYM: Final = 6
_SECTIONS_SHOWN: Final = 3
_WHOLE, _LOOSER, _SYNONYM, _BEGINNING = 1.0, 0.6, 0.8, 0.3
_QUOTED = re.compile(r"[\"“”„«»「『]([^\"“”„«»「」『』]+)[\"“”„«»」』]")

Synonyms = Mapping[str, Mapping[str, Sequence[str]]]
"""By language: words that readers may type, and what the texts say instead. Never shown."""

Live = Callable[[Collection[str]], Collection[str]]
"""Given translation ids, returns those that may be shown now."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers, how many there are in all, and a better spelled question if there is one."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in one language: what to look for, in which field, and the numbers of the texts that may answer."""

    source: Source
    language: str
    field: str
    units: list[Unit]
    synonyms: Mapping[str, Sequence[str]]
    wanted: Collection[int]


@dataclass(frozen=True, slots=True)
class _Answer:
    """The guides that answer a question, and what was looked for."""

    asked: _Asked
    found: ranking.Found
    phrases: list[Phrase]


def search(
    index: Searchable,
    words: str,
    language: str,
    *,
    topics: Collection[str] = (),
    languages: Collection[str] = (),
    limit: int = 10,
    page: int = 1,
    live: Live | None = None,
    synonyms: Synonyms | None = None,
) -> Results:
    """Return page ``page`` (from 1) of the guides that answer ``words``, ``limit`` a page.

    ``language`` is the reader's; ``languages`` are those of the texts wanted, by default the reader's own.
    Raises ``IndexBroken`` when the index cannot answer.
    """
    if len(words) > LONGEST:
        return Results(too_long=True)
    source, wanted = index.snapshot(), tuple(dict.fromkeys(languages or (language,)))
    asked = [_asked(source, words, code, topics, (synonyms or {}).get(code, {})) for code in wanted]
    answers = [_answer(one, live) for one in asked if one.units]
    first = (max(page, 1) - 1) * limit
    hits = showing.hits(list(_page(answers, first, first + limit)))
    meant = _did_you_mean(asked[0], words, live) if asked[0].units else None
    return Results(hits, sum(len(answer.found) for answer in answers), meant)


def _asked(
    source: Source, words: str, code: str, topics: Collection[str], synonyms: Mapping[str, Sequence[str]]
) -> _Asked:
    """Return the question as it is put to the texts of one language."""
    return _Asked(
        source,
        code,
        field_of(code),
        list(_capped(_parsed(words, code))),
        synonyms,
        source.columns.wanted(code, topics),
    )


def _parsed(words: str, code: str) -> list[Unit]:
    """Return the units of ``words``; what stands in quotation marks is one unit."""
    found, at = [], 0
    for quoted in _QUOTED.finditer(words):
        found += _moved(units(words[at : quoted.start()], code), at)
        found += [unit for unit in _moved([phrase(quoted[1], code)], quoted.start(1)) if unit.ways]
        at = quoted.end()
    return found + _moved(units(words[at:], code), at)


def _moved(found: list[Unit], by: int) -> list[Unit]:
    """Return units whose places are counted from the begin of the whole question."""
    return [Unit(unit.ways, unit.pieces, unit.start + by, unit.end + by, unit.word) for unit in found]


def _capped(found: list[Unit]) -> Iterator[Unit]:
    """Yield at most so many units, each with at most so many steps, that any question is answered at once."""
    for unit in found[:MOST_UNITS]:
        ways = tuple(tuple(one[:MOST_STEPS] for one in way[:MOST_UNITS]) for way in unit.ways)
        yield Unit(ways, unit.pieces[:MOST_UNITS], unit.start, unit.end, unit.word)


def _answer(asked: _Asked, live: Live | None) -> _Answer:
    """Return the guides with all that was asked; if there are none, those with the most of it."""
    pairs = _with_synonyms(asked)
    strict = [atom for _, atom in pairs]
    answer = _with_least(asked, strict, len(strict), live)
    if answer.found.texts:
        return answer
    loose = [_beginning(asked, atom) for group, whole in pairs for atom in _pieces(group, whole)][:MOST_UNITS]
    return _with_least(asked, loose, (len(loose) + 1) // 2, live)


def _with_least(asked: _Asked, atoms: list[Atom], least: int, live: Live | None) -> _Answer:
    """Return the guides that may be shown and have at least ``least`` of ``atoms``."""
    found = ranking.ranked(asked.source, asked.field, atoms, asked.wanted, least).living(live)
    return _Answer(asked, found, list(dict.fromkeys(part for atom in atoms for way, _ in atom.ways for part in way)))


def _page(answers: Sequence[_Answer], first: int, end: int) -> Iterator[Row]:
    """Yield the guides of one page: those of all languages in one order, from ``first`` up to ``end``."""
    every = merge(*([(guide, answer) for guide in answer.found.best(end)] for answer in answers), key=_order)
    for guide, answer in islice(every, first, end):
        source, name = answer.asked.source, answer.asked.field
        yield Row(source, name, answer.phrases, guide.best(source, _SECTIONS_SHOWN))


def _order(row: tuple[Guide, _Answer]) -> tuple[int, float, str]:
    """Return what the guides of all languages are sorted by."""
    return ranking.order(row[0])


def _with_synonyms(asked: _Asked) -> list[tuple[list[Unit], Atom]]:
    """Return an atom for each unit; units that make a word to avoid become one, with its better words beside."""
    known = {
        _meant(word, asked.language): _said(tuple(better), asked.language) for word, better in asked.synonyms.items()
    }
    atoms, at = [], 0
    while at < len(asked.units):
        sizes = range(LONGEST_SYNONYM, 1, -1)
        size = next((size for size in sizes if _keys(asked.units[at : at + size]) in known), 1)
        group = asked.units[at : at + size]
        atoms.append((group, Atom(_ways(group) + known.get(_keys(group), ()))))
        at += size
    return atoms


def _pieces(group: list[Unit], whole: Atom) -> list[Atom]:
    """Return single words and words to avoid as they are, and the pieces of quotations and of runs without spaces."""
    if len(group) > 1 or group[0].word or len(whole.ways) > len(group[0].ways):
        return [whole]
    return [Atom((((piece,), _WHOLE),)) for piece in group[0].pieces]


def _ways(group: list[Unit]) -> tuple[tuple[tuple[Phrase, ...], float], ...]:
    """Return the ways in which a text may have what ``group`` asks for."""
    if len(group) > 1:
        return ((tuple(part for unit in group for part in unit.ways[0]), _WHOLE),)
    return tuple((way, _LOOSER if number else _WHOLE) for number, way in enumerate(group[0].ways))


def _keys(group: list[Unit]) -> tuple[tuple[str, ...], ...]:
    """Return the words that ``group`` asks for, however they are joined."""
    return tuple(step.forms for unit in group for part in unit.ways[0] for step in part)


@lru_cache(maxsize=4096)
def _meant(word: str, code: str) -> tuple[tuple[str, ...], ...]:
    """Return what a word of the house's own list asks for; what somebody typed is never kept like this."""
    return _keys(units(word, code))


@lru_cache(maxsize=4096)
def _said(better: tuple[str, ...], code: str) -> tuple[tuple[tuple[Phrase, ...], float], ...]:
    """Return the words that texts use instead as further ways."""
    found = (phrase(word, code) for word in better)
    return tuple((way, _SYNONYM) for unit in found for way in unit.ways)


def _beginning(asked: _Asked, atom: Atom) -> Atom:
    """Return ``atom`` with the words that begin like its first word, if no text has that one."""
    step = atom.ways[0][0][0][0]
    if any(asked.source.frequency(asked.field, form) for way, _ in atom.ways for form in way[0][0].forms):
        return atom
    longer = tuple(
        form
        for prefix in step.forms
        if len(prefix) >= _SHORTEST_PREFIX
        for form in asked.source.beginning(asked.field, prefix, MOST_EXPANSIONS)
    )
    return Atom((*atom.ways, ((((Step(0, longer),),), _BEGINNING)))) if longer else atom


def _did_you_mean(asked: _Asked, words: str, live: Live | None) -> str | None:
    """Return the question with unknown words replaced by near ones that readers would find something with."""
    unknown = [unit for unit in asked.units if unit.word and not _known(asked, unit)]
    better = words
    for unit in reversed(unknown):
        nearest = asked.source.speller(asked.field).nearest(unit.word)
        if nearest and _readable(asked, nearest, live):
            better = better[: unit.start] + nearest + better[unit.end :]
    return None if better == words else better


def _readable(asked: _Asked, word: str, live: Live | None) -> bool:
    """Whether ``word`` stands in a text that may be shown, so that no suggestion tells of one that may not."""
    atoms = [Atom(_ways([unit])) for unit in units(word, asked.language)]
    return bool(ranking.ranked(asked.source, asked.field, atoms, asked.wanted, 1).living(live).texts)


def _known(asked: _Asked, unit: Unit) -> bool:
    """Whether any text has the word of ``unit``."""
    return any(asked.source.frequency(asked.field, form) for form in unit.ways[0][0][0].forms)
