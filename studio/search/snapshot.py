"""One state of the index as ranking asks it, whoever keeps it on disk."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Protocol

from studio.search.columns import Columns, Facts, columns
from studio.search.entries import IndexBroken, SectionEntry, Term
from studio.search.manifest import IndexBusy, Loaded
from studio.search.postings import Kept, Postings
from studio.search.suggest import Speller


@contextmanager
def broken() -> Iterator[None]:
    """Turn whatever is raised over damaged files into ``IndexBroken``."""
    try:
        yield
    except (IndexBroken, IndexBusy, MemoryError):
        raise
    except Exception as error:
        raise IndexBroken(f"The search index cannot be used: {type(error).__name__}.") from error


class Stored(Protocol):
    """What lies in the files of one state; read by one thread at a time, and anything may be raised over damage."""

    def facts(self) -> Iterable[tuple[int, Facts]]:
        """Yield all sections in their order with their facts."""

    def postings(self, field: str, form: str) -> Postings:
        """Return all sections in which ``form`` stands."""

    def beginning(self, field: str, prefix: str) -> Iterable[str]:
        """Yield the forms that begin with ``prefix``."""

    def words(self, field: str) -> Mapping[str, int]:
        """Return the words of ``field`` as they are written, and how many texts have each."""

    def entry(self, section: int) -> str:
        """Return the section itself as it was written."""


class Snapshot:
    """One state of the index, held in memory: it stays readable whatever happens to the files."""

    def __init__(self, stored: Stored, loaded: Loaded) -> None:
        """Answer from ``stored``, which was opened from the checked bytes ``loaded``."""
        self.loaded = loaded
        self._stored = stored
        self._lock = threading.RLock()
        self._kept = Kept()
        self._spellers: dict[str, Speller] = {}
        with broken():
            self._columns = columns(stored.facts())
        self._size = sum(map(len, self._columns.sections))

    @property
    def columns(self) -> Columns:
        """What ranking needs to know of the sections."""
        return self._columns

    def size(self) -> int:
        """Return the number of sections."""
        return self._size

    def translations(self) -> dict[str, int]:
        """Return the ids of all texts with the number of their sections."""
        both = zip(self._columns.facts, self._columns.sections, strict=True)
        return {facts.translation_id: len(sections) for facts, sections in both}

    def frequency(self, field: str, form: str) -> int:
        """Return in how many sections ``form`` stands."""
        return len(self._postings(field, form).sections)

    def weights(self, field: str, form: str) -> Mapping[int, float]:
        """Return the sections in which ``form`` stands, with its weight in each."""
        return self._postings(field, form).by_section()

    def keys(self, field: str, form: str) -> Sequence[int]:
        """Return every place of ``form`` in all sections, in order."""
        return self._postings(field, form).keys

    def places(self, field: str, form: str, among: Collection[int]) -> Mapping[int, Term]:
        """Return where ``form`` stands in those of the sections ``among`` that have it."""
        known = self._postings(field, form)
        found = ((section, known.term(section)) for section in among)
        return {section: term for section, term in found if term.positions}

    def beginning(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first ``limit`` forms that begin with ``prefix``."""
        with self._lock, broken():
            return list(islice(self._stored.beginning(field, prefix), limit))

    def entry(self, section: int) -> SectionEntry:
        """Return the section itself."""
        with self._lock, broken():
            said = json.loads(self._stored.entry(section))
            return SectionEntry(**said | {"topics": tuple(said["topics"])})

    def speller(self, field: str) -> Speller:
        """Return what knows the words of ``field``, made once for each state."""
        with self._lock, broken():
            if field not in self._spellers:
                self._spellers[field] = Speller(self._stored.words(field), field)
            return self._spellers[field]

    def _postings(self, field: str, form: str) -> Postings:
        """Return all sections that have ``form``, read once as long as they are kept."""
        with self._lock, broken():
            return self._kept.get((field, form), lambda: self._stored.postings(field, form))
