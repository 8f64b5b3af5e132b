"""Somebody chooses, on a text's page, how its readers are told of them."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint
from werkzeug.wrappers import Response

from studio.core.words import N_
from studio.dashboard import crediting
from studio.guides import queries as kernel
from studio.guides.rules.credit import Choice, Part
from studio.members.current import require_actor
from studio.members.rules.names import LONGEST
from studio.publish import crediting as publishing
from studio.storage.db import db
from studio.web import context, forms
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("credit", __name__, url_prefix="/studio")
NOTED: Final = notice(
    N_("Noted. Page and files are made again with it; what was printed or saved before keeps what it says.")
)
CHOICES: Final = {
    Choice.COMMUNITY: N_("The community, as everybody"),
    Choice.MEMBER: N_("“Members of the community”, without a name"),
    Choice.NAME: N_("With my pen-name"),
}


@blueprint.app_context_processor
def _for_other_pages() -> dict[str, Any]:
    """Give the page of a text what ``dashboard/credit_of_text.html`` shows."""
    say = context.spoken().say
    return {
        "credits_of": lambda text: crediting.asked(db.session(), require_actor(), text),
        "credit_choices": lambda: [(value, say(words)) for value, words in CHOICES.items()],
        "longest_name": LONGEST,
    }


@blueprint.post("/guides/<guide_id>/<lang:code>/credit")
def choose(guide_id: str, code: str) -> Response:
    """Note one's own choice; the same twice is once."""
    actor, session = require_actor(), db.session()
    translation = kernel.translation(session, actor, guide_id, code)
    part = Part(forms.choice("part", list(Part), Part.WROTE))
    choice = Choice(forms.choice("choice", list(Choice), Choice.COMMUNITY))
    if crediting.choose(session, actor, translation, part, choice, forms.line("pen_name", 200)):
        publishing.made_again(session, translation.id, context.now())
    return go(f"/studio/guides/{guide_id}/{code}/", NOTED)
