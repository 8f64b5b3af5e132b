"""A text that readers have, and whoever is needed to change or take it."""

from __future__ import annotations

import pytest
from publishing import BODY, FIELDS, approved, published, worker

from studio.members.actor import Actor, Role
from studio.review.operations.policies import choose_policy


@pytest.fixture
def writer(member):
    return member("Wren")


@pytest.fixture
def river(member):
    """An editor, who writes fixes."""
    return member("River", Role.EDITOR)


@pytest.fixture
def heron(member):
    """Another editor, whose desk speaks Arabic; both languages are read."""
    return member("Heron", Role.EDITOR, reads={"en", "ar"}, language="ar")


@pytest.fixture
def juniper(member):
    """A checker who is trained for safety."""
    return member("Juniper", Role.REVIEWER, trainings={"safety"}, reads={"en", "ar"})


@pytest.fixture
def work(settings, clock):
    """Run everything that waits in the background, at the time of the house."""

    def run():
        runner = worker(settings, clock)
        while runner.run_due():
            pass

    return run


@pytest.fixture
def live(session, writer, river, work):
    choose_policy(session, Actor("o", "O", frozenset({Role.STEWARD})), "tiny", river.role_since[Role.EDITOR])
    text = approved(session, writer, fields=FIELDS, body=BODY)
    published(session, river, text)
    work()
    session.rollback()
    session.expire_all()
    return text


@pytest.fixture
def at(browser, sign_in):
    """Return the browser of a member who is signed in."""

    def enter(actor):
        made = browser()
        sign_in(made, actor)
        return made

    return enter
