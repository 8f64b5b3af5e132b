"""The words of progress on the screen."""

from __future__ import annotations

from typing import Final

from studio.core.words import N_, Message
from studio.guides.rules.statuses import Progress

PROGRESS: Final[dict[Progress, Message]] = {
    Progress.DRAFT: N_("draft"),
    Progress.IN_REVIEW: N_("being checked"),
    Progress.CHANGES_REQUESTED: N_("something must change"),
    Progress.APPROVED: N_("all checks done"),
    Progress.SCHEDULED: N_("has its day"),
    Progress.SETTLED: N_("published"),
    Progress.ARCHIVED: N_("put away"),
}
