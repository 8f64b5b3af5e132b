"""What is in a collection, and what readers may have of it now."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.guides.consents.queries import may_pass_on, scope_of
from studio.guides.models import Guide, Revision, Translation
from studio.guides.rules.statuses import Standing
from studio.publish.collected.models import Collection, CollectionBuild, CollectionChapter, CollectionFile
from studio.publish.forms import is_allowed
from studio.publish.models import Edition
from studio.publish.queries import Listed

KINDS: Final = ("pdf", "epub")
"""Files that readers have; a collection's other files are parts of them."""


def collections(session: Session, language: str | None = None, *, published: bool = False) -> list[Collection]:
    """Return the collections of a language, or of all, by title; with ``published`` those that readers have."""
    every = select(Collection).order_by(Collection.language, Collection.title, Collection.id)
    if language:
        every = every.where(Collection.language == language)
    if published:
        every = every.where(Collection.published_on.is_not(None))
    return list(session.scalars(every))


def by_slug(session: Session, language: str, slug: str) -> Collection | None:
    """Return the collection with this address name, published or not."""
    return session.scalar(select(Collection).where(Collection.language == language, Collection.slug == slug))


def chapters_of(session: Session, collection: Collection) -> list[Listed]:
    """Return the live editions of a collection's chapters in order.

    One that readers do not have is not among them, nor a story whose teller does not let it stand in collections.
    """
    every = (
        select(Edition, Translation, Guide, Revision)
        .join(Translation, Translation.id == Edition.translation_id)
        .join(Guide, Guide.id == Translation.guide_id)
        .join(Revision, Revision.id == Edition.revision_id)
        .join(CollectionChapter, CollectionChapter.translation_id == Translation.id)
        .where(CollectionChapter.collection_id == collection.id, Edition.standing == Standing.LIVE)
        .order_by(CollectionChapter.position)
    )
    chapters = [Listed(*row) for row in session.execute(every)]
    return [one for one in chapters if may_pass_on(session, one.guide)]


def with_text(session: Session, translation_id: str) -> list[Collection]:
    """Return the collections that have a text among their chapters, published or not."""
    inside = select(CollectionChapter.collection_id).where(CollectionChapter.translation_id == translation_id)
    return list(session.scalars(select(Collection).where(Collection.id.in_(inside)).order_by(Collection.id)))


def newest_build(session: Session, collection: Collection, state: str = "done") -> CollectionBuild | None:
    """Return the newest build in ``state``."""
    every = select(CollectionBuild).where(CollectionBuild.collection_id == collection.id)
    return session.scalar(every.where(CollectionBuild.state == state).order_by(CollectionBuild.n.desc()).limit(1))


def file(session: Session, collection: Collection, kind: str) -> CollectionFile | None:
    """Return a file that readers may have: of a published collection, each of whose chapters they may have in it.

    A chapter that was taken down takes the whole file with it, until it is made without it; so does a story whose
    teller agrees no more to such files. One that has a newer edition since does not: the file holds the edition before
    until it is made anew.
    """
    build = newest_build(session, collection) if collection.published_on else None
    if build is None or not _still_there(session, build.editions, kind):
        return None
    return session.get(CollectionFile, (build.id, kind))


def _still_there(session: Session, editions: list[str], kind: str) -> bool:
    live = select(Edition.translation_id).where(Edition.standing == Standing.LIVE)
    fit = (
        select(Edition.id, Guide)
        .join(Translation, Translation.id == Edition.translation_id)
        .join(Guide, Guide.id == Translation.guide_id)
        .where(
            Edition.id.in_(editions),
            Edition.standing.in_((Standing.LIVE, Standing.SUPERSEDED)),
            Edition.translation_id.in_(live),
        )
    )
    there = {
        edition
        for edition, guide in session.execute(fit)
        if is_allowed(kind, scope_of(session, guide)) and may_pass_on(session, guide)
    }
    return there == set(editions)
