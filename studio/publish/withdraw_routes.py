"""The public page on which a story is taken back with its code: no account, no name, no reason, at once."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, current_app, request

from studio.core.locales import LANGUAGES, Language, language
from studio.guides.consents import queries as consents
from studio.guides.models import Guide
from studio.i18n.negotiation import best
from studio.publish import erasing, generation, shell
from studio.publish.pages import library as pages
from studio.publish.pages import views
from studio.storage.db import db
from studio.web import context, limits, stamps
from studio.web.marks import public_post
from studio.web.writing import begin_writing

blueprint = Blueprint("withdrawing", __name__)
PURPOSE: Final = "withdraw"
TRIES: Final = limits.Limit("withdraw", seconds=900, nearby=20, everybody=400)
LONGEST: Final = 60


@blueprint.get("/withdraw")
def ask() -> Response:
    """Show the form for a code."""
    return _page()


@blueprint.post("/withdraw")
@public_post
def take_back() -> Response:
    """Take the story back that the code belongs to; the second time says that it is gone."""
    limits.hit(TRIES)
    code = request.form.get("code", "")[:LONGEST]
    if not stamps.fits(PURPOSE, request.form.get(stamps.FIELD, "")):
        return _page("wait", code, 422)
    if not request.form.get("sure"):
        return _page("sure", code, 422)
    begin_writing()
    key: bytes = current_app.config["KEY"]
    digest = consents.code_hash(key, code)
    found = consents.by_code(db.session(), digest)
    if found is None:
        return _page("gone") if consents.gone_by_code(db.session(), digest) else _page("unknown", code, 422)
    erasing.erase(db.session(), db.session.get_one(Guide, found.guide_id), key, context.now())
    n, folder = generation.current(db.session()), context.settings().data
    context.after_commit(lambda: generation.GenerationFile(folder).tell(n))
    return _page("gone")


def _page(answer: views.WithdrawAnswer = "", code: str = "", status: int = 200) -> Response:
    view = views.WithdrawView(shell.house(), _spoken(), answer, code, stamps.stamp(PURPOSE))
    response = Response(pages.withdraw(view), status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _spoken() -> Language:
    code = best(request.headers.get("Accept-Language", ""), context.settings().languages)
    return LANGUAGES.get(code) or language(code)
