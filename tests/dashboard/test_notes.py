"""A private note: who sees it, what is kept of who wrote it, and that it goes for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from publishing import approved
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from writing import form

from studio.audit.models import AuditEntry
from studio.dashboard.notes import operations
from studio.dashboard.notes.models import OrganiserNote
from studio.dashboard.notes.pages import playbook
from studio.i18n.catalogues import COMPLETE
from studio.jobs.models import Job
from studio.members.actor import Actor, Role
from studio.server import tasks

Member = Callable[..., Actor]
WORDS = "Somebody keeps asking where we meet."


@pytest.fixture
def wren(client: Any, member: Member, sign_in: Any) -> Actor:
    actor = member("Wren")
    sign_in(client, actor)
    return actor


@pytest.fixture
def organiser(browser: Any, member: Member, sign_in: Any) -> Any:
    other = browser()
    sign_in(other, member("Lamp", Role.STEWARD))
    return other


def send(client: Any, address: str = "/studio/worry", **answers: str) -> Any:
    sent = {**form(client.get(address)), "note": WORDS, **answers}
    return client.post(address, data=sent)


def stored(session: Session) -> list[OrganiserNote]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(OrganiserNote)))


def everything(session: Session) -> str:
    """All rows that have to do with notes, as one string."""
    rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in ("organiser_note", "job")]  # noqa: S608 - tables of our own
    trail = session.scalars(select(AuditEntry).where(AuditEntry.subject.startswith("note:")))
    return str([*rows, *[(one.at, one.actor, one.act, one.subject, one.details) for one in trail]])


def test_the_desk_and_each_text_lead_to_the_form_which_says_who_sees_it(
    client: Any, session: Session, wren: Actor, organiser: Any
):
    approved(session, wren)
    assert "/studio/worry" in client.get("/studio/").text
    assert "/studio/guides/telling-a-friend/en/worry" in client.get("/studio/guides/telling-a-friend/en/").text
    page = client.get("/studio/worry").text
    assert page.index("Who sees it") < page.index("What worries you?")
    assert "nobody else here: 1." in page


def test_a_note_without_a_name_keeps_nothing_of_who_wrote_it(
    client: Any, session: Session, wren: Actor, organiser: Any, clock: Any
):
    assert send(client).status_code == 303
    assert [(one.text, one.member_id, one.on) for one in stored(session)] == [(WORDS, None, date(2027, 3, 9))]
    assert wren.id not in everything(session)
    assert "10:00" not in everything(session)
    assert "without a pen-name" in organiser.get("/studio/notes/").text
    assert "Wren" not in organiser.get("/studio/notes/").text


def test_the_trail_has_no_entry_of_a_note_without_a_name_that_would_tell_its_hour_by_those_beside_it(
    client: Any, session: Session, wren: Actor, organiser: Any
):
    session.rollback()
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    send(client)
    note = stored(session)[0].id
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
    assert organiser.post(f"/studio/notes/{note}/handled").status_code == 303
    session.rollback()
    told = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"note:{note}")).all()
    assert [one.act for one in told] == ["note.handled"]


def test_other_words_from_the_same_form_are_a_second_note_and_the_same_words_are_not(
    client: Any, session: Session, wren: Actor, organiser: Any
):
    sent = {**form(client.get("/studio/worry")), "named": "yes"}
    for words, named in (("First.", "yes"), ("Worse.", "no"), ("Worse.", "no"), ("First.", "yes"), ("First.", "no")):
        assert client.post("/studio/worry", data={**sent, "note": words, "named": named}).status_code == 303
    kept = sorted((one.text, one.member_id or "") for one in stored(session))
    assert kept == [("First.", ""), ("First.", wren.id), ("Worse.", "")]
    assert sent["note_id"] not in everything(session), "nobody can tell that they came from one form"
    assert "Worse." in organiser.get("/studio/notes/").text


def test_a_note_with_a_name_shows_it_to_organisers_alone(
    client: Any, session: Session, wren: Actor, organiser: Any, browser: Any, member: Member, sign_in: Any
):
    send(client, named="yes")
    assert [one.member_id for one in stored(session)] == [wren.id]
    page = organiser.get("/studio/notes/").text
    assert WORDS in page
    assert "Wren" in page
    other = browser()
    sign_in(other, member("River", Role.EDITOR))
    for asker in (client, other):
        assert asker.get("/studio/notes/").status_code == 403
        assert WORDS not in asker.get("/studio/").text


def test_an_organiser_meets_it_first_on_their_desk_with_the_playbook_beside_it(
    client: Any, wren: Actor, organiser: Any
):
    assert "waits for an organiser" not in organiser.get("/studio/").text
    send(client)
    desk = organiser.get("/studio/").text
    assert desk.index("1 note waits for an organiser") < desk.index("Look at somebody’s text")
    assert "Nothing needs you." not in desk
    page = organiser.get("/studio/notes/").text
    assert page.index(WORDS) < page.index("Somebody is in danger now")


def test_sending_the_same_form_twice_is_one_note(client: Any, session: Session, wren: Actor):
    sent = {**form(client.get("/studio/worry")), "note": WORDS}
    assert [client.post("/studio/worry", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(stored(session)) == 1
    assert send(client, note_id="../other").status_code == 303
    assert len(stored(session)) == 2


def test_a_note_without_words_is_asked_for_again_and_the_choice_is_kept(client: Any, session: Session, wren: Actor):
    answer = send(client, note="  ", named="yes")
    assert answer.status_code == 422
    assert "Write a few words first." in answer.text
    assert form(answer)["named"] == ["yes"]
    assert stored(session) == []


def test_a_note_about_a_text_leads_there_unless_it_is_for_a_team(
    client: Any, session: Session, wren: Actor, organiser: Any
):
    translation = approved(session, wren)
    assert send(client, "/studio/guides/telling-a-friend/en/worry").status_code == 303
    assert "/studio/guides/telling-a-friend/en/" in organiser.get("/studio/notes/").text
    translation.guide.team_only = True
    session.commit()
    page = organiser.get("/studio/notes/").text
    assert "Telling a friend" not in page
    assert "telling-a-friend" not in page
    assert "about a text that is for its team" in page
    assert "not which one" in client.get("/studio/guides/telling-a-friend/en/worry").text
    assert organiser.get("/studio/guides/telling-a-friend/en/worry").status_code == 404


def test_the_record_of_a_text_says_nothing_of_notes_about_it(client: Any, session: Session, wren: Actor):
    approved(session, wren)
    before = client.get("/studio/guides/telling-a-friend/en/record/record.json").json["lines"]
    send(client, "/studio/guides/telling-a-friend/en/worry")
    assert client.get("/studio/guides/telling-a-friend/en/record/record.json").json["lines"] == before


def test_what_is_handled_goes_for_good_thirty_days_later(
    client: Any, session: Session, wren: Actor, organiser: Any, clock: Any, settings: Any
):
    send(client)
    note = stored(session)[0].id
    for _ in range(2):
        assert organiser.post(f"/studio/notes/{note}/handled").status_code == 303
    assert "Handled on 9 March 2027" in organiser.get("/studio/notes/").text
    assert "waits for an organiser" not in organiser.get("/studio/").text
    session.rollback()
    job = session.scalars(select(Job).where(Job.name == operations.TASK)).one()
    assert job.not_before == clock() + timedelta(days=30)
    assert operations.TASK in tasks(settings)
    session.rollback()
    operations.forget(session, job.args, clock() + timedelta(days=29))
    session.commit()
    assert len(stored(session)) == 1
    operations.forget(session, {"note": note}, clock() + timedelta(days=30))
    operations.forget(session, {"note": note}, clock() + timedelta(days=30))
    session.commit()
    assert stored(session) == []


def test_an_organiser_may_delete_at_once_and_only_writing_and_handling_stay_in_the_trail(
    client: Any, session: Session, wren: Actor, organiser: Any
):
    send(client, named="yes")
    note = stored(session)[0].id
    answers = [organiser.post(f"/studio/notes/{note}/delete").status_code for _ in range(2)]
    assert answers == [303, 404]
    assert stored(session) == []
    trail = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"note:{note}")).all()
    assert [(one.act, one.details) for one in trail] == [("note.written", {}), ("note.handled", {})]
    assert wren.id not in {one.actor for one in trail}


@pytest.mark.parametrize("code", COMPLETE["studio"])
def test_the_playbook_has_a_part_for_each_crisis_and_neither_a_number_to_call_nor_an_address(code: str):
    words, language = playbook(code)
    assert language.code == code
    assert words.count("<h3") == 8
    assert "http" not in words
    assert "@" not in words
    assert {n for n in ("".join(c if c.isdigit() else " " for c in words)).split() if len(n) > 2} == set()


def test_a_language_without_a_playbook_gets_the_english_one():
    assert playbook("ja")[1].code == "en"
