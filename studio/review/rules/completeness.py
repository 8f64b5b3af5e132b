"""What readers need before a text can be checked: asked at hand-in, three at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from studio.core.words import N_, Message
from studio.guides.fields import SUMMARY_LIMIT, TextFields

AT_A_TIME: Final = 3

SENTENCES: Final = {
    "body": N_("There is no text yet. Write a little first; it can be short."),
    "summary": N_("Write one or two sentences that say what a reader will find."),
    "topics": N_("Choose where in the library it stands."),
    "content_notes": N_("Say what is in it that could hurt. “Nothing” is an answer."),
    "neutral_title": N_("Choose a title that gives nothing away, for the plain cover."),
    "sources": N_("Name at least one source for what is said about health or law."),
    "helplines": N_("Say where somebody in danger finds help, or say honestly that we know no place."),
    "changelog": N_("Say in a sentence what is new in this edition."),
}
"""The sentence for each field that is missing, in the order in which they are asked."""


def missing(
    body: str, fields: TextFields, *, facets: Collection[str], topics: Collection[str], first_edition: bool
) -> dict[str, Message]:
    """Return the fields that are not answered yet, each with its sentence, in the order in which they are asked."""
    factual = "health" in facets or any(facet.startswith("legal") for facet in facets)
    asked = {
        "body": not body.strip(),
        "summary": not fields.summary.strip() or len(fields.summary) > SUMMARY_LIMIT,
        "topics": not topics,
        "content_notes": not fields.content_notes,
        "neutral_title": not fields.neutral_title.strip(),
        "sources": factual and not any(source.strip() for source in fields.sources),
        "helplines": "crisis" in facets and not fields.helplines.strip(),
        "changelog": not first_edition and not fields.changelog.strip(),
    }
    return {name: SENTENCES[name] for name, is_missing in asked.items() if is_missing}
