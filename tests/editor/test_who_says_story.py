"""Nobody hides a text of others by calling it a story, and nobody takes a story from who tells it."""

from __future__ import annotations

import pytest

from studio.core.clock import now as moment
from studio.core.errors import Invalid
from studio.editor import operations
from studio.editor.models import About, Sent
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.fields import TextFields
from studio.guides.rules.statuses import Kind
from studio.members.actor import Role


def save(session, actor, text, before, after):
    head = log.head(text.draft)
    about = {"about": About(after), "about_before": About(before)}
    sent = Sent(f"More. {head.text}", TextFields.from_dict(head.fields), head.seq, head.digest, **about)
    return operations.save(session, actor, text, sent, now=moment())


@pytest.mark.parametrize(("before", "after"), [(Kind.GUIDE, Kind.STORY), (Kind.STORY, Kind.GUIDE)])
def test_only_who_began_a_text_or_an_editor_says_whether_it_is_a_story(session, member, before, after):
    writer, other, editor = member("Wren"), member("Finch"), member("Heron", Role.EDITOR)
    fields = TextFields(title="A text")
    text = kernel.start_guide(
        session, writer.id, fields=fields, language="en", body="Words.", kind=before, now=moment()
    )
    for _ in range(2):  # who has written in it before is no more entitled to
        with pytest.raises(Invalid, match="story"):
            save(session, other, text, before, after)
        assert text.guide.kind is before
        save(session, other, text, before, before)
    for entitled in (writer, editor):
        save(session, entitled, text, before, after)
        assert text.guide.kind is after
        text.guide.kind = before
