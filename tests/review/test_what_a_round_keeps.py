"""A round that runs keeps what its policy says about the time after it, whatever is changed meanwhile."""

from __future__ import annotations

from casts import Cast
from changed_policies import changed

from studio.guides.rules.policies import read_aftercare
from studio.review.operations import organiser

CHANGES = (
    ("{default: 24, health: 18, legal: 9}", "{default: 12, health: 6, legal: 3}"),
    ('en: "Published without all checks"', 'en: "Out early"'),
    ("takedown_days: 14", "takedown_days: 2"),
)


def kept(house, text):
    said = read_aftercare(house.approval(text).aftercare)
    return said.months([]), said.months(["health"]), said.label("override", "en", "English")


def test_a_round_that_began_before_the_file_was_changed_goes_by_the_file_as_it_was(tmp_path, house):
    cast = Cast(house)
    with changed(tmp_path, *CHANGES):
        cast.all()
        assert kept(house, cast.text) == (24, 18, "Published without all checks")


def test_a_round_that_begins_after_the_file_was_changed_goes_by_the_new_one(tmp_path, house):
    with changed(tmp_path, *CHANGES):
        cast = Cast(house)
        organiser.override(house.session, cast.organiser, cast.review.id, "A storm.", house.now)
        assert house.approval(cast.text).label == "override"
    assert kept(house, cast.text) == (12, 6, "Out early")


def test_another_policy_chosen_meanwhile_changes_nothing_of_a_round_that_runs(tmp_path, house):
    cast = Cast(house)
    with changed(tmp_path) as files:
        full = files / "full.yaml"
        text = full.read_text("utf-8")
        for before, after in CHANGES:
            text = text.replace(before, after)
        full.write_text(text, encoding="utf-8")
        house.policy("full")
        cast.all()
        assert kept(house, cast.text)[0] == 24
