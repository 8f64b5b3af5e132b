"""Images of a text: kept for its drafts, named by the lines that show them."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from sqlalchemy import select

from studio.core.errors import Invalid, TooLarge
from studio.core.words import N_
from studio.editor import operations
from studio.editor.pages import common
from studio.guides import canvas, media, queries
from studio.guides.models import Media, Translation, TranslationMedia
from studio.members import current
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now, wants_json
from studio.web.marks import takes_bytes

blueprint = Blueprint("images", __name__)

LARGEST = canvas.MAX_BYTES + 100_000
"""The image with the form around it."""


@blueprint.get("/media/<sha>")
def image(sha: str) -> Response:
    """Answer an image of a text that the member may know of."""
    found = queries.media_of(db.session(), current.require_actor(), sha)
    return Response(found.data, content_type=found.media_type)


@blueprint.get("/guides/<guide_id>/<lang:code>/write/images")
def show(guide_id: str, code: str) -> Response:
    """Show the images of a text and the form for another one."""
    _, text = common.text(guide_id, code)
    return _page(text)


@blueprint.post("/guides/<guide_id>/<lang:code>/write/images", endpoint="add")
@takes_bytes(LARGEST)
def add(guide_id: str, code: str) -> Response:
    """Keep an image and give the line that shows it."""
    actor, text = common.text(guide_id, code)
    alt = forms.line("alt", 1_000)
    try:
        data = common.sent_file("image", N_("Choose an image first."))
        _, line = operations.add_image(db.session(), actor, text, data, alt, now=now())
    except (Invalid, TooLarge) as error:
        if wants_json():
            raise
        return _page(text, error=error, alt=alt, status=422)
    if wants_json():
        return make_response({"line": line})
    return _page(text, line=line)


def _page(
    text: Translation, *, line: str = "", alt: str = "", error: Invalid | TooLarge | None = None, status: int = 200
) -> Response:
    kept = select(Media).join(TranslationMedia).where(TranslationMedia.translation_id == text.id)
    page = render_template(
        "editor/images.html",
        **common.frame(text),
        images=db.session.scalars(kept.order_by(Media.added_at.desc(), Media.sha)).all(),
        used=media.references(text.draft.text),
        line=line,
        alt=alt,
        error=error,
    )
    return make_response(page, status)
