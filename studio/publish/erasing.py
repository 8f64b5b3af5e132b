"""A story is taken back for good: every word of it leaves the house; marks alone remain, for its addresses' 410."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.ids import new_id
from studio.guides.consents import queries as consents
from studio.guides.consents.models import Gone, GoneAddress
from studio.guides.models import Guide, Media, SlugAlias, Translation, TranslationMedia
from studio.guides.rules.statuses import Standing
from studio.jobs.models import Job
from studio.jobs.queue import enqueue
from studio.publish.collected import operations as collections
from studio.publish.generation import raise_generation
from studio.publish.models import Artifact, Build, Edition, Takedown
from studio.storage.base import Base
from studio.storage.erasing import erase as erase_rows

STAYS: Final = frozenset({"takedown.follows"})
"""Of another text: it only forgets what it followed."""


def erase(session: Session, guide: Guide, key: bytes, now: datetime) -> Gone:
    """Delete ``guide`` in all its languages with everything that was ever made of it or said about it.

    Readers lose it with the commit; what lies in files goes by a job, within moments. ``key`` is the house's secret.
    Nothing that remains tells whose it was or what it said. The objects of its texts are not to be used afterwards.
    """
    texts = list(guide.translations)
    for translation in texts:
        session.refresh(translation, with_for_update=True)
    ids, languages = [one.id for one in texts], sorted({one.language for one in texts})
    editions = session.scalars(select(Edition).where(Edition.translation_id.in_(ids))).all()
    had = {one.translation_id for one in editions if one.standing is not Standing.BUILDING}
    consent = consents.consent_of(session, guide.id)
    addresses = [*_addresses(session, [one for one in texts if one.id in had], editions), f"studio/{guide.id}"]
    files, images = _files(session, ids) | collections.let_go(session, ids, now), _images(session, ids)
    row = Gone(id=new_id(), on=now.date(), languages=len(had), code_hash=consent.code_hash if consent else None)
    _forget_jobs(session, {guide.id, *ids, *(one.id for one in editions)})
    session.execute(update(Takedown).where(Takedown.instead == guide.id).values(instead=""))
    erase_rows(session, Base.metadata, "guide", [guide.id], STAYS)
    used = select(TranslationMedia.sha)
    session.execute(delete(Media).where(Media.sha.in_(images), Media.sha.not_in(used)))
    session.add(row)
    session.flush()
    session.add_all(GoneAddress(mark=one, gone_id=row.id) for one in {consents.mark(key, one) for one in addresses})
    for one in ids:
        for name in ("publish.index", "guides.index"):
            enqueue(session, name, f"{name}:{one}", {"translation": one}, now)
    enqueue(session, "publish.forget", f"publish.forget:{row.id}", {"files": sorted(files)}, now)
    enqueue(session, "publish.unlead", f"publish.unlead:{row.id}", {"languages": languages}, now)
    trail.record(session, actor=None, act="story.erased", subject=f"gone:{row.id}", details={"texts": ids}, now=now)
    raise_generation(session)
    return row


def _addresses(session: Session, texts: Collection[Translation], editions: Collection[Edition]) -> list[str]:
    """Return every address that readers ever had of ``texts``."""
    found = [f"{one.language}/{one.slug}" for one in texts]
    found += [f"n/{one.language}/{one.opaque_id}" for one in texts]
    ids = [one.id for one in texts]
    for alias in session.scalars(select(SlugAlias).where(SlugAlias.translation_id.in_(ids))):
        found.append(f"{alias.language}/{alias.slug}")
    found += [f"media/{sha}" for sha in _images(session, ids)]
    return [*found, *(f"check/{one.code}" for one in editions if one.translation_id in ids)]


def _files(session: Session, ids: Collection[str]) -> set[str]:
    made = select(Artifact.sha256).join(Build).join(Edition).where(Edition.translation_id.in_(ids))
    return set(session.scalars(made))


def _images(session: Session, ids: Collection[str]) -> set[str]:
    return set(session.scalars(select(TranslationMedia.sha).where(TranslationMedia.translation_id.in_(ids))))


def _forget_jobs(session: Session, ids: Collection[str]) -> None:
    """Delete the jobs that name what is gone: why one failed may quote it."""
    keys = [
        key for key, args in session.execute(select(Job.key, Job.args)) if any(str(one) in ids for one in args.values())
    ]
    for key in keys:
        session.execute(delete(Job).where(Job.key == key))
