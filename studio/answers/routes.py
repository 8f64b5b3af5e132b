"""The board of what readers say: editors sort and answer, organisers look, checkers see what could harm somebody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Final

from flask import Blueprint, current_app, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from studio.answers import queries
from studio.answers.operations import echoes, sorting
from studio.answers.rules.sorts import MAY_ACT_AT_ONCE, MAY_SORT, Urgency
from studio.answers.words import GROUPS, SAID, URGENCIES
from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.members.actor import Actor
from studio.members.current import require_actor, require_role
from studio.storage.db import db
from studio.web import forms
from studio.web.context import now
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("answers", __name__, url_prefix="/studio", template_folder="templates")
BOARD: Final = "/studio/answers/"
ONE: Final = "/answers/<answer_id>"
TAKEN: Final = notice(N_("You look after this now."))
BACK: Final = notice(N_("Somebody else can look after it now."))
SORTED: Final = notice(N_("Sorted."))
TALKED: Final = notice(N_("Those who work on the text see it beside the passage."))
PASSED: Final = notice(N_("Those who made the text find the words on their desks."))
CLOSED: Final = notice(N_("Closed. In 30 days the reader’s words are deleted."))
MOST: Final = 20_000


@blueprint.get("/answers/")
def home() -> str:
    """Show what readers said and nobody has closed, by urgency."""
    actor = require_role(*MAY_ACT_AT_ONCE)
    today = now().date()
    open_ones = queries.board(db.session(), actor, today)
    groups = [
        (Urgency(key), list(found)) for key, found in groupby(sorted(open_ones, key=_rank), lambda one: one.row.urgency)
    ]
    done = queries.closed(db.session(), actor, today)
    return render_template("answers/board.html", groups=groups, done=done, said=SAID, names=GROUPS)


@blueprint.get(ONE)
def message(answer_id: str) -> str:
    """Show one message with all that can be done about it."""
    return _page(require_role(*MAY_ACT_AT_ONCE), answer_id)


@blueprint.post(f"{ONE}/take")
def take(answer_id: str) -> AnyResponse:
    """Look after a message."""
    sorting.take(db.session(), _editor(), answer_id, _version(), now())
    return _to(answer_id, TAKEN)


@blueprint.post(f"{ONE}/give-back")
def give_back(answer_id: str) -> AnyResponse:
    """Look after it no more."""
    sorting.give_back(db.session(), _editor(), answer_id, now())
    return _to(answer_id, BACK)


@blueprint.post(f"{ONE}/sort")
def sort(answer_id: str) -> AnyResponse:
    """Say how urgent it is, hide its words, or lay it beside another one."""
    urgency = Urgency(forms.choice("urgency", [one.value for one in Urgency if one.value]))
    hidden, same = forms.text("hidden", MOST), forms.line("same_as")
    actor = _editor()
    sorting.sort(db.session(), actor, answer_id, _version(), urgency=urgency, hidden=hidden, same_as=same, now=now())
    return _to(same or answer_id, SORTED)


@blueprint.post(f"{ONE}/talk")
def talk(answer_id: str) -> AnyResponse:
    """Open a talk beside the passage."""
    actor, near = _editor(), forms.line("near")
    row = queries.message(db.session(), actor, answer_id)
    found, _ = queries.passages(db.session(), row)
    at = int(near) if near.isdecimal() else -1
    quote = next((one.text for one in found if one.start == at), "")
    words = forms.text("comment", MOST)
    return _or_again(
        actor,
        answer_id,
        lambda: sorting.talk(db.session(), actor, answer_id, _version(), words, quote, max(at, 0), now()),
        TALKED,
    )


@blueprint.post(f"{ONE}/pass-on")
def pass_on(answer_id: str) -> AnyResponse:
    """Let those who made the text have the reader's words."""
    makers: Callable[..., set[str]] = current_app.extensions["makers_of"]
    session = db.session()
    sorting.pass_on(session, _editor(), answer_id, _version(), lambda edition: makers(session, edition), now())
    return _to(answer_id, PASSED)


@blueprint.post(f"{ONE}/close")
def close(answer_id: str) -> AnyResponse:
    """Close it with what was done."""
    actor, notes = _editor(), current_app.extensions["note_for_readers"]
    words = {name: forms.text(name, MOST) for name in ("done", "reply", "note")}
    return _or_again(
        actor,
        answer_id,
        lambda: sorting.close(db.session(), actor, answer_id, _version(), **words, notes=notes, now=now()),
        CLOSED,
    )


@blueprint.post("/answers/put-away")
def put_away() -> AnyResponse:
    """Put a kind word away; it is deleted."""
    echoes.put_away(db.session(), require_actor().id, forms.line("echo"))
    return go("/studio/")


def _editor() -> Actor:
    return require_role(*MAY_SORT)


def _version() -> int:
    sent = forms.line("version")
    return int(sent) if sent.isdecimal() else 0


def _rank(one: queries.Read) -> int:
    return list(GROUPS).index(one.row.urgency)


def _or_again(actor: Actor, answer_id: str, act: Callable[[], None], said: Message) -> AnyResponse:
    """Do something with words; where they are missing, show the page again with what was typed."""
    try:
        act()
    except Invalid as error:
        return make_response(_page(actor, answer_id, error), 422)
    return _to(answer_id, said)


def _page(actor: Actor, answer_id: str, error: Invalid | None = None) -> str:
    session = db.session()
    row = queries.message(session, actor, answer_id)
    editor = actor.has(*MAY_SORT)
    passages, chosen = queries.passages(session, row) if editor else ([], 0)
    typed = {name: forms.text(name, MOST) if error else "" for name in ("comment", "done", "reply", "note")}
    return render_template(
        "answers/message.html",
        one=queries.read(session, actor, row, now().date()),
        main=queries.message(session, actor, row.same_as) if row.same_as else None,
        said=SAID,
        urgencies=URGENCIES,
        passages=passages,
        chosen=chosen,
        others=queries.could_be_same(session, actor, row) if editor else [],
        sorts=editor,
        typed=typed,
        error=error,
    )


def _to(answer_id: str, said: Message) -> AnyResponse:
    return go(f"{BOARD}{answer_id}", said)
