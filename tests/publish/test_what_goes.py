"""Before a text is taken down, its page lists all that goes; a second click, or a second person, harms nothing."""

from __future__ import annotations

import pytest
from publishing import BODY, FIELDS, approve, approved, published, quickly, worker
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.core.clock import now as moment
from studio.guides import operations as kernel
from studio.guides.fields import TextFields
from studio.members.actor import Role
from studio.publish import going, queries
from studio.publish.models import Takedown

HERE = "/studio/guides/telling-a-friend/en/take-down"
TITLES = {"ar": "أن تخبر صديقًا", "fr": "Le dire à quelqu’un"}


@pytest.fixture
def text(session, settings, member):
    """Return a text in English, one in French made from it, and one in Arabic made from the French."""
    writer, editor = member("Wren"), member("River", Role.EDITOR)
    first = approved(session, writer)
    published(session, editor, first)
    for code, source in (("fr", "en"), ("ar", "fr")):
        fields = TextFields(**{**FIELDS.to_dict(), "title": TITLES[code], "content_notes": ("none",), "sources": ()})
        worker(settings, made_by=quickly).run_due()
        session.expire_all()
        other = kernel.add_translation(
            session, writer.id, first.guide, language=code, fields=fields, body=BODY, now=moment(), made_from=source
        )
        approve(session, writer, other)
        published(session, editor, other)
    worker(settings, made_by=quickly).run_due()
    session.rollback()
    session.expire_all()
    return first


def test_the_page_lists_every_language_and_form_before_anything_goes(client, session, text, member, at):
    page = at(member("Juniper", Role.REVIEWER)).get(HERE).text
    for title in ("Telling a friend", *TITLES.values()):
        assert title in page
    for name in (
        "English",
        "Français",
        "العربية",
        "3 texts go",
        "the page for quiet reading",
        "its cards: 4",
        "feeds",
        "the EPUB",
        "the plain text",
    ):
        assert name in page
    assert client.get("/en/telling-a-friend/").status_code == 200
    listed = going.preview(session, queries.live_edition(session, text.id))
    assert [one.address for one in listed] == [f"/{code}/{text.guide_id}/" for code in ("en", "ar", "fr")]


def test_all_that_was_listed_goes_even_what_was_made_from_a_translation(client, text, member, at):
    assert at(member("Juniper", Role.REVIEWER)).post(HERE, data={"reason": "harm"}).status_code == 303
    assert [client.get(f"/{code}/{text.guide_id}/").status_code for code in ("en", "fr", "ar")] == [410] * 3


def test_the_second_click_and_a_second_person_change_nothing(session, text, member, at):
    first, second = member("Juniper", Role.REVIEWER), member("Marten", Role.REVIEWER)
    for actor in (first, first, second):
        answer = at(actor).post(HERE, data={"reason": "harm"}, follow_redirects=True)
        assert answer.status_code == 200
    assert "It is down already" in answer.text
    session.rollback()
    session.expire_all()
    roots = session.scalars(select(Takedown).where(Takedown.follows.is_(None))).all()
    assert [one.by for one in roots] == [first.id]
    acts = list(session.scalars(select(AuditEntry.act).where(AuditEntry.act == "take_down")))
    assert len(acts) == 3, "one for each language, and none twice"
    other = at(second)
    assert other.get(HERE).status_code == 200, "and the second person still may act elsewhere"


def test_a_writer_is_refused_even_where_it_is_down(session, text, member, at):
    at(member("Juniper", Role.REVIEWER)).post(HERE, data={"reason": "harm"})
    assert at(member("Plover")).post(HERE, data={"reason": "harm"}).status_code == 403
