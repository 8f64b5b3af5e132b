"""Visits: begun, made anew, idle, over, ended; the cookie; a link from a chat."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest
from flask import g
from sqlalchemy import select

from studio.app import create_app
from studio.members import hashing
from studio.members.actor import Role
from studio.members.models import Member, MemberSession
from studio.storage.db import db

SIGNED_IN = 200
PASSPHRASE = "seven lamps beside the river"


def cookie_of(client, name="studio"):
    found = client.get_cookie(name, path="/studio/")
    return found.value if found else None


def is_in(client):
    return client.get("/studio/me/").status_code == SIGNED_IN


def enter(client, name, passphrase=PASSPHRASE, **more):
    return client.post("/studio/sign-in", data={"pen_name": name, "passphrase": passphrase, **more})


def test_the_right_passphrase_signs_in_whatever_the_capitals(client, member):
    member("Heron")
    assert enter(client, "hERON", "Seven Lamps beside the river").status_code == 303
    assert is_in(client)


@pytest.mark.parametrize(
    ("name", "passphrase"), [("Heron", "another passphrase"), ("Wren", "x"), ("", ""), ("Her\x00on", "x")]
)
def test_anything_else_gets_one_and_the_same_sentence(client, member, name, passphrase):
    member("Heron")
    answer = enter(client, name, passphrase)
    assert answer.status_code == 422
    assert "do not go together" in answer.text
    assert not is_in(client)


def test_a_suspended_member_gets_the_same_sentence(client, member, session):
    actor = member("Heron")
    session.get(Member, actor.id).suspended = True
    session.commit()
    assert "do not go together" in enter(client, "Heron").text


def test_known_and_unknown_names_are_hashed_equally_often(client, member, monkeypatch):
    member("Heron")
    asked = []
    real = hashing.fits
    monkeypatch.setattr(hashing, "fits", lambda stored, typed: asked.append(typed) or real(stored, typed))
    enter(client, "Heron", "one two three four")
    enter(client, "Nobody", "one two three four")
    assert asked == ["one two three four"] * 2


def test_the_cookie_is_for_members_pages_alone(client, member):
    member("Heron")
    cookie = next(
        value for value in enter(client, "Heron").headers.getlist("Set-Cookie") if value.startswith("studio=")
    )
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/studio/", "SameSite=Strict"}


def test_on_an_own_phone_it_stays_for_half_a_day(client, member):
    member("Heron")
    answer = enter(client, "Heron", own_phone="yes")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("studio="))
    assert "Max-Age=43200" in cookie


def test_on_https_the_cookie_is_secure(settings, clock, app, member):
    actor = member("Heron")
    outside = create_app(dataclasses.replace(settings, base_url="https://guides.example"), now_is=clock)
    outside.test_client_class = app.test_client_class
    client = outside.test_client()
    options = {"base_url": "https://guides.example", "headers": {"Origin": "https://guides.example"}}
    page = client.get("/studio/sign-in", base_url="https://guides.example")
    token = page.text.split('name="form_token" value="')[1].split('"')[0]
    data = {"form_token": token, "pen_name": actor.pen_name, "passphrase": "seven lamps beside the river"}
    answer = client.post("/studio/sign-in", token=False, data=data, **options)
    assert answer.status_code == 303
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("__Secure-studio="))
    assert "Secure" in cookie
    with outside.app_context():
        db.engine.dispose()


def test_the_secret_is_stored_hashed(client, member, sign_in, session):
    sign_in(client, member("Heron"))
    visit_id, secret = cookie_of(client).split(".")
    row = session.get(MemberSession, visit_id)
    assert secret not in row.token_hash
    assert len(row.token_hash) == 64


def test_signing_in_makes_a_new_session_each_time(client, member, sign_in):
    actor = member("Heron")
    sign_in(client, actor)
    first = cookie_of(client)
    client.post("/studio/sign-in", data={"pen_name": "Heron", "passphrase": "seven lamps beside the river"})
    assert cookie_of(client) != first
    assert is_in(client)
    client.set_cookie("studio", first, path="/studio/")
    assert not is_in(client)


def test_a_made_up_cookie_is_nobody(client, member, sign_in):
    sign_in(client, member("Heron"))
    visit_id, secret = cookie_of(client).split(".")
    for value in ("x.y", visit_id, f"{visit_id}.", f"{visit_id}.{secret[::-1]}", "", "." + secret):
        client.set_cookie("studio", value, path="/studio/")
        assert not is_in(client), value


@pytest.mark.parametrize(
    ("own_phone", "minutes", "still"),
    [(False, 29, True), (False, 30, False), (True, 11 * 60, True), (True, 12 * 60, False)],
)
def test_a_silent_visit_ends(client, member, sign_in, clock, own_phone, minutes, still):
    sign_in(client, member("Heron"), own_phone=own_phone)
    clock.forward(minutes=minutes)
    assert is_in(client) is still


def test_reading_keeps_a_visit_awake_but_not_beyond_half_a_day(client, member, sign_in, clock):
    sign_in(client, member("Heron"))
    for _ in range(28):
        clock.forward(minutes=25)
        assert is_in(client)
    clock.forward(minutes=25)
    assert not is_in(client)


def test_a_visit_seen_by_one_process_is_awake_for_another(client, member, sign_in, clock, app):
    sign_in(client, member("Heron"))
    clock.forward(minutes=20)
    assert is_in(client)
    app.extensions["seen"].clear()
    clock.forward(minutes=20)
    assert is_in(client)


def test_a_clock_that_was_set_back_ends_the_visit(client, member, sign_in, clock):
    sign_in(client, member("Heron"))
    clock.forward(days=-365)
    assert not is_in(client)


def test_reading_writes_nothing(client, member, sign_in, settings):
    sign_in(client, member("Heron"))
    before = dump(settings)
    for path in ("/studio/me/", "/studio/me/passphrase", "/studio/sign-in", "/studio/welcome", "/studio/people/"):
        client.get(path)
    assert dump(settings) == before


def dump(settings):
    connection = sqlite3.connect(settings.data / "studio.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_leaving_ends_the_visit_and_wipes_the_browser(client, member, sign_in, session):
    sign_in(client, member("Heron"))
    old = cookie_of(client)
    answer = client.post("/studio/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Refresh"].startswith("0; url=https://")
    client.set_cookie("studio", old, path="/studio/")
    assert not is_in(client)
    assert session.scalars(select(MemberSession)).all() == []


def test_a_form_that_was_open_in_another_tab_still_works_after_rights_changed(browser, member, sign_in):
    organiser, other = browser(), browser()
    heron = member("Heron")
    sign_in(organiser, member("Wren", Role.STEWARD))
    sign_in(other, heron)
    old_cookie, old_token = cookie_of(other), other.token()
    organiser.post(f"/studio/people/{heron.id}/roles", data={"roles": ["editor"]})
    answer = other.post("/studio/me/drawing", token=False, data={"form_token": old_token})
    assert answer.status_code == 303
    assert cookie_of(other) != old_cookie
    assert is_in(other)
    late = browser()
    late.set_cookie("studio", old_cookie, path="/studio/")
    assert not is_in(late)
    assert other.post("/studio/me/drawing", token=False, data={"form_token": old_token}).status_code == 303


def test_a_link_from_a_chat_comes_back_once_by_itself_and_then_to_the_door(client):
    first = client.get("/studio/me/?x=1", headers={"Sec-Fetch-Site": "cross-site"})
    assert first.status_code == 401
    assert 'http-equiv="refresh" content="0; url=/studio/me/?x=1&amp;again=1"' in first.text
    second = client.get("/studio/me/?x=1&again=1", headers={"Sec-Fetch-Site": "same-origin"})
    assert second.status_code == 303
    assert second.headers["Location"] == "/studio/sign-in?next=/studio/me/?x%3D1"


def test_after_signing_in_one_is_where_one_wanted_to_be(client, member):
    member("Heron")
    answer = enter(client, "Heron", next="/studio/me/passphrase")
    assert answer.headers["Location"] == "/studio/me/passphrase"
    assert enter(client, "Heron", next="//elsewhere.example").headers["Location"] == "/studio/"


def test_a_script_without_a_visit_gets_json(client):
    answer = client.get("/studio/me/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert "signed in" in answer.json["error"]


def test_readers_pages_do_not_know_who_is_signed_in(client, member, sign_in, app):
    app.add_url_rule("/en/look", "look", lambda: str("me" in g))
    sign_in(client, member("Heron"))
    assert client.get("/en/look").text == "False"
