"""Who may do what, asked of every address of the house: by everybody, about their own, others', hidden and no texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select
from standing_house import SECRET, House
from standing_places import Forms, Places
from who_may import EVERYBODY, MEMBERS, PUBLIC, ROWS, STATES, Public, Row

from studio.guides import operations as kernel
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.members.models import Invitation
from studio.publish.models import Takedown
from studio.review.models import Review

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
WHOSE = ("own", "other", "hidden", "none")
ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
REFUSED, UNKNOWN, AT_THE_DOOR = (403,), (404,), {"GET": (303,), "POST": (401,)}


def expected(row: Row, role: str, whose: str, state: str) -> tuple[int, ...]:
    """Return the answers that the table foresees."""
    if role not in MEMBERS and role not in row.may:
        return AT_THE_DOOR[row.method]
    may = role in row.may
    if whose == "own" and row.own != "same":
        may = row.own == "always"
    if whose == "hidden" and state in row.known:
        whose = "other"
    if whose in ("hidden", "none") or (whose == "other" and row.thing in ("visit", "notice")):
        # Who lacks the role learns nothing from a refusal, as long as it is the same for both.
        return UNKNOWN if may or row.own == "always" else (*REFUSED, *UNKNOWN)
    if not may:
        return REFUSED if state in row.fits else (*REFUSED, *row.misfit)
    return row.fine if state in row.fits else row.misfit


def states(row: Row, role: str) -> tuple[str, ...]:
    """Return the states of a text that the row is tried in: all of them, as a rule, for who may, one for the others."""
    if row.thing in ("check", "wish", "guest"):
        return ("wished",) if row.thing == "wish" else ("in_review",)
    if row.thing not in ("text", "version", "thread", "hunk", "suggestion"):
        return ("draft",)
    return row.tried if role in row.may and role in MEMBERS else (row.fits[0],)


def address(house: House, row: Row | Public, values: dict[str, object]) -> str:
    return house.app.url_map.bind("localhost").build(row.endpoint, values, row.method)


def tries(house: House, row: Row) -> Iterator[tuple[str, str, str, str, dict[str, object]]]:
    """Yield role, whose, state, address and form of everything that a row is asked."""
    with house.sessions() as session:
        places, forms = Places(house, session), Forms(house, session)
        for role in sorted(EVERYBODY):
            for state in states(row, role):
                for whose in WHOSE:
                    values = places.values(row, role, whose, state)
                    if values is not None:
                        data = forms.data(row.form, places.text(role, whose, state))
                        yield role, whose, state, address(house, row, values), data


def test_every_address_has_a_line_in_the_table(house):
    there = {
        (rule.endpoint, method)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(row.endpoint, row.method) for row in (*ROWS, *PUBLIC)} == there
    assert len(ROWS) + len(PUBLIC) == len(there)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_may_what_the_table_says_and_nothing_else(house, row):
    wrong, asked, hidden = [], set(), {}
    for role, whose, state, where, data in list(tries(house, row)):
        before = house.version()
        answer = house.ask(role, row.method, where, data)
        asked.add(whose)
        changed = house.version() != before
        if answer.status_code not in expected(row, role, whose, state):
            wrong.append((role, whose, state, answer.status_code, expected(row, role, whose, state)))
        if changed and (row.method == "GET" or answer.status_code >= 400) and not is_noted(house, answer.status_code):
            wrong.append((role, whose, state, "changed something", answer.status_code))
        if whose in ("hidden", "none") and state not in row.known:
            hidden.setdefault((role, state), set()).add(answer.status_code)
        if told(answer.data):
            wrong.append((role, whose, state, "told of a text that is for its team", answer.status_code))
        if changed:
            house.put_back()
    wrong += [(who, "a hidden text and none are not alike", found) for who, found in hidden.items() if len(found) > 1]
    assert wrong == []
    assert asked >= ({"other"} if not row.thing else {"other", "none"})


def told(page: bytes) -> bool:
    """Whether a page names a text that is for its team alone and that readers never had."""
    kept = {state.encode() for state in STATES} - {b"live", b"down"}
    return any(SECRET.encode() + b" " + state in page for state in kept)


def is_noted(house: House, status: int) -> bool:
    """Whether a refusal has left nothing but its line in the trail."""
    rows = house.looking.execute("SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    return status in (403, 404, 409, 422) and rows[0] == "refused"


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_looking_changes_not_one_byte_of_the_database(house, row):
    asked = [(role, where) for role, _, state, where, _ in tries(house, row) if state in (row.fits[0], "draft")]
    before = house.digest()
    for role, where in asked:
        house.ask(role, "HEAD", where)
    assert house.digest() == before


@pytest.mark.parametrize("row", [row for row in (*ROWS, *PUBLIC) if row.method == "POST"], ids=str)
def test_nothing_is_done_without_a_token_or_from_elsewhere(house, row):
    where, data = fitting(house, row)
    role = "editor" if isinstance(row, Public) else next(iter(sorted(row.may & MEMBERS or row.may)))
    before = house.digest()
    assert house.ask(role, "POST", where, data(), headers=ELSEWHERE).status_code == 400
    if isinstance(row, Row) or row.endpoint.startswith("members."):
        assert house.ask(role, "POST", where, data(), token=False).status_code == 400
        assert (
            house.ask(role, "POST", where, data(), headers={"Sec-Fetch-Site": None, "Origin": None}).status_code == 400
        )
        assert house.ask("writer", "POST", where, {**data(), "form_token": house.askers["Wren"].token}, token=False)
    assert house.digest() == before


def fitting(house, row):
    """Return the address with which a post would be done, and what makes its form."""
    with house.sessions() as session:
        where, text = fitting_place(house, row, Places(house, session))

    def data():
        with house.sessions() as session:
            return Forms(house, session).data(row.form, session.get(Translation, text) if text else None)

    return where, data


def fitting_place(house, row, places):
    """Return the address of a row and the id of the text that it names."""
    if isinstance(row, Public):
        values = places.public(row, "Wren", "live")
        return address(house, row, values), None
    role = next(iter(sorted(row.may & MEMBERS or row.may)))
    state = states(row, role)[0] if row.thing not in ("text", "version") else row.fits[0]
    whose = "own" if row.thing in ("visit", "notice") else "other"
    text = places.text(role, whose, state)
    return address(house, row, places.values(row, role, whose, state)), text.id if text else None


@pytest.mark.parametrize("row", PUBLIC, ids=str)
def test_what_is_public_answers_everybody_alike(house, row):
    with house.sessions() as session:
        places = Places(house, session)
        forms = Forms(house, session)
        for state, foreseen in (("live", row.live), ("draft", row.draft), ("down", row.down)):
            for owner in ("Wren", "editor", "hidden") if foreseen else ():
                where = address(house, row, places.public(row, owner, state))
                before = house.digest()
                answers = [house.ask(role, row.method, where, forms.data(row.form, None)) for role in sorted(EVERYBODY)]
                assert {answer.status_code for answer in answers} <= set(foreseen), where
                assert house.digest() == before
                house.app.extensions.pop("limiter", None)
                if not where.startswith("/studio/"):
                    assert len({without_stamp(answer.data) for answer in answers}) == 1, where
                    assert not any("Set-Cookie" in answer.headers for answer in answers), where


def without_stamp(page):
    """Return a page without the signed time stamp of its form, which is another one each time."""
    return re.sub(rb'name="stamp" value="[^"]+"', b"", page)


def test_an_organisers_desk_tells_nothing_of_a_text_that_is_for_its_team(house):
    with house.sessions() as session:
        session.execute(delete(Takedown))
        session.execute(delete(Invitation))
        hidden = session.get_one(Translation, house.texts["hidden", "in_review"])
        for review in session.scalars(select(Review).where(Review.translation_id != hidden.id)):
            review.closed_at = house.now
        session.commit()
        assert f"{SECRET} in_review" not in house.ask("organiser", "GET", "/studio/").text
        hidden.guide.team_only = False
        session.commit()
        assert f"{SECRET} in_review" in house.ask("organiser", "GET", "/studio/").text
    house.put_back()


def test_a_texts_page_names_no_other_language_of_it_that_one_may_not_know_of(house):
    with house.sessions() as session:
        text = session.get_one(Translation, house.texts["hidden", "draft"])
        fields = TextFields(title="Un texte caché")
        kernel.add_translation(
            session, house.actors["Wren"].id, text.guide, language="fr", fields=fields, body="Oui.", now=house.now
        )
        kernel.join_team(session, text, house.actors["writer"].id, house.now)
        session.commit()
        page = f"/studio/guides/{text.guide_id}/en/"
    assert "Un texte caché" in house.ask("Wren", "GET", page).text
    seen = house.ask("writer", "GET", page)
    assert seen.status_code == 200
    assert "Un texte caché" not in seen.text
    house.put_back()
