"""The index of one language in buckets: a text that changes is taken out of one of them and put in again.

A bucket is some hundred texts with its words spread over files ("shards") by their first two letters, so that a
question reads few of them and all words with the same beginning lie together. What a bucket is depends on its texts
alone, never on the order in which they came.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from studio.search.offline.contributions import Contribution
from studio.search.offline.packing import content, place, script

_TEXTS_A_BUCKET: Final = 400
_SHARDS: Final = ((8, 8), (32, 16), (128, 32))
_MOST_SHARDS: Final = 64
MOST_SPELLED: Final = 8
"""A language with more buckets has no words for "did you mean": all of them would have to be read at once."""


def buckets_for(texts: int) -> int:
    """Return into how many buckets that many texts of a language go; a power of two, so that it seldom changes."""
    count = 1
    while count * _TEXTS_A_BUCKET < texts:
        count *= 2
    return count


def shards_for(texts: int, buckets: int) -> int:
    """Return over how many files the words of a bucket are spread."""
    share = texts / buckets
    return next((shards for most, shards in _SHARDS if share <= most), _MOST_SHARDS)


_Rows = list[tuple[str, str]]
"""A posting list: (path, packed places)."""


@dataclass(slots=True)
class _Table:
    """Posting lists by their words: as they were read, and beside them rows that came since."""

    read: dict[str, str] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    """The texts that ``read`` speaks of, by their numbers there."""
    rows: defaultdict[str, _Rows] = field(default_factory=lambda: defaultdict(list))

    def drop(self, gone: Collection[str]) -> None:
        """Take texts out of all lists."""
        numbers = [_number(at) for at, path in enumerate(self.paths) if path in gone]
        if numbers and self.read:
            named = re.compile(rf"(?:^| )(?:{'|'.join(numbers)})(?::\S*)?(?![^ ])")
            for key in [key for key, written in self.read.items() if named.search(written)]:
                left = named.sub("", self.read.pop(key)).removeprefix(" ")
                if left:
                    self.read[key] = left
        for key, rows in list(self.rows.items()):
            stay = [row for row in rows if row[0] not in gone]
            if not stay:
                del self.rows[key]
            elif len(stay) < len(rows):
                self.rows[key] = stay

    def written(self, paths: list[str]) -> Iterator[tuple[str, str]]:
        """Yield each word with its posting list, in which ``paths`` are known by their numbers."""
        number = {path: _number(at) for at, path in enumerate(paths)}
        same = paths == self.paths
        for key, written in self.read.items():
            if same:
                yield key, _with(written, self.rows[key], number) if key in self.rows else written
            else:
                yield key, _written([*_parted(written, self.paths), *self.rows.get(key, ())], number)
        for key, rows in self.rows.items():
            if key not in self.read:
                yield key, _written(rows, number)


@dataclass(slots=True)
class Bucket:
    """Some texts of a language and their words."""

    facts: dict[str, tuple[tuple[str, ...], tuple[tuple[int, int, int], ...]]] = field(default_factory=dict)
    terms: _Table = field(default_factory=_Table)
    words: _Table = field(default_factory=_Table)

    def drop(self, paths: Iterable[str]) -> None:
        """Take texts out."""
        gone = {path for path in paths if self.facts.pop(path, None)}
        for table in (self.terms, self.words) if gone else ():
            table.drop(gone)

    def put(self, text: Contribution) -> None:
        """Put a text in that is not in it."""
        self.facts[text.path] = (text.topics, text.sections)
        for form, places in text.terms.items():
            self.terms.rows[form].append((text.path, places))
        for word in text.words:
            self.words.rows[word].append((text.path, ""))

    def files(self, name: str, shards: int, *, spelled: bool) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the bucket with their names below the folder of the search, as ``name/texts.js``."""
        paths = sorted(self.facts)
        rows = [[path, list(self.facts[path][0]), [list(one) for one in self.facts[path][1]]] for path in paths]
        yield f"{name}/texts.js", script(f"{name}/texts", rows)
        spread: list[dict[str, str]] = [{} for _ in range(shards)]
        for form, having in self.terms.written(paths):
            spread[place(form[:2], shards)][form] = having
        for at, terms in enumerate(spread):
            yield f"{name}/{at}.js", script(f"{name}/{at}", terms)
        if spelled:
            yield f"{name}/words.js", script(f"{name}/words", dict(self.words.written(paths)))


def read(name: str, files: Mapping[str, bytes]) -> Bucket:
    """Return the bucket ``name`` from the ``files`` that it was written to; raise ValueError where they are none."""
    bucket = Bucket()
    try:
        rows: Any = content(files[f"{name}/texts.js"])
        paths = [row[0] for row in rows]
        for path, topics, sections in rows:
            bucket.facts[path] = (tuple(topics), tuple((one[0], one[1], one[2]) for one in sections))
        bucket.terms.paths = bucket.words.paths = paths
        for file, body in files.items():
            if file != f"{name}/texts.js":
                table = bucket.words if file == f"{name}/words.js" else bucket.terms
                held: Any = content(body)
                table.read |= held
    except (LookupError, TypeError, AttributeError) as damage:
        raise ValueError(name) from damage
    return bucket


def _written(having: _Rows, number: Mapping[str, str]) -> str:
    """Return a posting list: the number of each text, and after a colon the places where it has any."""
    if len(having) > 1:
        having = sorted(having)
    return " ".join([f"{number[path]}:{places}" if places else number[path] for path, places in having])


def _with(written: str, rows: _Rows, number: Mapping[str, str]) -> str:
    """Return a posting list with some more rows in it, each in its place."""
    known = written.split(" ")
    for path, places in rows:
        insort(known, f"{number[path]}:{places}" if places else number[path], key=_first)
    return " ".join(known)


def _first(row: str) -> int:
    """Return the number of the text that a row is of."""
    return int(row.partition(":")[0])


def _parted(written: str, paths: Sequence[str]) -> _Rows:
    """Return what ``_written`` was made of."""
    parted = (row.partition(":") for row in written.split(" "))
    return [(paths[int(number)], places) for number, _, places in parted]


def _number(at: int) -> str:
    """Return the number of a text in its bucket as it is written."""
    return str(at)
