"""Collections as the first page of a language lists them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from studio.publish.collected import queries
from studio.publish.pages.views import CollectionEntry


def entries(session: Session, code: str) -> tuple[CollectionEntry, ...]:
    """Return the collections in the language ``code`` in which readers find something, by title."""
    found = list[CollectionEntry]()
    for one in queries.collections(session, code, published=True):
        guides = len(queries.chapters_of(session, one))
        if guides:
            found.append(CollectionEntry(one.title, one.path, one.intro, guides))
    return tuple(found)
