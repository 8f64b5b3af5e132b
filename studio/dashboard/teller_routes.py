"""What only a story's teller does: take it back, and say yes to its words again."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint
from werkzeug.wrappers import Response

from studio.core.words import N_, Message
from studio.dashboard import teller
from studio.guides import queries as kernel
from studio.guides.models import Translation
from studio.members.current import require_actor
from studio.publish import generation
from studio.storage.db import db
from studio.web import context, forms
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("teller", __name__, url_prefix="/studio")
TEXT: Final = "/guides/<guide_id>/<lang:code>"
BACK: Final = notice(N_("Your story is yours again: no reader finds it any more, in any language."))
AGAIN: Final = notice(N_("Thank you. Readers have your story again."))


@blueprint.app_context_processor
def _for_other_pages() -> dict[str, Any]:
    """Give the page of a text what ``dashboard/teller_of_text.html`` shows."""
    return {"story_of": lambda text: teller.story_of(db.session(), require_actor(), text)}


@blueprint.post(f"{TEXT}/take-story-back")
def take_back(guide_id: str, code: str) -> Response:
    """Take a story back, at once and everywhere."""
    translation = _text(guide_id, code)
    teller.take_back(db.session(), require_actor(), translation, context.now())
    return _to_text(translation, BACK)


@blueprint.post(f"{TEXT}/story-again")
def again(guide_id: str, code: str) -> Response:
    """Let readers have exactly these words again."""
    translation = _text(guide_id, code)
    digest = forms.line("content_hash")
    teller.yes_again(db.session(), require_actor(), translation, digest, context.now())
    return _to_text(translation, AGAIN)


def _text(guide_id: str, code: str) -> Translation:
    return kernel.translation(db.session(), require_actor(), guide_id, code)


def _to_text(translation: Translation, said: Message) -> Response:
    """Go back to the text's page; other processes hear of what readers lost before the answer is sent."""
    n, folder = generation.current(db.session()), context.settings().data
    context.after_commit(lambda: generation.GenerationFile(folder).tell(n))
    return go(f"/studio/guides/{translation.guide_id}/{translation.language}/", said)
