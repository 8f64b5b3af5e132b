"""A day to publish on: set anew after the checks were lost and done again, and dropped with its editor's role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from editions import Printer
from publishing import BODY, FIELDS, approved
from sqlalchemy import delete, update

from studio.core.clock import now as moment
from studio.core.errors import Conflict
from studio.guides import operations as kernel
from studio.guides.rules.statuses import Progress, Significance
from studio.guides.rules.transitions import Act
from studio.members.actor import Role
from studio.members.models import Member, MemberRole
from studio.publish import clocks, operations, queries, scheduling, withdrawal
from studio.publish.models import Schedule
from studio.publish.rules.takedown import Reason


@pytest.fixture
def editor(member):
    return member("Heron", Role.EDITOR)


@pytest.fixture
def text(session, member, editor):
    made = approved(session, member("Wren"))
    set_day(session, editor, made)
    return made


def set_day(session, editor, text, days=1, now=None, **more):
    digest = operations.agreed(session, text)[0].content_hash
    now = now or moment()
    scheduling.schedule(session, editor, text, content_hash=digest, at=now + timedelta(days=days), now=now, **more)
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


HERE = "/studio/guides/telling-a-friend/en"
PAGE = "/en/telling-a-friend/"


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Finch"), editor, clock)


@pytest.fixture
def planned(printer, session, client, sign_in, editor):
    """A text whose day an editor in Kathmandu has set on the page: 12 March, nine o'clock there."""
    text = kernel.start_guide(
        session, "writer", fields=FIELDS, language="en", body=BODY, topics=["telling"], now=printer.clock()
    )
    printer.agree(text)
    sign_in(client, editor)
    look = client.get(f"{HERE}/publish").text
    digest = look.split('name="content_hash" value="')[1].split('"')[0]
    data = {"content_hash": digest, "at": "2027-03-12T09:00", "clock": "345"}
    for _ in range(2):  # a second click changes nothing
        answer = client.post(f"{HERE}/schedule", data=data)
        assert answer.status_code == 303
    session.rollback()
    session.expire_all()
    return text


def at(clock, hour, minute=0):
    clock.at = datetime(2027, 3, 12, hour, minute, tzinfo=UTC)


def test_the_editor_chooses_by_the_clock_on_their_wall_and_is_told_both_times(client, session, planned):
    assert session.get(Schedule, planned.id).at == datetime(2027, 3, 12, 3, 15, tzinfo=UTC)
    look = " ".join(client.get(f"{HERE}/publish?clock=345").text.split())
    assert "On 12 March 2027 at 09:00, as your clock shows it; that is 03:15 in world time (UTC)." in look
    assert "That is in 2 days." in look
    assert "On 12 March 2027 at 03:15 in world time (UTC)." in " ".join(client.get(f"{HERE}/publish").text.split())
    assert "15:45 · UTC+5:45" in look, "what that clock shows now"
    assert "Published on a set day" in client.get("/studio/").text


@pytest.mark.parametrize(
    ("text", "minutes"), [("345", 345), ("-570", -570), ("", 0), ("17", 0), ("x", 0), ("²", 0), ("99999999999", 0)]
)
def test_a_clock_that_nobody_has_is_world_time(text, minutes):
    assert clocks.minutes_of(text) == minutes


def test_it_comes_at_its_hour_and_not_before(client, session, planned, printer, clock):
    at(clock, 3, 14)
    printer.work()
    assert client.get(PAGE).status_code == 404
    at(clock, 3, 15)
    printer.work()
    assert client.get(PAGE).status_code == 200
    printer.work()
    assert len(queries.editions(session, planned.id)) == 1


def test_a_house_that_was_off_at_that_hour_publishes_when_it_runs_again_with_that_day(client, planned, printer, clock):
    at(clock, 3)
    clock.forward(days=3)
    printer.work()
    assert client.get(PAGE).status_code == 200
    assert '"published_on": "2027-03-15"' in client.get(f"{PAGE}edition.json").text


@pytest.mark.parametrize("significance", [Significance.CONTENT, Significance.TYPO])
def test_a_text_that_changed_is_not_published_by_itself(client, session, planned, printer, clock, significance):
    body = BODY.replace("Breathe.", "Braethe.") if significance is Significance.TYPO else BODY + "\nMore.\n"
    printer.write(planned, body, FIELDS)
    kernel.save_version(session, "writer", planned, significance=significance, note="", now=clock())
    session.commit()
    assert planned.progress in (Progress.APPROVED, Progress.IN_REVIEW)
    assert "It will be published by itself" not in client.get(f"{HERE}/publish").text
    session.rollback()
    at(clock, 4)
    printer.work()
    assert client.get(PAGE).status_code == 404


def test_what_was_agreed_to_anew_waits_for_an_editor_on_the_old_day(client, session, planned, printer, clock):
    printer.write(planned, BODY + "\nMore.\n", FIELDS)
    printer.agree(planned)
    at(clock, 4)
    printer.work()
    assert client.get(PAGE).status_code == 404
    assert planned.progress is Progress.APPROVED


def test_a_text_that_was_taken_down_meanwhile_waits_for_people(client, session, printer, clock, editor, member):
    text = printer.text()
    printer.write(text, BODY + "\nMore.\n", FIELDS)
    printer.agree(text)
    set_day(session, editor, text, now=clock())
    withdrawal.take_down(
        session, member("Plover", Role.REVIEWER, founding=True), text, reason=Reason.HARM, instead="", now=clock()
    )
    session.commit()
    clock.forward(days=2)
    printer.work()
    assert client.get(PAGE).status_code == 410
    assert text.progress is Progress.APPROVED
    assert [one.number for one in queries.editions(session, text.id)] == [1]
    with pytest.raises(Conflict, match="taken down"):
        set_day(session, editor, text, now=clock())


def test_another_day_takes_the_place_of_the_first(session, planned, printer, clock, editor, client):
    set_day(session, editor, planned, days=9, now=clock())
    at(clock, 12)
    printer.work()
    assert client.get(PAGE).status_code == 404
    clock.forward(days=9)
    printer.work()
    assert client.get(PAGE).status_code == 200


def test_a_correction_stays_one_until_its_day(session, printer, clock, editor, client):
    text = printer.text()
    printer.write(text, BODY + "\nMore.\n", replace(FIELDS, changelog="The hour was wrong."))
    printer.agree(text)
    set_day(session, editor, text, now=clock(), correction=True)
    clock.forward(days=2)
    printer.work()
    assert "Corrected in March 2027:" in client.get(PAGE).text
