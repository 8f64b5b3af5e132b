"""Look at everything once, then publish, then watch the files being made."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, NotFound
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides import queries as kernel
from studio.guides.consents.queries import consent_of, why_not_out
from studio.guides.consents.words import FORMS as STORY_FORMS
from studio.guides.fields import TextFields
from studio.guides.models import Approval, Revision, Translation
from studio.i18n.catalogues import translator
from studio.members.actor import Role
from studio.members.current import require_actor, require_role
from studio.publish import (
    clocks,
    generation,
    going,
    looking,
    operations,
    previews,
    progress,
    queries,
    scheduling,
    shell,
)
from studio.publish.captions import SORTS
from studio.publish.card_sizes import SIZES
from studio.publish.document import Document
from studio.publish.documents import document_of
from studio.publish.forms import BY_KIND, FORMS, PREVIEWED, is_allowed, kinds_for
from studio.publish.slides import cards_of, said
from studio.storage.db import db
from studio.web import context, headers
from studio.web.refusals import note_refused

blueprint = Blueprint("looking", __name__, url_prefix="/studio", template_folder="templates")
TEXT: Final = "/guides/<guide_id>/<lang:code>"
CARDS: Final = {
    "wide": N_("Wide card"),
    "square": N_("Square card"),
    "portrait": N_("Portrait card"),
    "tall": N_("Tall card"),
}
_LOOK_AGAIN: Final = 4
"""Seconds after which the page that tells how far it is asks again by itself."""
_AT_ONCE: Final = ("pdf_front",)


@blueprint.get(f"{TEXT}/publish")
def look(guide_id: str, code: str) -> str:
    """Show everything that will be published, once, with the button below it."""
    require_role(Role.EDITOR)
    translation = text(guide_id, code)
    revision, approval, document = to_be(translation)
    headers.show_own_frames()
    return render_template(
        "publish/look.html",
        translation=translation,
        document=document,
        told=looking.told(db.session(), translation, document),
        fields=TextFields.from_dict(revision.fields),
        revision=revision,
        approval=approval,
        changes=[operations.spelling_change(change) for change in approval.spelling_changes],
        schedule=scheduling.planned_for(db.session(), translation),
        clock=clocks.minutes_of(request.args.get("clock", "")),
        clocks=clocks.clocks(context.now()),
        clock_at=clocks.clock_at,
        now=context.now(),
        files=[(form.kind, name_of(form.kind)) for form in FORMS if _is_listed(form.kind, document)],
        cards=SIZES,
        card_names=CARDS,
        slides=[(SORTS[slide.sort], slide, said(document, slide)) for slide in cards_of(document)],
        tomorrow=(context.now() + timedelta(days=1)).strftime("%Y-%m-%dT09:00"),
        text_language=language(code),
        own_language=translator(code, "reader").language.code,
        out=lambda kind: is_allowed(kind, document.scope),
        consent=consent_of(db.session(), guide_id),
        why_not=why_not_out(db.session(), translation, context.now().date()),
        story_forms=STORY_FORMS,
    )


@blueprint.get(f"{TEXT}/publish/page")
def page_to_be(guide_id: str, code: str) -> str:
    """Show the page as readers will get it."""
    require_role(Role.EDITOR)
    translation = text(guide_id, code)
    document, settings = to_be(translation)[2], context.settings()
    headers.may_be_framed()
    return previews.page_of(db.session(), document, settings, shell.asset, context.now().date())


@blueprint.get(f"{TEXT}/publish/<any({', '.join(PREVIEWED)}):kind>")
def form_to_be(guide_id: str, code: str, kind: str) -> Response:
    """Answer a PDF or a card as readers will get it."""
    require_role(Role.EDITOR)
    translation = text(guide_id, code)
    document, settings = to_be(translation)[2], context.settings()
    if not is_allowed(kind, document.scope):
        raise NotFound(N_("This form is not made: whoever told the story did not agree to it."))
    images = previews.images_of(db.session(), document)
    db.session.rollback()
    content, media_type = previews.form_of(document, images, kind, settings)
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="to-be.{BY_KIND[kind].ending}"'
    return answer


@blueprint.post(f"{TEXT}/publish")
def publish(guide_id: str, code: str) -> AnyResponse:
    """Publish exactly what was looked at."""
    actor = require_role(Role.EDITOR)
    translation = text(guide_id, code)
    note_refused("not_as_agreed")
    looking.require_nothing_stops(to_be(translation)[2])
    operations.publish(
        db.session(),
        actor,
        translation,
        content_hash=request.form.get("content_hash", ""),
        confirmed=request.form.getlist("confirmed"),
        now=context.now(),
        correction="correction" in request.form,
    )
    return to_progress(translation)


@blueprint.get(f"{TEXT}/publish/progress")
def watch(guide_id: str, code: str) -> AnyResponse:
    """Show which files are made, and what became of the newest edition."""
    actor = require_actor()
    translation = text(guide_id, code)
    session = db.session()
    edition = queries.newest_edition(session, translation.id)
    if edition is None:
        raise Conflict(N_("This text has not been published yet."))
    now = progress.of(session, edition, context.settings().data)
    page = render_template(
        "publish/progress.html",
        translation=translation,
        edition=edition,
        now=now,
        live=queries.live_edition(session, translation.id),
        kinds=[(kind, name_of(kind)) for kind in kinds_for(document_of(session, edition, context.settings()))],
        title=queries.listed(session, edition).title,
        may_try=actor.has(Role.EDITOR),
        text_language=language(code),
    )
    answer = Response(page)
    if now.state == "making":
        answer.headers["Refresh"] = str(_LOOK_AGAIN)
    return answer


def text(guide_id: str, code: str) -> Translation:
    """Return the text at an address, for whoever may know of it."""
    return kernel.translation(db.session(), require_actor(), guide_id, code)


def to_be(translation: Translation) -> tuple[Revision, Approval, Document]:
    """Return what was agreed to, by whom, and the document that publishing it now would give."""
    session, settings = db.session(), context.settings()
    revision, approval = operations.agreed(session, translation)
    document = previews.document_to_be(session, translation, revision, approval, settings, context.now())
    return revision, approval, document


def to_progress(translation: Translation) -> AnyResponse:
    """Lead to the page that tells how far the files are."""
    tell_processes()
    return redirect(f"/studio/guides/{translation.guide_id}/{translation.language}/publish/progress", 303)


def tell_processes() -> None:
    """Let other processes hear of what changed before the answer is sent."""
    settings, n = context.settings(), generation.current(db.session())
    context.after_commit(lambda: generation.GenerationFile(settings.data).tell(n))


def name_of(kind: str) -> Message:
    """Return the name of a kind of file for members."""
    if kind in going.FORMS:
        return going.FORMS[kind]
    place, size = BY_KIND[kind].place, kind.rpartition("_")[2]
    if place > 1:
        return N_("{card}, number {n}", card=CARDS[size], n=place)
    return CARDS[size] if place else N_("the letters for its script")


def _is_listed(kind: str, document: Document) -> bool:
    form = BY_KIND[kind]
    there = form.preview and form.fits(document.language) and is_allowed(kind, document.scope)
    return there and not form.place and kind not in _AT_ONCE
