"""One's own page: visits, languages, drawing, codes, passphrase."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from studio.members import avatar, queries
from studio.members.models import Member, MemberSession, RecoveryCode

PASSPHRASE = "seven lamps beside the river"
NEW = "nine boats on a quiet lake"


@pytest.fixture
def heron(client, member, sign_in):
    actor = member("Heron")
    sign_in(client, actor)
    return actor


def test_every_page_has_one_heading_leave_first_and_its_language(client, heron):
    for path in ("/studio/me/", "/studio/me/passphrase", "/studio/welcome"):
        page = client.get(path).text
        assert page.count("<h1") == 1
        assert page.count('<main id="main"') == 1
        assert re.search(r"<body>\s*<header[^>]*>\s*<a class=\"leave\"", page)
        assert '<html lang="en" dir="ltr">' in page
        assert page.count('class="button"') == 1


def test_the_studio_speaks_the_chosen_language(client, heron):
    client.post("/studio/me/language", data={"language": "ar"})
    assert '<html lang="ar" dir="rtl">' in client.get("/studio/me/").text
    assert client.post("/studio/me/language", data={"language": "xx"}).status_code == 422


def test_languages_read_are_those_ticked(client, heron, session):
    client.post("/studio/me/reads", data={"reads": ["ar", "ja", "nothing"]})
    assert queries.actor(session, session.get(Member, heron.id)).reads == {"ar", "ja"}


def test_visits_are_listed_and_ended_one_by_one_or_all(client, browser, heron, sign_in, session):
    others = [browser(), browser()]
    for other in others:
        sign_in(other, heron)
    page = client.get("/studio/me/").text
    ends = re.findall(r"/studio/me/visits/(\w+)/end\"", page)
    assert len(ends) == 2
    assert client.post(f"/studio/me/visits/{ends[0]}/end").status_code == 303
    assert sum(other.get("/studio/me/").status_code == 200 for other in others) == 1
    client.post("/studio/me/visits/end-others")
    assert not any(other.get("/studio/me/").status_code == 200 for other in others)
    assert client.get("/studio/me/").status_code == 200


def test_nobody_ends_anothers_visit(client, browser, heron, member, sign_in, session):
    other = browser()
    wren = member("Wren")
    sign_in(other, wren)
    visit = session.scalars(select(MemberSession).where(MemberSession.member_id == wren.id)).one()
    assert client.post(f"/studio/me/visits/{visit.id}/end").status_code == 404
    assert other.get("/studio/me/").status_code == 200


def test_ten_codes_are_shown_once_hashed_and_each_works_once(client, browser, heron, session):
    page = client.post("/studio/me/codes").text
    codes = re.findall(r"<li>([0-9a-z]{4}(?:-[0-9a-z]{4}){4})</li>", page)
    assert len(set(codes)) == 10
    rows = session.scalars(select(RecoveryCode)).all()
    assert not {code.replace("-", "") for code in codes} & {row.code_hash for row in rows}
    assert "You have 10 codes left." in client.get("/studio/me/").text
    lost = browser()
    form = {"pen_name": "heron", "code": codes[3].upper(), "which": "own", "passphrase": NEW}
    assert lost.post("/studio/sign-in/code", data=form).status_code == 303
    assert lost.get("/studio/me/").status_code == 200
    assert client.get("/studio/me/").status_code != 200
    assert browser().post("/studio/sign-in/code", data=form).status_code == 422
    assert browser().post("/studio/sign-in", data={"pen_name": "Heron", "passphrase": NEW}).status_code == 303


def test_a_code_of_another_member_opens_nothing(client, browser, heron, member):
    code = re.findall(r"<li>([0-9a-z-]{24})</li>", client.post("/studio/me/codes").text)[0]
    member("Wren")
    form = {"pen_name": "Wren", "code": code, "which": "own", "passphrase": NEW}
    assert browser().post("/studio/sign-in/code", data=form).status_code == 422


def test_new_codes_replace_the_old_ones(client, browser, heron):
    old = re.findall(r"<li>([0-9a-z-]{24})</li>", client.post("/studio/me/codes").text)[0]
    client.post("/studio/me/codes")
    form = {"pen_name": "Heron", "code": old, "which": "own", "passphrase": NEW}
    assert browser().post("/studio/sign-in/code", data=form).status_code == 422


def test_codes_cannot_be_tried_for_long(browser, heron):
    form = {"pen_name": "Heron", "code": "0000", "which": "own", "passphrase": NEW}
    client = browser()
    codes = [client.post("/studio/sign-in/code", data=form).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_another_passphrase_ends_all_other_visits_and_makes_this_one_anew(client, browser, heron, sign_in):
    other = browser()
    sign_in(other, heron)
    before = client.get_cookie("studio", path="/studio/").value
    wrong = {"before": "something else entirely", "which": "own", "passphrase": NEW}
    assert client.post("/studio/me/passphrase", data=wrong).status_code == 422
    right = {"before": PASSPHRASE, "which": "own", "passphrase": NEW}
    assert client.post("/studio/me/passphrase", data=right).status_code == 303
    assert client.get_cookie("studio", path="/studio/").value != before
    assert client.get("/studio/me/").status_code == 200
    assert other.get("/studio/me/").status_code != 200
    old = browser()
    old.set_cookie("studio", before, path="/studio/")
    assert old.get("/studio/me/").status_code != 200


def test_a_drawing_comes_from_its_seed_alone_and_has_words(client, heron, session):
    before = session.get(Member, heron.id).pattern
    session.rollback()
    assert avatar.pattern(before) == avatar.pattern(before)
    assert "A pattern of" in client.get("/studio/me/").text
    client.post("/studio/me/drawing")
    session.expire_all()
    assert session.get(Member, heron.id).pattern != before


def test_a_drawing_is_the_same_on_both_sides_and_never_empty():
    for seed in map(str, range(300)):
        cells = set(avatar.pattern(seed).cells)
        assert cells
        assert cells == {(avatar.SIDE - 1 - x, y) for x, y in cells}
