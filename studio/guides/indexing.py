"""What members' search knows: the newest saved version of every text, apart from the readers' index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.guides import queries
from studio.guides.models import Revision, Translation
from studio.rendering.markdown import render
from studio.rendering.rendered import Rendered
from studio.search.entries import SectionEntry
from studio.search.index import SearchIndex

FOLDER: Final = "search-members"


@cache
def members_index(data: Path) -> SearchIndex:
    """Return this process's handle on the members' index."""
    return SearchIndex(data / FOLDER)


def entries_of(session: Session, translation: Translation) -> list[SectionEntry]:
    """Return the sections of the newest saved version of a text; none where there is none."""
    revision = queries.latest(session, translation)
    if revision is None:
        return []
    spoken = language(translation.language)
    body = render(revision.body, spoken, media_url=lambda sha: f"/studio/media/{sha}", alt_required=False)
    return sections_of(translation, revision, body)


def sections_of(translation: Translation, revision: Revision, body: Rendered) -> list[SectionEntry]:
    """Return what search knows of a saved version rendered as ``body``: its summary, then each section with words."""
    parts = [("", "", str(revision.fields.get("summary", "")))]
    parts += [(part.id, part.title, part.text) for part in body.sections]
    return [
        SectionEntry(
            guide_id=translation.guide_id,
            translation_id=translation.id,
            language=translation.language,
            section_id=section_id,
            guide_title=str(revision.fields.get("title", "")),
            section_title=section_title,
            text=text,
            topics=tuple(revision.topics),
            kind=str(revision.kind),
        )
        for section_id, section_title, text in parts
        if text or section_title or not section_id
    ]


def every_entry(session: Session) -> Iterator[SectionEntry]:
    """Yield the sections of every text that has a saved version."""
    for translation in session.scalars(select(Translation).order_by(Translation.id)):
        yield from entries_of(session, translation)
