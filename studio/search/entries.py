"""A section of a text as search knows it, and how it is taken apart into terms; the same for index and fallback."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from studio.core.locales import LANGUAGES
from studio.search.analyzers.tokens import base, tokens
from studio.search.columns import Columns
from studio.search.suggest import Speller

ANALYSIS: Final = 2
"""Raised whenever analyzers or terms change, so that an older index is made anew."""

GUIDE_TITLE_WEIGHT: Final = 8.0
SECTION_TITLE_WEIGHT: Final = 12.0
GAP: Final = 100
"""Positions between the titles and the text, so that no phrase reaches across."""

SHIFT: Final = 20
"""A place among all sections is one number: that of the section, moved by so many bits, and the position in it."""


class IndexBroken(Exception):
    """The index is missing, cut, corrupt or of another version; rebuild it, and answer from the database meanwhile."""


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One section of a guide in one language, as plain text."""

    guide_id: str
    translation_id: str
    language: str
    section_id: str
    guide_title: str
    section_title: str
    text: str
    topics: tuple[str, ...] = ()
    kind: str = "guide"

    @property
    def everything(self) -> str:
        """Titles and text in one."""
        return f"{self.guide_title}\n{self.section_title}\n{self.text}"


@dataclass(slots=True)
class Term:
    """One form in one section: where it stands, and how much it weighs (1 for each time in the text).

    ``starts`` and ``ends`` are places in the text's characters, beside each position; both 0 in the titles.
    """

    positions: MutableSequence[int] = field(default_factory=list)
    starts: MutableSequence[int] = field(default_factory=list)
    ends: MutableSequence[int] = field(default_factory=list)
    weight: float = 0.0


class Source(Protocol):
    """Something that can be searched. ``field`` is what ``field_of`` returns; sections are known by number."""

    def size(self) -> int:
        """Return the number of sections."""

    def frequency(self, field: str, form: str) -> int:
        """Return in how many sections ``form`` stands."""

    def weights(self, field: str, form: str) -> Mapping[int, float]:
        """Return the sections in which ``form`` stands, with its weight in each."""

    def keys(self, field: str, form: str) -> Sequence[int]:
        """Return every place of ``form`` in all sections, as numbers made with ``SHIFT``, in order."""

    def places(self, field: str, form: str, among: Collection[int]) -> Mapping[int, Term]:
        """Return where ``form`` stands in those of the sections ``among`` that have it."""

    def beginning(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first ``limit`` forms that begin with ``prefix``."""

    @property
    def columns(self) -> Columns:
        """What ranking needs to know of the sections."""

    def entry(self, section: int) -> SectionEntry:
        """Return the section itself."""

    def speller(self, field: str) -> Speller:
        """Return what knows the words of ``field`` as they are written."""


class Searchable(Protocol):
    """What ``query.search`` is asked on: an index or the fallback."""

    def snapshot(self) -> Source:
        """Return the source as it is now; it does not change while it is used."""


def field_of(language: str) -> str:
    """Return the field in which texts of ``language`` are kept: one for each language of the house, one for others."""
    code = base(language)
    return code if code in LANGUAGES else "other"


def terms(entry: SectionEntry) -> tuple[dict[str, Term], int]:
    """Return the terms of a section and its length in words; titles come first and weigh more."""
    found: defaultdict[str, Term] = defaultdict(Term)
    begin, length = 0, 0
    for text, weight in (
        (entry.guide_title, GUIDE_TITLE_WEIGHT),
        (entry.section_title, SECTION_TITLE_WEIGHT),
        (entry.text, 1.0),
    ):
        last = -1
        for token in tokens(text, entry.language):
            term = found[token.text]
            term.positions.append(begin + token.position)
            term.starts.append(token.start if text is entry.text else 0)
            term.ends.append(token.end if text is entry.text else 0)
            term.weight += weight
            last = token.position
        begin, length = begin + last + GAP, length + last + 1
    return dict(found), length


def numbered(entries: Iterable[SectionEntry]) -> Iterator[tuple[int, SectionEntry]]:
    """Yield each section with its number in its own text, counted in the order they come."""
    counts: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        yield counts[entry.translation_id], entry
        counts[entry.translation_id] += 1
