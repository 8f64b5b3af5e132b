"""The whole of an export: what has changed is made again, the rest stays, and the list of all files is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

import studio
from studio.core.settings import Settings
from studio.guides.models import Media
from studio.publish import signing, wording
from studio.publish.artifacts import Store
from studio.publish.export import around, searching, shelf
from studio.publish.export.folder import Folder, open_folder
from studio.publish.export.searching import Piece
from studio.publish.export.shelf import Part, Text, digest
from studio.publish.export.sums import Entry
from studio.publish.export.texts import Source, files_of
from studio.publish.pages import views
from studio.publish.wording import Words
from studio.search.offline import stemmers
from studio.search.offline.buckets import Bucket
from studio.search.offline.contributions import Contribution, shown

KEY: Final = "key.pub"
_AT_ONCE: Final = 100
_THERE, _GONE = "+", "-"
_WAYS: Final = (_THERE, _GONE)
"""How it is noted of a text that another one leads to whether it was here: if that changes, the other is made again."""
_PROGRAM: Final = ("publish/export", "publish/pages", "publish/templates/reader", "search/offline", "search/analyzers")
_CONTENT: Final = ("i18n/catalogues",)

Tell = Callable[[int, int], None]
"""Is told how many texts are done, of how many."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What a run did: texts in all and texts made again, files in all, written and removed, bytes in all."""

    texts: int
    fresh: int
    files: int
    written: int
    removed: int
    size: int


@dataclass(slots=True)
class _Run:
    """One export under way."""

    source: Source
    folder: Folder
    house_state: str
    tell: Tell
    parts: dict[str, str]
    done: int = 0
    fresh: int = 0
    same_house: bool = field(init=False)
    same_addresses: bool = field(init=False)
    """Whether the same texts are here as before, so that every way still leads where it led."""

    def __post_init__(self) -> None:
        """Compare with what was here before."""
        self.parts["addresses"] = digest(sorted(self.source.shelf.addresses))
        self.same_house = self.folder.made_from.get("house") == self.house_state
        self.same_addresses = self.folder.made_from.get("addresses") == self.parts["addresses"]

    def stays(self, text: Text) -> bool:
        """Take a text's files over, with the images that it shows; False where it has to be made again."""
        groups = text.groups
        state, _, more = self.folder.made_from.get(groups[0], "").partition(" ")
        if state != text.state or not self.same_house:
            return False
        known = more.split()
        pictures = [path for one in known if one[0] not in _WAYS for path in self._pictures(one)]
        if not self.same_addresses and any(
            (one[1:] in self.source.shelf.addresses) is not (one[0] == _THERE) for one in known if one[0] in _WAYS
        ):
            return False
        if not self.folder.keep([*groups, *pictures]):
            return False
        self.parts[groups[0]] = self.folder.made_from[groups[0]]
        return True

    def make(self, texts: Sequence[Text]) -> dict[str, Contribution]:
        """Write the files of some texts; return what each brings into the index, by path."""
        found: dict[str, Contribution] = {}
        for first in range(0, len(texts), _AT_ONCE):
            some = texts[first : first + _AT_ONCE]
            artifacts = self.source.artifacts(some)
            words = self.words(some, artifacts)
            for text in some:
                own = words[text.path]
                self.source.met.clear()
                for file in files_of(self.source, text, artifacts.get(text.build_id, {}), own):
                    if file.entry:
                        self.folder.put_kept(file.path, file.entry, file.read)
                    else:
                        self.folder.put(file.path, file.read())
                words_file = text.groups[2]
                name = words_file.removeprefix("search/").removesuffix(".js")
                self.folder.put(words_file, shown(name, own.title, own.sections))
                self._images(own.images)
                self.parts[text.groups[0]] = " ".join([text.state, *own.images, *self._led(text)])
                found[text.path] = own.found
                self._tell()
        self.fresh += len(texts)
        return found

    def words(self, texts: Sequence[Text], artifacts: Mapping[str, Mapping[str, Entry]]) -> dict[str, Words]:
        """Return the words of some texts by their paths: as they were kept with the pages, else from the texts."""
        found: dict[str, Words] = {}
        for text in texts:
            entry = artifacts.get(text.build_id, {}).get(wording.KIND)
            content = self.source.store.get(entry.sha256) if entry else None
            kept = wording.read(content, text.path) if content else None
            if kept:
                found[text.path] = kept
        lacking = [text for text in texts if text.path not in found]
        if lacking:
            from studio.publish.export.sections import words_anew  # noqa: PLC0415 - it brings all that renders texts

            found |= words_anew(self.source.session, self.source.shelf, lacking)
        return found

    def piece(self, piece: Piece) -> int:
        """Make a bucket of the search with its texts; return how many sections it has."""
        changed = [text for text in piece.texts if not self.stays(text)]
        for _ in range(len(piece.texts) - len(changed)):
            self._tell()
        made_from, _, known = self.folder.made_from.get(piece.group, "").partition(" ")
        state = digest(self.house_state, piece.made_from)
        if not changed and made_from == state and known and self.folder.keep([piece.group]):
            count = int(known)
        else:
            bucket = searching.earlier(self.folder, piece) if self._same_program() else None
            bucket = self._bucket(piece, bucket, changed)
            searching.write(self.folder, piece, bucket)
            count = sum(len(facts) for _, facts in bucket.facts.values())
        self.parts[piece.group] = f"{state} {count}"
        return count

    def _bucket(self, piece: Piece, bucket: Bucket | None, changed: list[Text]) -> Bucket:
        """Return a bucket with what has changed in it; all of it is made anew where nothing is to go on from."""
        found = self.make(changed)
        paths = {text.path for text in piece.texts}
        if bucket is None:
            bucket = Bucket()
        bucket.drop(bucket.facts.keys() - paths)
        lacking = [text for text in piece.texts if text.path not in bucket.facts and text.path not in found]
        for first in range(0, len(lacking), _AT_ONCE):
            some = lacking[first : first + _AT_ONCE]
            found |= {path: one.found for path, one in self.words(some, self.source.artifacts(some)).items()}
        searching.fill(bucket, found.values())
        return bucket

    def around(self, key: signing.PublicKey) -> None:
        """Write the pages around the texts."""
        for part in around.parts(self.source, key, len(self.source.shelf.texts)):
            self.part(part)

    def part(self, part: Part) -> None:
        """Write one file unless it is as it should be."""
        state = digest(self.house_state, part.made_from)
        if self.folder.made_from.get(part.path) != state or not self.folder.keep_file(part.path):
            self.folder.put(part.path, part.make())
        self.parts[part.path] = state

    def static(self) -> None:
        """Write style sheet, fonts and scripts."""
        state = around.static_state()
        if self.folder.made_from.get("static") != state or not self.same_house or not self._static_stays():
            for path, content in around.static().items():
                self.folder.put(path, content)
        self.parts["static"] = state

    def _static_stays(self) -> bool:
        return self.folder.keep(self.folder.parts("static/"))

    def _images(self, shas: Sequence[str]) -> None:
        for sha in shas:
            paths = self._pictures(sha)
            if not self.folder.has(paths[0]) and not all(map(self.folder.keep_file, paths)):
                data = self.source.session.scalar(select(Media.data).where(Media.sha == sha))
                for path in paths if data is not None else ():
                    self.folder.put(path, data or b"")

    def _led(self, text: Text) -> Iterator[str]:
        """Yield the other texts that a text's pages lead to, each with whether it is here."""
        own = (text.path, text.quiet_path)
        for address, there in sorted(self.source.met.items()):
            if address not in own:
                yield f"{_THERE if there else _GONE}{address}"

    def _pictures(self, sha: str) -> tuple[str, str]:
        """Return the two files of an image: beside the pages, and beside those for quiet reading."""
        name = f"media/{sha}{self.source.shelf.endings.get(sha, '')}"
        return name, f"n/{name}"

    def _same_program(self) -> bool:
        return self.folder.made_from.get("program") == program()

    def _tell(self) -> None:
        self.done += 1
        self.tell(self.done, len(self.source.shelf.texts))


def export(session: Session, settings: Settings, root: Path, *, believe: bool = True, tell: Tell) -> Exported:
    """Export everything that readers have now into the folder ``root``; the same library gives the same bytes.

    Raise Conflict for a folder with something else in it, NotFound where files of an edition are missing, and DiskFull.
    """
    folder = open_folder(root, believe=believe)
    books = shelf.read(session)
    house = _house(settings, books)
    source = Source(session, Store(settings.data), books, house)
    key = signing.house_key(settings)
    state = digest(program(), house.site_name, house.base_url, house.exit_url, house.practice)
    run = _Run(source, folder, state, tell, {"program": program(), "house": state})
    sizes: dict[str, tuple[Piece, int]] = {}
    found = list(searching.pieces(books))
    folder.drop({group for text in books.texts for group in text.groups})
    for piece in found:
        sizes[piece.code] = (piece, sizes.get(piece.code, (piece, 0))[1] + run.piece(piece))
    for path, content in searching.around(sizes):
        folder.put(path, content)
    for part in searching.languages():
        run.part(part)
    run.around(key)
    run.static()
    folder.put(KEY, signing.public_key(settings).encode())
    _finish(folder, run, settings)
    return Exported(len(books.texts), run.fresh, folder.files, folder.written, folder.removed, folder.size)


def _house(settings: Settings, books: shelf.Shelf) -> views.House:
    return views.House(
        site_name=settings.site_name,
        base_url=settings.base_url,
        exit_url=settings.exit_url,
        practice=settings.demo,
        languages=books.languages,
        stylesheet="/static/reader.css",
        script="/static/built/leave.js",
    )


def _finish(folder: Folder, run: _Run, settings: Settings) -> None:
    day = run.source.shelf.as_of
    as_of = f"as of {day.isoformat()}" if day else "empty"
    head = ("studio export 1", as_of, f"{folder.files} files, {folder.size} bytes")
    folder.made_from = run.parts
    folder.finish(head, lambda listed: signing.sign(settings, listed, f"a library of guides, {as_of}"))


@cache
def program() -> str:
    """Return a checksum of whatever decides how pages are written, so that a newer program makes them anew."""
    root = Path(studio.__file__).parent
    files = [path for folder in (*_PROGRAM, *_CONTENT) for path in (root / folder).rglob("*")]
    total = hashlib.sha256(stemmers.version().encode())
    for path in sorted(files):
        if path.suffix in (".py", ".html", ".po", ".css", ".js"):
            total.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return total.hexdigest()
