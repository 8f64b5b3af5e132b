"""Members' search over the newest saved versions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import LANGUAGES
from studio.guides import house, indexing
from studio.guides.models import Guide, Revision, Translation
from studio.guides.queries import visible_to
from studio.members import queries as members
from studio.members.actor import Actor
from studio.search import query
from studio.search.entries import IndexBroken
from studio.search.fallback import Entries


def find(session: Session, actor: Actor, words: str, code: str, data: Path) -> query.Results:
    """Return what the member may know of; from the database itself while the index is missing."""

    def known(ids: Collection[str]) -> set[str]:
        mine = select(Translation.id).join(Guide).where(Translation.id.in_(list(ids)), visible_to(actor))
        return set(session.scalars(mine))

    own = code or actor.language
    wanted = [code] if code else [own, *(one for one in LANGUAGES if one != own)]
    try:
        index = indexing.members_index(data)
        return query.search(index, words, own, languages=wanted, live=known, synonyms=house.synonyms(), limit=30)
    except IndexBroken:
        entries = Entries(indexing.every_entry(session))
        return query.search(entries, words, own, languages=wanted, live=known, synonyms=house.synonyms(), limit=30)


def names(session: Session, revisions: Iterable[Revision]) -> dict[str, str]:
    """Return the pen-names of who saved ``revisions``."""
    return members.pen_names(session, [one.saved_by for one in revisions if one.saved_by])
