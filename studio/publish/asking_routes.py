"""Addresses that readers ask: search, and whether a copy is current. Nothing of the questions is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from studio.core.locales import LANGUAGES, Language, language
from studio.guides import house as lists
from studio.i18n.negotiation import best
from studio.publish import queries, reader_views, shell
from studio.publish.copies import copy_answer
from studio.publish.indexing import every_entry, readers_index
from studio.publish.pages import library as pages
from studio.publish.pages import views
from studio.search import query
from studio.search.entries import IndexBroken
from studio.search.fallback import Entries
from studio.search.showing import Hit
from studio.storage.db import db
from studio.web import context
from studio.web.marks import public_post

blueprint = Blueprint("asking", __name__)
SHOWN = 20


@blueprint.route("/<lang:code>/search", methods=["GET", "POST"])
@public_post
def search(code: str) -> Response:
    """Search; the form posts, so that the words stay out of the history; ``?q=`` works for links."""
    words = " ".join(request.values.get("q", "").split())
    topic, only = request.values.get("topic", ""), request.values.get("language", "")
    shared, spoken = shell.house(), language(code)
    there = {key for listed in queries.live_texts(db.session()) for key in listed.revision.topics}
    found = _found(words, code, topic, only, [one.code for one in shared.languages]) if words else query.Results()
    view = views.SearchView(
        house=shared,
        language=spoken,
        query=words,
        hits=tuple(_hit(one) for one in found.hits),
        total=found.total,
        did_you_mean=found.did_you_mean or "",
        topics=reader_views.topics(spoken, there),
        topic=topic,
        languages=shared.languages,
        in_language=only,
        needs=reader_views.needs(spoken, there),
    )
    return _unkept(pages.search(view))


@blueprint.get("/check/")
def check() -> Response:
    """Show the form for a copy number."""
    return _unkept(pages.check_copy(views.CopyView(shell.house(), _spoken())))


@blueprint.post("/check/")
@public_post
def check_posted() -> Response:
    """Answer about the copy number of the form."""
    return _answer(request.form.get("code", ""))


@blueprint.get("/check/<code>")
def check_code(code: str) -> Response:
    """Answer about the copy number of a printed address."""
    return _answer(code)


def _answer(code: str) -> Response:
    return _unkept(pages.check_copy(copy_answer(db.session(), shell.house(), _spoken(), code)))


def _found(words: str, code: str, topic: str, only: str, languages: list[str]) -> query.Results:
    wanted: dict[str, Any] = {
        "topics": [topic] if topic else [],
        "languages": [only] if only else [code, *(one for one in languages if one != code)],
        "limit": SHOWN,
        "live": lambda ids: queries.live_translations(db.session(), ids),
        "synonyms": lists.synonyms(),
    }
    try:
        return query.search(readers_index(context.settings().data), words, code, **wanted)
    except IndexBroken:
        return query.search(Entries(every_entry(db.session())), words, code, **wanted)


def _hit(hit: Hit) -> views.Hit:
    best_section = hit.sections[0] if hit.sections else None
    slug = queries.slug_of(db.session(), hit.translation_id)
    part = f"#{best_section.section_id}" if best_section and best_section.section_id else ""
    return views.Hit(
        title=tuple(hit.title),
        address=f"/{hit.language}/{slug}/{part}",
        language=language(hit.language),
        section=tuple(best_section.title) if best_section else (),
        excerpt=tuple(best_section.excerpt.segments) if best_section else (),
    )


def _spoken() -> Language:
    code = best(request.headers.get("Accept-Language", ""), context.settings().languages)
    return LANGUAGES.get(code) or language(code)


def _unkept(html: str) -> Response:
    answer = Response(html, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
