"""The reader's addresses: no cookie, no session, nothing stored, the same answer to everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, redirect, request

from studio.core.errors import NotFound
from studio.core.locales import language
from studio.core.words import N_
from studio.guides.consents.queries import scope_of
from studio.guides.models import Media, Translation
from studio.i18n.negotiation import best
from studio.publish import gone, notes, queries, reader_views, shell
from studio.publish.changes import History
from studio.publish.collected import listing as collected
from studio.publish.derived import page_of, type_sheet
from studio.publish.documents import document_of
from studio.publish.forms import BY_NAME, OPEN, QUIET_ENDINGS, TYPE_SHEET, is_allowed
from studio.publish.models import Edition
from studio.publish.pages import library as pages
from studio.publish.pages import quiet as quiet_pages
from studio.publish.pages import views
from studio.publish.pages.words import DOWNLOADS
from studio.publish.rules.takedown import public_words
from studio.publish.sharing import cards_view
from studio.storage.db import db
from studio.web import context

blueprint = Blueprint("reader", __name__)
gone.register(blueprint)
_OPEN: Final = ", ".join(f"'{name}'" for name in (*OPEN, TYPE_SHEET))


@blueprint.get("/")
def front() -> Response:
    """Send a reader to the best language, without a cookie."""
    offered = [one.code for one in shell.house().languages] or list(context.settings().languages)
    code = best(request.headers.get("Accept-Language", ""), offered)
    answer = redirect(f"/{code}/", 302)
    answer.headers["Vary"] = "Accept-Language"
    return Response(answer.get_data(), 302, answer.headers)


@blueprint.get("/<lang:code>/")
def library(code: str) -> Response:
    """Show the first page of a language."""
    view = reader_views.library(db.session(), shell.house(), language(code))
    return shell.page(pages.library(replace(view, collections=collected.entries(db.session(), code))))


@blueprint.get("/<lang:code>/topics/<key>/")
def topic(code: str, key: str) -> Response:
    """All guides of a topic."""
    view = reader_views.topic(db.session(), shell.house(), language(code), key)
    if view is None:
        raise shell.nothing()
    return shell.page(pages.topic(view))


@blueprint.get("/<lang:code>/<slug>/")
def guide(code: str, slug: str) -> Response:
    """Show a guide's page, its tombstone, or the way to its new address."""
    translation = queries.by_slug(db.session(), code, slug)
    if translation is None:
        return _moved(code, slug, request.path.removeprefix(f"/{code}/{slug}"))
    return _text(translation, quiet=False)


@blueprint.get("/n/<lang:code>/about/")
def about_quiet(code: str) -> Response:
    """Say what quiet reading cannot hide, and how to read without saving."""
    answer = shell.page(quiet_pages.about(views.QuietAboutView(shell.house(), language(code))))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/n/<lang:code>/<opaque>/")
def quiet_guide(code: str, opaque: str) -> Response:
    """Show the same text under an address that tells nothing."""
    translation = queries.by_opaque_id(db.session(), code, opaque)
    if translation is None:
        raise shell.nothing()
    return _text(translation, quiet=True)


@blueprint.get(f"/<lang:code>/<slug>/<file({_OPEN}):name>")
def derived(code: str, slug: str, name: str) -> Response:
    """Answer a file of the live edition."""
    translation = queries.by_slug(db.session(), code, slug)
    if translation is None:
        return _moved(code, slug, f"/{name}")
    return _file(translation, name)


@blueprint.get("/n/<lang:code>/<opaque>/<any('type.woff2', 'type.css'):name>")
def quiet_type(code: str, opaque: str, name: str) -> Response:
    """Answer the face cut for a text, beside its quiet page."""
    translation = queries.by_opaque_id(db.session(), code, opaque)
    if translation is None:
        raise shell.nothing()
    return _file(translation, name)


@blueprint.get(f"/n/<lang:code>/<opaque>/notes-<int:number>.<any({', '.join(QUIET_ENDINGS)}):ending>")
def quiet_file(code: str, opaque: str, number: int, ending: str) -> Response:
    """Answer a file that tells nothing outside, under its neutral name; an old number leads to the newest."""
    translation = queries.by_opaque_id(db.session(), code, opaque)
    live = queries.live_edition(db.session(), translation.id) if translation else None
    if translation is None or live is None:
        raise shell.nothing()
    if live.number != number:
        return shell.redirect(f"/n/{code}/{opaque}/notes-{live.number}.{ending}", 302)
    return _file(translation, QUIET_ENDINGS[ending].name)


@blueprint.get("/<lang:code>/<slug>/cards/")
def cards(code: str, slug: str) -> Response:
    """Show the cards of the live edition, to be passed on."""
    translation = queries.by_slug(db.session(), code, slug)
    if translation is None:
        return _moved(code, slug, "/cards/")
    live = queries.live_edition(db.session(), translation.id)
    build = queries.finished_build(db.session(), live) if live else None
    if live is None or build is None:
        raise shell.nothing()
    document = document_of(db.session(), live, context.settings())
    view = cards_view(document, build.artifacts, shell.house(), f"{document.path}{TYPE_SHEET}")
    if not view.cards:
        raise shell.nothing()
    return shell.page(pages.cards(view))


@blueprint.get("/<lang:code>/<slug>/editions/")
def editions(code: str, slug: str) -> Response:
    """Show the public list of editions: numbers, months, changes."""
    translation, live = _public_text(code, slug)
    listed = History(db.session(), translation).entries()
    title = reader_views.title_of(db.session(), live)
    told = notes.of_text(db.session(), translation.id)
    return shell.page(pages.editions(views.EditionsView(shell.house(), language(code), title, slug, listed, told)))


@blueprint.get("/<lang:code>/<slug>/editions/<int:number>/")
def edition(code: str, slug: str, number: int) -> Response:
    """Show what became of one edition; the live one is the guide's own page."""
    translation, live = _public_text(code, slug)
    if live.number == number:
        return shell.redirect(f"/{code}/{slug}/", 302)
    history = History(db.session(), translation)
    found = next((one for one in history.editions if one.number == number), None)
    if found is None:
        raise shell.nothing()
    title, entry = reader_views.title_of(db.session(), live), history.entry(found)
    view = views.OldEditionView(shell.house(), language(code), title, slug, entry, live.number)
    return shell.page(pages.old_edition(view))


@blueprint.get("/media/<sha>")
@blueprint.get("/n/media/<sha>")
def media(sha: str) -> Response:
    """Answer an image, while a live edition uses it."""
    found = db.session.get(Media, sha) if queries.media_is_live(db.session(), sha) else None
    if found is None:
        raise shell.nothing()
    return shell.content(found.data, found.media_type, found.sha)


def _text(translation: Translation, *, quiet: bool) -> Response:
    spoken = language(translation.language)
    live = queries.live_edition(db.session(), translation.id)
    if live:
        html = page_of(
            db.session(), live, context.settings(), shell.store(), shell.asset, context.now().date(), quiet=quiet
        )
        answer = shell.page(html)
        if quiet:
            answer.headers["Cache-Control"] = "no-store"
        return answer
    down = reader_views.withdrawn(db.session(), translation.id)
    if down is None:
        raise shell.nothing()
    edition_row, reason, other = down
    if reason.silent or quiet:
        return gone.page(spoken, quiet=quiet)
    title = reader_views.title_of(db.session(), edition_row)
    instead = reader_views.instead(db.session(), other, spoken.code)
    return shell.page(
        pages.tombstone(views.TombstoneView(shell.house(), spoken, title, public_words(reason), instead)), 410
    )


def _file(translation: Translation, name: str) -> Response:
    form = OPEN["type.woff2"] if name == TYPE_SHEET else BY_NAME[name]
    live = queries.live_edition(db.session(), translation.id)
    artifact = queries.artifact(db.session(), live, form.kind) if live else None
    if artifact and not is_allowed(form.kind, scope_of(db.session(), translation.guide)):
        return gone.page(language(translation.language), quiet=form.quiet)
    if live is None or artifact is None:
        raise shell.nothing()
    if name == TYPE_SHEET:
        return shell.content(type_sheet(translation.language).encode(), "text/css; charset=utf-8")
    content = shell.store().get(artifact.sha256)
    if content is None:
        raise NotFound(N_("This file is being made again. Please come back in a few minutes."))
    answer = shell.content(content, artifact.media_type, artifact.sha256)
    if form.kind in DOWNLOADS:
        shown = "attachment" if form.ending == "epub" else "inline"
        answer.headers["Content-Disposition"] = f'{shown}; filename="{form.file(live.number)}"'
    return answer


def _moved(code: str, slug: str, rest: str) -> Response:
    there = queries.alias(db.session(), code, slug)
    if there is None or queries.live_edition(db.session(), there.id) is None:
        raise shell.nothing()
    return shell.redirect(f"/{code}/{there.slug}{rest}", 308)


def _public_text(code: str, slug: str) -> tuple[Translation, Edition]:
    translation = queries.by_slug(db.session(), code, slug)
    live = queries.live_edition(db.session(), translation.id) if translation else None
    if translation is None or live is None:
        raise shell.nothing()
    return translation, live
