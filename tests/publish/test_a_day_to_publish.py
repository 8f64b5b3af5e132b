"""A day to publish on: set anew after the checks were lost and done again, and dropped with its editor's role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from publishing import approved
from sqlalchemy import delete, update

from studio.core.clock import now as moment
from studio.guides import operations as kernel
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.members.actor import Role
from studio.members.models import Member, MemberRole
from studio.publish import operations, scheduling
from studio.publish.models import Schedule


@pytest.fixture
def editor(member):
    return member("Heron", Role.EDITOR)


@pytest.fixture
def text(session, member, editor):
    made = approved(session, member("Wren"))
    set_day(session, editor, made)
    return made


def set_day(session, editor, text, days=1):
    digest = operations.agreed(session, text)[0].content_hash
    now = moment()
    scheduling.schedule(session, editor, text, content_hash=digest, at=now + timedelta(days=days), now=now)
    session.commit()


def test_a_new_day_can_be_set_after_an_agreement_was_lost_and_won_again(session, editor, text):
    kernel.move(session, text, Act.AGREEMENT_LOST, None, moment())
    kernel.move(session, text, Act.ALL_AGREED, None, moment())
    session.commit()
    set_day(session, editor, text, days=2)
    assert scheduling.publish_scheduled(session, text, moment() + timedelta(days=1, hours=1)) is None
    assert scheduling.publish_scheduled(session, text, moment() + timedelta(days=2, hours=1)).number == 1


@pytest.mark.parametrize("how", ["suspended", "no editor any more"])
def test_nothing_is_published_in_the_name_of_somebody_who_is_no_editor_any_more(session, editor, text, how):
    if how == "suspended":
        session.execute(update(Member).where(Member.id == editor.id).values(suspended=True))
    else:
        session.execute(delete(MemberRole).where(MemberRole.member_id == editor.id, MemberRole.role == Role.EDITOR))
    assert scheduling.publish_scheduled(session, text, moment() + timedelta(days=2)) is None
    assert text.progress is Progress.APPROVED
    assert session.get(Schedule, text.id) is None
