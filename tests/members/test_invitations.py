"""One-time links: looking never spends them, accepting does; they expire and are taken back."""

from __future__ import annotations

import re
import threading
from html import unescape

import pytest
from sqlalchemy import select

from studio.core.ids import token_hash
from studio.members import commands, queries
from studio.members.actor import Role
from studio.members.models import Agreement, Invitation, Member, MemberSession
from studio.storage.engine import begin_write

OWN = "nine boats on a quiet lake"


@pytest.fixture
def invite(session, clock):
    def make(role=Role.WRITER, language="en"):
        begin_write(session)
        path = commands.invite(session, role=role, language=language, now=clock())
        session.commit()
        return path

    return make


def answers(**more):
    agreed = {f"agree-{key}": "yes" for key in ("keep-private", "be-kind", "readers-first")}
    return {"pen_name": "Heron", "which": "own", "passphrase": OWN, "own_phone": "no", **agreed, **more}


def words_of(page):
    return re.search(r'name="words" value="([^"]*)"', page)[1]


def test_looking_spends_nothing_and_accepting_signs_in(invite, client, session):
    path = invite()
    for _ in range(3):
        assert client.get(path).status_code == 200
    answer = client.post(path, data=answers())
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/studio/welcome"
    assert "Welcome, Heron" in client.get("/studio/welcome").text
    member = session.scalars(select(Member)).one()
    assert member.passphrase_hash.startswith("$argon2id$")
    assert OWN not in member.passphrase_hash
    assert queries.actor(session, member).roles == {Role.WRITER}


def test_the_proposed_words_are_the_passphrase(invite, client, browser):
    path = invite()
    words = words_of(client.get(path).text)
    assert (
        client.post(path, data=answers(which="words", words=words, words_language="en", passphrase="")).status_code
        == 303
    )
    other = browser()
    assert other.post("/studio/sign-in", data={"pen_name": "heron", "passphrase": words.upper()}).status_code == 303


def test_words_that_the_house_did_not_propose_are_not_taken(invite, client):
    path = invite()
    answer = client.post(path, data=answers(which="words", words="a b c d e f", passphrase=""))
    assert answer.status_code == 422
    assert "six new words" in answer.text


def test_a_page_is_in_the_language_of_the_invitation_and_can_be_changed(invite, client):
    path = invite(language="ar")
    page = client.get(path, headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "ما أعرفه هنا عن الناس يبقى هنا." in page
    assert '<html lang="en" dir="ltr">' in client.get(f"{path}?language=en").text


def test_a_language_without_our_words_is_called_english_but_its_agreements_and_words_are_its_own(invite, client):
    page = client.get(invite(language="ja")).text
    assert '<html lang="en" dir="ltr">' in page
    assert '<span lang="ja"' in page
    assert all("\u3040" <= letter <= "\u30ff" for letter in words_of(page).replace(" ", ""))


def test_a_link_works_once(invite, client, browser):
    path = invite()
    client.post(path, data=answers())
    again = browser()
    assert again.get(path).status_code == 410
    answer = again.post(path, data=answers(pen_name="Wren"))
    assert answer.status_code == 410
    assert "has been used" in answer.text


def test_a_link_expires_after_seven_days(invite, client, clock):
    path = invite()
    clock.forward(days=7, seconds=-1)
    assert client.get(path).status_code == 200
    clock.forward(seconds=1)
    assert client.get(path).status_code == 410
    answer = client.post(path, data=answers())
    assert answer.status_code == 410
    assert "ask the person who sent it for a new one" in answer.text


def test_an_unknown_link_says_the_same_and_tells_nothing(client):
    answer = client.get("/studio/join/nothing")
    assert answer.status_code == 404
    assert "no longer works" in answer.text


def test_a_link_taken_back_no_longer_works(invite, client, browser, member, sign_in, session):
    path = invite()
    organiser = browser()
    sign_in(organiser, member("Wren", Role.STEWARD))
    invitation = session.scalars(select(Invitation)).one()
    assert organiser.post(f"/studio/people/invitations/{invitation.id}/revoke").status_code == 303
    assert client.get(path).status_code == 410
    assert client.post(path, data=answers()).status_code == 410


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"pen_name": "x"}, "2 to 30"),
        ({"pen_name": "a\u202edmin"}, "cannot be seen"),
        ({"passphrase": "too short"}, "14 characters"),
        ({"agree-be-kind": ""}, "tick each"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field_and_spends_nothing(invite, client, more, field):
    path = invite()
    answer = client.post(path, data=answers(**more))
    assert answer.status_code == 422
    assert field in unescape(answer.text)
    assert client.post(path, data=answers()).status_code == 303


@pytest.mark.parametrize("name", ["heron", "HERON", "He ron", "Her0n"])
def test_a_name_that_looks_like_another_members_is_refused(invite, client, member, name):
    member("Heron")
    answer = client.post(invite(), data=answers(pen_name=name))
    assert answer.status_code == 422


def test_a_whole_name_in_another_script_that_looks_the_same_is_refused(invite, client, member):
    member("paypal")
    member("Admira")
    answer = client.post(invite(), data=answers(pen_name="раура\u04cf"))
    assert answer.status_code == 422
    assert "looks like it" in answer.text


def test_an_invitation_carries_its_role_and_what_was_agreed_to(invite, client, session):
    client.post(invite(Role.REVIEWER), data=answers())
    member = session.scalars(select(Member)).one()
    assert queries.actor(session, member).roles == {Role.WRITER, Role.REVIEWER}
    assert member.founding
    agreed = session.scalars(select(Agreement)).all()
    assert len(agreed) == 3
    assert {len(row.wording) for row in agreed} == {64}


def test_only_the_hash_of_a_link_is_stored(invite, session, settings):
    token = invite().rpartition("/")[2]
    assert session.scalars(select(Invitation)).one().token_hash == token_hash(token)
    session.rollback()
    assert all(token.encode() not in path.read_bytes() for path in settings.data.iterdir())


def test_two_who_accept_at_once_become_one_member(invite, browser, session):
    path = invite()
    codes, start = [], threading.Barrier(2)

    def accept(client, name, token):
        start.wait()
        codes.append(client.post(path, token=False, data=answers(pen_name=name, form_token=token)).status_code)

    clients = [browser(), browser()]
    threads = [
        threading.Thread(target=accept, args=(client, name, client.token()))
        for client, name in zip(clients, ("Heron", "Wren"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) in ([303, 409], [303, 410])
    assert len(session.scalars(select(Member)).all()) == 1


def test_an_organiser_lets_a_member_in_again(browser, member, sign_in, session):
    organiser, old, new = browser(), browser(), browser()
    heron = member("Heron")
    sign_in(organiser, member("Wren", Role.STEWARD))
    sign_in(old, heron)
    page = organiser.post(f"/studio/people/{heron.id}/let-in").text
    path = re.search(r"/studio/return/\w+", page)[0]
    assert old.get("/studio/me/").status_code != 200
    assert "Welcome back" in new.get(path).text
    assert new.post(path, data={"which": "own", "passphrase": "short"}).status_code == 422
    assert new.post(path, data={"which": "own", "passphrase": OWN}).status_code == 303
    assert new.get("/studio/me/").status_code == 200
    assert new.get(path).status_code == 410
    assert new.post(path, data={"which": "own", "passphrase": OWN}).status_code == 410
    fresh = browser()
    entered = fresh.post("/studio/sign-in", data={"pen_name": "Heron", "passphrase": OWN})
    assert entered.status_code == 303
    assert len(session.scalars(select(MemberSession)).all()) == 3


def test_a_second_link_to_come_back_ends_the_first_and_is_listed_by_name(browser, member, sign_in):
    organiser = browser()
    heron = member("Heron")
    sign_in(organiser, member("Wren", Role.STEWARD))
    first, second = (
        re.search(r"/studio/return/\w+", organiser.post(f"/studio/people/{heron.id}/let-in").text)[0] for _ in range(2)
    )
    assert browser().get(first).status_code == 410
    assert browser().get(second).status_code == 200
    assert organiser.get("/studio/people/").text.count("Heron, to come back") == 1


def test_english_words_on_an_arabic_page_keep_their_order(invite, client):
    assert '<ol class="words" lang="en" dir="ltr">' in client.get(invite(language="ar")).text


def test_a_link_to_come_back_is_no_invitation(browser, member, sign_in):
    organiser = browser()
    heron = member("Heron")
    sign_in(organiser, member("Wren", Role.STEWARD))
    token = re.search(r"/studio/return/(\w+)", organiser.post(f"/studio/people/{heron.id}/let-in").text)[1]
    assert browser().get(f"/studio/join/{token}").status_code == 404
