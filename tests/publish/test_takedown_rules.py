"""Who may take a text down at once, and who decides about it then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.core.errors import NotAllowed
from studio.members.actor import Actor, Role
from studio.publish.rules.takedown import Reason, check_may_decide, check_may_take_down, public_words

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


def actor(*roles: Role, days: float = 60, founding: bool = False) -> Actor:
    since = dict.fromkeys(roles, NOW - timedelta(days=days))
    return Actor("one", "Heron", roles=frozenset({Role.WRITER, *roles}), role_since=since, founding=founding)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR, Role.STEWARD])
def test_a_checker_an_editor_and_an_organiser_may_alone_and_at_once(role: Role):
    check_may_take_down(actor(role), 0, NOW, 14)


def test_a_writer_may_not_and_is_told_whom_to_ask():
    with pytest.raises(NotAllowed, match="Ask one of them, at once"):
        check_may_take_down(actor(), 0, NOW, 14)


@pytest.mark.parametrize("days", [14, 3])
def test_a_new_role_waits_as_long_as_the_policy_says_but_not_for_who_founded_the_house(days: int):
    with pytest.raises(NotAllowed, match="after some days in your role") as refusal:
        check_may_take_down(actor(Role.REVIEWER, days=days - 0.1), 0, NOW, days)
    assert f": {days}." in str(refusal.value.message)
    check_may_take_down(actor(Role.REVIEWER, days=days), 0, NOW, days)
    check_may_take_down(actor(Role.REVIEWER, days=0), 0, NOW, 0)
    check_may_take_down(actor(Role.REVIEWER, days=0, founding=True), 0, NOW, days)


def test_one_open_takedown_each():
    with pytest.raises(NotAllowed, match="one at a time"):
        check_may_take_down(actor(Role.EDITOR), 1, NOW, 14)


def test_another_editor_decides():
    check_may_decide(actor(Role.EDITOR), "somebody else")
    with pytest.raises(NotAllowed, match="An editor decides"):
        check_may_decide(actor(Role.REVIEWER, Role.STEWARD), "somebody else")
    with pytest.raises(NotAllowed, match="somebody else decides"):
        check_may_decide(actor(Role.EDITOR), "one")


def test_readers_hear_general_words_and_nothing_where_a_person_is_the_reason():
    assert "wrong or out of date" in str(public_words(Reason.FACT))
    assert "harmed" in str(public_words(Reason.HARM))
    assert [reason for reason in Reason if reason.silent] == [Reason.IDENTITY, Reason.CONSENT]
