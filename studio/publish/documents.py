"""From an edition's rows to the Document that everything is derived from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.core.settings import Settings
from studio.guides import house, media
from studio.guides.consents import queries as consents
from studio.guides.credits import queries as crediting
from studio.guides.fields import TextFields
from studio.guides.labels import rendering_words
from studio.guides.models import Revision, Translation
from studio.i18n import formats
from studio.i18n.catalogues import translator
from studio.publish import queries, sayings, urgent
from studio.publish.document import CheckLabel, Document, OtherLanguage
from studio.publish.models import Edition
from studio.rendering.markdown import render
from studio.rendering.plain import reading_minutes
from studio.rendering.rendered import Rendered
from studio.theming.fonts import missing_characters

LICENCES: Final = {"CC-BY-SA-4.0": "CC BY-SA 4.0", "CC-BY-4.0": "CC BY 4.0", "CC0-1.0": "CC0 1.0"}
LABELS: Final[dict[str, CheckLabel]] = {"override": "override", "urgent": "urgent", "one_reader": "one_reader"}


def body_of(session: Session, revision: Revision, spoken: Language) -> Rendered:
    """Render a saved version as readers will get it."""

    def guide_address(guide_id: str) -> str | None:
        return address_of(session, guide_id, spoken.code)

    return render(
        revision.body,
        spoken,
        media_url=media.addresses(session, revision.translation_id, "/media/"),
        internal=guide_address,
        words=rendering_words(spoken.code),
    )


def address_of(session: Session, guide_id: str, code: str) -> str | None:
    """Return where readers of the language ``code`` find a guide, None where it is not live."""
    live = [one for one in queries.live_of_guide(session, guide_id) if one.language == code]
    return f"/{code}/{live[0].slug}/" if live else None


def document_of(session: Session, edition: Edition, settings: Settings, today: date | None = None) -> Document:
    """Return all that readers get of ``edition``, as it is on the day ``today``; without a day it is never overdue."""
    translation = session.get_one(Translation, edition.translation_id)
    revision = session.get_one(Revision, edition.revision_id)
    fields, spoken = TextFields.from_dict(revision.fields), language(translation.language)
    body, due = body_of(session, revision, spoken), urgent.due_of(session, edition)
    who = crediting.credit_of(session, revision, spoken.code, can_draw(spoken.code))
    scope = consents.scope_of(session, translation.guide)
    return Document(
        guide_id=translation.guide_id,
        kind=str(revision.kind),
        language=spoken,
        slug=translation.slug,
        opaque_id=translation.opaque_id,
        title=fields.title,
        summary=fields.summary,
        neutral_title=fields.neutral_title or house.neutral_title(spoken.code),
        body=body,
        reading_minutes=reading_minutes(body.words),
        topics=tuple(house.topic_name(key, spoken.code) for key in revision.topics),
        content_notes=tuple(house.note_name(key, spoken.code) for key in fields.content_notes if key != "none"),
        sources=fields.sources,
        licence=LICENCES.get(revision.licence, revision.licence),
        credit=sayings.credit(who, spoken),
        authors=who.names,
        checkers=crediting.checkers_of(session, translation.id, edition.number, spoken.code, can_draw(spoken.code)),
        allowed=None if scope is None else tuple(sorted(scope)),
        edition=edition.number,
        changelog=edition.changelog or house.first_edition(spoken.code),
        published_on=edition.published_on,
        checked_on=queries.checked_on(session, edition),
        people=edition.people,
        label=LABELS.get(edition.label, ""),
        safety_line=edition.changelog if edition.label == urgent.LABEL else "",
        checks_due_on=due,
        label_words=_label_words(session, edition, spoken, due) if edition.label else "",
        copy_number=edition.code,
        content_hash=edition.content_hash,
        site_name=settings.site_name,
        base_url=settings.base_url,
        practice=settings.demo,
        correction=edition.correction and edition.label != urgent.LABEL,
        overdue=today is not None and is_due(session, edition, today),
        facets=tuple(revision.facets),
        accent=settings.accent,
        others=_others(session, translation),
    )


def is_due(session: Session, edition: Edition, today: date) -> bool:
    """Whether an edition should have been looked at again by ``today``; one that is not stored yet never is."""
    return bool(edition.id) and queries.due_days(session, [queries.listed(session, edition)])[edition.id] <= today


def authors_of(session: Session, listed: queries.Listed) -> tuple[str, ...]:
    """Return the names of those who want to be named for writing a live text."""
    code = listed.translation.language
    return crediting.credit_of(session, listed.revision, code, can_draw(code)).names


def can_draw(code: str) -> crediting.Drawable:
    """Return whether a name can be printed in the language ``code``; one that cannot is never a reason to stop."""
    return lambda name: not missing_characters(name, code)


def _label_words(session: Session, edition: Edition, spoken: Language, due: date | None) -> str:
    code = translator(spoken.code, "reader").language.code
    named = formats.language_name(spoken.code, code)
    return queries.aftercares(session, [edition])[edition.id].label(
        edition.label, code, named, formats.day(due, code) if due else ""
    )


def _others(session: Session, translation: Translation) -> tuple[OtherLanguage, ...]:
    others = list[OtherLanguage]()
    for one in queries.live_of_guide(session, translation.guide_id):
        if one.id == translation.id:
            continue
        edition = queries.live_edition(session, one.id)
        if edition:
            title = str(session.get_one(Revision, edition.revision_id).fields.get("title", ""))
            path, quiet = f"/{one.language}/{one.slug}/", f"/n/{one.language}/{one.opaque_id}/"
            others.append(OtherLanguage(language(one.language), title, path, quiet))
    return tuple(others)


def checksum(document: Document, *, without_others: bool = False) -> str:
    """Return the SHA-256 of all that a document says; ``without_others`` for files that do not name the siblings."""
    values = asdict(document)
    if without_others:
        values.pop("others")
    packed = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(packed.encode()).hexdigest()
