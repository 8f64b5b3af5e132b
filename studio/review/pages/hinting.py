"""Hints before sending, three at a time: mend with one tap, or keep with a reason; the words that speakers agree on."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from studio.core.errors import Invalid
from studio.core.locales import language
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.members.actor import Actor
from studio.members.current import require_actor
from studio.review.operations import hints as operations
from studio.review.queries import words as queries
from studio.review.queries.hints import of_draft
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now
from studio.web.notices import SAVED, notice
from studio.web.redirects import go

blueprint = Blueprint("hinting", __name__)
TEXT: Final = "/guides/<guide_id>/<lang:code>"
KEPT: Final = notice(N_("Kept, with your reason beside it for whoever checks."))
MENDED: Final = notice(N_("Mended."))
OPEN_AGAIN: Final = notice(N_("This hint is open again."))
GONE: Final = notice(N_("The text has changed there, and the hint is gone."))
_DONE: Final = {"keep": KEPT, "mend": MENDED, "again": OPEN_AGAIN}
_PAGES: Final = ("hints", "hand-in")


@blueprint.get(f"{TEXT}/hints")
def show(guide_id: str, code: str) -> str:
    """Show the hints of a text, the most important first."""
    actor = require_actor()
    return _page(actor, kernel.translation(db.session(), actor, guide_id, code))


@blueprint.post(f"{TEXT}/hints")
def answer(guide_id: str, code: str) -> Response:
    """Mend what a hint is about, keep it, or look at it again: by the button that was pressed."""
    actor = require_actor()
    translation = kernel.translation(db.session(), actor, guide_id, code)
    act = forms.choice("act", _DONE, "keep")
    try:
        done = _act(actor, translation, act, forms.line("hint"))
    except Invalid as refusal:
        db.session.rollback()
        return make_response(_page(actor, kernel.translation(db.session(), actor, guide_id, code), refusal), 422)
    page = forms.choice("from", _PAGES, _PAGES[0])
    return go(f"{_address(translation)}{page}", _DONE[act] if done else GONE)


def _act(actor: Actor, translation: Translation, act: str, hint: str) -> bool:
    session = db.session()
    if act == "keep":
        return operations.keep(session, actor, translation, hint, forms.line("reason", 2000), now())
    if act == "mend":
        return operations.mend(session, actor, translation, hint, forms.line("words", 2000), now())
    return operations.look_again(session, translation, hint)


def _page(actor: Actor, translation: Translation, refusal: Invalid | None = None) -> str:
    return render_template(
        "review/hints.html",
        title=translation.draft.fields.get("title", ""),
        text_language=language(translation.language),
        here=_address(translation),
        sheet=of_draft(db.session(), actor, translation),
        refusal=refusal,
        problems=refusal.fields if refusal else {},
        typed=forms.line("reason", 2000) or forms.line("words", 2000),
    )


@blueprint.get("/words/")
def words() -> str:
    """Show the words to avoid of each language that one reads, and who agreed to which."""
    return render_template("review/words.html", languages=queries.entries(db.session(), require_actor()))


@blueprint.post("/words/")
def agree() -> Response:
    """Agree to an entry, or no longer."""
    yes = forms.choice("act", ("agree", "withdraw"), "agree") == "agree"
    operations.agree(db.session(), require_actor(), forms.line("language"), forms.line("entry"), now(), yes=yes)
    return go("/studio/words/", SAVED)


def _address(translation: Translation) -> str:
    return f"/studio/guides/{translation.guide_id}/{translation.language}/"
