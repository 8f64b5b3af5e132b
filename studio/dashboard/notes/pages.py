"""“Something worries me”: write to the organisers; and their page with the notes and the crisis playbook."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, current_app, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from studio.core.errors import Invalid
from studio.core.ids import new_id
from studio.core.locales import Language, language
from studio.core.words import N_
from studio.dashboard.notes import operations, queries
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.i18n.content import folder
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.members.current import require_actor, require_role
from studio.rendering.markdown import render
from studio.storage.db import db
from studio.web import context, forms, limits
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("notes", __name__, url_prefix="/studio", template_folder="../templates")
ABOUT: Final = "/guides/<guide_id>/<lang:code>/worry"
OFTEN: Final = limits.Limit("worry", seconds=3600, nearby=60, account=12)
SENT: Final = notice(N_("Thank you for saying so. The organisers see it when they next open their desk."))
HANDLED: Final = notice(N_("Handled. In 30 days the note is deleted for good."))
DELETED: Final = notice(N_("The note is deleted for good."))
_ID: Final = re.compile(r"[0-9a-z]{20}")


@blueprint.get("/worry")
def ask() -> str:
    """Show the form of a note."""
    require_actor()
    return _form(None)


@blueprint.post("/worry")
def write() -> AnyResponse:
    """Keep a note for the organisers."""
    return _write(require_actor(), None, "/studio/")


@blueprint.get(ABOUT)
def ask_about(guide_id: str, code: str) -> str:
    """Show the form of a note about a text."""
    return _form(kernel.translation(db.session(), require_actor(), guide_id, code))


@blueprint.post(ABOUT)
def write_about(guide_id: str, code: str) -> AnyResponse:
    """Keep a note about a text for the organisers."""
    actor = require_actor()
    translation = kernel.translation(db.session(), actor, guide_id, code)
    return _write(actor, translation, f"/studio/guides/{guide_id}/{code}/")


@blueprint.get("/notes/")
def home() -> str:
    """Show organisers what worries people, with what to do beside it."""
    actor = require_role(Role.STEWARD)
    words, spoken = playbook(actor.language)
    found = queries.notes(db.session(), actor)
    return render_template("dashboard/notes.html", notes=found, playbook=words, playbook_language=spoken)


@blueprint.post("/notes/<note_id>/handled")
def handled(note_id: str) -> AnyResponse:
    """Note that a note is handled."""
    actor = require_role(Role.STEWARD)
    operations.handle(db.session(), actor, note_id, context.now())
    return go("/studio/notes/", HANDLED)


@blueprint.post("/notes/<note_id>/delete")
def delete(note_id: str) -> AnyResponse:
    """Delete a note for good, now."""
    actor = require_role(Role.STEWARD)
    operations.delete(db.session(), actor, note_id, context.now())
    return go("/studio/notes/", DELETED)


def playbook(code: str) -> tuple[Markup, Language]:
    """Return the crisis playbook as HTML in the language ``code``, else in English, and the language that it is in."""
    own = folder() / "policies" / f"crisis-playbook.{code}.md"
    path, spoken = (own, code) if own.exists() else (folder() / "policies" / "crisis-playbook.md", "en")
    html = render(path.read_text(encoding="utf-8"), language(spoken), media_url=lambda _sha: None).html
    return Markup(html), language(spoken)  # noqa: S704 - our own file, cleaned by the renderer


def _form(translation: Translation | None, note_id: str = "", error: Invalid | None = None) -> str:
    return render_template(
        "dashboard/worry.html",
        translation=translation,
        text_language=language(translation.language) if translation else None,
        organisers=members.active_stewards(db.session()),
        note_id=note_id or new_id(),
        written=forms.text("note", most=20_000) if error else "",
        named=forms.line("named") if error else "",
        most=operations.LONGEST,
        error=error,
    )


def _write(actor: Actor, translation: Translation | None, back: str) -> AnyResponse:
    limits.hit(OFTEN, actor.id)
    sent = forms.line("note_id")
    note_id = sent if _ID.fullmatch(sent) else new_id()
    try:
        named = forms.choice("named", ("yes", "no")) == "yes"
        operations.write(
            db.session(),
            actor,
            note_id,
            forms.text("note", most=operations.LONGEST),
            named=named,
            translation=translation,
            now=context.now(),
        )
    except Invalid as error:
        return current_app.make_response((_form(translation, note_id, error), 422))
    return go(back, SENT)
