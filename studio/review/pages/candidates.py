"""What is being checked, as readers would get it: page, PDF and cards of the exact version, for members alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from flask import Blueprint, Response, current_app
from sqlalchemy.orm import Session

from studio.core.errors import Conflict
from studio.core.settings import Settings
from studio.core.words import N_
from studio.guides.models import Revision, Translation
from studio.members.current import require_actor
from studio.review.queries import rounds
from studio.review.rules.standing import ENDED, RUNNING
from studio.storage.db import db
from studio.web import context

blueprint = Blueprint("candidates", __name__)
KINDS: Final = {
    "page": N_("Page"),
    "pdf": N_("PDF"),
    "plain_pdf": N_("PDF with the plain cover"),
    "epub": N_("EPUB"),
    "text": N_("Plain text"),
    "card_wide": N_("Wide card"),
    "card_square": N_("Square card"),
    "card_portrait": N_("Portrait card"),
    "card_tall": N_("Tall card"),
}
"""Every form that can be looked at, and its name."""


class Form(Protocol):
    """One form of a saved version."""

    @property
    def content(self) -> bytes:
        """Its bytes."""

    @property
    def media_type(self) -> str:
        """Their media type."""

    @property
    def name(self) -> str:
        """A file name that tells no topic."""


Made = Callable[[Session, Translation, Revision, str, Settings, datetime], Form]


@blueprint.get(f"/checks/<review_id>/as/<int:number>/<any({', '.join(KINDS)}):kind>")
def form(review_id: str, number: int, kind: str) -> Response:
    """Answer the version that is checked in one of its forms; publishing makes it (see app)."""
    actor, session = require_actor(), db.session()
    review, translation = rounds.seen_review(session, actor, review_id)
    if review.closed_at is not None or translation.progress not in RUNNING:
        raise Conflict(ENDED)
    candidate = session.get_one(Revision, translation.latest_revision_id or review.candidate_revision_id)
    if candidate.number != number:
        raise Conflict(N_("The text was saved again since you opened the page. Go back and look at what changed."))
    made: Made = current_app.extensions["form_of_candidate"]
    shown = made(session, translation, candidate, kind, context.settings(), context.now())
    answer = Response(shown.content, content_type=shown.media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{shown.name}"'
    return answer
