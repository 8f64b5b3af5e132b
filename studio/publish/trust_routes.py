"""What a careful person needs: the public key, how to use it, and the signed lists of an edition's files."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from studio.core.errors import NotFound
from studio.core.locales import language
from studio.core.words import N_
from studio.guides.models import Translation
from studio.guides.rules.statuses import Standing
from studio.publish import gone, manifest, queries, shell, signing
from studio.publish.models import Edition
from studio.publish.pages import copy_views
from studio.publish.pages import library as pages
from studio.storage.db import db
from studio.web import context

blueprint = Blueprint("trust", __name__)
gone.register(blueprint)
_NAMES: Final = f"any('{manifest.NAME}', '{manifest.SIGNATURE}'):name"


@blueprint.get("/<lang:code>/trust/")
def how(code: str) -> Response:
    """Tell in plain words how to see that a copy is what this house published."""
    key = signing.house_key(context.settings())
    return shell.page(pages.trust(copy_views.TrustView(shell.house(), language(code), key.line, key.shown_name)))


@blueprint.get("/key.pub")
def key() -> Response:
    """Answer the public key as minisign reads it."""
    return shell.content(signing.public_key(context.settings()).encode(), "text/plain; charset=utf-8")


@blueprint.get(f"/<lang:code>/<slug>/<{_NAMES}>")
def sealed(code: str, slug: str, name: str) -> Response:
    """Answer the manifest of the live edition, or its signature."""
    translation = queries.by_slug(db.session(), code, slug) or queries.alias(db.session(), code, slug)
    if translation is None:
        raise shell.nothing()
    if translation.slug != slug and queries.live_edition(db.session(), translation.id):
        return shell.redirect(f"/{code}/{translation.slug}/{name}", 308)
    return _of_live(translation, name, quiet=False)


@blueprint.get(f"/n/<lang:code>/<opaque>/<{_NAMES}>")
def sealed_quietly(code: str, opaque: str, name: str) -> Response:
    """Answer the manifest that tells no topic, or its signature."""
    translation = queries.by_opaque_id(db.session(), code, opaque)
    if translation is None:
        raise shell.nothing()
    answer = _of_live(translation, name, quiet=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get(f"/<lang:code>/<slug>/editions/<int:number>/<{_NAMES}>")
def sealed_before(code: str, slug: str, number: int, name: str) -> Response:
    """Answer the manifest of an edition that readers have or had, never of one that was taken down."""
    translation = queries.by_slug(db.session(), code, slug)
    if translation is None or queries.live_edition(db.session(), translation.id) is None:
        raise shell.nothing()
    every = queries.editions(db.session(), translation.id)
    found = next((one for one in every if one.number == number and one.standing is not Standing.WITHDRAWN), None)
    return _answer(found, manifest.KINDS[False, name])


def _of_live(translation: Translation, name: str, *, quiet: bool) -> Response:
    return _answer(queries.live_edition(db.session(), translation.id), manifest.KINDS[quiet, name])


def _answer(edition: Edition | None, kind: str) -> Response:
    artifact = queries.artifact(db.session(), edition, kind) if edition else None
    if artifact is None:
        raise shell.nothing()
    content = shell.store().get(artifact.sha256)
    if content is None:
        raise NotFound(N_("This file is being made again. Please come back in a few minutes."))
    return shell.content(content, artifact.media_type, artifact.sha256)
