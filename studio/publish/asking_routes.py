"""Addresses that readers ask: search, and whether a copy is current. Nothing of the questions is kept."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from studio.core.locales import LANGUAGES, Language, language
from studio.i18n.negotiation import best
from studio.publish import finding, gone, reader_views, shell
from studio.publish.copies import copy_answer
from studio.publish.pages import copy_views, views
from studio.publish.pages import library as pages
from studio.publish.pages import quiet as quiet_pages
from studio.publish.rules import copynumbers
from studio.storage.db import db
from studio.web import context
from studio.web.marks import public_post

blueprint = Blueprint("asking", __name__)


@blueprint.route("/<lang:code>/search", methods=["GET", "POST"])
@public_post
def search(code: str) -> Response:
    """Search; the form posts, so that the words stay out of the history; ``?q=`` works for links."""
    said, posted = request.values, request.method == "POST"
    what = finding.asked(said.get("q", ""), said.get("topic", ""), said.get("language", ""), said.get("page", ""))
    data = context.settings().data
    return _unkept(pages.search(finding.found(db.session(), data, shell.house(), language(code), what, posted=posted)))


@blueprint.route("/n/<lang:code>/", methods=["GET", "POST"])
@public_post
def quiet_list(code: str) -> Response:
    """Show all texts of a language, or what was found among them, where neither address nor tab tells anything."""
    shared, spoken = shell.house(), language(code)
    looked = None
    if request.method == "POST":
        what = finding.asked(request.form.get("q", ""), page=request.form.get("page", ""))
        looked = finding.found(db.session(), context.settings().data, shared, spoken, what, posted=True)
    guides = reader_views.quiet_list(db.session(), spoken)
    return _unkept(quiet_pages.listed(views.QuietListView(shared, spoken, guides, looked)))


@blueprint.get("/check/")
def check() -> Response:
    """Show the form for a copy number."""
    return _unkept(pages.check_copy(copy_views.CopyView(shell.house(), _spoken())))


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
    view = copy_answer(db.session(), shell.house(), _spoken(), code)
    may_be = copynumbers.readings(copynumbers.letters(code))
    if view.answer == "unknown" and any(gone.number_is_gone(db.session(), one) for one in may_be):
        view = replace(view, answer="taken_down", alike=())
    return _unkept(pages.check_copy(view))


def _spoken() -> Language:
    code = best(request.headers.get("Accept-Language", ""), context.settings().languages)
    return LANGUAGES.get(code) or language(code)


def _unkept(html: str) -> Response:
    answer = Response(html, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
