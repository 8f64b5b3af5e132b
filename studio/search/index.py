"""The search index on disk; this file and ``lists`` alone know Whoosh. Ranking is done elsewhere."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from whoosh import fields, formats
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import FileIndex
from whoosh.matching import FilterMatcher

from studio.core.locales import LANGUAGES
from studio.search import manifest
from studio.search.columns import Facts, parsed
from studio.search.documents import documents
from studio.search.entries import IndexBroken, SectionEntry
from studio.search.lists import Codec, Window
from studio.search.manifest import IndexBusy
from studio.search.postings import Postings, Row
from studio.search.snapshot import Snapshot, broken

__all__ = ["IndexBroken", "IndexBusy", "SearchIndex", "SectionEntry", "Snapshot"]

_FIELDS: Final = (*LANGUAGES, "other")
Known = Mapping[str, list[Facts]]
"""By the name of a part of the index, the facts of all sections in it."""

_MEMORY: Final = 64
"""Megabytes a writer keeps before it writes them out."""


class _Ready(fields.FieldType):  # type: ignore[misc]  # the library has no types
    """A field that is given its rows ready made; nothing is analyzed, stored or scored by the library."""

    def __init__(self, kept: formats.Format) -> None:
        """Keep of each row what ``kept`` says."""
        self.format = kept
        self.analyzer = None
        self.scorable = False
        self.stored = False

    def index(self, value: Iterable[Row], **_: object) -> Iterator[Row]:
        """Yield each row as the library writes it."""
        yield from value


def _schema() -> fields.Schema:
    """Return the fields: terms and words of each language, the text they belong to, facts and the section itself."""
    known: dict[str, Any] = {
        "translation": fields.ID(),
        "facts": fields.COLUMN(VarBytesColumn()),
        "entry": fields.STORED(),
    }
    known |= {f"terms_{code}": _Ready(formats.Positions()) for code in _FIELDS}
    known |= {f"words_{code}": _Ready(formats.Existence()) for code in _FIELDS}
    return fields.Schema(**known)


class _Files(FileStorage):  # type: ignore[misc]  # the library has no types
    """A folder in which the library deletes nothing: a state stays whole until the manifest names the next one."""

    def __init__(self, folder: Path) -> None:
        """Work in ``folder`` with ordinary reads: a mapped file that is cut would end the process."""
        super().__init__(str(folder), supports_mmap=False)
        self.dropped = {"MAIN_WRITELOCK"}
        self._absent: set[str] = set()

    def file_exists(self, name: str) -> bool:
        """Return whether there is such a file; the library asks for the same absent one for every posting."""
        if name not in self._absent and not super().file_exists(name):
            self._absent.add(name)
        return name not in self._absent

    def create_file(self, name: str, **options: object) -> Any:  # noqa: ANN401 - a file of the library
        """Make a file, which is then there."""
        self._absent.discard(name)
        return super().create_file(name, **options)

    def delete_file(self, name: str) -> None:
        """Note that the file is not needed by the next state; ``manifest.tidy`` removes it then."""
        self.dropped.add(name)


class _Memory(RamStorage):  # type: ignore[misc]  # the library has no types
    """Files held in memory."""

    def open_file(self, name: str, **_: object) -> BufferFile:
        """Open a file on the very bytes that are held; the library would copy them."""
        return Window(memoryview(self.files[name]), name)


class _Leaf:
    """A part of the index, written in one step: where its sections begin, and which of them were removed since."""

    def __init__(self, reader: Any, offset: int, before: Known) -> None:  # noqa: ANN401 - of the library
        """Read from ``reader``, whose sections follow ``offset`` others; ``before`` are facts known already."""
        self._reader = reader
        self.offset = offset
        self.name = str(reader.segment().segment_id())
        self.every = before.get(self.name) or self._read_facts()
        self.present: list[int] = list(reader.all_doc_ids())
        self.removed = {*range(offset, offset + reader.doc_count_all())}.difference(map(offset.__add__, self.present))

    def facts(self) -> Iterator[tuple[int, Facts]]:
        """Yield the sections that were not removed, with their facts."""
        return ((self.offset + section, self.every[section]) for section in self.present)

    def _read_facts(self) -> list[Facts]:
        """Return the facts of all sections that were ever in this part, which never change."""
        rows = self._reader.column_reader("facts")
        return parsed([rows[section] for section in range(self._reader.doc_count_all())])

    def read(self, field: str, form: str, into: Postings) -> None:
        """Add the sections that have ``form``, those too that were removed since."""
        name, key = f"terms_{field}", form.encode()
        if (name, key) in self._reader:
            matcher = self._reader.postings(name, key)
            into.add((matcher.child if isinstance(matcher, FilterMatcher) else matcher).written, self.offset)


class _Stored:
    """The files of one state as the library reads them."""

    def __init__(self, content: Mapping[str, bytes], before: Known | None = None) -> None:
        """Open the files ``content``; ``before`` are the facts of those parts that an earlier state had, too."""
        storage = _Memory()
        storage.files = dict(content)
        with broken():
            self._reader = FileIndex(storage).reader()
            every = self._reader.leaf_readers()
            some = [(leaf, offset) for leaf, offset in every if leaf.doc_count_all()]  # there may be none
            self._leaves = [_Leaf(leaf, offset, before or {}) for leaf, offset in some]
        self._removed = set[int]().union(*(leaf.removed for leaf in self._leaves))

    @property
    def known(self) -> Known:
        """The facts of all parts, for the next state."""
        return {leaf.name: leaf.every for leaf in self._leaves}

    def facts(self) -> Iterator[tuple[int, Facts]]:
        """Yield all sections in their order with their facts."""
        for leaf in self._leaves:
            yield from leaf.facts()

    def postings(self, field: str, form: str) -> Postings:
        """Return all sections in which ``form`` stands."""
        found = Postings()
        for leaf in self._leaves:
            leaf.read(field, form, found)
        return found.without(self._removed)

    def beginning(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the forms that begin with ``prefix``."""
        for form in self._reader.expand_prefix(f"terms_{field}", prefix):
            yield form.decode()

    def words(self, field: str) -> dict[str, int]:
        """Return the words of ``field`` as they are written, and how many texts have each."""
        return {word.decode(): int(info.doc_frequency()) for word, info in self._reader.iter_field(f"words_{field}")}

    def entry(self, section: int) -> str:
        """Return the section itself as it was written."""
        return str(self._reader.stored_fields(section)["entry"])


class SearchIndex:
    """The index in one folder. One object a process is enough; it is safe between threads and processes."""

    def __init__(self, folder: Path, wait: float = 60.0) -> None:
        """Name the folder; nothing is read yet. ``wait`` is how many seconds a writer waits for another one."""
        self.folder = folder
        self._wait = wait
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._known: Known = {}

    @property
    def generation(self) -> str:
        """The name of the state on disk; another one after each write."""
        return manifest.read(self.folder).generation

    def snapshot(self) -> Snapshot:
        """Return the newest state; opened once for each state. Raises ``IndexBroken``."""
        now = manifest.stamp(self.folder)
        with self._lock:
            if self._snapshot is None or now != self._stamp:
                before = self._snapshot.loaded if self._snapshot else None
                loaded = manifest.load(self.folder, before)
                if before is None or before.manifest != loaded.manifest:
                    stored = _Stored(loaded.content, self._known)
                    self._snapshot, self._known = Snapshot(stored, loaded), stored.known
                self._stamp = now
            assert self._snapshot is not None  # noqa: S101 - says to the type checker what the lines above did
            return self._snapshot

    def check(self) -> None:
        """Read every file again as it is on disk now. Raises ``IndexBroken``."""
        loaded = manifest.load(self.folder)
        Snapshot(_Stored(loaded.content), loaded)

    def translations(self) -> dict[str, int]:
        """Return the ids of all texts in the index with the number of their sections."""
        return self.snapshot().translations()

    def replace(self, translation_id: str, entries: Iterable[SectionEntry]) -> None:
        """Put ``entries`` in the place of all sections of a text."""
        self.write({translation_id: entries})

    def remove(self, translation_id: str) -> None:
        """Take a text out of the index."""
        self.write({translation_id: ()})

    def write(self, changes: Mapping[str, Iterable[SectionEntry]], *, compact: bool = False) -> None:
        """Replace the sections of many texts in one step; ``compact`` also wipes what was removed before."""
        with manifest.writing(self.folder, self._wait):
            before = manifest.inspect(self.folder)
            manifest.tidy(self.folder, before)
            with broken():
                self._commit(before.folder, changes, before, compact=compact)

    def compact(self) -> None:
        """Wipe all removed text from the files."""
        self.write({}, compact=True)

    def rebuild(self, entries: Iterable[SectionEntry]) -> None:
        """Make the index anew from ``entries``; the old one answers until the new one is whole."""
        with manifest.writing(self.folder, self._wait):
            folder = f"index-{secrets.token_hex(8)}"
            (self.folder / folder).mkdir(mode=0o700)
            with broken():
                _Files(self.folder / folder).create_index(_schema())
                self._commit(folder, {"": entries}, None)

    def _commit(
        self,
        folder: str,
        changes: Mapping[str, Iterable[SectionEntry]],
        before: manifest.Manifest | None,
        *,
        compact: bool = False,
    ) -> None:
        """Write ``changes`` into ``folder`` and make the outcome the index."""
        storage = _Files(self.folder / folder)
        writer = storage.open_index().writer(limitmb=_MEMORY, codec=Codec())
        try:
            for translation_id, entries in changes.items():
                writer.delete_by_term("translation", translation_id)
                for document in documents(entries):
                    writer.add_document(**document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(optimize=compact)
        manifest.write(self.folder, folder, storage.dropped, before)
        manifest.tidy(self.folder, manifest.read(self.folder))
