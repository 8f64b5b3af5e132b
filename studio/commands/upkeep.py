"""``studio reindex``, ``studio rebuild``, ``studio check`` and ``studio member``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio import server
from studio.audit import head_file, links
from studio.commands import record_file, trail_words
from studio.commands.database import reading, settings_of, writing
from studio.commands.serving import use_own_fonts
from studio.core import clock
from studio.core.settings import Settings
from studio.guides.fields import content_hash
from studio.guides.models import Revision
from studio.guides.rules.statuses import Standing
from studio.members.actor import Role
from studio.members.commands import address, invite
from studio.publish import indexing, manifest, operations, queries, signing
from studio.publish.artifacts import Store
from studio.publish.collected import operations as binding
from studio.publish.collected import queries as collected
from studio.publish.models import Artifact, Edition
from studio.search.entries import IndexBroken
from studio.web.keyfile import secret_key


def reindex(options: argparse.Namespace) -> int:
    """Make the readers' search index anew from the database."""
    settings = settings_of(options)
    with reading(settings) as session:
        entries = list(indexing.every_entry(session))
    indexing.readers_index(settings.data).rebuild(entries)
    print(f"{len(entries)} sections of {len({one.translation_id for one in entries})} texts.")
    return 0


def rebuild(options: argparse.Namespace) -> int:
    """Derive everything of the live editions anew, or only what is missing; waits until it is done."""
    settings = settings_of(options)
    use_own_fonts(settings)
    with writing(settings) as session:
        live = [one.edition for one in queries.live_texts(session)]
        building = list(session.scalars(select(Edition).where(Edition.standing == Standing.BUILDING)))
        asked = [one for one in live if not options.missing or _incomplete(session, settings, one)] + building
        if not options.missing:
            for artifact in session.scalars(select(Artifact)):
                artifact.source_checksum = ""
        for edition in asked:
            operations.ask_for_build(session, edition, clock.now())
        for collection in collected.collections(session, published=True):
            if not options.missing:
                binding.forget_made(session, collection)
            binding.ask_for_build(session, collection, clock.now())
    runner = server.runner(settings)
    while runner.run_due():
        pass
    print(f"{len(asked)} editions.")
    return 0


def check(options: argparse.Namespace) -> int:
    """Verify the trail, the editions and the index against the database; name what is wrong. Or verify a record."""
    settings = settings_of(options)
    if options.record:
        return record_file.check(settings, options.record)
    with reading(settings) as session:
        problems = [*_trail(session, settings), *_editions(session, settings), *_index(session, settings)]
    for problem in problems:
        print(problem)
    if not problems:
        print("Trail, editions, files and index are as they should be.")
    return int(bool(problems))


def member(options: argparse.Namespace) -> int:
    """Print a one-time link for somebody new."""
    settings = settings_of(options)
    with writing(settings) as session:
        path = invite(session, role=Role(options.role), language=options.language, now=clock.now())
    print(address(settings, path))
    return 0


def _trail(session: Session, settings: Settings) -> Iterator[str]:
    try:
        signed = head_file.read(settings.data, secret_key(settings).hex())
    except ValueError as problem:
        yield f"{str(problem)[:1].upper()}{str(problem)[1:]}."
        signed = None
    broken = links.first_break(session, signed)
    if broken:
        yield from trail_words.explain(broken)


def _editions(session: Session, settings: Settings) -> Iterator[str]:
    for edition in session.scalars(select(Edition).order_by(Edition.id)):
        revision = session.get(Revision, edition.revision_id)
        if revision is None:
            yield f"The text of edition {edition.code} is missing."
            continue
        digest = content_hash(
            revision.body,
            revision.fields,
            kind=revision.kind,
            facets=revision.facets,
            topics=revision.topics,
            licence=revision.licence,
        )
        if digest != edition.content_hash or digest != revision.content_hash:
            yield f"The text of edition {edition.code} is not the one that was agreed to."
        if edition.standing is Standing.LIVE and _incomplete(session, settings, edition):
            yield f"Files of edition {edition.code} are missing or changed; studio rebuild --missing makes them anew."
        elif edition.standing is Standing.LIVE:
            yield from _seals(session, settings, edition)


def _seals(session: Session, settings: Settings, edition: Edition) -> Iterator[str]:
    """Tell what does not fit of the signed lists of files of a live edition whose files are all there."""
    build, store = queries.finished_build(session, edition), Store(settings.data)
    there = {one.kind: store.get(one.sha256) or b"" for one in build.artifacts} if build else {}
    known = {one.sha256 for one in build.artifacts} if build else set()
    for quiet in (False, True):
        content, minisig = (there[manifest.KINDS[quiet, name]] for name in (manifest.NAME, manifest.SIGNATURE))
        if signing.verified(signing.house_key(settings), content, minisig) is None:
            yield f"The list of files of edition {edition.code} is not signed by the key of this house."
        elif not {one.sha256 for one in manifest.files_in(content)} <= known:
            yield f"The signed list of edition {edition.code} names files that it does not have."


def _incomplete(session: Session, settings: Settings, edition: Edition) -> bool:
    build, store = queries.finished_build(session, edition), Store(settings.data)
    if build is None or not set(manifest.KINDS.values()) <= {one.kind for one in build.artifacts}:
        return True
    return any(store.get(one.sha256) is None for one in build.artifacts)


def _index(session: Session, settings: Settings) -> Iterator[str]:
    index = indexing.readers_index(settings.data)
    live = {one.translation.id for one in queries.live_texts(session)}
    try:
        index.check()
        known = set(index.translations())
    except IndexBroken:
        if live:
            yield "The search index is missing or broken; studio reindex makes it anew."
        return
    if known != live:
        yield f"The search index knows {len(known)} texts, readers have {len(live)}; studio reindex mends it."
