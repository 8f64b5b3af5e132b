"""Write in a text, look at it as readers will, save a version of it."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid, NotFound
from studio.core.ids import new_id
from studio.core.words import Message
from studio.editor import forms, operations, reading
from studio.editor.models import Forgotten, Saved, Sent
from studio.editor.pages import common, desk, saving
from studio.editor.words import LABELS
from studio.guides import house, naming, queries
from studio.guides.drafts import log
from studio.guides.fields import SUMMARY_LIMIT, TextFields
from studio.guides.models import Translation
from studio.guides.rules.statuses import Significance
from studio.members.actor import Actor
from studio.storage.db import db
from studio.web import forms as web_forms
from studio.web.context import now, wants_json
from studio.web.notices import SAVED
from studio.web.redirects import go

blueprint = Blueprint("writing", __name__, url_prefix="/guides/<guide_id>/<lang:code>")

NEXT: Final = {"preview": "editor.writing.preview", "version": "editor.writing.version", "image": "editor.images.show"}
"""Where each button of the form leads after the text is saved."""


@blueprint.get("/write")
def write(guide_id: str, code: str) -> Response:
    """Show the form to write in."""
    actor, text = common.text(guide_id, code)
    return _form(actor, text, forms.filled(log.head(text.draft), text.guide))


@blueprint.post("/write", endpoint="save")
def save(guide_id: str, code: str) -> AnyResponse:
    """Save, then go where the button says."""
    actor, text = common.text(guide_id, code)
    sent = forms.sent()
    try:
        forms.check(sent)
        saved = operations.save(db.session(), actor, text, sent, now=now())
    except Forgotten as error:
        return _beside_each_other(text, sent, error)
    except Invalid as error:
        if wants_json():
            raise
        return _form(actor, text, _again(text, sent, error.fields), error, 422)
    if wants_json():
        return _as_json(saved, sent)
    if saved.touching:
        return _both_are_in(text, saved)
    return _go_on(text, SAVED if not saved.others_wrote else common.SAVED_BOTH)


@blueprint.post("/write/preview", endpoint="check_preview")
def check_preview(guide_id: str, code: str) -> AnyResponse:
    """Save and show the text as readers will see it, or say what is in the way and give it back."""
    actor, text = common.text(guide_id, code)
    sent = forms.sent()
    try:
        reading.rendered(db.session(), actor, text, text.draft.text if sent.live else sent.body)
    except Invalid as error:
        return _form(actor, text, _again(text, sent), error, 422)
    return save(guide_id, code)


@blueprint.post("/write/shown")
def shown(guide_id: str, code: str) -> Response:
    """Answer the text as it was sent, as readers would see it; nothing is saved."""
    actor, text = common.text(guide_id, code)
    body = reading.rendered(db.session(), actor, text, log.clean(web_forms.text("body", forms.MOST)))
    return make_response({"html": body.html})


@blueprint.get("/write/preview")
def preview(guide_id: str, code: str) -> str:
    """Show the draft as readers would see it."""
    actor, text = common.text(guide_id, code)
    body, error = None, None
    try:
        body = reading.rendered(db.session(), actor, text, text.draft.text)
    except Invalid as refusal:
        error = refusal
    return _render("preview.html", text, body=body, fields=TextFields.from_dict(text.draft.fields), error=error)


@blueprint.get("/write/version")
def version(guide_id: str, code: str) -> Response:
    """Ask what changed."""
    actor, text = common.text(guide_id, code)
    return saving.page(actor, text)


@blueprint.post("/write/version", endpoint="save_version")
def save_version(guide_id: str, code: str) -> AnyResponse:
    """Save a version."""
    actor, text = common.text(guide_id, code)
    try:
        operations.save_version(
            db.session(),
            actor,
            text,
            digest=request.form.get("base_digest", ""),
            significance=Significance(web_forms.choice("significance", set(Significance), Significance.CONTENT)),
            note=web_forms.text("note", 2_000),
            now=now(),
        )
    except (Invalid, Conflict) as error:
        return saving.page(actor, text, error, 422 if isinstance(error, Invalid) else 409)
    return go(common.home(text), common.VERSION_SAVED)


def _form(
    actor: Actor, text: Translation, filled: forms.Filled, error: Invalid | None = None, status: int = 200
) -> Response:
    before = desk.before_writing(actor, text)
    page = _render(
        "write.html",
        text,
        filled=filled,
        error=error,
        kinds=naming.KINDS,
        facets=naming.PLAIN_FACETS,
        topics=[(key, house.topic_name(key, actor.language)) for key in house.topics()],
        notes=[(key, house.note_name(key, actor.language)) for key in house.content_notes()],
        helps=_helps(actor, text),
        limit=SUMMARY_LIMIT,
        source=_source(actor, text),
        before_writing=before,
        live=desk.live(actor, text, could_check=before is not None),
        live_words=desk.words(),
    )
    return make_response(page, status)


def given_back(actor: Actor, text: Translation, answer: Sent, error: Invalid) -> Response:
    """Return the form as it was sent, with what is in the way."""
    return _form(actor, text, forms.again(answer, error.fields), error, 422)


def _again(text: Translation, sent: Sent, problems: dict[str, Message] | None = None) -> forms.Filled:
    """Return the form as it was sent; one that spoke of the fields alone gets the text that it began from."""
    filled = forms.again(sent, problems)
    if sent.live:
        filled.body = operations.begun_from(db.session(), text, sent)
    return filled


def _source(actor: Actor, text: Translation) -> Translation | None:
    """Return the text that this one is being translated from, as the address says."""
    code = request.args.get("from", "")
    if not code or code == text.language:
        return None
    try:
        return queries.translation(db.session(), actor, text.guide_id, code)
    except NotFound:
        return None


def _helps(actor: Actor, text: Translation) -> list[tuple[str, str]]:
    """Return the texts that can be named as the place where help is found."""
    same = [one for one in queries.visible_translations(db.session(), actor) if one.language == text.language]
    return [(one.guide_id, str(one.draft.fields.get("title", ""))) for one in same if one.id != text.id]


def _go_on(text: Translation, said: Message) -> AnyResponse:
    endpoint = NEXT.get(request.form.get("then", ""), "editor.writing.write")
    if request.endpoint == "editor.writing.check_preview":
        endpoint = NEXT["preview"]
    address = url_for(endpoint, guide_id=text.guide_id, code=text.language)
    return go(address, said if endpoint.endswith("write") or said is common.SAVED_BOTH else None)


def _both_are_in(text: Translation, saved: Saved) -> Response:
    return make_response(_render("together.html", text, touching=saved.touching, labels=LABELS))


def _beside_each_other(text: Translation, sent: Sent, error: Forgotten) -> Response:
    """Show both texts; the writer's own stands in a form that was made from the text of now."""
    if wants_json():
        raise error
    head = log.head(text.draft)
    filled = forms.again(sent)
    filled.base_seq, filled.base_digest, filled.form, filled.count = head.seq, head.digest, new_id(), 0
    filled.body = head.text if sent.live else filled.body
    page = _render("beside.html", text, filled=filled, theirs=head, error=error)
    return make_response(page, 409)


def _as_json(saved: Saved, sent: Sent) -> Response:
    state = saved.state
    return make_response(
        {
            "seq": state.seq,
            "digest": state.digest,
            "about": forms.packed(sent.about) if sent.about else "",
            "text_changed": saved.others_wrote,
            "touching": [{"theirs": one.theirs, "mine": one.mine, "field": one.field} for one in saved.touching],
        }
    )


def _render(template: str, text: Translation, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    return render_template(f"editor/{template}", **common.frame(text), **values)
