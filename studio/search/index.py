"""The search index on disk, the only file that knows Whoosh: it keeps terms and sections, ranking is done elsewhere."""

from __future__ import annotations

import json
import secrets
import threading
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from studio.core.locales import LANGUAGES
from studio.search import manifest
from studio.search.analyzers.tokens import words
from studio.search.entries import Facts, IndexBroken, SectionEntry, Term, field_of, numbered, terms
from studio.search.manifest import IndexBusy
from studio.search.suggest import Speller

__all__ = ["IndexBroken", "IndexBusy", "SearchIndex", "SectionEntry", "Snapshot"]

_FIELDS: Final = (*LANGUAGES, "other")
_SKIP_COSTS: Final = 4
"""How many sections are read through in the time that skipping to one takes."""

_MEMORY: Final = 64
"""Megabytes a writer keeps before it writes them out."""


class _Terms(fields.FieldType):  # type: ignore[misc]  # the library has no types
    """A field that is given its terms ready made."""

    def __init__(self) -> None:
        """Keep positions; nothing is analyzed, stored or scored by the library."""
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False
        self.stored = False

    def index(self, value: Mapping[str, Term], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term as the library writes it."""
        for form, term in value.items():
            yield (
                form.encode(),
                len(term.positions),
                term.weight,
                array("I", [*term.positions, *term.starts, *term.ends]).tobytes(),
            )


def _term(value: bytes) -> Term:
    """Return a term from the bytes that ``_Terms.index`` made."""
    known = array("I", value)
    third = len(known) // 3
    return Term(known[:third], known[third : 2 * third], known[2 * third :])


def _blocks(matcher: Any) -> Iterator[tuple[Iterable[int], Iterable[float]]]:  # noqa: ANN401 - of the library
    """Yield sections and weights a block at a time: a frequent word is read ten times faster than one by one."""
    while matcher.is_active():
        matcher._read_ids()  # noqa: SLF001 - the library offers only one by one
        matcher._read_weights()  # noqa: SLF001 - the same
        yield matcher._ids, matcher._weights  # noqa: SLF001 - the same
        matcher._next_block()  # noqa: SLF001 - the same


def _singly(matcher: Any) -> Iterator[tuple[Iterable[int], Iterable[float]]]:  # noqa: ANN401 - of the library
    """Yield sections and weights one by one, where some are removed or there is only one."""
    while matcher.is_active():
        yield (matcher.id(),), (matcher.weight(),)
        matcher.next()


def _read_all(matcher: Any, wanted: Collection[int]) -> Iterator[tuple[int, bytes]]:  # noqa: ANN401 - of the library
    """Yield the value of each section in ``wanted``, reading through all there are."""
    while matcher.is_active():
        if (section := matcher.id()) in wanted:
            yield section, matcher.value()
        matcher.next()


def _skip_to(matcher: Any, wanted: Iterable[int]) -> Iterator[tuple[int, bytes]]:  # noqa: ANN401 - of the library
    """Yield the value of each section in ``wanted``, which are few and in order."""
    for section in wanted:
        if not matcher.is_active():
            return
        matcher.skip_to(section)
        if matcher.is_active() and matcher.id() == section:
            yield section, matcher.value()


class _Words(fields.FieldType):  # type: ignore[misc]  # the library has no types
    """A field of unstemmed words, which only says that they are there."""

    def __init__(self) -> None:
        """Keep nothing but the words."""
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = False
        self.stored = False

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each word as the library writes it."""
        for word in value:
            yield word.encode(), 1, 1.0, b""


def _schema() -> fields.Schema:
    """Return the fields: terms and words of each language, the text they belong to, facts and the section itself."""
    known: dict[str, Any] = {
        "translation": fields.ID(),
        "facts": fields.COLUMN(VarBytesColumn()),
        "entry": fields.STORED(),
    }
    known |= {f"terms_{code}": _Terms() for code in _FIELDS} | {f"words_{code}": _Words() for code in _FIELDS}
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


@contextmanager
def _broken() -> Iterator[None]:
    """Turn whatever the library raises over damaged files into ``IndexBroken``."""
    try:
        yield
    except (IndexBroken, IndexBusy, MemoryError):
        raise
    except Exception as error:
        raise IndexBroken(f"The search index cannot be used: {type(error).__name__}.") from error


class _Facts(dict[int, Facts]):
    """The facts of the sections of one state, each read when it is first asked for."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        """Get the bytes of a section's facts from ``read``."""
        super().__init__()
        self._read = read

    def __missing__(self, section: int) -> Facts:
        """Read the facts of ``section``."""
        with _broken():
            translation_id, language, topics, number, length = json.loads(self._read(section))
        self[section] = Facts(translation_id, language, tuple(topics), number, length)
        return self[section]


class Snapshot:
    """One state of the index, held in memory: it stays readable whatever happens to the files."""

    def __init__(self, loaded: manifest.Loaded) -> None:
        """Open the state whose checked bytes are ``loaded``."""
        self.loaded = loaded
        self._lock = threading.RLock()  # the library's readers share one place in the file
        self.facts = _Facts(self._said)
        self._spellers: dict[str, Speller] = {}
        with _broken():
            storage = RamStorage()
            storage.files = dict(loaded.content)
            self._reader = FileIndex(storage).reader()
            leaves = [one for one in self._reader.leaf_readers() if one[0].doc_count_all()]  # an index may be empty
            self._leaves = [(leaf, offset, leaf.column_reader("facts")) for leaf, offset in leaves]
            self._size: int = self._reader.doc_count()

    def size(self) -> int:
        """Return the number of sections."""
        return self._size

    def translations(self) -> dict[str, int]:
        """Return the ids of all texts with the number of their sections."""
        with self._lock, _broken():
            return dict(Counter(self.facts[number].translation_id for number in self._reader.all_doc_ids()))

    def frequency(self, field: str, form: str) -> int:
        """Return in about how many sections ``form`` stands; 0 only if there is none."""
        with self._lock, _broken():
            some = any(matcher.is_active() for matcher, _ in self._postings(field, form))
            return int(self._reader.doc_frequency(f"terms_{field}", form)) if some else 0

    def weights(self, field: str, form: str) -> dict[int, float]:
        """Return the sections in which ``form`` stands, with its weight in each."""
        found: dict[int, float] = {}
        with self._lock, _broken():
            for matcher, offset in self._postings(field, form):
                blocks = _blocks(matcher) if isinstance(matcher, W3LeafMatcher) else _singly(matcher)
                for sections, weights in blocks:
                    found.update(zip(map(offset.__add__, sections), weights, strict=True))
        return found

    def places(self, field: str, form: str, among: Collection[int]) -> Mapping[int, Term]:
        """Return where ``form`` stands in those of the sections ``among`` that have it."""
        found: dict[int, Term] = {}
        wanted = sorted(among)
        with self._lock, _broken():
            many = len(wanted) * _SKIP_COSTS > self._reader.doc_frequency(f"terms_{field}", form)
            for matcher, offset in self._postings(field, form):
                here = [section - offset for section in wanted[bisect_left(wanted, offset) :]]
                rows = _read_all(matcher, set(here)) if many else _skip_to(matcher, here)
                found.update((offset + section, _term(value)) for section, value in rows)
        return found

    def beginning(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first ``limit`` forms that begin with ``prefix``."""
        with self._lock, _broken():
            return [form.decode() for form in islice(self._reader.expand_prefix(f"terms_{field}", prefix), limit)]

    def entry(self, section: int) -> SectionEntry:
        """Return the section itself."""
        with self._lock, _broken():
            said = json.loads(self._reader.stored_fields(section)["entry"])
            return SectionEntry(**said | {"topics": tuple(said["topics"])})

    def speller(self, field: str) -> Speller:
        """Return what knows the words of ``field``, made once for each state."""
        with self._lock, _broken():
            if field not in self._spellers:
                counts: Counter[str] = Counter()
                for word, info in self._reader.iter_field(f"words_{field}"):
                    counts[word.decode()] = int(info.doc_frequency())
                self._spellers[field] = Speller(counts, field)
            return self._spellers[field]

    def _said(self, section: int) -> bytes:
        """Return the facts of ``section`` as they were written."""
        with self._lock:
            said: bytes = next(rows[section - start] for _, start, rows in reversed(self._leaves) if start <= section)
            return said

    def _postings(self, field: str, form: str) -> Iterator[tuple[Any, int]]:
        """Yield a matcher for each part of the index that has ``form``, and where its sections begin."""
        name, key = f"terms_{field}", form.encode()
        for leaf, offset, _ in self._leaves:
            if (name, key) in leaf:
                yield leaf.postings(name, key), offset


class SearchIndex:
    """The index in one folder. One object a process is enough; it is safe between threads and processes."""

    def __init__(self, folder: Path, wait: float = 60.0) -> None:
        """Name the folder; nothing is read yet. ``wait`` is how many seconds a writer waits for another one."""
        self.folder = folder
        self._wait = wait
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None

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
                    self._snapshot = Snapshot(loaded)
                self._stamp = now
            assert self._snapshot is not None  # noqa: S101 - says to the type checker what the lines above did
            return self._snapshot

    def check(self) -> None:
        """Read every file again as it is on disk now. Raises ``IndexBroken``."""
        Snapshot(manifest.load(self.folder))

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
            with _broken():
                self._commit(before.folder, changes, before, compact=compact)

    def compact(self) -> None:
        """Wipe all removed text from the files."""
        self.write({}, compact=True)

    def rebuild(self, entries: Iterable[SectionEntry]) -> None:
        """Make the index anew from ``entries``; the old one answers until the new one is whole."""
        with manifest.writing(self.folder, self._wait):
            folder = f"index-{secrets.token_hex(8)}"
            (self.folder / folder).mkdir(mode=0o700)
            with _broken():
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
        writer = storage.open_index().writer(limitmb=_MEMORY, codec=W3Codec(compression=0))
        try:
            for translation_id, entries in changes.items():
                writer.delete_by_term("translation", translation_id)
                for document in _documents(entries):
                    writer.add_document(**document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(optimize=compact)
        manifest.write(self.folder, folder, storage.dropped, before)
        manifest.tidy(self.folder, manifest.read(self.folder))


def _documents(entries: Iterable[SectionEntry]) -> Iterator[dict[str, object]]:
    """Yield sections as the library writes them; the first one of a text carries the words of all that follow it."""
    for _, group in groupby(numbered(entries), key=lambda one: one[1].translation_id):
        text = list(group)
        for number, entry in text:
            document = _document(entry, number)
            if entry is text[0][1]:
                spelled = {word for _, one in text for word in words(one.everything, one.language)}
                document[f"words_{field_of(entry.language)}"] = spelled
            yield document


def _document(entry: SectionEntry, number: int) -> dict[str, object]:
    """Return a section as the library writes it, without its words."""
    found, length = terms(entry)
    facts = json.dumps([entry.translation_id, entry.language, entry.topics, number, length])
    return {
        "translation": entry.translation_id,
        "facts": facts.encode(),
        "entry": json.dumps(asdict(entry)),
        f"terms_{field_of(entry.language)}": found,
    }
