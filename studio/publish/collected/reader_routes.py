"""The reader's page of a collection and its files: no cookie, nothing stored, the same answer to everybody."""

from __future__ import annotations

from flask import Blueprint, Response

from studio.core.errors import NotFound
from studio.core.locales import language
from studio.core.words import N_
from studio.publish import reader_views, shell
from studio.publish.collected import operations, queries
from studio.publish.collected.models import Collection
from studio.publish.pages import collection as pages
from studio.publish.pages import views
from studio.storage.db import db

blueprint = Blueprint("collected", __name__)


@blueprint.get("/<lang:code>/collections/<slug>/")
def show(code: str, slug: str) -> Response:
    """Show a collection with its guides and its files."""
    collection = _collection(code, slug)
    chapters = queries.chapters_of(db.session(), collection)
    if not chapters:
        raise shell.nothing()
    files = operations.files_of(db.session(), collection)
    view = views.CollectionView(
        house=shell.house(),
        language=language(code),
        title=collection.title,
        intro=collection.intro,
        address=collection.path,
        guides=tuple(reader_views.entry(db.session(), one) for one in chapters),
        downloads=tuple(
            views.Download(kind, f"{collection.path}collection.{kind}", one.size) for kind, one in files.items()
        ),
    )
    return shell.page(pages.collection(view))


@blueprint.get("/<lang:code>/collections/<slug>/collection.<any(pdf, epub):kind>")
def file(code: str, slug: str, kind: str) -> Response:
    """Answer a file of a collection, while readers have every guide that is in it."""
    collection = _collection(code, slug)
    there = queries.file(db.session(), collection, kind)
    if there is None:
        raise NotFound(N_("This file is being made again. Please come back in a few minutes."))
    content = shell.store().get(there.sha256)
    if content is None:
        raise NotFound(N_("This file is being made again. Please come back in a few minutes."))
    answer = shell.content(content, there.media_type, there.sha256)
    answer.headers["Content-Disposition"] = f'inline; filename="{collection.slug}.{kind}"'
    return answer


def _collection(code: str, slug: str) -> Collection:
    collection = queries.by_slug(db.session(), code, slug)
    if collection is None or collection.published_on is None:
        raise shell.nothing()
    return collection
