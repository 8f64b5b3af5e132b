"""Background work of publishing: derive an edition's files, make it live, keep search and siblings up to date."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import StudioError
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.guides.models import Guide, Media, Translation
from studio.guides.rules.statuses import Standing
from studio.jobs.queue import enqueue
from studio.jobs.run import Task, in_write
from studio.publish import consent, neighbours, operations, posted, queries, scheduling
from studio.publish.artifacts import Store, sweep
from studio.publish.crediting import credits_changed
from studio.publish.derived import AssetAddress, kept_pages, view_of
from studio.publish.document import Document
from studio.publish.documents import checksum, document_of
from studio.publish.forms import BY_KIND, kinds_for
from studio.publish.generation import raise_generation
from studio.publish.indexing import entries_of, every_entry, readers_index, words_artifact
from studio.publish.keeping import kept
from studio.publish.manifest import Made, seals
from studio.publish.models import Artifact, Build, Edition
from studio.publish.progress import PREFIX
from studio.publish.renderer import Derived
from studio.publish.slides import cards_of
from studio.publish.urgent import confirm_task
from studio.search.entries import IndexBroken
from studio.storage.engine import begin_write

LEFT_BEHIND: Final = timedelta(minutes=10)
"""Longer than any making may take."""
VERSION: Final = "4"
"""Raised whenever the making of PDFs, cards or fonts changes, or what is kept of them, so that they are made anew."""
Derive = Callable[[Document, Mapping[str, bytes], Path], Sequence[Derived]]
"""Makes the files of a document in a folder, in a limited process; images are given by their SHA-256."""


def _nobody(_session: Session, _edition: Edition, _now: datetime) -> None:
    """Tell nobody that an edition is out."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The tasks of publishing with what they need beside the database."""

    settings: Settings
    derive: Derive
    asset: AssetAddress
    out: Callable[[Session, Edition, datetime], None] = _nobody
    """Tells those who made an edition that readers have it."""

    def tasks(self) -> dict[str, Task]:
        """Return the tasks by the names under which jobs ask for them."""
        return {
            "publish.build": self.build,
            "publish.index": self.index,
            "publish.scheduled": self.scheduled,
            "publish.daily": self.daily,
            "publish.confirm": confirm_task,
            "publish.consent": in_write(self.consent),
            "publish.credits": in_write(credits_changed),
            "publish.forget": self.forget,
            "publish.unlead": self.unlead,
        }

    def build(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Derive whatever of an edition is missing or was made from something else, then make the edition live."""
        edition = session.get(Edition, args["edition"])
        if edition is None or edition.standing not in (Standing.BUILDING, Standing.LIVE):
            return
        document = document_of(session, edition, self.settings, now.date())
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

    def consent(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Let what readers have follow what a story's teller agreed to."""
        guide = session.get(Guide, args["guide"])
        if guide:
            consent.follow(session, guide, now)

    def index(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Let search know what readers have of a text now."""
        del now
        translation = session.get(Translation, args["translation"])
        index = readers_index(self.settings.data)
        try:
            if translation is None:  # what was taken back for good is wiped from the files, not only left out
                index.write({args["translation"]: ()}, compact=True)
            else:
                index.replace(translation.id, entries_of(session, translation))
        except IndexBroken:
            index.rebuild(list(every_entry(session)))

    def forget(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Remove files that nothing refers to any more, and what a maker that was killed may have left half-made."""
        unused = set(args["files"]) - kept(session, args["files"])
        session.rollback()
        Store(self.settings.data).remove(unused)
        sweep(self.settings.data, now - LEFT_BEHIND)

    def unlead(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Have the pages made again that still name a text which is gone: readers get others, files hold them."""
        store, stale = Store(self.settings.data), list[str]()
        for code in args["languages"]:
            for listed in queries.live_texts(session, code):
                made = queries.artifact(session, listed.edition, "page")
                html = store.get(made.sha256) if made else None
                if html and not neighbours.leads_only_to_what_is_there(session, html.decode()):
                    stale.append(listed.edition.id)
        session.rollback()
        begin_write(session)
        for edition in session.scalars(select(Edition).where(Edition.id.in_(stale))).all():
            operations.ask_for_build(session, edition, now)

    def scheduled(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Publish a text whose time has come."""
        begin_write(session)
        translation = session.get(Translation, args["translation"])
        if translation:
            scheduling.publish_scheduled(session, translation, now)

    def daily(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        """Look at the page of each live edition again: some say something else on another day; clear what is stale."""
        del args
        sweep(self.settings.data, now - timedelta(hours=1))
        store = Store(self.settings.data)
        stale = store.older_than(now - timedelta(hours=1))
        store.remove(stale - kept(session, stale))
        session.rollback()
        begin_write(session)
        consent.end_what_is_over(session, now)
        for listed in queries.live_texts(session):
            operations.ask_for_build(session, listed.edition, now)

    def _kept(self, before: Build | None, source: str, kinds: Collection[str]) -> list[Artifact]:
        store = Store(self.settings.data)
        files = [one for one in (before.artifacts if before else ()) if one.kind in BY_KIND]
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
    store, edition = Store(publisher.settings.data), session.get(Edition, edition_id)
    if edition is None:  # taken back for good while its files were made
        made = {one.sha256 for one in files}
        store.remove(made - kept(session, made))
        return
    was_building = edition.standing is Standing.BUILDING
    build = Build(
        id=new_id(), edition_id=edition.id, n=_next(edition), inputs_checksum="", state="done", at=now, artifacts=files
    )
    operations.make_live(session, edition, now)
    if was_building and edition.standing is Standing.LIVE:
        publisher.out(session, edition, now)
    fresh = document_of(session, edition, publisher.settings, now.date())
    posted.note(session, edition, cards_of(fresh))
    view = view_of(session, edition, fresh, publisher.settings, build, publisher.asset, now.date())
    for kind, html in kept_pages(view, files).items():
        build.artifacts.append(_stored(store, kind, "text/html", html.encode()))
    sealed = [Made(one.kind, one.sha256, one.size) for one in build.artifacts]
    for seal in seals(fresh, sealed, publisher.settings):
        build.artifacts.append(_stored(store, seal.kind, seal.media_type, seal.content))
    build.artifacts.append(words_artifact(session, store, edition, fresh))
    build.inputs_checksum = _digest(source + "".join(sorted(one.sha256 for one in build.artifacts)))
    before = queries.finished_build(session, edition)
    if before is None or before.inputs_checksum != build.inputs_checksum:
        session.add(build)
        session.flush()
        _drop_older(session, edition, build, now)
        raise_generation(session)
    _tell_others(session, edition, now, fresh.body.links if was_building else None)


def _stored(store: Store, kind: str, media_type: str, content: bytes) -> Artifact:
    digest = store.put(content)
    return Artifact(kind=kind, media_type=media_type, source_checksum=digest, sha256=digest, size=len(content))


def _drop_older(session: Session, edition: Edition, newest: Build, now: datetime) -> None:
    """Let go of the files of earlier makings: a name that somebody took back, or a form, stays nowhere."""
    older = select(Artifact).join(Build).where(Build.edition_id == edition.id, Build.id != newest.id)
    rows = session.scalars(older).all()
    files = {one.sha256 for one in rows} - {one.sha256 for one in newest.artifacts}
    for one in rows:
        session.delete(one)
    if files:
        session.flush()
        key = f"publish.forget:{newest.id}"
        enqueue(session, "publish.forget", key, {"files": sorted(files)}, now)


def _tell_others(session: Session, edition: Edition, now: datetime, links: Collection[str] | None) -> None:
    """Let search know, and with ``links`` of a text that is new have the pages looked at that may name it.

    Those are its other languages, and what stands beside it. Other pages are looked at once a day.
    """
    key = edition.translation_id
    enqueue(session, "publish.index", f"publish.index:{key}", {"translation": key}, now)
    enqueue(session, "publish.collections", f"publish.collections:{key}", {"translation": key}, now)
    if links is None:
        return
    translation = session.get_one(Translation, key)
    others = queries.live_editions(session, [one.id for one in queries.live_of_guide(session, translation.guide_id)])
    others += [one.edition for one in neighbours.beside(session, edition, links)]
    for other in others:
        if other.id != edition.id:
            operations.ask_for_build(session, other, now)


def _note_failure(session: Session, edition_id: str, source: str, problem: str, now: datetime) -> None:
    session.rollback()
    begin_write(session)
    edition = session.get(Edition, edition_id)
    if edition is None:
        return
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
