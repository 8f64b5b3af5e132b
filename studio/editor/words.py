"""Our own words for what writing pages show: the fields of a text, and what a saved version changed."""

from __future__ import annotations

from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.statuses import Significance

LABELS: Final[dict[str, Message]] = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "neutral_title": N_("Title that gives nothing away"),
    "content_notes": N_("Before you read"),
    "sources": N_("Sources"),
    "changelog": N_("What is new"),
    "helplines": N_("Where help is found"),
    "body": N_("Text"),
}

SIGNIFICANCE: Final[dict[str, Message]] = {
    Significance.TYPO: N_("Only spelling or layout"),
    Significance.CONTENT: N_("The meaning"),
    Significance.SAFETY: N_("Someone's safety or health"),
}
