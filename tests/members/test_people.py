"""What organisers do, and that nobody else does it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from studio.audit.models import AuditEntry
from studio.members import queries
from studio.members.actor import Role
from studio.members.models import Member


@pytest.fixture
def organiser(client, member, sign_in):
    actor = member("Wren", Role.STEWARD)
    sign_in(client, actor)
    return actor


def actor_of(session, actor):
    session.expire_all()
    found = queries.actor(session, session.get(Member, actor.id))
    session.rollback()
    return found


def acts(session):
    session.expire_all()
    found = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.seq)))
    session.rollback()
    return found


def test_an_invitation_is_a_link_and_a_neutral_text_shown_once(client, organiser, browser):
    page = client.post("/studio/people/invite", data={"role": "editor", "language": "ar"}).text
    link = re.search(r"http://localhost(/studio/join/\w{32})", page)
    assert "Here is the link we spoke about." in page
    assert browser().get(link[1]).status_code == 200
    listed = client.get("/studio/people/").text
    assert link[1] not in listed
    assert "editor" in listed


def test_roles_are_given_and_taken_and_a_role_that_stays_keeps_its_date(client, organiser, member, session, clock):
    heron = member("Heron", Role.REVIEWER)
    clock.forward(minutes=5)
    client.post(f"/studio/people/{heron.id}/roles", data={"roles": ["reviewer", "editor"]})
    found = actor_of(session, heron)
    assert found.roles == {Role.WRITER, Role.REVIEWER, Role.EDITOR}
    assert found.role_since[Role.REVIEWER] == heron.role_since[Role.REVIEWER]
    assert found.role_since[Role.EDITOR] == clock()
    client.post(f"/studio/people/{heron.id}/roles", data={"roles": []})
    assert actor_of(session, heron).roles == {Role.WRITER}
    assert acts(session).count("member.roles") == 2


def test_rights_count_from_the_next_request_on(client, browser, organiser, member, sign_in):
    heron, other = member("Heron", Role.STEWARD), browser()
    sign_in(other, heron)
    assert other.get("/studio/people/").status_code == 200
    client.post(f"/studio/people/{heron.id}/roles", data={"roles": []})
    assert other.get("/studio/people/").status_code == 403


def test_trainings_are_set_and_countries_have_two_letters(client, organiser, member, session):
    heron = member("Heron", Role.REVIEWER)
    client.post(f"/studio/people/{heron.id}/trainings", data={"trainings": ["safety", "magic"], "laws": "fr, JP"})
    assert actor_of(session, heron).trainings == {"safety", "legal:FR", "legal:JP"}
    answer = client.post(f"/studio/people/{heron.id}/trainings", data={"laws": "France"})
    assert answer.status_code == 422
    assert actor_of(session, heron).trainings == {"safety", "legal:FR", "legal:JP"}


def test_a_suspended_member_is_out_at_once_until_let_in(client, browser, organiser, member, sign_in):
    heron, other = member("Heron"), browser()
    sign_in(other, heron)
    client.post(f"/studio/people/{heron.id}/suspend")
    assert other.get("/studio/me/").status_code != 200
    assert client.post(f"/studio/people/{heron.id}/let-in").status_code == 409
    client.post(f"/studio/people/{heron.id}/unsuspend")
    sign_in(other, heron)
    assert other.get("/studio/me/").status_code == 200


@pytest.mark.parametrize("act", ["roles", "suspend"])
def test_the_last_organiser_stays(client, organiser, member, session, act):
    answer = client.post(f"/studio/people/{organiser.id}/{act}")
    assert answer.status_code == 409
    assert Role.STEWARD in actor_of(session, organiser).roles
    second = member("Heron", Role.STEWARD)
    session.get(Member, second.id).suspended = True
    session.commit()
    assert client.post(f"/studio/people/{organiser.id}/{act}").status_code == 409
    session.get(Member, second.id).suspended = False
    session.commit()
    assert client.post(f"/studio/people/{organiser.id}/{act}").status_code == 303


ACTS = [
    "invite",
    "invitations/x/revoke",
    "{id}/roles",
    "{id}/trainings",
    "{id}/suspend",
    "{id}/unsuspend",
    "{id}/let-in",
]


@pytest.mark.parametrize("role", [Role.WRITER, Role.REVIEWER, Role.EDITOR])
@pytest.mark.parametrize("act", ACTS)
def test_others_do_none_of_it_and_a_try_is_noted(client, member, sign_in, session, role, act):
    heron, target = member("Heron", role), member("Wren", Role.STEWARD)
    sign_in(client, heron)
    assert client.get("/studio/people/").status_code == 403
    answer = client.post(f"/studio/people/{act.format(id=target.id)}", data={"roles": []})
    assert answer.status_code == 403
    assert actor_of(session, target).roles == {Role.WRITER, Role.STEWARD}
    entries = session.scalars(select(AuditEntry)).all()
    assert [(entry.act, entry.actor) for entry in entries] == [("refused", heron.id)]


@pytest.mark.parametrize("act", ["", *ACTS])
def test_nobody_does_any_of_it_without_signing_in(client, act):
    path = f"/studio/people/{act.format(id='x')}"
    assert client.get("/studio/people/").status_code == 303
    if act:
        assert client.post(path).status_code == 401


def test_an_unknown_member_is_not_found(client, organiser):
    assert client.get("/studio/people/nobody/").status_code == 404
    assert client.post("/studio/people/nobody/suspend").status_code == 404


def test_people_is_in_the_top_line_of_organisers_alone(client, browser, organiser, member, sign_in):
    other = browser()
    sign_in(other, member("Heron"))
    assert 'href="/studio/people/"' in client.get("/studio/me/").text
    assert 'href="/studio/people/"' not in other.get("/studio/me/").text
