"""Putting collections together: an editor chooses title, guides and their order, and when readers have it."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.locales import LANGUAGES
from studio.core.words import N_
from studio.guides import names
from studio.guides.consents.queries import may_pass_on
from studio.guides.models import Translation
from studio.jobs.queue import enqueue
from studio.members.actor import Actor, Role
from studio.publish import queries as live
from studio.publish.collected import queries
from studio.publish.collected.models import (
    Collection,
    CollectionBuild,
    CollectionChapter,
    CollectionFile,
    KeptChapter,
)
from studio.publish.generation import raise_generation
from studio.publish.models import Edition

TITLE: Final = 120
INTRO: Final = 300
MOST: Final = 60
"""So many guides fit into one collection."""
LEAST: Final = 2


def begin(session: Session, actor: Actor, collection_id: str, code: str, title: str, now: datetime) -> Collection:
    """Begin a collection in the language ``code``; sent twice with the same id, it is begun once."""
    _editors_only(actor)
    known = session.get(Collection, collection_id)
    if known:
        return known
    if code not in LANGUAGES and not live.live_texts(session, code):
        raise Invalid(N_("Choose the language of the collection."))
    named = _title(title)
    collection = Collection(
        id=collection_id,
        language=code,
        slug=_free_slug(session, code, names.ascii_name(named)),
        title=named,
        intro="",
        published_on=None,
        created_at=now,
    )
    session.add(collection)
    session.flush()
    _note(session, actor, collection, "begun", now)
    return collection


def describe(session: Session, actor: Actor, collection: Collection, title: str, intro: str, now: datetime) -> None:
    """Give a collection its title and one line of introduction."""
    _editors_only(actor)
    named, line = _title(title), " ".join(intro.split())
    if len(line) > INTRO:
        raise Invalid(N_("The introduction may have up to {n} characters.", n=INTRO))
    if (named, line) == (collection.title, collection.intro):
        return
    collection.title, collection.intro = named, line
    _changed(session, actor, collection, "described", now)


def put_in(session: Session, actor: Actor, collection: Collection, translation: Translation, now: datetime) -> None:
    """Add a guide that readers have at the end; one that is there already stays where it is."""
    _editors_only(actor)
    if any(one.translation_id == translation.id for one in collection.chapters):
        return
    if translation.language != collection.language or live.live_edition(session, translation.id) is None:
        raise Invalid(N_("Only guides that readers have, in the language of the collection, can be put in."))
    if not may_pass_on(session, translation.guide):
        raise Invalid(N_("Whoever told this story has not agreed to let it stand in collections."))
    if len(collection.chapters) >= MOST:
        raise Invalid(N_("A collection holds up to {n} guides.", n=MOST))
    at = max((one.position for one in collection.chapters), default=0) + 1
    collection.chapters.append(
        CollectionChapter(collection_id=collection.id, translation_id=translation.id, position=at)
    )
    _changed(session, actor, collection, "put_in", now)


def take_out(session: Session, actor: Actor, collection: Collection, translation_id: str, now: datetime) -> None:
    """Take a guide out; one that is not in is out already."""
    _editors_only(actor)
    left = [one.translation_id for one in collection.chapters if one.translation_id != translation_id]
    if len(left) == len(collection.chapters):
        return
    if collection.published_on and len(left) < LEAST:
        raise Conflict(N_("Readers have this collection, and one guide is no collection. Take it back first."))
    _set(session, collection, left)
    _changed(session, actor, collection, "taken_out", now)


def place(
    session: Session, actor: Actor, collection: Collection, translation_id: str, position: int, now: datetime
) -> None:
    """Move a guide to ``position``, counted from 1; asked twice, it is there."""
    _editors_only(actor)
    order = [one.translation_id for one in collection.chapters]
    if translation_id not in order:
        raise Conflict(N_("This guide is not in the collection any more."))
    moved = [one for one in order if one != translation_id]
    moved.insert(min(max(position, 1), len(order)) - 1, translation_id)
    if moved == order:
        return
    _set(session, collection, moved)
    _changed(session, actor, collection, "placed", now)


def publish(session: Session, actor: Actor, collection: Collection, now: datetime) -> None:
    """Let readers have a collection, and have its files made."""
    _editors_only(actor)
    if len(queries.chapters_of(session, collection)) < LEAST:
        raise Conflict(N_("A collection needs at least {n} guides that readers have.", n=LEAST))
    if collection.published_on is None:
        collection.published_on = now.date()
        _note(session, actor, collection, "published", now)
    ask_for_build(session, collection, now)
    raise_generation(session)


def take_back(session: Session, actor: Actor, collection: Collection, now: datetime) -> None:
    """Take a collection from its readers; its guides stay where they are."""
    _editors_only(actor)
    if collection.published_on is None:
        return
    collection.published_on = None
    _note(session, actor, collection, "taken_back", now)
    ask_for_build(session, collection, now)
    raise_generation(session)


def ask_for_build(session: Session, collection: Collection, now: datetime) -> None:
    """Ask the worker to make the files of a collection that readers have, or to remove those of any other one."""
    key = f"publish.collection:{collection.id}"
    enqueue(session, "publish.collection", key, {"collection": collection.id}, now)


def forget_made(session: Session, collection: Collection) -> None:
    """Have everything of a collection made anew the next time, chapters too."""
    for build in session.scalars(select(CollectionBuild).where(CollectionBuild.collection_id == collection.id)):
        for one in build.files:
            one.source_checksum = ""
    texts = [one.translation_id for one in collection.chapters]
    mine = select(Edition.id).where(Edition.translation_id.in_(texts))
    session.execute(delete(KeptChapter).where(KeptChapter.edition_id.in_(mine)))


def follow(session: Session, translation_id: str, now: datetime) -> None:
    """Have each collection made anew in which a text is a chapter; nothing happens where nothing changed."""
    for collection in queries.with_text(session, translation_id):
        ask_for_build(session, collection, now)


def let_go(session: Session, translation_ids: abc.Collection[str], now: datetime) -> set[str]:
    """Forget every file in which texts are that are about to be deleted for good; return the names of those files.

    The collections are made anew without them; the rows of their chapters go with the texts themselves.
    """
    mine = Edition.translation_id.in_(list(translation_ids))
    editions = set(session.scalars(select(Edition.id).where(mine)))
    files = set(session.scalars(select(KeptChapter.sha256).where(KeptChapter.edition_id.in_(editions))))
    for build in session.scalars(select(CollectionBuild)):
        if editions & set(build.editions):
            files |= {one.sha256 for one in build.files}
            session.delete(build)
    for collection in {one.id: one for each in translation_ids for one in queries.with_text(session, each)}.values():
        ask_for_build(session, collection, now)
    session.flush()
    return files


def files_of(session: Session, collection: Collection) -> dict[str, CollectionFile]:
    """Return the files that readers may have now, by kind."""
    found = {kind: queries.file(session, collection, kind) for kind in queries.KINDS}
    return {kind: one for kind, one in found.items() if one}


def _set(session: Session, collection: Collection, order: list[str]) -> None:
    """Let ``order`` be the chapters; first away with all of them, for no two may ever have one place."""
    collection.chapters.clear()
    session.flush()
    for at, translation_id in enumerate(order, 1):
        row = CollectionChapter(collection_id=collection.id, translation_id=translation_id, position=at)
        collection.chapters.append(row)


def _title(title: str) -> str:
    named = " ".join(title.split())
    if not named:
        raise Invalid(N_("Give the collection a title."))
    if len(named) > TITLE:
        raise Invalid(N_("The title may have up to {n} characters.", n=TITLE))
    return named


def _free_slug(session: Session, code: str, wanted: str) -> str:
    name, number = wanted, 1
    while queries.by_slug(session, code, name):
        number += 1
        name = f"{wanted}-{number}"
    return name


def _changed(session: Session, actor: Actor, collection: Collection, how: str, now: datetime) -> None:
    session.flush()
    _note(session, actor, collection, how, now)
    if collection.published_on:
        ask_for_build(session, collection, now)
        raise_generation(session)


def _note(session: Session, actor: Actor, collection: Collection, how: str, now: datetime) -> None:
    subject = f"collection:{collection.id}"
    trail.record(session, actor=actor.id, act="collection", subject=subject, details={"how": how}, now=now)


def _editors_only(actor: Actor) -> None:
    if not actor.has(Role.EDITOR):
        raise NotAllowed(N_("Editors put collections together. Ask one of them."))
