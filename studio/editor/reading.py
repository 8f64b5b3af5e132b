"""A draft or a saved version as its readers would see it, by the renderer that publishes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Invalid
from studio.core.locales import language
from studio.core.words import N_
from studio.guides import media, queries
from studio.guides.labels import rendering_words
from studio.guides.models import Guide, Translation
from studio.members.actor import Actor
from studio.rendering.markdown import render
from studio.rendering.rendered import Rendered

ALT_LIMIT = 300


def rendered(
    session: Session, actor: Actor, translation: Translation, text: str, *, all_there: bool = False
) -> Rendered:
    """Return ``text`` as a page of ``translation``; raise Invalid or TooLarge with what is in the way.

    With ``all_there`` a picture that is missing is in the way, too.
    """

    def address(guide_id: str) -> str | None:
        """Return where a link to another guide leads from the desk: to the same language, else to its first one."""
        found = session.scalars(
            select(Translation.language)
            .join(Guide)
            .where(Guide.id == guide_id, queries.visible_to(actor))
            .order_by(Translation.language != translation.language, Translation.created_at)
        ).first()
        return f"/studio/guides/{guide_id}/{found}/" if found else None

    return render(
        text,
        language(translation.language),
        media_url=media.addresses(session, translation.id, "/studio/media/", all_there=all_there),
        internal=address,
        words=rendering_words(translation.language),
    )


def alt_words(alt: str) -> str:
    """Return the words for who cannot see a picture, fit for the text; raise Invalid where there are none."""
    words = " ".join(alt.split())
    if not words:
        sentence = N_("Say in a few words what the picture shows, for whoever cannot see it.")
        raise Invalid(sentence, {"alt": sentence})
    if len(words) > ALT_LIMIT:
        sentence = N_("Say it in at most {n} characters.", n=ALT_LIMIT)
        raise Invalid(sentence, {"alt": sentence})
    return "".join(f"\\{letter}" if letter in "\\[]" else letter for letter in words)
