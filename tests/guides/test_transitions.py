"""The one table of progress: what can happen to a text, and what cannot."""

from __future__ import annotations

import pytest

from studio.core.errors import Conflict
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import STEPS, Act, By, possible, step


def test_only_what_all_agreed_to_or_an_organiser_let_through_becomes_approved():
    ways = {(line.act, line.by) for line in STEPS if line.after is Progress.APPROVED}
    assert ways == {
        (Act.ALL_AGREED, By.STUDIO),
        (Act.OVERRIDE, By.STEWARD),
        (Act.SAVE_SPELLING, By.MEMBER),
        (Act.UNSCHEDULE, By.EDITOR),
    }
    spelling = {line.before for line in STEPS if line.after is Progress.APPROVED and line.act is Act.SAVE_SPELLING}
    assert spelling == {Progress.APPROVED, Progress.SCHEDULED}


def test_only_an_editor_publishes_and_only_what_is_approved():
    lines = [line for line in STEPS if line.act is Act.PUBLISH]
    assert {line.before for line in lines} == {Progress.APPROVED, Progress.SCHEDULED}
    assert {line.by for line in lines} == {By.EDITOR}


def test_every_progress_can_be_left_again():
    assert [progress for progress in Progress if not possible(progress)] == []
    assert Act.PUBLISH in possible(Progress.APPROVED)
    assert Act.PUBLISH not in possible(Progress.DRAFT)


def test_a_version_can_be_saved_everywhere_but_in_what_is_put_away():
    saving = {progress for progress in Progress if Act.SAVE_VERSION in possible(progress)}
    assert saving == set(Progress) - {Progress.ARCHIVED}


def test_what_the_table_does_not_know_is_refused():
    with pytest.raises(Conflict):
        step(Progress.DRAFT, Act.PUBLISH)
    with pytest.raises(Conflict):
        step(Progress.ARCHIVED, Act.SAVE_VERSION)
