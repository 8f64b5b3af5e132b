"""What every page of writing begins with: the text, and where its pages are."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import Any, Final

from flask import request

from studio.core.errors import Invalid
from studio.core.locales import Language, language
from studio.core.words import N_, Message
from studio.guides import queries
from studio.guides.models import Translation
from studio.guides.rules.mentions import parted
from studio.members import current
from studio.members.actor import Actor
from studio.storage.db import db
from studio.web.notices import notice

_DIGITS: Final = 7
"""No text is as long as a number of so many digits."""
SAVED_BOTH: Final = notice(N_("Saved. Somebody else wrote meanwhile. Both texts are in."))
VERSION_SAVED: Final = notice(N_("The version is saved. This is already useful."))
IS_BACK: Final = notice(
    N_("That version is back as the newest text. Nothing of the later ones is lost: they are in the history.")
)


def text(guide_id: str, code: str) -> tuple[Actor, Translation]:
    """Return who asks and the text; raise NotFound where there is none that they may know of."""
    actor = current.require_actor()
    return actor, queries.translation(db.session(), actor, guide_id, code)


def position(value: str) -> int:
    """Return a place in a text as an address or a form names it; 0 for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < _DIGITS else 0


def home(translation: Translation) -> str:
    """Return the address of the text's own page."""
    return f"/studio/guides/{translation.guide_id}/{translation.language}/"


def spoken_in(translation: Translation) -> Language:
    """Return the language of the text."""
    return language(translation.language)


def frame(translation: Translation) -> dict[str, Any]:
    """Return what every template about a text needs."""
    title = str(translation.draft.fields.get("title", ""))
    return {
        "text": translation,
        "tongue": spoken_in(translation),
        "title": title,
        "home": home(translation),
        "parted": parted,
    }


def sent_file(name: str, missing: Message) -> bytes:
    """Return the file of the form's field ``name``; raise Invalid with the sentence ``missing`` where none was sent."""
    with closing(request.files.get(name) or BytesIO()) as sent:
        data = sent.read()
    if not data:
        raise Invalid(missing, {name: missing})
    return data
