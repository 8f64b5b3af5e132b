"""What only a story's teller does: say in which forms it goes out, take it back, say yes to its words again."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response

from studio.core.errors import Invalid
from studio.core.words import N_, Message
from studio.dashboard import queries, teller
from studio.guides import queries as kernel
from studio.guides.consents import operations as giving
from studio.guides.consents import queries as consents
from studio.guides.consents.words import FORMS
from studio.guides.models import Translation
from studio.guides.rules.consent import Scope
from studio.members.current import require_actor
from studio.publish import generation
from studio.storage.db import db
from studio.web import context, forms
from studio.web.notices import notice
from studio.web.redirects import go

blueprint = Blueprint("teller", __name__, url_prefix="/studio")
TEXT: Final = "/guides/<guide_id>/<lang:code>"
BACK: Final = notice(N_("No reader finds your story any more, in any language. Its words are still here for you."))
AGAIN: Final = notice(N_("Thank you. Readers have your story again."))
CHANGED: Final = notice(N_("Noted. Your story goes out in exactly these forms; the others are gone at once."))
RENEWED: Final = notice(N_("Thank you. Your yes holds two more years, and you can take it back at any time."))
GONE: Final = notice(N_("Your story is gone from this house, in every language and every form."))


@blueprint.app_context_processor
def _for_other_pages() -> dict[str, Any]:
    """Give the page of a text what ``dashboard/teller_of_text.html`` shows."""
    say = context.spoken().say
    return {
        "story_of": lambda text: teller.story_of(db.session(), require_actor(), text, context.now().date()),
        "stories_to_ask": _stories_to_ask,
        "stories_gone": lambda: consents.lately_gone(db.session(), context.now().date()),
        "story_forms": lambda: [(value, say(words)) for value, words in FORMS.items()],
    }


def _stories_to_ask() -> list[tuple[str, str, date]]:
    """Return the title, the address and the last day of each story of one's own whose consent ends soon, or has."""
    session = db.session()
    near = consents.to_ask(session, require_actor().id, context.now().date())
    found = [(min(guide.translations, key=lambda one: (one.created_at, one.id)), given) for guide, given in near]
    titles = queries.texts_of(session, [first for first, _ in found])
    return [(text.title, text.address, given.until) for text, (_, given) in zip(titles, found, strict=True)]


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


@blueprint.post(f"{TEXT}/story-forms")
def forms_of_story(guide_id: str, code: str) -> Response:
    """Let a story go out in exactly the forms that its teller ticked."""
    translation = _text(guide_id, code)
    chosen = [Scope(one) for one in forms.several("forms", list(Scope))]
    teller.change_forms(db.session(), require_actor(), translation, chosen, context.now())
    return _to_text(translation, CHANGED)


@blueprint.post(f"{TEXT}/story-longer")
def longer(guide_id: str, code: str) -> Response:
    """Let a consent hold two more years."""
    translation = _text(guide_id, code)
    teller.renew(db.session(), require_actor(), translation, context.now())
    return _to_text(translation, RENEWED)


@blueprint.post(f"{TEXT}/story-code")
def code_of_story(guide_id: str, code: str) -> str:
    """Show, this once, a code with which the story is taken back without an account; one from before ends."""
    translation = _text(guide_id, code)
    shown = giving.new_code(db.session(), translation.guide, require_actor().id, current_app.config["KEY"])
    return render_template("dashboard/story_code.html", translation=translation, code=shown)


@blueprint.post(f"{TEXT}/erase-story")
def erase(guide_id: str, code: str) -> Response:
    """Take a story back for good; the second click says the same as the first."""
    session, key = db.session(), current_app.config["KEY"]
    if consents.is_gone(session, key, f"studio/{guide_id}"):
        return go("/studio/", GONE)
    translation = _text(guide_id, code)
    giving.teller_only(translation.guide, require_actor().id)
    if not forms.ticked("sure"):
        raise Invalid(N_("Tick the box, so that nobody loses their words by a slip of the finger."))
    teller.erase(session, require_actor(), translation, key, context.now())
    _tell_all()
    return go("/studio/", GONE)


def _text(guide_id: str, code: str) -> Translation:
    return kernel.translation(db.session(), require_actor(), guide_id, code)


def _to_text(translation: Translation, said: Message) -> Response:
    """Go back to the text's page."""
    _tell_all()
    return go(f"/studio/guides/{translation.guide_id}/{translation.language}/", said)


def _tell_all() -> None:
    """Let other processes hear of what readers lost or have before the answer is sent."""
    n, folder = generation.current(db.session()), context.settings().data
    context.after_commit(lambda: generation.GenerationFile(folder).tell(n))
