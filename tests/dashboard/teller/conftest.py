"""A story, from its round to its readers in two languages, and its teller."""

from __future__ import annotations

import pytest
from full_checks import agree, fresh
from publishing import BODY, approve, published, worker
from telling import FIELDS_OF_STORY

from studio.guides import operations as kernel
from studio.guides.rules.statuses import Kind
from studio.review.operations.hand_in import hand_in


@pytest.fixture
def teller(member):
    return member("Wisteria", reads={"en", "ar"})


@pytest.fixture
def house(session, live, heron, juniper, river):
    """Only so that everybody is there; ``live`` is a guide of somebody else."""
    return live


@pytest.fixture
def story(session, house, teller, heron, juniper, river, clock):
    """Return a story in its round, with everything agreed to but its teller's own yes."""
    text = kernel.start_guide(
        session,
        teller.id,
        fields=FIELDS_OF_STORY,
        language="en",
        body=BODY,
        kind=Kind.STORY,
        topics=["telling"],
        now=clock(),
    )
    for one in (heron, juniper, river):
        kernel.join_team(session, text, one.id, clock())
    hand_in(session, teller, text, clock())
    session.commit()
    agree(session, heron, text, clock(), "peer", "copy")
    return text


@pytest.fixture
def told(session, story, teller, juniper, clock):
    agree(session, juniper, story, clock(), "voice", "safety")
    agree(session, teller, story, clock(), "teller")
    return story


@pytest.fixture
def out(session, told, river, work, clock):
    """Return the story as readers have it, in English and in Arabic."""
    published(session, river, told)
    work()
    clock.forward(minutes=1)
    arabic = kernel.add_translation(
        session,
        river.id,
        told.guide,
        language="ar",
        fields=FIELDS_OF_STORY,
        body=BODY,
        now=clock(),
    )
    session.flush()
    approve(session, river, arabic)
    published(session, river, arabic)
    work()
    fresh(session)
    return told


@pytest.fixture
def daily(settings, clock, work, made_by):
    """Do what the worker does once a day, and all that follows."""

    def run():
        worker(settings, clock, made_by).ask("publish.daily", f"publish.daily:{clock().isoformat()}")
        work()

    return run
