"""The search of a folder of files: which parts of its index have changed, and those made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from studio.core.locales import LANGUAGES
from studio.guides import house as lists
from studio.publish.export.folder import Folder
from studio.publish.export.shelf import Part, Shelf, Text, digest
from studio.search.offline import analysis, buckets, packing, stemmers
from studio.search.offline.contributions import Contribution

FOLDER = "search"


@dataclass(slots=True)
class Piece:
    """A bucket of a language: its texts, and what it is made from."""

    code: str
    number: int
    buckets: int
    shards: int
    texts: list[Text] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name below the folder of the search."""
        return f"{self.code}/{self.number}"

    @property
    def group(self) -> str:
        """Its part of the folder."""
        return f"{FOLDER}/{self.name}"

    @property
    def made_from(self) -> str:
        """What decides on its content."""
        texts = sorted((one.path, one.state) for one in self.texts)
        return digest(analysis.VERSION, self.buckets, self.shards, self.spelled, texts)

    @property
    def spelled(self) -> bool:
        """Whether it has words for "did you mean"."""
        return self.buckets <= buckets.MOST_SPELLED


def pieces(shelf: Shelf) -> Iterator[Piece]:
    """Yield the buckets of every language that has texts."""
    by_language: defaultdict[str, list[Text]] = defaultdict(list)
    for one in shelf.texts:
        by_language[one.code].append(one)
    for code, texts in sorted(by_language.items()):
        count = buckets.buckets_for(len(texts))
        shards = buckets.shards_for(len(texts), count)
        found = [Piece(code, number, count, shards) for number in range(count)]
        for text in texts:
            found[packing.place(text.path, count)].texts.append(text)
        yield from found


def earlier(folder: Folder, piece: Piece) -> buckets.Bucket | None:
    """Return a bucket as it lies in the folder; None where it is not there whole, or was spread otherwise."""
    files = {path.removeprefix(f"{FOLDER}/"): folder.read(path) for path in folder.group(piece.group)}
    whole = {name: body for name, body in files.items() if body is not None}
    expected = piece.shards + 1 + piece.spelled
    if len(whole) != len(files) or len(whole) != expected:
        return None
    try:
        return buckets.read(piece.name, whole)
    except ValueError:
        return None


def write(folder: Folder, piece: Piece, bucket: buckets.Bucket) -> None:
    """Write a bucket."""
    for name, content in bucket.files(piece.name, piece.shards, spelled=piece.spelled):
        folder.put(f"{FOLDER}/{name}", content)


def fill(bucket: buckets.Bucket, found: Iterable[Contribution]) -> None:
    """Put texts into a bucket in the place of what it knew of them."""
    texts = list(found)
    bucket.drop([text.path for text in texts])
    for text in texts:
        bucket.put(text)


def languages() -> Iterator[Part]:
    """Yield what a browser has to know of each language of the house: its lists, and its stemmer if it has one.

    All of them, whatever there is to read: somebody may ask for help in any language.
    """
    for code in LANGUAGES:
        synonyms = lists.synonyms().get(code, {})
        said = [list(group.words.get(code, ())) for group in lists.first_help()]
        made_from = digest(analysis.VERSION, synonyms, said)
        yield Part(f"{FOLDER}/{code}/language.js", made_from, partial(analysis.written, code, synonyms, said))
        if stemmers.has(code):
            yield Part(f"{FOLDER}/{code}/stemmer.js", code, partial(stemmers.file, code))


def around(sizes: dict[str, tuple[Piece, int]]) -> Iterator[tuple[str, bytes]]:
    """Yield what is said of the whole index: ``sizes`` are a bucket and the number of sections by language."""
    held = {
        code: {
            "buckets": piece.buckets,
            "shards": piece.shards,
            "spelled": piece.spelled,
        }
        for code, (piece, _) in sizes.items()
    }
    total = sum(sections for _, sections in sizes.values())
    known = {code: stemmers.has(code) for code in LANGUAGES}
    content = {"general": analysis.general(), "sections": total, "languages": held, "known": known}
    yield f"{FOLDER}/house.js", packing.script("house", content)
    yield f"{FOLDER}/licences.txt", stemmers.licence().encode()
