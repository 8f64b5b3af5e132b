"""A text that readers have and whoever is needed to change or take it, and the checks' house in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from full_checks import fresh
from houses import House, close_house, open_house
from publishing import BODY, FIELDS, approved, published, quickly, worker
from urgent_fixes import HERE, form, waiting

from studio.members.actor import Actor, Role
from studio.publish import queries
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
def made_by():
    """What makes the files of editions; whoever looks into them asks for ``publishing.derive`` in its place."""
    return quickly


@pytest.fixture
def work(settings, clock, made_by):
    """Run everything that waits in the background, at the time of the house."""

    def run():
        runner = worker(settings, clock, made_by)
        while runner.run_due():
            pass

    return run


@pytest.fixture
def live(session, writer, river, work):
    choose_policy(session, Actor("o", "O", frozenset({Role.STEWARD})), "tiny", river.role_since[Role.EDITOR])
    text = approved(session, writer, fields=FIELDS, body=BODY)
    published(session, river, text)
    work()
    fresh(session)
    return text


@pytest.fixture
def proposed(session, live, river, heron, juniper, at):
    """Return a fix that River has put before another person."""
    assert at(river).post(f"{HERE}urgent", data=form(session, live)).status_code == 303
    return waiting(session, live)


@pytest.fixture
def out(session, proposed, live, heron, at, work):
    """Return the edition that readers have after Heron agreed."""
    sent = {"content_hash": proposed.content_hash}
    assert at(heron).post(f"{HERE}urgent/{proposed.id}/agree", data=sent).status_code == 303
    work()
    fresh(session)
    return queries.live_edition(session, live.id)


@pytest.fixture
def house() -> Iterator[House]:
    made = open_house()
    yield made
    close_house(made)
