"""A story is taken back with its code: without an account, without a name, at once."""

from __future__ import annotations

import re

import pytest
from full_checks import fresh
from sqlalchemy import delete, select
from telling import TITLE, here, page, value_of

from studio.guides.consents.models import Consent, Gone
from studio.guides.models import Guide
from studio.guides.rules.statuses import Kind
from studio.members.models import Member

CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b")


@pytest.fixture
def code(out, teller, at):
    found = CODE.search(at(teller).post(f"{here(out)}story-code").text)
    assert found is not None
    return found[0]


def send(client, code, clock, *, wait=5.0, **more):
    opened = value_of(client.get("/withdraw").text, "opened")
    clock.forward(seconds=wait)
    return client.post("/withdraw", data={"code": code, "opened": opened, "sure": "yes", **more}, token=False)


def test_whoever_has_the_code_takes_it_back_and_the_second_time_it_says_the_same(session, out, code, client, clock):
    place = page(out)
    for _ in range(2):
        told = send(client, code, clock)
        assert told.status_code == 200
        assert "It is gone from this house" in told.text
        assert TITLE not in told.text
    fresh(session)
    assert session.scalars(select(Guide).where(Guide.kind == Kind.STORY)).all() == []
    assert len(session.scalars(select(Gone)).all()) == 1
    assert client.get(place).status_code == 410


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", "  ")])
def test_capitals_hyphens_and_spaces_do_not_matter(out, code, client, clock, typed):
    assert "It is gone from this house" in send(client, typed(code), clock).text


def test_it_works_when_the_tellers_account_is_kept_out(session, out, code, client, clock, teller):
    fresh(session)
    session.get_one(Member, teller.id).suspended = True
    session.commit()
    assert "It is gone from this house" in send(client, code, clock).text


def test_the_house_keeps_no_code_and_a_new_one_ends_the_old(session, out, code, at, teller, client, clock, settings):
    fresh(session)
    kept = session.scalars(select(Consent.code_hash)).one()
    assert code not in kept
    session.rollback()
    files = [path for path in settings.data.rglob("*") if path.is_file()]
    assert [path.name for path in files if code.encode() in path.read_bytes()] == []
    newer = CODE.search(at(teller).post(f"{here(out)}story-code").text)[0]
    assert newer != code
    assert send(client, code, clock).status_code == 422
    assert "It is gone from this house" in send(client, newer, clock).text


def test_a_wrong_code_a_hasty_form_and_an_unticked_box_change_nothing(session, out, code, client, clock):
    assert "No story here has this code" in send(client, "AAAA-BBBB-CCCC-DDDD", clock).text
    hasty = send(client, code, clock, wait=0.5)
    assert (hasty.status_code, "wait a few seconds" in hasty.text, code in hasty.text) == (422, True, True)
    unsure = send(client, code, clock, sure="")
    assert (unsure.status_code, code in unsure.text) == (422, True)
    forged = send(client, code, clock, opened="1700000000.0123456789abcdef0123456789abcdef")
    assert forged.status_code == 422
    assert client.get(page(out)).status_code == 200


def test_too_many_tries_are_stopped(out, client, clock):
    answers = [send(client, "AAAA-BBBB-CCCC-DDDD", clock, wait=4).status_code for _ in range(21)]
    assert answers[-1] == 429


def test_another_site_cannot_send_the_form(out, code, client, clock):
    opened = value_of(client.get("/withdraw").text, "opened")
    clock.forward(seconds=5)
    sent = {"code": code, "opened": opened, "sure": "yes"}
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert client.post("/withdraw", data=sent, token=False, headers=elsewhere).status_code == 400
    assert client.get(page(out)).status_code == 200


def test_a_code_can_be_had_once_the_forms_are_said(session, told, at, teller):
    session.execute(delete(Consent))
    session.commit()
    assert at(teller).post(f"{here(told)}story-code").status_code == 409
