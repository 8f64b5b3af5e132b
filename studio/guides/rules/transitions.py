"""The one table of progress: (progress, act) → progress, with who may act; data, printed in the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studio.core.errors import Conflict
from studio.core.words import N_
from studio.guides.rules.statuses import Progress


class Act(StrEnum):
    """What can move a translation."""

    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    SAVE_VERSION = "save_version"
    SAVE_SPELLING = "save_spelling"
    ASK_CHANGE = "ask_change"
    CHANGE_DONE = "change_done"
    ALL_AGREED = "all_agreed"
    AGREEMENT_LOST = "agreement_lost"
    OVERRIDE = "override"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    ARCHIVE = "archive"
    REOPEN = "reopen"


class By(StrEnum):
    """Who may act; the review's own rules decide the rest."""

    MEMBER = "any member who may see it"
    STUDIO = "the studio itself, when the checks say so"
    EDITOR = "editor"
    STEWARD = "organiser"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table."""

    before: Progress
    act: Act
    after: Progress
    by: By
    guard: str = ""
    """When it is possible, in a few words for the documentation."""


_P = Progress
STEPS: Final[tuple[Step, ...]] = (
    Step(_P.DRAFT, Act.SAVE_VERSION, _P.DRAFT, By.MEMBER),
    Step(_P.DRAFT, Act.SAVE_SPELLING, _P.DRAFT, By.MEMBER),
    Step(_P.DRAFT, Act.HAND_IN, _P.IN_REVIEW, By.MEMBER, "nothing that readers need is missing"),
    Step(_P.IN_REVIEW, Act.TAKE_BACK, _P.DRAFT, By.MEMBER, "by an author or an editor"),
    Step(_P.IN_REVIEW, Act.SAVE_VERSION, _P.IN_REVIEW, By.MEMBER, "each yes is looked at again (rule 6)"),
    Step(_P.IN_REVIEW, Act.SAVE_SPELLING, _P.IN_REVIEW, By.MEMBER),
    Step(_P.IN_REVIEW, Act.ASK_CHANGE, _P.CHANGES_REQUESTED, By.MEMBER, "by who holds the check"),
    Step(_P.IN_REVIEW, Act.ALL_AGREED, _P.APPROVED, By.STUDIO, "every check counts, two people besides the authors"),
    Step(_P.IN_REVIEW, Act.OVERRIDE, _P.APPROVED, By.STEWARD, "with a reason; readers see the label"),
    Step(_P.CHANGES_REQUESTED, Act.SAVE_VERSION, _P.IN_REVIEW, By.MEMBER, "each yes is looked at again (rule 6)"),
    Step(_P.CHANGES_REQUESTED, Act.SAVE_SPELLING, _P.IN_REVIEW, By.MEMBER),
    Step(_P.CHANGES_REQUESTED, Act.ASK_CHANGE, _P.CHANGES_REQUESTED, By.MEMBER, "by who holds another check"),
    Step(_P.CHANGES_REQUESTED, Act.CHANGE_DONE, _P.IN_REVIEW, By.STUDIO, "that person agrees, or it is set aside"),
    Step(_P.CHANGES_REQUESTED, Act.TAKE_BACK, _P.DRAFT, By.MEMBER, "by an author or an editor"),
    Step(_P.CHANGES_REQUESTED, Act.OVERRIDE, _P.APPROVED, By.STEWARD, "with a reason; readers see the label"),
    Step(_P.APPROVED, Act.SAVE_SPELLING, _P.APPROVED, By.MEMBER, "each change is confirmed at publishing"),
    Step(_P.APPROVED, Act.SAVE_VERSION, _P.IN_REVIEW, By.MEMBER, "each yes is looked at again (rule 6)"),
    Step(_P.APPROVED, Act.ASK_CHANGE, _P.CHANGES_REQUESTED, By.MEMBER, "by somebody whose yes counted"),
    Step(_P.APPROVED, Act.AGREEMENT_LOST, _P.IN_REVIEW, By.STUDIO, "a yes no longer counts"),
    Step(_P.APPROVED, Act.TAKE_BACK, _P.DRAFT, By.MEMBER, "by an author or an editor"),
    Step(_P.APPROVED, Act.SCHEDULE, _P.SCHEDULED, By.EDITOR),
    Step(_P.APPROVED, Act.PUBLISH, _P.SETTLED, By.EDITOR, "exactly the agreed version (rule 7)"),
    Step(_P.APPROVED, Act.CONFIRM, _P.SETTLED, By.STUDIO, "readers have these words already, as an urgent fix"),
    Step(_P.SCHEDULED, Act.UNSCHEDULE, _P.APPROVED, By.EDITOR),
    Step(_P.SCHEDULED, Act.AGREEMENT_LOST, _P.IN_REVIEW, By.STUDIO, "a yes no longer counts"),
    Step(_P.SCHEDULED, Act.SAVE_SPELLING, _P.APPROVED, By.MEMBER, "the date is dropped"),
    Step(_P.SCHEDULED, Act.SAVE_VERSION, _P.IN_REVIEW, By.MEMBER, "the date is dropped"),
    Step(_P.SCHEDULED, Act.PUBLISH, _P.SETTLED, By.EDITOR, "exactly the agreed version (rule 7)"),
    Step(_P.SETTLED, Act.SAVE_VERSION, _P.DRAFT, By.MEMBER, "the edition stays live"),
    Step(_P.SETTLED, Act.SAVE_SPELLING, _P.DRAFT, By.MEMBER, "the edition stays live"),
    Step(_P.DRAFT, Act.ARCHIVE, _P.ARCHIVED, By.EDITOR),
    Step(_P.SETTLED, Act.ARCHIVE, _P.ARCHIVED, By.EDITOR),
    Step(_P.ARCHIVED, Act.REOPEN, _P.DRAFT, By.EDITOR),
)
_TABLE: Final = {(step.before, step.act): step for step in STEPS}


def step(before: Progress, act: Act) -> Step:
    """Return the line of the table for ``act`` at ``before``; raise Conflict where there is none."""
    found = _TABLE.get((before, act))
    if found is None:
        raise Conflict(N_("This text has moved on since you opened the page. Look at it again, then decide."))
    return found


def possible(before: Progress) -> frozenset[Act]:
    """Return every act that the table knows at ``before``."""
    return frozenset(act for (progress, act) in _TABLE if progress is before)


def as_markdown() -> str:
    """Return the table for the documentation."""
    lines = ["| before | what happens | after | who | when |", "|---|---|---|---|---|"]
    lines += [f"| {s.before} | {s.act} | {s.after} | {s.by} | {s.guard} |" for s in STEPS]
    return "\n".join(lines) + "\n"
