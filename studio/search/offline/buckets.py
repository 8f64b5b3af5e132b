"""The index of one language in buckets: a text that changes is taken out of one of them and put in again.

A bucket is some hundred texts with its words spread over files ("shards") by their first two letters, so that a
question reads few of them and all words with the same beginning lie together. What a bucket is depends on its texts
alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(slots=True)
class Bucket:
    """Some texts of a language and their words. Posting lists are (path, packed places)."""

    facts: dict[str, tuple[tuple[str, ...], tuple[tuple[int, int, int], ...]]] = field(default_factory=dict)
    terms: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    words: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def drop(self, paths: Iterable[str]) -> None:
        """Take texts out."""
        gone = {path for path in paths if self.facts.pop(path, None)}
        for table in (self.terms, self.words) if gone else ():
            for key, rows in list(table.items()):
                left = [row for row in rows if row[0] not in gone]
                if not left:
                    del table[key]
                elif len(left) < len(rows):
                    table[key] = left

    def put(self, text: Contribution) -> None:
        """Put a text in that is not in it."""
        self.facts[text.path] = (text.topics, text.sections)
        for form, places in text.terms.items():
            self.terms[form].append((text.path, places))
        for word in text.words:
            self.words[word].append((text.path, ""))

    def files(self, name: str, shards: int, *, spelled: bool) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the bucket with their names below the folder of the search, as ``name/texts.js``."""
        paths = sorted(self.facts)
        number = {path: _number(at) for at, path in enumerate(paths)}
        rows = [[path, list(self.facts[path][0]), [list(one) for one in self.facts[path][1]]] for path in paths]
        yield f"{name}/texts.js", script(f"{name}/texts", rows)
        spread: list[dict[str, str]] = [{} for _ in range(shards)]
        for form, having in self.terms.items():
            spread[place(form[:2], shards)][form] = _written(having, number)
        for at, terms in enumerate(spread):
            yield f"{name}/{at}.js", script(f"{name}/{at}", terms)
        if spelled:
            words = {word: _written(having, number) for word, having in self.words.items()}
            yield f"{name}/words.js", script(f"{name}/words", words)


def read(name: str, files: Mapping[str, bytes]) -> Bucket:
    """Return the bucket ``name`` from the ``files`` that it was written to; raise ValueError where they are none."""
    bucket = Bucket()
    try:
        rows: Any = content(files[f"{name}/texts.js"])
        paths = [row[0] for row in rows]
        for path, topics, sections in rows:
            bucket.facts[path] = (tuple(topics), tuple((one[0], one[1], one[2]) for one in sections))
        known = {_number(at): path for at, path in enumerate(paths)}
        for file, body in files.items():
            if file != f"{name}/texts.js":
                table = bucket.words if file == f"{name}/words.js" else bucket.terms
                held: Any = content(body)
                for key, written in held.items():
                    table[key] = _rows(written, known)
    except (LookupError, TypeError, AttributeError) as damage:
        raise ValueError(name) from damage
    return bucket


def _written(having: list[tuple[str, str]], number: Mapping[str, str]) -> str:
    """Return a posting list: the number of each text, and after a colon the places where it has any."""
    if len(having) > 1:
        having = sorted(having)
    return " ".join([f"{number[path]}:{places}" if places else number[path] for path, places in having])


def _rows(written: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what ``_written`` was made of."""
    parted = (row.partition(":") for row in written.split(" "))
    return [(known[number], places) for number, _, places in parted]


def _number(at: int) -> str:
    """Return the number of a text in its bucket as it is written."""
    return str(at)
