"""What search knows of live texts: their sections, title, summary and topics, for readers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.guides.indexing import sections_of
from studio.guides.models import Revision, Translation
from studio.publish import queries, wording
from studio.publish.artifacts import Store
from studio.publish.document import Document
from studio.publish.documents import body_of
from studio.publish.models import Artifact, Edition
from studio.search.entries import SectionEntry
from studio.search.index import SearchIndex

FOLDER = "search-readers"


@cache
def readers_index(data: Path) -> SearchIndex:
    """Return this process's handle on the readers' index."""
    return SearchIndex(data / FOLDER)


def entries_of(session: Session, translation: Translation) -> list[SectionEntry]:
    """Return the sections of a text as readers have it now; none where it is not live."""
    edition = queries.live_edition(session, translation.id)
    if edition is None:
        return []
    revision = session.get_one(Revision, edition.revision_id)
    return sections_of(translation, revision, body_of(session, revision, language(translation.language)))


def every_entry(session: Session) -> Iterator[SectionEntry]:
    """Yield the sections of every live text."""
    for listed in queries.live_texts(session):
        yield from entries_of(session, listed.translation)


def words_artifact(session: Session, store: Store, edition: Edition, document: Document) -> Artifact:
    """Return the words of an edition as a file of its build; the one of the build before where it still fits."""
    translation, revision = edition.translation, session.get_one(Revision, edition.revision_id)
    entries, images = sections_of(translation, revision, document.body), list(document.body.media)
    source, kept = wording.source_of(document.path, entries, images), queries.artifact(session, edition, wording.KIND)
    if kept and kept.source_checksum == source and store.get(kept.sha256) is not None:
        sha, size = kept.sha256, kept.size
    else:
        content = wording.written(wording.words_of(document.path, entries, images))
        sha, size = store.put(content), len(content)
    return Artifact(kind=wording.KIND, media_type=wording.MEDIA_TYPE, source_checksum=source, sha256=sha, size=size)
