"""The page on which somebody competent looks at a published text again, in three minutes."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid
from studio.core.locales import language
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.models import Revision, Translation
from studio.guides.threads import talk
from studio.members.current import require_actor
from studio.publish import queries, rechecks
from studio.publish.documents import document_of
from studio.publish.models import Edition
from studio.publish.pages.overdue import claims
from studio.storage.db import db
from studio.web import context
from studio.web.notices import notice, with_notice

blueprint = Blueprint("still_right", __name__, url_prefix="/studio", template_folder="templates")
TEXT: Final = "/guides/<guide_id>/<lang:code>"
RECHECKED: Final = notice(N_("Thank you. Page, PDFs and cards will carry this month."))
CHANGE_ASKED: Final = notice(N_("Your words stand with the text. Readers still have it as it is."))


@blueprint.get(f"{TEXT}/still-right")
def look(guide_id: str, code: str) -> str:
    """Show what readers are told that may have become wrong, and the two answers."""
    translation, edition = _live(guide_id, code)
    return _page(translation, edition)


@blueprint.post(f"{TEXT}/recheck")
def recheck(guide_id: str, code: str) -> AnyResponse:
    """Note "still right", by somebody competent for what the text is about."""
    translation, edition = _live(guide_id, code)
    rechecks.recheck(db.session(), require_actor(), edition, context.now())
    here = f"/studio/guides/{translation.guide_id}/{translation.language}/"
    return redirect(with_notice(here, RECHECKED), 303)


@blueprint.post(f"{TEXT}/still-right")
def something_must_change(guide_id: str, code: str) -> AnyResponse | tuple[str, int]:
    """Open a talk about what must change, for whoever writes in the text."""
    translation, edition = _live(guide_id, code)
    said = request.form.get("comment", "")
    try:
        thread = talk.open_thread(db.session(), require_actor(), translation, said, now=context.now(), must=True)
    except Invalid as refusal:
        return _page(translation, edition, refusal), 422
    here = f"/studio/guides/{translation.guide_id}/{translation.language}/talk#t-{thread.id}"
    return redirect(with_notice(here, CHANGE_ASKED), 303)


def _live(guide_id: str, code: str) -> tuple[Translation, Edition]:
    translation = kernel.translation(db.session(), require_actor(), guide_id, code)
    live = queries.live_edition(db.session(), translation.id)
    if live is None:
        raise Conflict(N_("Readers do not have this text now."))
    return translation, live


def _page(translation: Translation, edition: Edition, refusal: Invalid | None = None) -> str:
    document = document_of(db.session(), edition, context.settings(), context.now().date())
    facets = db.session().get_one(Revision, edition.revision_id).facets
    return render_template(
        "publish/still_right.html",
        translation=translation,
        edition=edition,
        document=document,
        months=rechecks.months_of(db.session(), edition, context.now().date()),
        competent=rechecks.is_competent(require_actor(), facets),
        claims=[Markup(one) for one in claims(document)],  # noqa: S704 - pieces of what rendering made
        text_language=language(translation.language),
        refusal=refusal,
    )
