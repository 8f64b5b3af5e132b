"""An edition before it is one: every form of the agreed version, to be looked at once before publishing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.settings import Settings
from studio.core.words import N_
from studio.guides.models import Approval, Media, Revision, Translation
from studio.guides.rules.credit import Credit
from studio.guides.rules.statuses import Standing
from studio.publish import queries, renderer, sayings
from studio.publish.derived import pages_of, view_of
from studio.publish.document import Document
from studio.publish.documents import document_of
from studio.publish.forms import BY_KIND
from studio.publish.models import Edition
from studio.publish.slides import cards_of

NUMBERLESS: Final = "———-———"
"""Stands where the copy number will be."""


def document_to_be(
    session: Session,
    translation: Translation,
    revision: Revision,
    approval: Approval,
    settings: Settings,
    now: datetime,
) -> Document:
    """Return the document that publishing ``revision`` now would give; nothing is stored."""
    newest = queries.newest_edition(session, translation.id)
    edition = Edition(
        id="",
        translation_id=translation.id,
        number=(newest.number if newest else 0) + 1,
        revision_id=revision.id,
        content_hash=revision.content_hash,
        code=NUMBERLESS,
        changelog=str(revision.fields.get("changelog", "")),
        label=approval.label,
        aftercare=dict(approval.aftercare),
        people=len(approval.people),
        checked_on=approval.checked_at.date(),
        published_on=now.date(),
        standing=Standing.BUILDING,
    )
    document = document_of(session, edition, settings)
    # What people chose is theirs until it is public: who looks before that sees what stands there where nobody chose.
    return replace(document, credit=sayings.credit(Credit(), document.language), authors=(), checkers=())


def images_of(session: Session, document: Document) -> dict[str, bytes]:
    """Return the bytes of the images that a document uses, by SHA-256."""
    return {sha: session.get_one(Media, sha).data for sha in document.body.media}


def page_of(session: Session, document: Document, settings: Settings, asset: Callable[[str], str], today: date) -> str:
    """Return the page of a document as readers would get it; its images are those of the draft, for members alone."""
    html = document.body.html.replace('src="/media/', 'src="/studio/media/')
    shown = replace(document, body=replace(document.body, html=html))
    return pages_of(view_of(session, None, shown, settings, None, asset, today))["page"]


def form_of(document: Document, images: dict[str, bytes], kind: str, settings: Settings) -> tuple[bytes, str]:
    """Return one form of a document, as readers will get it, and its media type; made by the renderer.

    Raise NotFound for a card that the text does not have.
    """
    if BY_KIND[kind].place > len(cards_of(document)):
        raise NotFound(N_("This text has no such card."))
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="preview-") as folder:
        socket_path = settings.data / renderer.SOCKET_NAME
        made = renderer.derive(document, images, Path(folder), kinds=(kind,), socket_path=socket_path)[0]
        return (Path(folder) / made.name).read_bytes(), made.media_type
