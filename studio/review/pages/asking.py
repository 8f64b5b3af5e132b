"""Everything that one could check; asking somebody by name, and “not now”."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from studio.core.locales import language
from studio.core.words import N_
from studio.members.current import require_actor
from studio.review.operations import asking
from studio.review.queries.notices import address_of
from studio.review.queries.offering import offers
from studio.review.queries.rounds import seen_review
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("asking", __name__)
CHECK: Final = "/checks/<review_id>/<stage>"
ASKED: Final = notice(N_("Asked. “Not now” is an answer, too."))
NOT_NOW: Final = notice(N_("That is fine. Somebody else will be found."))


@blueprint.get("/checks/all")
def all_pieces() -> str:
    """List what the member could check, what waits most first."""
    actor = require_actor()
    return render_template("review/all.html", offers=offers(db.session(), actor, now()), languages=language)


@blueprint.post(f"{CHECK}/ask")
def ask(review_id: str, stage: str) -> Response:
    """Ask a member for a check."""
    actor = require_actor()
    asking.ask(db.session(), actor, review_id, stage, forms.line("member"), now())
    return go(_text(review_id), ASKED)


@blueprint.post(f"{CHECK}/not-now")
def not_now(review_id: str, stage: str) -> Response:
    """Decline what one was asked for."""
    asking.not_now(db.session(), require_actor(), review_id, stage, now())
    return go("/studio/", NOT_NOW)


def _text(review_id: str) -> str:
    review, translation = seen_review(db.session(), require_actor(), review_id)
    del review
    return address_of(translation)
