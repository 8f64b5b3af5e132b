"""Images of texts: drawn anew before they are kept, and found by the hash of what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.guides.canvas import Drawn, draw
from studio.guides.models import Media, Translation, TranslationMedia

REFERENCE: Final = re.compile(r"\(media:([0-9a-f]{64})")


def references(body: str) -> list[str]:
    """Return the images that a text names, in order, each once."""
    return list(dict.fromkeys(REFERENCE.findall(body)))


def addresses(
    session: Session, translation_id: str, folder: str, *, all_there: bool = False
) -> Callable[[str], str | None]:
    """Return what gives a text's own pictures their address in ``folder``, and None for any other picture.

    With ``all_there`` a picture that is not the text's raises Invalid: what nobody can see, nobody can check, and it
    must not come in after the checks.
    """
    own = set(session.scalars(select(TranslationMedia.sha).where(TranslationMedia.translation_id == translation_id)))

    def address(sha: str) -> str | None:
        if all_there and sha not in own:
            raise Invalid(N_("A picture that this text names is not here. Put it in again, or take its line out."))
        return f"{folder}{sha}" if sha in own else None

    return address


def add_image(session: Session, translation: Translation, data: bytes, now: datetime) -> Media:
    """Keep a picture for a text; the same picture twice is one. Raise Invalid or TooLarge with what to do."""
    return keep(session, translation, draw(data), now)


def keep(session: Session, translation: Translation, drawn: Drawn, now: datetime) -> Media:
    """Keep for a text what was drawn anew already."""
    media = session.get(Media, drawn.sha)
    if media is None:
        media = Media(
            sha=drawn.sha,
            media_type=drawn.media_type,
            width=drawn.size[0],
            height=drawn.size[1],
            data=drawn.data,
            added_at=now,
        )
        session.add(media)
        session.flush()
    if session.get(TranslationMedia, (translation.id, drawn.sha)) is None:
        session.add(TranslationMedia(translation_id=translation.id, sha=drawn.sha))
        session.flush()
    return media
