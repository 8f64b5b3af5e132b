"""After a teller took their story back: what the record still tells, and how readers get it again in each language."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from full_checks import fresh
from sqlalchemy import delete, select
from telling import TITLE, here, page

from studio.dashboard.record.story import choose_name
from studio.guides.models import Revision, TeamMember, Translation
from studio.publish import queries, withdrawal
from studio.publish.rules.takedown import Reason

BACK = "Whoever told this story took it back. That needs no reason."
AGAIN = "Whoever told this story lets readers have it again."
NOTE = "Robin from the harbour asked for this."


@pytest.fixture
def arabic(session, out):
    return session.scalars(
        select(Translation).where(Translation.guide_id == out.guide_id, Translation.language == "ar")
    ).one()


@pytest.fixture
def editor(session, out, arabic, river, teller, at, clock):
    """An editor's browser; teller and editor are named in the record, and its versions have notes."""
    for text in (out, arabic):
        for revision in session.scalars(select(Revision).where(Revision.translation_id == text.id)):
            revision.note = NOTE
        for one in (teller, river):
            choose_name(session, one, text, clock(), named=True)
    session.commit()
    return at(river)


@pytest.fixture
def own(at, teller, clock, out):
    clock.forward(minutes=5)
    return at(teller)


def record(browser, text, code="en"):
    """Return the record of a text, page and file, and the file as it is read."""
    there = f"{here(text, code)}record/"
    file = browser.get(f"{there}record.json")
    return browser.get(there).text, file.text, json.loads(file.data)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_record_in_each_language_hides_title_names_and_words_and_says_who_took_it_back(out, editor, own, code):
    page_before, file_before, _ = record(editor, out, code)
    for secret in (TITLE, "River", NOTE):
        assert secret in page_before
        assert secret in file_before
    for _ in range(2):
        assert own.post(f"{here(out)}take-story-back").status_code == 303
    told, file, content = record(editor, out, code)
    for secret in (TITLE, "Wisteria", "River", NOTE):
        assert secret not in file
        assert secret not in told.split("<main", 1)[1].split('action="', 1)[0]
    assert content["title"] == ""
    assert [one["said"] for one in content["lines"]].count(BACK) == 1
    assert BACK in told


def test_the_file_does_not_tell_the_title_by_the_guides_address_either(out, arabic, editor, own):
    assert record(editor, out)[2]["guide"] == out.guide_id
    own.post(f"{here(out)}take-story-back")
    for text in (out, arabic):
        _, file, content = record(editor, text, text.language)
        assert "quietfern" in out.guide_id
        assert "quietfern" not in file.lower()
        assert content["guide"] == text.id


def test_the_record_tells_all_again_where_the_teller_let_readers_have_it_and_only_there(session, out, editor, own):
    digest = queries.live_edition(session, out.id).content_hash
    own.post(f"{here(out)}take-story-back")
    assert own.post(f"{here(out)}story-again", data={"content_hash": digest}).status_code == 303
    _, file, content = record(editor, out)
    assert (content["title"], content["guide"]) == (TITLE, out.guide_id)
    assert NOTE in file
    assert [one["said"] for one in content["lines"]][-2:] == [BACK, AGAIN]
    _, file, content = record(editor, out, "ar")
    assert content["title"] == ""
    assert NOTE not in file


def test_what_the_teller_gave_again_is_no_longer_hidden_when_something_in_it_is_wrong(
    session, out, editor, own, juniper, clock
):
    digest = queries.live_edition(session, out.id).content_hash
    own.post(f"{here(out)}take-story-back")
    own.post(f"{here(out)}story-again", data={"content_hash": digest})
    fresh(session)
    withdrawal.take_down(session, juniper, out, reason=Reason.FACT, instead="", now=clock() + timedelta(days=1))
    session.commit()
    assert record(editor, out)[2]["title"] == TITLE


def test_the_teller_lets_readers_have_it_again_in_a_language_that_others_made(client, session, out, arabic, own):
    own.post(f"{here(out)}take-story-back")
    assert client.get(page(out, "ar")).status_code == 410
    digest = queries.newest_edition(session, arabic.id).content_hash
    fresh(session)
    its_page = own.get(here(out, "ar"))
    assert digest in its_page.text
    assert own.get(f"{here(out, 'ar')}history/1").status_code == 200
    for _ in range(2):
        assert own.post(f"{here(out, 'ar')}story-again", data={"content_hash": digest}).status_code == 303
    assert client.get(page(out, "ar")).status_code == 200
    assert client.get(page(out)).status_code == 410


def test_a_teller_who_was_not_asked_into_a_language_before_can_come_to_it_once_the_story_is_back(
    session, out, arabic, own, teller
):
    fresh(session)
    session.execute(delete(TeamMember).where(TeamMember.translation_id == arabic.id, TeamMember.member_id == teller.id))
    session.commit()
    assert own.get(here(out, "ar")).status_code == 404
    own.post(f"{here(out)}take-story-back")
    assert own.get(here(out, "ar")).status_code == 200


def test_nobody_else_comes_to_a_language_of_a_story_by_it(out, own, at, writer, heron):
    own.post(f"{here(out)}take-story-back")
    assert at(writer).get(here(out, "ar")).status_code == 404
    assert at(heron).get(here(out)).status_code == 200
    assert at(heron).get(here(out, "ar")).status_code == 404
