"""What is still missing before a text can be checked."""

from __future__ import annotations

from studio.core.words import Message
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.review.rules.completeness import missing


def missing_fields(translation: Translation) -> dict[str, Message]:
    """Return what the draft of a text does not say yet, each with its sentence, in the order in which it is asked."""
    guide = translation.guide
    return missing(
        translation.draft.text,
        TextFields.from_dict(translation.draft.fields),
        facets=guide.facets,
        topics=guide.topics,
        first_edition=translation.published_revision_id is None,
    )
