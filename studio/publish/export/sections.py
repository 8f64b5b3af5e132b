"""The words of live texts for the search of a folder, many texts in a few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.guides.indexing import sections_of
from studio.guides.labels import rendering_words
from studio.guides.models import Revision, Translation, TranslationMedia
from studio.publish.export.shelf import Shelf, Text
from studio.rendering.markdown import render
from studio.search.entries import SectionEntry


def sections(session: Session, shelf: Shelf, texts: Sequence[Text]) -> dict[str, tuple[list[SectionEntry], list[str]]]:
    """Return by a text's path its sections, as the readers' search knows them, and the images that it shows."""
    ids = [one.translation_id for one in texts]
    translations = {one.id: one for one in session.scalars(select(Translation).where(Translation.id.in_(ids)))}
    wanted = select(Revision).where(Revision.id.in_([one.revision_id for one in texts]))
    revisions = {one.id: one for one in session.scalars(wanted)}
    images: defaultdict[str, set[str]] = defaultdict(set)
    has = select(TranslationMedia.translation_id, TranslationMedia.sha).where(TranslationMedia.translation_id.in_(ids))
    for translation, sha in session.execute(has):
        images[translation].add(sha)
    found = {}
    for text in texts:
        revision = revisions[text.revision_id]
        own = images[text.translation_id]
        body = render(
            revision.body,
            language(text.code),
            media_url=partial(_picture, own),
            internal=partial(_guide, shelf, text.code),
            words=rendering_words(text.code),
        )
        found[text.path] = (sections_of(translations[text.translation_id], revision, body), list(body.media))
    session.expunge_all()
    return found


def _picture(own: Collection[str], sha: str) -> str | None:
    return f"/media/{sha}" if sha in own else None


def _guide(shelf: Shelf, code: str, guide: str) -> str | None:
    return shelf.paths.get((guide, code))
