"""The page of an urgent safety fix: an editor writes it, one other person sees exactly the difference and agrees."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from studio.core.errors import Invalid, StudioError
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.dashboard import urgent
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.guides.rules.lookalikes import seen
from studio.guides.rules.urgent import LONGEST_LINE, MOST_CHARACTERS, MOST_IDEOGRAPHS, MOST_PASSAGES
from studio.members.actor import Role
from studio.members.current import require_actor
from studio.review.pages.checks import TELLS
from studio.storage.db import db
from studio.web import context, forms
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("urgent", __name__, url_prefix="/studio")
PLACE: Final = "/guides/<guide_id>/<lang:code>/urgent"
ASKED: Final = notice(N_("It waits for one other person. Those who could agree are told."))
OUT: Final = notice(N_("It is being published now, with its label. All checks of these words have begun."))
OUT_ALREADY: Final = notice(N_("Somebody agreed before you: it is out, and all checks of these words have begun."))
DROPPED: Final = notice(N_("Dropped. Readers keep the words that they have."))


@blueprint.app_context_processor
def _for_other_pages() -> dict[str, Any]:
    """Give the page of a text what ``dashboard/urgent_of_text.html`` shows."""
    return {"urgent_of": lambda text: urgent.told(db.session(), require_actor(), text, context.now().date())}


@blueprint.get(PLACE)
def show(guide_id: str, code: str) -> str:
    """Show the fix that waits, or the words that readers have, to be mended."""
    return _page(_text(guide_id, code), {}, None)


@blueprint.post(PLACE)
def propose(guide_id: str, code: str) -> Response:
    """Put a fix before another person."""
    translation = _text(guide_id, code)
    typed = {"line": forms.line("line", 1000), "body": forms.text("body"), "base_hash": forms.line("base_hash")}
    try:
        urgent.propose(db.session(), require_actor(), translation, **typed, now=context.now())
    except Invalid as refusal:
        db.session.rollback()
        return make_response(_page(_text(guide_id, code), typed, refusal), 422)
    return go(_address(translation), ASKED)


@blueprint.post(f"{PLACE}/<fix_id>/agree")
def agree(guide_id: str, code: str, fix_id: str) -> Response:
    """Agree to exactly the difference that was shown; readers get it at once."""
    translation = _text(guide_id, code)
    digest = forms.line("content_hash")
    edition = urgent.agree(db.session(), require_actor(), translation, fix_id, digest, context.now())
    return go(_text_address(translation), OUT if edition else OUT_ALREADY)


@blueprint.post(f"{PLACE}/<fix_id>/drop")
def drop(guide_id: str, code: str, fix_id: str) -> Response:
    """Drop a fix that waits."""
    translation = _text(guide_id, code)
    urgent.drop(db.session(), require_actor(), translation, fix_id, context.now())
    return go(_text_address(translation), DROPPED)


def _page(translation: Translation, typed: dict[str, str], refusal: StudioError | None) -> str:
    actor, spoken = require_actor(), language(translation.language)
    shown = urgent.page(db.session(), actor, translation)
    problems: dict[str, Message] = refusal.fields if isinstance(refusal, Invalid) else {}
    return render_template(
        "dashboard/urgent.html",
        translation=translation,
        shown=shown,
        tongue=spoken,
        values={"line": "", "body": shown.body, "base_hash": shown.live.content_hash, **typed},
        refusal=refusal,
        problems=problems,
        may_write=actor.has(Role.EDITOR),
        most={
            "line": LONGEST_LINE,
            "passages": MOST_PASSAGES,
            "characters": MOST_IDEOGRAPHS if spoken.ideographic else MOST_CHARACTERS,
        },
        tells=TELLS,
        seen=seen,
        here=_address(translation),
        posted=request.method == "POST",
    )


def _text(guide_id: str, code: str) -> Translation:
    return kernel.translation(db.session(), require_actor(), guide_id, code)


def _address(translation: Translation) -> str:
    return f"{_text_address(translation)}urgent"


def _text_address(translation: Translation) -> str:
    return f"/studio/guides/{translation.guide_id}/{translation.language}/"
