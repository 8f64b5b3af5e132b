"""Begin: a title and a language, then one of three doors; or a guide of the library in another language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid, TooLarge
from studio.core.locales import LANGUAGES
from studio.core.words import N_, Message
from studio.editor import operations, starting
from studio.editor.pages import common
from studio.guides.drafts import log
from studio.guides.fields import TITLE_LIMIT
from studio.guides.models import Translation
from studio.guides.wordfile import opening
from studio.guides.wordfile.package import FILE_BYTES
from studio.i18n.content import load, worded
from studio.members import current
from studio.members import queries as members
from studio.members.actor import Actor
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now, settings
from studio.web.marks import late_write, takes_bytes
from studio.web.redirects import go
from studio.web.refusals import SignInNeeded
from studio.web.writing import begin_writing

blueprint = Blueprint("starting", __name__)

MOST: Final = 400_000
LARGEST: Final = FILE_BYTES + 100_000
"""The file with the form around it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four boxes, in the writer's language, with the heading that it becomes in the language of the text."""

    name: str
    ask: str
    help: str
    heading: str


@blueprint.get("/new")
def new() -> Response:
    """Ask for a title and a language."""
    return _new(current.require_actor())


@blueprint.post("/new", endpoint="begin")
def begin() -> AnyResponse:
    """Begin the text; pressing twice begins one."""
    actor = current.require_actor()
    title, code = forms.line("title", 1_000), forms.choice("language", settings().languages, actor.language)
    try:
        text = starting.begin(db.session(), actor, title=title, language=code, now=now())
    except Invalid as error:
        return _new(actor, error, 422)
    return go(_at("doors", text))


@blueprint.get("/guides/<guide_id>/<lang:code>/begin")
def doors(guide_id: str, code: str) -> str:
    """Show the three doors."""
    actor, text = common.text(guide_id, code)
    return _doors(actor, text)


@blueprint.post("/guides/<guide_id>/<lang:code>/begin", endpoint="first")
def first(guide_id: str, code: str) -> AnyResponse:
    """Take in the answers, or what was pasted, and go on to writing."""
    actor, text = common.text(guide_id, code)
    dropped: list[Message] = []
    try:
        door = forms.choice("door", {"words", "paste", "outline"}, "words")
        if door == "outline":
            starting.fill_outline(db.session(), actor, text, now=now())
        elif door == "paste":
            dropped = starting.paste(db.session(), actor, text, forms.text("pasted", MOST), now=now())
        else:
            answers = [(one.heading, forms.text(one.name, MOST)) for one in _questions(actor, text)]
            starting.tell(db.session(), actor, text, answers, now=now())
    except Invalid as error:
        return make_response(_doors(actor, text, error), 422)
    return _taken_over(text, dropped)


@blueprint.post("/guides/<guide_id>/<lang:code>/begin/file", endpoint="open_file")
@late_write
@takes_bytes(LARGEST)
def open_file(guide_id: str, code: str) -> AnyResponse:
    """Take in a word processor's file; it is read before the house is kept from writing."""
    actor, text = common.text(guide_id, code)
    operations.check_open(text)
    try:
        data = common.sent_file("file", N_("Choose a file first."))
        title = str(text.draft.fields.get("title", ""))
        opened = opening.open_file(data, title, first_note=starting.first_note(text))
        begin_writing()
        if members.by_id(db.session(), actor.id).suspended:
            raise SignInNeeded
        actor, text = common.text(guide_id, code)
        starting.take_over(db.session(), actor, text, opened, now=now())
    except (Invalid, TooLarge) as error:
        status = 422 if isinstance(error, Invalid) else 413
        return make_response(_doors(actor, common.text(guide_id, code)[1], error), status)
    return _taken_over(text, opened.dropped)


@blueprint.get("/guides/<guide_id>/<lang:code>/translate")
def translate(guide_id: str, code: str) -> Response:
    """Ask for the other language and the title in it."""
    _, text = common.text(guide_id, code)
    return _translate(text)


@blueprint.post("/guides/<guide_id>/<lang:code>/translate", endpoint="begin_translation")
def begin_translation(guide_id: str, code: str) -> AnyResponse:
    """Begin the guide in another language, or open what is there already."""
    actor, text = common.text(guide_id, code)
    title, other = forms.line("title", 1_000), forms.choice("language", settings().languages)
    try:
        made = operations.translate(db.session(), actor, text, title=title, language=other, now=now())
    except (Invalid, Conflict) as error:
        return _translate(text, error, 422 if isinstance(error, Invalid) else 409)
    return go(f"{url_for('editor.writing.write', guide_id=guide_id, code=made.language)}?from={code}")


def _new(actor: Actor, error: Invalid | None = None, status: int = 200) -> Response:
    page = render_template(
        "editor/new.html",
        languages=[LANGUAGES[one] for one in settings().languages],
        title=request.form.get("title", ""),
        chosen=request.form.get("language", actor.language),
        limit=TITLE_LIMIT,
        error=error,
    )
    return make_response(page, status)


def _taken_over(text: Translation, dropped: Sequence[Message]) -> AnyResponse:
    """Go on to writing, or say first what could not come along."""
    if dropped:
        return make_response(render_template("editor/pasted.html", **common.frame(text), dropped=dropped))
    return go(url_for("editor.writing.write", guide_id=text.guide_id, code=text.language))


def _doors(actor: Actor, text: Translation, error: Invalid | TooLarge | None = None) -> str:
    return render_template(
        "editor/doors.html",
        **common.frame(text),
        questions=_questions(actor, text),
        typed=request.form,
        begun=bool(text.draft.text.strip()),
        outline=bool(starting.outline_for(text)),
        opening=request.endpoint == "editor.starting.open_file",
        most=FILE_BYTES // 1_000_000,
        error=error,
    )


def _translate(text: Translation, error: Invalid | Conflict | None = None, status: int = 200) -> Response:
    there = {one.language for one in text.guide.translations}
    page = render_template(
        "editor/translate.html",
        **common.frame(text),
        languages=[LANGUAGES[one] for one in settings().languages if one not in there],
        typed=request.form.get("title", ""),
        chosen=request.form.get("language", ""),
        state=log.head(text.draft),
        error=error,
    )
    return make_response(page, status)


def _questions(actor: Actor, text: Translation) -> list[Question]:
    return [
        Question(
            f"box-{one['key']}",
            worded(one["ask"], actor.language),
            worded(one["help"], actor.language),
            worded(one["heading"], text.language),
        )
        for one in load("templates/questions.yaml")["questions"]
    ]


def _at(place: str, text: Translation) -> str:
    return url_for(f"editor.starting.{place}", guide_id=text.guide_id, code=text.language)
