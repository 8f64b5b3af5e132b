"""Background work of collections: make the file of one anew when something in it changed; chapters are made once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.core.errors import StudioError
from studio.core.ids import new_id
from studio.core.locales import language
from studio.core.settings import Settings
from studio.guides.models import Media
from studio.guides.rules.statuses import Standing
from studio.jobs.run import Task
from studio.publish.artifacts import Store
from studio.publish.collected import operations, queries
from studio.publish.collected.binding import VERSION, Bench, Derive, Piece, bind, digest, frame_of
from studio.publish.collected.models import (
    Collection,
    CollectionBuild,
    CollectionChapter,
    CollectionFile,
    KeptChapter,
)
from studio.publish.document import Document
from studio.publish.documents import checksum, document_of
from studio.publish.epub.collected import collected
from studio.publish.epub.kept import unfolded
from studio.publish.forms import EPUB, PDF, is_allowed
from studio.publish.frame import BOOK_CHAPTER_KIND, CHAPTER_KIND, Frame
from studio.publish.generation import raise_generation
from studio.publish.keeping import kept
from studio.publish.models import Edition
from studio.storage.engine import begin_write

_CHAPTERS: Final = (CHAPTER_KIND, BOOK_CHAPTER_KIND)


@dataclass(frozen=True, slots=True)
class Volume:
    """A collection as it is now: plain values, so that it can be made while nobody holds the database."""

    id: str
    frame: Frame
    editions: tuple[str, ...]
    documents: tuple[Document, ...]
    media: Mapping[str, bytes]

    @property
    def sources(self) -> list[dict[str, str]]:
        """What each chapter is made from, by the kind that is made of it."""
        return [{kind: _chapter_source(document, kind) for kind in _CHAPTERS} for document in self.documents]

    @property
    def source(self) -> str:
        """What the whole file is made from."""
        return hashlib.sha256(
            "".join([digest(self.frame), *(one for each in self.sources for one in each.values())]).encode()
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Binder:
    """The tasks of collections with what they need beside the database."""

    settings: Settings
    derive: Derive

    def tasks(self) -> dict[str, Task]:
        """Return the tasks by the names under which jobs ask for them."""
        return {"publish.collection": self.build, "publish.collections": self.follow}

    def follow(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Ask for each collection in which a text is a chapter that readers have got, or lost."""
        begin_write(session)
        operations.follow(session, args["translation"], now)

    def build(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Make the file of a collection, unless it is there; without chapters, or readers, it has none."""
        collection = session.get(Collection, args["collection"])
        volume = volume_of(session, collection, self.settings) if collection and collection.published_on else None
        if collection is None or volume is None:
            session.rollback()
            begin_write(session)
            self._drop_others(session, args["collection"], keep="")
            return
        before = queries.newest_build(session, collection)
        store = Store(self.settings.data)
        there = [before.file(kind) for kind in queries.KINDS] if before else [None]
        if all(one and one.source_checksum == volume.source and store.get(one.sha256) is not None for one in there):
            return
        known = self._known(session, volume, before)
        session.rollback()
        try:
            with tempfile.TemporaryDirectory(dir=self.settings.data, prefix="derive-") as folder:
                bench = Bench(self.derive, Path(folder), lambda source: store.get(known.get(source, "")))
                pairs = zip(volume.sources, volume.documents, strict=True)
                chapters = [bench.chapter(sources, document, volume.media) for sources, document in pairs]
                whole, parts = bind(bench, volume.frame, [one[CHAPTER_KIND] for one in chapters])
        except StudioError as refusal:
            self._note_failure(session, volume, str(refusal), now)
            return
        book = collected(volume.frame, volume.id, [unfolded(one[BOOK_CHAPTER_KIND].content) for one in chapters])
        files = {"pdf": Piece(volume.source, whole), "epub": Piece(volume.source, book), **parts}
        self._finish(session, volume, chapters, files, now)

    def _known(self, session: Session, volume: Volume, before: CollectionBuild | None) -> dict[str, str]:
        """Return by what it was made from the hash of each part that was made before."""
        sources = [one for each in volume.sources for one in each.values()]
        rows = session.scalars(select(KeptChapter).where(KeptChapter.source_checksum.in_(sources)))
        known = {one.source_checksum: one.sha256 for one in rows}
        return known | {one.source_checksum: one.sha256 for one in (before.files if before else ())}

    def _finish(
        self,
        session: Session,
        volume: Volume,
        chapters: Sequence[Mapping[str, Piece]],
        files: Mapping[str, Piece],
        now: datetime,
    ) -> None:
        """Note the chapters and the files, and let readers have them in the place of those before."""
        store = Store(self.settings.data)
        begin_write(session)
        collection = session.get(Collection, volume.id)
        there = select(Edition.id).where(Edition.id.in_(volume.editions))
        if collection is None or set(session.scalars(there)) != set(volume.editions):
            return  # taken back for good meanwhile; nothing was stored, and the next job makes it without them
        for pieces, edition_id in zip(chapters, volume.editions, strict=True):
            for piece in pieces.values():
                _keep_chapter(session, piece, edition_id, store.put(piece.content))
        build = _build(session, volume, "done", now)
        build.files = [
            CollectionFile(
                kind=kind,
                media_type=EPUB if kind == "epub" else PDF,
                source_checksum=piece.source,
                sha256=store.put(piece.content),
                size=len(piece.content),
            )
            for kind, piece in files.items()
        ]
        session.flush()
        self._drop_others(session, volume.id, keep=build.id)
        raise_generation(session)

    def _drop_others(self, session: Session, collection_id: str, keep: str) -> None:
        """Forget earlier builds of a collection, and chapters that no collection has any more, files and all."""
        mine = select(CollectionBuild).where(CollectionBuild.collection_id == collection_id, CollectionBuild.id != keep)
        gone = set[str]()
        for build in session.scalars(mine):
            gone |= {one.sha256 for one in build.files}
            session.delete(build)
        inside = select(Edition.id).where(
            Edition.standing == Standing.LIVE,
            Edition.translation_id.in_(select(CollectionChapter.translation_id)),
        )
        stale = KeptChapter.edition_id.not_in(inside)
        gone |= set(session.scalars(select(KeptChapter.sha256).where(stale)))
        session.execute(delete(KeptChapter).where(stale))
        session.flush()
        Store(self.settings.data).remove(gone - kept(session, gone))

    def _note_failure(self, session: Session, volume: Volume, problem: str, now: datetime) -> None:
        begin_write(session)
        if session.get(Collection, volume.id):
            _build(session, volume, "failed", now).problem = problem
            session.flush()


def _keep_chapter(session: Session, piece: Piece, edition_id: str, sha: str) -> None:
    session.merge(KeptChapter(source_checksum=piece.source, edition_id=edition_id, sha256=sha, size=len(piece.content)))


def volume_of(session: Session, collection: Collection, settings: Settings) -> Volume | None:
    """Return a collection with all that readers have of it now; None where that is nothing."""
    every = [(one, document_of(session, one.edition, settings)) for one in queries.chapters_of(session, collection)]
    chapters = [(one, document) for one, document in every if is_allowed("pdf", document.scope)]
    documents = tuple(document for _, document in chapters)
    if not documents:
        return None
    used = {sha for document in documents for sha in document.body.media}
    return Volume(
        id=collection.id,
        frame=frame_of(
            Frame(
                part="around",
                language=language(collection.language),
                title=collection.title,
                intro=collection.intro,
                path=collection.path,
                site_name=settings.site_name,
                base_url=settings.base_url,
                practice=settings.demo,
            ),
            documents,
        ),
        editions=tuple(one.edition.id for one, _ in chapters),
        documents=documents,
        media={sha: session.get_one(Media, sha).data for sha in used},
    )


def _chapter_source(document: Document, kind: str) -> str:
    return hashlib.sha256(f"{checksum(document, without_others=True)}{kind}{VERSION}".encode()).hexdigest()


def _build(session: Session, volume: Volume, state: str, now: datetime) -> CollectionBuild:
    """Return a new build; of those that failed the newest alone is remembered."""
    numbers = select(CollectionBuild.n).where(CollectionBuild.collection_id == volume.id)
    failed = CollectionBuild.collection_id == volume.id, CollectionBuild.state == "failed"
    newest = max(session.scalars(numbers), default=0)
    session.execute(delete(CollectionBuild).where(*failed))
    build = CollectionBuild(
        id=new_id(), collection_id=volume.id, n=newest + 1, state=state, editions=list(volume.editions), at=now
    )
    session.add(build)
    return build
