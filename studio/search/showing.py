"""The guides of one page as they are shown: their titles and passages, with what was found in them marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from studio.search.analyzers.asked import Phrase
from studio.search.analyzers.tokens import Token
from studio.search.entries import SectionEntry, Source
from studio.search.highlight import Excerpt, Segments, excerpt, segments, spans, wanted


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
class Row:
    """A guide that is shown: where it is read from, what was looked for, and the numbers of its sections shown."""

    source: Source
    field: str
    phrases: list[Phrase]
    sections: list[int]


_Places = defaultdict[tuple[str, int], list[Token]]


def hits(rows: Sequence[Row]) -> tuple[Hit, ...]:
    """Return the guides of one page."""
    places = _places(rows)
    return tuple(_hit(row, places) for row in rows)


def _hit(row: Row, places: _Places) -> Hit:
    """Return a guide as it is shown."""
    shown = [row.source.entry(section) for section in row.sections]
    first, sections = shown[0], zip(shown, row.sections, strict=True)
    return Hit(
        first.guide_id,
        first.translation_id,
        first.language,
        first.kind,
        first.topics,
        segments(first.guide_title, first.language, row.phrases),
        tuple(_section(entry, row.phrases, places[row.field, section]) for entry, section in sections),
    )


def _section(entry: SectionEntry, phrases: list[Phrase], found: list[Token]) -> SectionHit:
    """Return a section as it is shown."""
    title = segments(entry.section_title, entry.language, phrases)
    return SectionHit(entry.section_id, title, excerpt(entry.text, spans(found, phrases)))


def _places(rows: Sequence[Row]) -> _Places:
    """Return where the words asked for stand in all sections of this page, read in one go for each word."""
    found: _Places = defaultdict(list)
    for field, source in {row.field: row.source for row in rows}.items():
        same = [row for row in rows if row.field == field]
        sections = [section for row in same for section in row.sections]
        for form in wanted(part for row in same for part in row.phrases):
            for section, term in source.places(field, form, sections).items():
                places = zip(term.positions, term.starts, term.ends, strict=True)
                found[field, section] += [Token(form, start, end, at) for at, start, end in places if end]
    return found
