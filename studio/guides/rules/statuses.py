"""Every status of a text and of an edition, and the words of the decisions about them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a guide is; each kind is a template and a policy."""

    GUIDE = "guide"
    FACTSHEET = "factsheet"
    STORY = "story"


class Progress(StrEnum):
    """How far a translation has come."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    SETTLED = "settled"
    ARCHIVED = "archived"


class Standing(StrEnum):
    """What an edition is to readers."""

    BUILDING = "building"
    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Significance(StrEnum):
    """What a saved version changed, as its writer says: spelling or layout, the meaning, someone's safety or health."""

    TYPO = "typo"
    CONTENT = "content"
    SAFETY = "safety"


class UpdateKind(StrEnum):
    """How a change came into a draft's log."""

    LIVE = "live"
    FORM = "form"
    SUGGESTION = "suggestion"
    RESTORE = "restore"
    IMPORT = "import"
