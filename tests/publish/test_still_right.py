"""A nurse with three minutes: she finds what is due, sees what it claims, and says one of two things."""

from __future__ import annotations

import pytest
from editions import Printer
from publishing import BODY

from studio.guides.threads import reading
from studio.members.actor import Role
from studio.publish import queries
from studio.publish.models import Recheck

HERE = "/studio/guides/telling-a-friend/en"
CLAIM = BODY + "\n## How much\n\nTake 10 mg, and [read this](https://who.example/10).\n"


@pytest.fixture
def editor(member):
    return member("River", Role.EDITOR, founding=True)


@pytest.fixture
def nurse(member):
    return member("Heron", Role.REVIEWER, trainings={"health"})


@pytest.fixture
def printer(session, settings, member, editor, clock):
    return Printer(session, settings, member("Wren"), editor, clock)


@pytest.fixture
def live(printer):
    return printer.text(CLAIM, facets=("health",))


def rechecks(session):
    session.rollback()
    return session.query(Recheck).all()


def test_she_finds_it_on_her_desk_a_month_before_it_is_due(client, sign_in, live, nurse, clock):
    sign_in(client, nurse)
    clock.at = clock.at.replace(year=2028, month=7, day=30)
    assert "Due again soon" not in client.get("/studio/").text
    clock.at = clock.at.replace(month=8, day=20)
    sign_in(client, nurse)
    desk = client.get("/studio/").text
    assert f'href="{HERE}/still-right"' in desk
    assert "due in September 2028" in desk
    clock.at = clock.at.replace(month=10, day=1)
    sign_in(client, nurse)
    assert "due since September 2028" in client.get("/studio/").text


@pytest.mark.parametrize(
    ("roles", "trainings", "told"),
    [
        ((Role.REVIEWER,), {"safety"}, False),
        ((Role.REVIEWER,), {"health"}, True),
        ((Role.EDITOR,), set(), True),
        ((Role.STEWARD,), set(), False),
        ((), set(), False),
    ],
)
def test_only_who_can_look_or_sees_to_it_is_told(client, sign_in, member, live, clock, roles, trainings, told):
    clock.at = clock.at.replace(year=2029)
    sign_in(client, member("Finch", *roles, trainings=trainings))
    assert ("Due again soon" in client.get("/studio/").text) is told


def test_a_text_of_a_team_that_she_does_not_belong_to_is_not_named(client, sign_in, session, live, nurse, clock):
    live.guide.team_only = True
    session.commit()
    clock.at = clock.at.replace(year=2029)
    sign_in(client, nurse)
    assert "Telling a friend" not in client.get("/studio/").text
    assert client.get(f"{HERE}/still-right").status_code == 404


def test_the_page_shows_claims_months_and_one_button(client, sign_in, live, nurse):
    sign_in(client, nurse)
    page = client.get(f"{HERE}/still-right").text
    assert "Take 10 mg" in page
    assert "https://who.example/10" in page
    assert "One sentence is enough." not in page
    assert "Looked at last in March 2027." in page
    assert "It is due again in September 2028." in page
    assert page.count("I looked: it is still right") == 1


def test_still_right_once_is_enough_and_gives_a_new_month(client, sign_in, session, live, nurse, printer, clock):
    clock.forward(days=400)
    sign_in(client, nurse)
    for _ in range(2):
        assert client.post(f"{HERE}/recheck").status_code == 303
    assert [one.person for one in rechecks(session)] == [nurse.id]
    printer.work()
    assert "April 2028" in client.get("/en/telling-a-friend/").text
    assert "Looked at last in April 2028." in client.get(f"{HERE}/still-right").text


def test_who_is_not_trained_sees_the_claims_and_cannot_say_so(client, sign_in, session, live, member):
    sign_in(client, member("Finch", Role.REVIEWER, trainings={"safety"}))
    page = client.get(f"{HERE}/still-right").text
    assert "I looked: it is still right" not in page
    assert "Somebody trained for what this text is about" in page
    assert client.post(f"{HERE}/recheck").status_code == 403
    assert rechecks(session) == []


def test_something_must_change_opens_a_comment_and_leaves_readers_their_text(client, sign_in, session, live, nurse):
    sign_in(client, nurse)
    empty = client.post(f"{HERE}/still-right", data={"comment": " "})
    assert empty.status_code == 422
    assert "Write your comment first." in empty.text
    sent = client.post(f"{HERE}/still-right", data={"comment": "It is 5 mg since January."})
    assert sent.status_code == 303
    assert "#t-" in sent.headers["Location"]
    session.rollback()
    (talk,) = reading.talks(session, live)
    assert talk.thread.must
    assert "It is 5 mg since January." in client.get(f"{HERE}/talk").text
    assert queries.live_edition(session, live.id) is not None
    assert rechecks(session) == []


def test_a_text_that_readers_do_not_have_cannot_be_still_right(client, sign_in, session, live, nurse):
    queries.live_edition(session, live.id).standing = "withdrawn"
    session.commit()
    sign_in(client, nurse)
    assert client.get(f"{HERE}/still-right").status_code == 409
    assert client.post(f"{HERE}/recheck").status_code == 409
