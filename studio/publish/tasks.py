"""Background work of publishing: derive an edition's files, make it live, keep search and siblings up to date."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from studio.core.errors import StudioError
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.guides.indexing import sections_of
from studio.guides.models import Media, Revision, Translation
from studio.guides.rules.statuses import Standing
from studio.jobs.queue import enqueue
from studio.jobs.run import Task
from studio.publish import operations, queries, wording
from studio.publish.artifacts import Store, sweep
from studio.publish.derived import PAGES, AssetAddress, pages_of, view_of
from studio.publish.document import Document
from studio.publish.documents import checksum, document_of
from studio.publish.forms import kinds_for
from studio.publish.generation import raise_generation
from studio.publish.indexing import entries_of, every_entry, readers_index
from studio.publish.models import Artifact, Build, Edition
from studio.publish.progress import PREFIX
from studio.publish.renderer import Derived
from studio.publish.urgent import confirm_task
from studio.search.entries import IndexBroken
from studio.storage.engine import begin_write

VERSION: Final = "2"
"""Raised whenever the making of PDFs, cards or fonts changes, or what is kept of them, so that they are made anew."""
Derive = Callable[[Document, Mapping[str, bytes], Path], Sequence[Derived]]
"""Makes the files of a document in a folder, in a limited process; images are given by their SHA-256."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The tasks of publishing with what they need beside the database."""

    settings: Settings
    derive: Derive
    asset: AssetAddress

    def tasks(self) -> dict[str, Task]:
        """Return the tasks by the names under which jobs ask for them."""
        return {
            "publish.build": self.build,
            "publish.index": self.index,
            "publish.scheduled": self.scheduled,
            "publish.daily": self.daily,
            "publish.confirm": confirm_task,
        }

    def build(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Derive whatever of an edition is missing or was made from something else, then make the edition live."""
        edition = session.get_one(Edition, args["edition"])
        if edition.standing not in (Standing.BUILDING, Standing.LIVE):
            return
        document = document_of(session, edition, self.settings)
        before = queries.finished_build(session, edition)
        source = checksum(document, without_others=True) + VERSION
        files = self._kept(before, source, kinds_for(document))
        if not files:
            media = {sha: session.get_one(Media, sha).data for sha in document.body.media}
            session.rollback()
            try:
                files = self._made(args["edition"], document, media, source)
            except StudioError as refusal:
                _note_failure(session, args["edition"], source, str(refusal), now)
                return
        _finish(session, self, args["edition"], files, source, now)

    def index(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Let search know what readers have of a text now."""
        del now
        translation = session.get_one(Translation, args["translation"])
        index = readers_index(self.settings.data)
        try:
            index.replace(translation.id, entries_of(session, translation))
        except IndexBroken:
            index.rebuild(list(every_entry(session)))

    def scheduled(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Publish a text whose time has come."""
        begin_write(session)
        operations.publish_scheduled(session, session.get_one(Translation, args["translation"]), now)

    def daily(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Look at the page of each live edition again: some say something else on another day; clear what is stale."""
        del args
        sweep(self.settings.data, now - timedelta(hours=1))
        begin_write(session)
        for listed in queries.live_texts(session):
            operations.ask_for_build(session, listed.edition, now)

    def _kept(self, before: Build | None, source: str, kinds: Collection[str]) -> list[Artifact]:
        store = Store(self.settings.data)
        files = [one for one in (before.artifacts if before else ()) if one.kind not in (*PAGES, wording.KIND)]
        fit = all(one.source_checksum == _digest(source) and store.get(one.sha256) is not None for one in files)
        return [_copy(one) for one in files] if fit and {one.kind for one in files} >= set(kinds) else []

    def _made(self, edition_id: str, document: Document, media: Mapping[str, bytes], source: str) -> list[Artifact]:
        store, digest = Store(self.settings.data), _digest(source)
        with tempfile.TemporaryDirectory(dir=self.settings.data, prefix=f"{PREFIX}{edition_id}-") as folder:
            made = self.derive(document, media, Path(folder))
            return [
                Artifact(
                    kind=one.kind,
                    media_type=one.media_type,
                    source_checksum=digest,
                    sha256=store.put((Path(folder) / one.name).read_bytes()),
                    size=one.size,
                    alt=one.alt,
                )
                for one in made
            ]


def _finish(
    session: Session, publisher: Publisher, edition_id: str, files: list[Artifact], source: str, now: datetime
) -> None:
    """Note the build with its pages and let readers have it; nothing of this waits for a renderer."""
    session.rollback()
    begin_write(session)
    edition = session.get_one(Edition, edition_id)
    was_building = edition.standing is Standing.BUILDING
    build = Build(
        id=new_id(), edition_id=edition.id, n=_next(edition), inputs_checksum="", state="done", at=now, artifacts=files
    )
    operations.make_live(session, edition, now)
    store = Store(publisher.settings.data)
    fresh = document_of(session, edition, publisher.settings)
    view = view_of(session, edition, fresh, publisher.settings, build, publisher.asset, now.date())
    for kind, html in pages_of(view).items():
        content = html.encode()
        digest = store.put(content)
        build.artifacts.append(
            Artifact(kind=kind, media_type="text/html", source_checksum=digest, sha256=digest, size=len(content))
        )
    build.artifacts.append(_words(session, store, edition, fresh))
    build.inputs_checksum = _digest(source + "".join(sorted(one.sha256 for one in build.artifacts)))
    before = queries.finished_build(session, edition)
    if before is None or before.inputs_checksum != build.inputs_checksum:
        session.add(build)
        session.flush()
        raise_generation(session)
    _tell_others(session, edition, now, siblings=was_building)


def _words(session: Session, store: Store, edition: Edition, document: Document) -> Artifact:
    """Return the words of an edition as they are kept for a search without a server; those of before if they fit."""
    translation, revision = edition.translation, session.get_one(Revision, edition.revision_id)
    entries = sections_of(translation, revision, document.body)
    images = list(document.body.media)
    source, kept = wording.source_of(document.path, entries, images), queries.artifact(session, edition, wording.KIND)
    if kept and kept.source_checksum == source and store.get(kept.sha256) is not None:
        return _copy(kept)
    content = wording.written(wording.words_of(document.path, entries, images))
    return Artifact(
        kind=wording.KIND,
        media_type=wording.MEDIA_TYPE,
        source_checksum=source,
        sha256=store.put(content),
        size=len(content),
    )


def _tell_others(session: Session, edition: Edition, now: datetime, *, siblings: bool) -> None:
    key = edition.translation_id
    enqueue(session, "publish.index", f"publish.index:{key}", {"translation": key}, now)
    if not siblings:
        return
    translation = session.get_one(Translation, key)
    for other in queries.live_of_guide(session, translation.guide_id):
        live = queries.live_edition(session, other.id)
        if live and live.id != edition.id:
            operations.ask_for_build(session, live, now)


def _note_failure(session: Session, edition_id: str, source: str, problem: str, now: datetime) -> None:
    session.rollback()
    begin_write(session)
    edition = session.get_one(Edition, edition_id)
    session.add(
        Build(
            id=new_id(),
            edition_id=edition.id,
            n=_next(edition),
            inputs_checksum=_digest(source),
            state="failed",
            problem=problem,
            at=now,
        )
    )
    session.flush()


def _next(edition: Edition) -> int:
    return max((build.n for build in edition.builds), default=0) + 1


def _copy(one: Artifact) -> Artifact:
    return Artifact(
        kind=one.kind,
        media_type=one.media_type,
        source_checksum=one.source_checksum,
        sha256=one.sha256,
        size=one.size,
        alt=one.alt,
    )


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()
