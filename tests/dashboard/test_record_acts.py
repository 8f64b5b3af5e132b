"""Every act of the trail has its sentence in the record of a text, or is known to be about something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from acts import acts_in

import studio
from studio.dashboard.record.acts import ACTS, ELSEWHERE, Names
from studio.guides.rules.transitions import Act
from studio.i18n.extract import placeholders

FOUND = acts_in(Path(studio.__file__).parent)
VALUES = {"who", "n", "edition", "people", "check", "day"}


def test_every_act_in_the_code_can_be_read():
    assert FOUND.unread == []
    assert {"start", "hand_in", "publish", "review.decide", "suggestion.accepted", "take_down", "live"} <= FOUND.acts
    assert len(FOUND.acts) > 45


def test_every_act_has_a_sentence_or_is_about_no_text():
    told = {act.partition("/")[0] for act in ACTS}
    assert FOUND.acts - told - ELSEWHERE == set(), "give these a sentence in studio/dashboard/record/acts.py"
    assert told & ELSEWHERE == set()


def test_no_sentence_stands_for_an_act_that_is_gone():
    told = {act.partition("/")[0] for act in ACTS} | ELSEWHERE
    assert told - FOUND.acts - {act.value for act in Act} == set()


@pytest.mark.parametrize("act", ACTS)
def test_a_sentence_asks_for_what_is_known_and_names_nobody_who_may_not_be_named(act):
    telling = ACTS[act]
    assert placeholders(telling.said.text) <= VALUES
    if telling.names is Names.NEVER:
        assert "{who}" not in telling.said.text


def test_an_act_without_words_is_found(tmp_path):
    (tmp_path / "one.py").write_text(
        "from studio.audit import trail\n\n\n"
        "def do(session, now):\n    _note(session, f'dance.{kind}', now)\n    _note(session, 'sing', now)\n"
        "    _note(session, unknown(), now)\n\n\n"
        "def _note(session, what, now):\n"
        "    trail.record(session, actor=None, act=what, subject='x', details={}, now=now)\n",
        encoding="utf-8",
    )
    found = acts_in(tmp_path)
    assert found.acts == {"dance.join", "dance.return", "sing"}
    assert found.unread == ["studio.one.do: unknown()"]
