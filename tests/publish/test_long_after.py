"""A version that was saved long ago is published although somebody typed on, and the typing is forgotten by then."""

from __future__ import annotations

from datetime import timedelta

from publishing import approved, published
from sqlalchemy import select

from studio.core.clock import now as moment
from studio.guides.drafts import forgetting, log
from studio.guides.drafts.document import Edit
from studio.guides.models import DraftUpdate, Revision
from studio.guides.rules.statuses import UpdateKind
from studio.members.actor import Role


def test_what_was_typed_after_a_version_and_forgotten_does_not_keep_it_from_being_published(session, member):
    writer, other, editor = member("Wren"), member("Marten"), member("River", Role.EDITOR)
    text = approved(session, writer)
    draft, kind = text.draft, UpdateKind.FORM
    for words in ("More. ", "And more. "):
        edits = [Edit(0, 0, words)]
        log.apply(
            session, draft, base_seq=draft.head_seq, edits=edits, fields={}, author=other.id, kind=kind, now=moment()
        )
    session.commit()
    for days in (3, 4):
        forgetting.compact_all(session, {}, moment() + timedelta(days=days))
        session.commit()
    assert session.scalars(select(DraftUpdate).where(DraftUpdate.draft_id == draft.id)).all() == []
    edition = published(session, editor, text)
    assert "More." not in session.get_one(Revision, edition.revision_id).body
    loaded = log.load(session, draft, draft.head_seq)
    assert loaded.document.text == draft.text
    assert draft.text.startswith("And more. More. ")
