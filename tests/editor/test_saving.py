"""Save a version: the machine's proposal is chosen, what is milder is not there, and a forged form changes nothing."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from writing import form, save_version, write

from studio.guides.models import Revision, Translation
from studio.members.actor import Role
from studio.review.operations import decisions, hand_in
from studio.review.operations.policies import choose_policy
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict


@pytest.fixture
def first(client, begun):
    write(client, begun, body="Talk with a freind.\n\n::: stop\nCall a nurse\n:::")
    save_version(client, begun)
    return begun


def offered(page):
    return re.findall(r'type="radio" name="significance" value="(\w+)"( checked)?', page)


def test_spelling_is_proposed_where_nothing_else_changed_and_all_else_can_be_chosen(client, first):
    write(client, first, body="Talk with a friend.\n\n::: stop\nCall a nurse\n:::")
    page = client.get(f"{first}write/version").text
    assert offered(page) == [("typo", " checked"), ("content", ""), ("safety", "")]
    assert "a machine says" not in page


def test_the_first_version_is_asked_nothing(client, begun):
    write(client, begun, body="Talk.")
    assert offered(client.get(f"{begun}write/version").text) == []


def test_what_is_milder_cannot_be_chosen_and_why_stands_there(client, first):
    write(client, first, body="Talk with a nurse.\n\n::: stop\nCall a nurse\n:::")
    page = client.get(f"{first}write/version").text
    assert offered(page) == [("content", " checked"), ("safety", "")]
    assert "“freind” became “nurse”: more than a letter changed." in page.replace("&#34;", '"')


def test_a_forged_form_makes_nothing_milder(client, session, first):
    write(client, first, body="Talk with a freind.\n\n::: stop\nCall a friend\n:::")
    page = client.get(f"{first}write/version")
    assert offered(page.text) == [("safety", " checked")]
    assert "A box about help, care or danger changed." in page.text
    sent = form(page)
    refused = client.post(f"{first}write/version", data={**sent, "significance": "typo"})
    assert refused.status_code == 422
    assert "Choose “Someone" in refused.text
    assert offered(refused.text) == [("safety", " checked")]
    assert client.post(f"{first}write/version", data={**sent, "significance": "content"}).status_code == 303
    saved = session.scalars(select(Revision).order_by(Revision.number.desc())).first()
    assert saved.significance == "safety"


def test_what_each_answer_costs_stands_beside_it_before_anything_is_saved(client, session, first, member, clock):
    choose_policy(session, member("Gate", Role.STEWARD), "tiny", clock())
    translation = session.scalars(select(Translation)).one()
    fields = {"summary": "How.", "content_notes": ["none"], "neutral_title": "Pages"}
    hand_in.answer(session, member("Wader"), translation, fields=fields, topics=["telling"], now=clock())
    review = hand_in.hand_in(session, member("Wren"), translation, clock())
    case = rounds.case(session, review, translation, clock())
    check = case.check("peer")
    word = decisions.Word(
        Verdict.APPROVE,
        case.now.content_hash,
        checklist_of(case, check).version,
        {one.key: "yes" for one in questions_of(case, check)},
    )
    decisions.decide(session, member("Marten"), review.id, "peer", word, clock())
    session.commit()
    write(client, first, body="Talk with a friend.\n\n::: stop\nCall a nurse\n:::")
    page = client.get(f"{first}write/version").text
    costs = dict(re.findall(r'id="costs-(\w+)">(.*?)</ul>', page, re.DOTALL))
    assert "Every yes still counts." in costs["typo"]
    assert "Asked to look again at one passage: First read<" in costs["content"]
    assert "Marten" not in page
