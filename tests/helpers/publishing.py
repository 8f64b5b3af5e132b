"""A house with a text that has all its checks, and a worker: what tests of publishing stand on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from studio.core.clock import now as moment
from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.guides import policies
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Translation
from studio.guides.rules.statuses import Progress, Significance
from studio.jobs.run import Runner
from studio.members.actor import Actor
from studio.publish import operations
from studio.publish.collected.binding import Derive
from studio.publish.collected.tasks import Binder
from studio.publish.derivation import derive_all
from studio.publish.document import Document
from studio.publish.forms import BY_KIND, kinds_for
from studio.publish.frame import Frame
from studio.publish.models import Edition
from studio.publish.renderer import Derived
from studio.publish.slides import cards_of, said
from studio.publish.tasks import Publisher
from studio.storage.engine import make_engine, make_sessions
from studio.web import assets

FIELDS = TextFields(
    title="Telling a friend",
    summary="Small steps, and not now is an answer.",
    neutral_title="Pages to read",
    content_notes=("none",),
    changelog="First edition",
)
BODY = "Breathe.\n\n## Choose one person\n\nSomebody who was kind before.\n\n## Say little\n\nOne sentence is enough.\n"


def derive(
    document: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...] = ()
) -> tuple[Derived, ...]:
    """Derive in this very process: the limits of the renderer have tests of their own."""
    return derive_all(document, media.__getitem__, folder, kinds)


def quickly(
    document: Document | Frame, media: Mapping[str, bytes], folder: Path, kinds: tuple[str, ...] = ()
) -> tuple[Derived, ...]:
    """Write small files with the same names in the place of PDFs, cards and books, for tests that look at none.

    Parts of collections are made as they are, for they are joined.
    """
    if isinstance(document, Frame) or kinds:
        return derive(document, media, folder, kinds)
    return tuple(small(document, kind, folder) for kind in kinds_for(document))


def small(document: Document, kind: str, folder: Path) -> Derived:
    """Write a file that holds the words of the text and is another one for every edition, as a real one does and is."""
    words = (kind, document.path, document.edition, document.title, document.content_hash, document.body.html)
    content = " ".join(map(str, words)).encode()
    (folder / kind).write_bytes(content)
    digest, place = hashlib.sha256(content).hexdigest(), BY_KIND[kind].place
    alt = said(document, cards_of(document)[place - 1]) if place else ""
    return Derived(kind, kind, BY_KIND[kind].media_type, digest, len(content), alt)


def worker(settings: Settings, clock: Callable[[], datetime] = moment, made_by: Derive = derive) -> Runner:
    """Return what runs the jobs of publishing; ``made_by`` writes the files."""
    sessions = make_sessions(make_engine(settings.database_url))

    def asset(name: str) -> str:
        return assets.address(name) if assets.exists(name) else ""

    tasks = {**Publisher(settings, made_by, asset).tasks(), **Binder(settings, made_by).tasks()}
    return Runner(sessions, tasks, clock)


def approved(
    session: Session,
    writer: Actor,
    *,
    fields: TextFields = FIELDS,
    body: str = BODY,
    language: str = "en",
    people: tuple[str, ...] = ("first", "second"),
    spelling: tuple[tuple[str, str], ...] = (),
) -> Translation:
    """Return a text of ``writer`` whose checks are all done, as the checks would leave it."""
    translation = kernel.start_guide(
        session, writer.id, fields=fields, language=language, body=body, topics=["telling"], now=moment()
    )
    approve(session, writer, translation, people=people, spelling=spelling)
    return translation


def approve(
    session: Session,
    writer: Actor,
    translation: Translation,
    *,
    people: tuple[str, ...] = ("first", "second"),
    spelling: tuple[tuple[str, str], ...] = (),
) -> None:
    """Leave ``translation`` as the checks would, for the text as its draft is now."""
    revision = kernel.save_version(
        session, writer.id, translation, significance=Significance.CONTENT, note="", now=moment()
    )
    translation.progress, translation.approved_revision_id = Progress.APPROVED, revision.id
    session.add(
        Approval(
            translation_id=translation.id,
            revision_id=revision.id,
            content_hash=revision.content_hash,
            people=list(people),
            checked_at=moment(),
            policy="small",
            aftercare=policies.known()["small"].aftercare.data(),
            spelling_changes=[list(change) for change in spelling],
            approved_at=moment(),
        )
    )
    session.commit()


def published(session: Session, editor: Actor, translation: Translation) -> Edition:
    """Publish what is approved."""
    revision, _ = operations.agreed(session, translation)
    edition = operations.publish(
        session, editor, translation, content_hash=revision.content_hash, confirmed=(), now=moment()
    )
    session.commit()
    return edition
