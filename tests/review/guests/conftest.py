"""A text in its first check, an organiser who made a link for it, and a guest's browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from guesting import make_link
from houses import BODY, FIELDS

from studio.guides import operations as guides
from studio.members.actor import Role
from studio.review.operations import hand_in
from studio.review.operations.policies import choose_policy


@pytest.fixture
def writer(member):
    return member("Reed", Role.EDITOR)


@pytest.fixture
def organiser(member):
    return member("Gate", Role.STEWARD)


@pytest.fixture
def text(session, writer, organiser, clock):
    choose_policy(session, organiser, "tiny", clock())
    made = guides.start_guide(
        session,
        writer.id,
        fields=replace(FIELDS, sources=("A handbook for hard days, 2025",)),
        language="en",
        now=clock(),
        body=BODY,
        topics=["telling"],
        facets=["health"],
    )
    session.commit()
    return made


@pytest.fixture
def review(session, text, writer, clock):
    made = hand_in.hand_in(session, writer, text, clock())
    session.commit()
    return made


@pytest.fixture
def link(client, sign_in, review, organiser):
    """Return the path of a link for the first read, made by an organiser's page."""
    sign_in(client, organiser)
    return make_link(client, review.id, "peer")


@pytest.fixture
def guest(browser):
    return browser()
