"""Suggestions: write one instead of saving, look at those that wait, take or leave each change."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Conflict, Invalid
from studio.core.words import N_, Message
from studio.editor import forms, operations
from studio.editor.models import Forgotten, Sent
from studio.editor.pages import common, writing
from studio.guides.drafts import log
from studio.guides.models import Translation
from studio.guides.rules.hunks import HunkState
from studio.guides.rules.passages import chosen
from studio.guides.threads import reading, suggesting
from studio.guides.threads.models import Suggestion
from studio.storage.db import db
from studio.web import forms as web_forms
from studio.web.context import now, wants_json
from studio.web.notices import notice
from studio.web.redirects import go, next_or

blueprint = Blueprint("suggestions", __name__, url_prefix="/guides/<guide_id>/<lang:code>")

PROPOSED: Final = notice(N_("Your suggestion waits here. Nothing in the text has changed yet."))
WITH_TEXT: Final = notice(N_("Your suggestion waits with the text. Nothing in it has changed yet."))
TAKEN: Final = notice(N_("It is in the text now, as the words of whoever suggested it."))
ALL_TAKEN: Final = notice(N_("All that still fits is in the text now."))
LEFT: Final = notice(N_("It is not taken into the text."))
FORGOTTEN: Final = N_(
    "The text that you began from is no longer kept. What you wrote is below, and is compared with the text now."
)
STATES: Final[dict[str, Message]] = {
    HunkState.OPEN: N_("waits"),
    HunkState.STALE: N_("the words changed meanwhile"),
    HunkState.ACCEPTED: N_("taken into the text"),
    HunkState.DECLINED: N_("not taken"),
    HunkState.TAKEN_BACK: N_("taken back"),
}


@blueprint.get("/suggest")
def write(guide_id: str, code: str) -> Response:
    """Show the text to change, for a suggestion."""
    _, text = common.text(guide_id, code)
    return _form(text, forms.filled(log.head(text.draft), text.guide))


@blueprint.post("/suggest")
def propose(guide_id: str, code: str) -> AnyResponse:
    """Keep a suggestion: of a form's changes, or of other words for one passage (``quote``, ``near``, ``new``)."""
    actor, text = common.text(guide_id, code)
    sent = _other_words(text) if "quote" in request.form else forms.sent()
    note = web_forms.text("suggestion_note", suggesting.NOTE_LIMIT)
    try:
        made = operations.suggest(db.session(), actor, text, sent, note, now=now())
    except Forgotten:
        if wants_json():
            raise
        return _form(text, _on_the_text_of_now(text, sent), Conflict(FORGOTTEN), 409)
    except Invalid as error:
        if wants_json():
            raise
        if "title" in request.form:
            return writing.given_back(actor, text, sent, error)
        return _form(text, forms.again(sent, error.fields), error, 422)
    if wants_json():
        return make_response(_told(text, made), 201)
    if web_forms.line("next"):
        return go(next_or(web_forms.line("next")), WITH_TEXT)
    return go(f"{_home(text)}#s-{made.id}", PROPOSED)


@blueprint.get("/suggestions")
def home(guide_id: str, code: str) -> str:
    """Show the suggestions that wait, each change in its words, and those that were decided."""
    actor, text = common.text(guide_id, code)
    session = db.session()
    waiting, decided = reading.proposals(session, text), reading.proposals(session, text, settled=True)
    named = reading.names(session, [], [*waiting, *decided])
    return render_template(
        "editor/suggestions.html",
        **common.frame(text),
        waiting=waiting,
        decided=decided,
        names=named,
        states=STATES,
        actor=actor,
    )


@blueprint.post("/suggestions/<hunk_id>")
def decide(guide_id: str, code: str, hunk_id: str) -> AnyResponse:
    """Take a change into the text, leave it, or take one's own back."""
    actor, text = common.text(guide_id, code)
    session = db.session()
    hunk = suggesting.hunk_of(session, text, hunk_id)
    takes = web_forms.choice("then", {"accept", "decline"}, "decline") == "accept"
    operations.check_open(text)
    (suggesting.accept if takes else suggesting.decline)(session, actor, text, hunk, now=now())
    if wants_json():
        return make_response({"hunk": hunk.id, "state": hunk.state, "seq": text.draft.head_seq})
    return go(_home(text), TAKEN if takes else LEFT)


@blueprint.post("/suggestions/<suggestion_id>/all")
def accept_all(guide_id: str, code: str, suggestion_id: str) -> AnyResponse:
    """Take every change of a suggestion that still fits."""
    actor, text = common.text(guide_id, code)
    session = db.session()
    made = suggesting.suggestion_of(session, text, suggestion_id)
    operations.check_open(text)
    taken, left = suggesting.accept_all(session, actor, text, made, now=now())
    if wants_json():
        return make_response({"taken": taken, "left": left, "seq": text.draft.head_seq})
    return go(_home(text), ALL_TAKEN)


def _other_words(text: Translation) -> Sent:
    """Return the text of now with other words in place of a passage, as a form would send it."""
    head = log.head(text.draft)
    place = chosen(head.text, web_forms.text("quote"), common.position(request.form.get("near", "")))
    body = head.text[: place.start] + web_forms.text("new") + head.text[place.end :]
    return Sent(body=body, fields=forms.filled(head, text.guide).fields, base_seq=head.seq, base_digest=head.digest)


def _on_the_text_of_now(text: Translation, sent: Sent) -> forms.Filled:
    """Return a form with what was typed that begins from the text of now, since the one before is forgotten."""
    head, filled = log.head(text.draft), forms.again(sent)
    filled.base_seq, filled.base_digest = head.seq, head.digest
    return filled


def _form(
    text: Translation, filled: forms.Filled, error: Invalid | Conflict | None = None, status: int = 200
) -> Response:
    note = request.form.get("suggestion_note", "")
    page = render_template("editor/suggest.html", **common.frame(text), filled=filled, note=note, error=error)
    return make_response(page, status)


def _told(text: Translation, made: Suggestion) -> dict[str, Any]:
    hunks = [{"id": hunk.id, "old": hunk.old, "new": hunk.new} for hunk in made.hunks]
    return {"suggestion": made.id, "hunks": hunks, "seq": text.draft.head_seq}


def _home(text: Translation) -> str:
    return url_for("editor.suggestions.home", guide_id=text.guide_id, code=text.language)
