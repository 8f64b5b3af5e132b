"""A saved version that is being checked, in the forms that readers would get: said on each that it is no edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from studio.core.settings import Settings
from studio.guides.models import Approval, Revision, Translation
from studio.i18n.catalogues import translator
from studio.publish import previews, sayings, shell
from studio.publish.document import Document
from studio.publish.forms import BY_KIND


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a saved version: its bytes, their media type, and a file name that tells no topic."""

    content: bytes
    media_type: str
    name: str


def form_of_candidate(
    session: Session, translation: Translation, revision: Revision, kind: str, settings: Settings, now: datetime
) -> Form:
    """Return ``revision`` as a page, a PDF or a card, made by what publishes; ``kind``: ``page`` or one of PREVIEWED.

    The session is given back before a PDF or a card is drawn. Nothing is stored.
    """
    document = _document(session, translation, revision, settings, now)
    if kind == "page":
        page = previews.page_of(session, document, settings, shell.asset, now.date())
        return Form(page.encode(), "text/html; charset=utf-8", f"version-{revision.number}.html")
    images = previews.images_of(session, document)
    name = f"version-{revision.number}.{BY_KIND[kind].ending}"
    session.rollback()
    content, media_type = previews.form_of(document, images, kind, settings)
    return Form(content, media_type, name)


def _document(
    session: Session, translation: Translation, revision: Revision, settings: Settings, now: datetime
) -> Document:
    nobody = Approval(label="", aftercare={}, people=[], checked_at=now)
    document = previews.document_to_be(session, translation, revision, nobody, settings, now)
    words = translator(translation.language, "reader")
    said = words.gettext(sayings.CANDIDATE.text, n=revision.number)
    return replace(document, label="candidate", label_words=said)
