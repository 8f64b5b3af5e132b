"""A reader's words in, guides with their best sections out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.search import ranking
from studio.search.analyzers.asked import Phrase, Step, Unit, phrase, units
from studio.search.analyzers.tokens import Token
from studio.search.entries import Searchable, SectionEntry, Source, field_of
from studio.search.highlight import Excerpt, Segments, excerpt, segments, spans, wanted
from studio.search.ranking import Atom, Guide

LONGEST: Final = 200
"""Characters a question may have; a longer one answers nothing."""

MOST_UNITS: Final = 16
MOST_STEPS: Final = 24
_MOST_EXPANSIONS: Final = 40
_SHORTEST_PREFIX: Final = 3
_LONGEST_SYNONYM: Final = 4
_SECTIONS_SHOWN: Final = 3
_WHOLE, _LOOSER, _SYNONYM, _BEGINNING = 1.0, 0.6, 0.8, 0.3
_QUOTED = re.compile(r"[\"“”„«»「『]([^\"“”„«»「」『』]+)[\"“”„«»」』]")

Synonyms = Mapping[str, Mapping[str, Sequence[str]]]
"""By language: words that readers may type, and what the texts say instead. Never shown."""

Live = Callable[[Collection[str]], Collection[str]]
"""Given translation ids, returns those that may be shown now."""


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section that answers: its title and a passage of it, in segments."""

    section_id: str
    title: Segments
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Hit:
    """A guide that answers, with its best sections first."""

    guide_id: str
    translation_id: str
    language: str
    kind: str
    topics: tuple[str, ...]
    title: Segments
    sections: tuple[SectionHit, ...]

    @property
    def plain_title(self) -> str:
        """The title without its marks."""
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers, how many there are in all, and a better spelled question if there is one."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in one language: what to look for, in which field, and which texts may answer."""

    source: Source
    language: str
    field: str
    units: list[Unit]
    synonyms: Mapping[str, Sequence[str]]
    allowed: ranking.Allowed


@dataclass(frozen=True, slots=True)
class _Row:
    """A guide that answers, the question it answers, and what was looked for."""

    asked: _Asked
    guide: Guide
    phrases: list[Phrase]

    @property
    def sections(self) -> list[int]:
        """The numbers of the sections that are shown."""
        return self.guide.best(self.asked.source, _SECTIONS_SHOWN)


_Places = defaultdict[tuple[str, int], list[Token]]


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
    found = [row for one in asked if one.units for row in _answers(one, live)]
    found.sort(key=lambda row: ranking.order(row.guide))
    first = (max(page, 1) - 1) * limit
    shown = found[first : first + limit]
    places = _places(shown)
    hits = tuple(_hit(row, places) for row in shown)
    meant = _did_you_mean(asked[0], words, live) if asked[0].units else None
    return Results(hits, len(found), meant)


def _asked(
    source: Source, words: str, code: str, topics: Collection[str], synonyms: Mapping[str, Sequence[str]]
) -> _Asked:
    """Return the question as it is put to the texts of one language."""
    about = frozenset(topics)
    return _Asked(
        source,
        code,
        field_of(code),
        list(_capped(_parsed(words, code))),
        synonyms,
        lambda facts: (
            (facts.language == code or facts.language.split("-")[0] == code)
            and (not about or not about.isdisjoint(facts.topics))
        ),
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


def _answers(asked: _Asked, live: Live | None) -> list[_Row]:
    """Return the guides with all that was asked; if there are none, those with the most of it."""
    pairs = _with_synonyms(asked)
    strict = [atom for _, atom in pairs]
    loose = [_beginning(asked, atom) for group, whole in pairs for atom in _pieces(group, whole)][:MOST_UNITS]
    for atoms, least in ((strict, len(strict)), (loose, (len(loose) + 1) // 2)):
        found = ranking.living(ranking.ranked(asked.source, asked.field, atoms, asked.allowed, least), live)
        if found:
            phrases = list(dict.fromkeys(part for atom in atoms for way, _ in atom.ways for part in way))
            return [_Row(asked, guide, phrases) for guide in found]
    return []


def _with_synonyms(asked: _Asked) -> list[tuple[list[Unit], Atom]]:
    """Return an atom for each unit; units that make a word to avoid become one, with its better words beside."""
    known = {
        _keys(units(word, asked.language)): _said(better, asked.language) for word, better in asked.synonyms.items()
    }
    atoms, at = [], 0
    while at < len(asked.units):
        sizes = range(_LONGEST_SYNONYM, 1, -1)
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


def _said(better: Sequence[str], code: str) -> tuple[tuple[tuple[Phrase, ...], float], ...]:
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
        for form in asked.source.beginning(asked.field, prefix, _MOST_EXPANSIONS)
    )
    return Atom((*atom.ways, ((((Step(0, longer),),), _BEGINNING)))) if longer else atom


def _hit(row: _Row, places: _Places) -> Hit:
    """Return a guide as it is shown."""
    shown = [row.asked.source.entry(section) for section in row.sections]
    first, sections = shown[0], zip(shown, row.sections, strict=True)
    return Hit(
        first.guide_id,
        first.translation_id,
        first.language,
        first.kind,
        first.topics,
        segments(first.guide_title, first.language, row.phrases),
        tuple(_section(entry, row.phrases, places[row.asked.field, section]) for entry, section in sections),
    )


def _section(entry: SectionEntry, phrases: list[Phrase], found: list[Token]) -> SectionHit:
    """Return a section as it is shown."""
    title = segments(entry.section_title, entry.language, phrases)
    return SectionHit(entry.section_id, title, excerpt(entry.text, spans(found, phrases)))


def _places(rows: Sequence[_Row]) -> _Places:
    """Return where the words asked for stand in all sections of this page, read in one go for each word."""
    found: _Places = defaultdict(list)
    for asked in {row.asked.field: row.asked for row in rows}.values():
        same = [row for row in rows if row.asked.field == asked.field]
        sections = [section for row in same for section in row.sections]
        for form in wanted(part for row in same for part in row.phrases):
            for section, term in asked.source.places(asked.field, form, sections).items():
                places = zip(term.positions, term.starts, term.ends, strict=True)
                found[asked.field, section] += [Token(form, start, end, at) for at, start, end in places if end]
    return found


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
    return bool(ranking.living(ranking.ranked(asked.source, asked.field, atoms, asked.allowed, 1), live))


def _known(asked: _Asked, unit: Unit) -> bool:
    """Whether any text has the word of ``unit``."""
    return any(asked.source.frequency(asked.field, form) for form in unit.ways[0][0][0].forms)
