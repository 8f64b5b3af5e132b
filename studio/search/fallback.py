"""Search straight from section entries while the index is missing: the same answers, more slowly."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from studio.search.analyzers.tokens import words
from studio.search.columns import Facts, columns
from studio.search.entries import SHIFT, SectionEntry, Source, Term, field_of, numbered, terms
from studio.search.suggest import Speller


class Entries:
    """Sections held in memory, taken apart once; good for one or some questions."""

    def __init__(self, entries: Iterable[SectionEntry]) -> None:
        """Take ``entries`` apart with the analyzers of the index."""
        self._entries: list[SectionEntry] = []
        facts: list[Facts] = []
        self._terms: defaultdict[tuple[str, str], dict[int, Term]] = defaultdict(dict)
        self._sorted: dict[str, list[str]] = {}
        for number, entry in numbered(entries):
            facts.append(self._add(number, entry))
        self.columns = columns(enumerate(facts))

    def _add(self, number: int, entry: SectionEntry) -> Facts:
        """Take one section apart and return its facts."""
        found, length = terms(entry)
        for form, term in found.items():
            self._terms[field_of(entry.language), form][len(self._entries)] = term
        self._entries.append(entry)
        return Facts(entry.translation_id, entry.language, entry.topics, number, length)

    def snapshot(self) -> Source:
        """Return itself."""
        return self

    def size(self) -> int:
        """Return the number of sections."""
        return len(self._entries)

    def frequency(self, field: str, form: str) -> int:
        """Return in how many sections ``form`` stands."""
        return len(self._terms.get((field, form), ()))

    def weights(self, field: str, form: str) -> dict[int, float]:
        """Return the sections in which ``form`` stands, with its weight in each."""
        return {section: term.weight for section, term in self._terms.get((field, form), {}).items()}

    def keys(self, field: str, form: str) -> list[int]:
        """Return every place of ``form`` in all sections, in order."""
        known = self._terms.get((field, form), {}).items()
        return [section << SHIFT | at for section, term in known for at in sorted(term.positions)]

    def places(self, field: str, form: str, among: Collection[int]) -> Mapping[int, Term]:
        """Return where ``form`` stands in those of the sections ``among`` that have it."""
        known = self._terms.get((field, form), {})
        return {section: known[section] for section in among if section in known}

    def beginning(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first ``limit`` forms that begin with ``prefix``."""
        if field not in self._sorted:
            self._sorted[field] = sorted(form for one, form in self._terms if one == field)
        forms = self._sorted[field]
        at = bisect_left(forms, prefix)
        return list(takewhile(lambda form: form.startswith(prefix), forms[at : at + limit]))

    def entry(self, section: int) -> SectionEntry:
        """Return the section itself."""
        return self._entries[section]

    def speller(self, field: str) -> Speller:
        """Return what knows the words of ``field``."""
        counts: Counter[str] = Counter()
        for entry in self._entries:
            if field_of(entry.language) == field:
                counts.update(set(words(entry.everything, entry.language)))
        return Speller(counts, field)
