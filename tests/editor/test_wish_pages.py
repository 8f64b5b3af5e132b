"""A wish of a checker as its own page shows it: who asked, and who settled it, where they may be named at all."""

from __future__ import annotations

import re

import pytest
from full_checks import agree
from publishing import BODY, FIELDS
from sqlalchemy import select

from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.rules.statuses import Kind, Significance, UpdateKind
from studio.guides.threads.models import Thread
from studio.members.actor import Actor, Role
from studio.review.operations import decisions, hand_in
from studio.review.operations.looking import look_again
from studio.review.operations.policies import choose_policy
from studio.review.queries import rounds
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.standing import Verdict


@pytest.fixture
def writer(member):
    return member("Reed")


@pytest.fixture
def wren(member):
    return member("Wren", Role.EDITOR)


@pytest.fixture
def egret(member):
    return member("Egret", Role.REVIEWER, trainings={"safety"})


def handed_in(session, writer, clock, kind=Kind.GUIDE):
    choose_policy(session, Actor("o", "O", frozenset({Role.STEWARD})), "tiny", clock())
    text = kernel.start_guide(
        session, writer.id, fields=FIELDS, language="en", body=BODY, topics=["telling"], kind=kind, now=clock()
    )
    hand_in.hand_in(session, writer, text, clock())
    session.commit()
    return text


def wish(session, actor, text, stage, now):
    case = rounds.case(session, rounds.open_review(session, text.id), text, now)
    check = case.check(stage)
    answers = {question.key: "change" for question in questions_of(case, check)}
    word = decisions.Word(
        Verdict.REQUEST_CHANGES,
        case.now.content_hash,
        checklist_of(case, check).version,
        answers=answers,
        note="Please say it more kindly.",
        own_experience=True,
    )
    decisions.decide(session, actor, case.review.id, stage, word, now)
    session.commit()


def mended(session, writer, text, now):
    draft = text.draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(0, 0, "Kinder words. ")],
        fields={},
        author=writer.id,
        kind=UpdateKind.FORM,
        now=now,
    )
    kernel.save_version(session, writer.id, text, significance=Significance.CONTENT, note="", now=now)
    look_again(session, text, now)
    session.commit()


def settled(client, session, text):
    """Return what the page of the one talk says about its being settled, and the whole page."""
    session.rollback()
    thread = session.scalars(select(Thread)).one()
    assert thread.resolved_at
    page = client.get(f"/studio/guides/{text.guide_id}/en/talk/{thread.id}").text
    found = re.search(r"<p[^>]*>Settled · .*?</p>", page)
    assert found
    return found[0], page


def test_whoever_asked_from_own_experience_is_not_named_when_they_agree(
    client, session, sign_in, writer, wren, egret, clock
):
    text = handed_in(session, writer, clock)
    agree(session, wren, text, clock(), "peer", "copy")
    wish(session, egret, text, "voice", clock())
    mended(session, writer, text, clock())
    agree(session, egret, text, clock(), "voice")
    sign_in(client, writer)
    line, page = settled(client, session, text)
    assert "Egret" not in page
    assert "<bdi>" not in line
    assert egret.id not in {one.resolved_by for one in session.scalars(select(Thread))}


def test_whoever_asked_in_another_check_is_named_when_they_agree(client, session, sign_in, writer, wren, clock):
    text = handed_in(session, writer, clock)
    wish(session, wren, text, "peer", clock())
    mended(session, writer, text, clock())
    agree(session, wren, text, clock(), "peer")
    sign_in(client, writer)
    assert "<bdi>Wren</bdi>" in settled(client, session, text)[0]


def test_a_storys_teller_is_named_neither_as_asking_nor_as_settling(
    client, session, sign_in, writer, wren, egret, clock
):
    text = handed_in(session, writer, clock, Kind.STORY)
    for one in (wren, egret):
        kernel.join_team(session, text, one.id, clock())
    session.commit()
    agree(session, wren, text, clock(), "peer", "copy")
    agree(session, egret, text, clock(), "voice", "safety")
    wish(session, writer, text, "teller", clock())
    agree(session, writer, text, clock(), "teller")
    sign_in(client, wren)
    line, page = settled(client, session, text)
    assert "<bdi>" not in line
    assert "Reed" not in page
