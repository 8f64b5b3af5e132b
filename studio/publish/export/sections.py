"""The words of texts that were published before words were kept beside their pages; many in a few questions."""

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
from studio.publish.wording import Words, words_of
from studio.rendering.markdown import render


def words_anew(session: Session, shelf: Shelf, texts: Sequence[Text]) -> dict[str, Words]:
    """Return the words of some texts by their paths, taken from the texts themselves."""
    ids = [one.translation_id for one in texts]
    translations = {one.id: one for one in session.scalars(select(Translation).where(Translation.id.in_(ids)))}
    wanted = select(Revision).where(Revision.id.in_([one.revision_id for one in texts]))
    revisions = {one.id: one for one in session.scalars(wanted)}
    images: defaultdict[str, set[str]] = defaultdict(set)
    has = select(TranslationMedia.translation_id, TranslationMedia.sha).where(TranslationMedia.translation_id.in_(ids))
    for translation, sha in session.execute(has):
        images[translation].add(sha)
    found: dict[str, Words] = {}
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
        entries = sections_of(translations[text.translation_id], revision, body)
        found[text.path] = words_of(text.path, entries, body.media)
    session.expunge_all()
    return found


def _picture(own: Collection[str], sha: str) -> str | None:
    return f"/media/{sha}" if sha in own else None


def _guide(shelf: Shelf, code: str, guide: str) -> str | None:
    return shelf.paths.get((guide, code))
