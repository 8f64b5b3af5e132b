"""An edition that is ready only after a later one never takes that one's place."""

from __future__ import annotations

import pytest
from publishing import approve, approved, published

from studio.core.clock import now as moment
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.rules.statuses import Standing, UpdateKind
from studio.jobs.models import Job
from studio.members.actor import Role
from studio.publish import operations, queries, withdrawal
from studio.publish.rules.takedown import Reason


@pytest.fixture
def editor(member):
    return member("Heron", Role.EDITOR, founding=True)


@pytest.fixture
def two(session, member, editor):
    """Return two editions of a text: the second is made, the first still waits."""
    writer = member("Wren")
    text = approved(session, writer)
    first = published(session, editor, text)
    new = [Edit(0, 0, "New. ")]
    kind, base = UpdateKind.FORM, text.draft.head_seq
    log.apply(session, text.draft, base_seq=base, edits=new, fields={}, author=writer.id, kind=kind, now=moment())
    approve(session, writer, text)
    second = published(session, editor, text)
    operations.make_live(session, second, moment())
    session.commit()
    return first, second


def test_the_later_edition_stays(session, two):
    first, second = two
    operations.make_live(session, first, moment())
    assert queries.live_edition(session, second.translation_id) is second
    assert first.standing is Standing.SUPERSEDED


def test_an_old_edition_does_not_come_up_where_the_later_one_was_taken_down_for_good(session, member, editor, two):
    first, second = two
    text = queries.listed(session, second).translation
    withdrawal.take_down(session, editor, text, reason=Reason.HARM, instead="", now=moment())
    withdrawal.decide(session, member("Stork", Role.EDITOR), second, put_back=False, now=moment())
    operations.make_live(session, first, moment())
    assert queries.live_edition(session, second.translation_id) is None


def test_an_edition_that_waited_for_a_decision_is_made_when_the_text_is_put_back(session, member, editor):
    writer = member("Wren")
    text = approved(session, writer)
    first = published(session, editor, text)
    operations.make_live(session, first, moment())
    log.apply(
        session,
        text.draft,
        base_seq=text.draft.head_seq,
        edits=[Edit(0, 0, "New. ")],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=moment(),
    )
    approve(session, writer, text)
    second = published(session, editor, text)
    withdrawal.take_down(session, editor, text, reason=Reason.HARM, instead="", now=moment())
    operations.make_live(session, second, moment())
    job = session.get_one(Job, f"publish.build:{second.id}")
    job.state = "done"
    withdrawal.decide(session, member("Stork", Role.EDITOR), first, put_back=True, now=moment())
    assert (job.state, second.standing) == ("waiting", Standing.BUILDING)
    operations.make_live(session, second, moment())
    assert queries.live_edition(session, text.id) is second
