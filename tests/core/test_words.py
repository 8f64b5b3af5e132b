"""Sentences keep their values apart until somebody says them."""

from __future__ import annotations

import pytest

from studio.core.errors import Conflict, Invalid, NotFound, StudioError, TooOften
from studio.core.words import N_, Message


def test_a_sentence_is_kept_as_its_key_and_its_values():
    message = N_("Ask {name} first.", name="Reed")
    assert (message.text, message.values) == ("Ask {name} first.", {"name": "Reed"})
    assert str(message) == "Ask Reed first."


def test_a_sentence_without_values_may_hold_braces():
    assert str(N_("Write {like this}.")) == "Write {like this}."


def test_a_value_is_not_read_as_a_placeholder():
    assert str(N_("“{title}” is taken.", title="{0.__class__}")) == "“{0.__class__}” is taken."


def test_a_sentence_may_stand_inside_another():
    assert str(N_("{first} {second}", first=N_("Wait."), second=N_("Then go on."))) == "Wait. Then go on."


def test_equal_sentences_are_equal_and_can_be_kept_in_a_set():
    assert len({N_("Wait {n} s.", n=1), N_("Wait {n} s.", n=1), N_("Wait.")}) == 2


@pytest.mark.parametrize("kind", [NotFound, Conflict])
def test_a_refusal_carries_its_sentence_for_the_edge_and_for_the_terminal(kind):
    refusal = kind(N_("There is no {what}.", what="guide"))
    assert isinstance(refusal, StudioError)
    assert (refusal.message, str(refusal)) == (Message("There is no {what}.", {"what": "guide"}), "There is no guide.")


def test_a_refusal_of_a_form_may_name_its_fields():
    assert Invalid(N_("Please look again.")).fields == {}
    fields = {"title": N_("Give it a title.")}
    assert Invalid(N_("Please look again."), fields).fields == fields


def test_a_limit_says_how_long_to_wait():
    assert TooOften(N_("Please wait a little."), 30).wait == 30
