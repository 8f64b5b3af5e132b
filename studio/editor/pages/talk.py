"""Comments on a text: on passages of it or on the whole; answered, settled, opened again."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid
from studio.core.words import N_
from studio.editor.pages import common
from studio.guides.models import Translation
from studio.guides.threads import reading
from studio.guides.threads import talk as operations
from studio.guides.threads.models import Thread
from studio.rendering.blocks import split
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now, wants_json
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("talk", __name__, url_prefix="/guides/<guide_id>/<lang:code>")

SAID: Final = notice(N_("Your comment stands with the text for everybody who works on it."))
SETTLED: Final = notice(N_("Settled. You find it below, under “Settled”."))
OPEN_AGAIN: Final = notice(N_("Open again."))
MOST: Final = 200_000


@blueprint.get("/talk")
def home(guide_id: str, code: str) -> str:
    """Show what is said about the text: open talks in the text's order, settled ones folded."""
    _, text = common.text(guide_id, code)
    session = db.session()
    talks, settled = reading.talks(session, text), reading.talks(session, text, resolved=True)
    named = reading.names(session, [*talks, *settled], [])
    waiting = reading.how_many(session, text)[1]
    return _render("talk.html", text, talks=talks, settled=settled, names=named, waiting=waiting)


@blueprint.get("/talk.json")
def told(guide_id: str, code: str) -> Response:
    """Tell the live editor the open talks and suggestions, with where their words stand."""
    actor, text = common.text(guide_id, code)
    return make_response(reading.as_values(db.session(), text, actor.id))


@blueprint.get("/talk/passages")
def passages(guide_id: str, code: str) -> str:
    """Show the text passage by passage, each with a way to comment on it."""
    _, text = common.text(guide_id, code)
    return _render("passages.html", text, passages=_passages(text))


@blueprint.get("/talk/new")
def ask(guide_id: str, code: str) -> Response:
    """Ask for a comment on the passage that the address names, or on the whole text."""
    _, text = common.text(guide_id, code)
    at = common.position(request.args["at"]) if "at" in request.args else -1
    return _ask(text, {"quote": dict(_passages(text)).get(at, ""), "near": at})


@blueprint.post("/talk", endpoint="open")
def open_one(guide_id: str, code: str) -> AnyResponse:
    """Begin a talk."""
    actor, text = common.text(guide_id, code)
    try:
        thread = operations.open_thread(
            db.session(),
            actor,
            text,
            forms.text("comment"),
            quote=forms.text("quote", MOST),
            near=common.position(request.form.get("near", "")),
            words=forms.text("words"),
            must=request.form.get("must") == "yes",
            now=now(),
        )
    except (Invalid, Conflict) as error:
        if wants_json():
            raise
        return _ask(text, request.form, error)
    return _went_well(text, thread, f"t-{thread.id}")


@blueprint.get("/talk/<thread_id>")
def thread(guide_id: str, code: str, thread_id: str) -> Response:
    """Show one talk, with a form to answer."""
    _, text = common.text(guide_id, code)
    return _thread(text, operations.thread_of(db.session(), text, thread_id))


@blueprint.post("/talk/<thread_id>")
def answer(guide_id: str, code: str, thread_id: str) -> AnyResponse:
    """Say something in a talk."""
    actor, text = common.text(guide_id, code)
    found = operations.thread_of(db.session(), text, thread_id)
    try:
        operations.answer(db.session(), actor, text, found, forms.text("comment"), now=now())
    except Invalid as error:
        if wants_json():
            raise
        return _thread(text, found, error)
    return _went_well(text, found, f"t-{found.id}")


@blueprint.post("/talk/<thread_id>/settle")
def settle(guide_id: str, code: str, thread_id: str) -> AnyResponse:
    """Settle a talk, or open it again."""
    actor, text = common.text(guide_id, code)
    found = operations.thread_of(db.session(), text, thread_id)
    resolved = forms.choice("then", {"resolve", "reopen"}, "resolve") == "resolve"
    operations.settle(db.session(), actor, text, found, resolved=resolved, now=now())
    if wants_json():
        return make_response({"thread": found.id, "resolved": resolved})
    return go(url_for("editor.talk.home", guide_id=guide_id, code=code), SETTLED if resolved else OPEN_AGAIN)


def _passages(text: Translation) -> list[tuple[int, str]]:
    """Return the passages of the draft, each with where it begins; a text that cannot be parted is one."""
    try:
        parts = [block.source for block in split(text.draft.text)]
    except Invalid:
        parts = [text.draft.text]
    found, at = list[tuple[int, str]](), 0
    for part in parts:
        if part.strip():
            words = part.lstrip("\n")
            found.append((at + len(part) - len(words), words.rstrip()))
        at += len(part)
    return found


def _went_well(text: Translation, thread: Thread, fragment: str) -> AnyResponse:
    if wants_json():
        return make_response({"thread": thread.id}, 201)
    address = url_for("editor.talk.home", guide_id=text.guide_id, code=text.language)
    return go(f"{address}#{fragment}", SAID)


def _ask(text: Translation, values: Any, error: Invalid | Conflict | None = None) -> Response:  # noqa: ANN401 - a form's values
    status = 200 if error is None else 422 if isinstance(error, Invalid) else 409
    problems = error.fields if isinstance(error, Invalid) else {}
    return make_response(_render("comment.html", text, values=values, error=error, problems=problems), status)


def _thread(text: Translation, found: Thread, error: Invalid | None = None) -> Response:
    one = reading.talk(db.session(), text, found)
    named = reading.names(db.session(), [one], [])
    typed = request.form.get("comment", "")
    page = _render("thread.html", text, one=one, names=named, typed=typed, error=error)
    return make_response(page, 422 if error else 200)


def _render(template: str, text: Translation, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    return render_template(f"editor/{template}", **common.frame(text), **values)
