"""A text that readers have, those who made it, and whoever looks after what readers say."""

from __future__ import annotations

import pytest
from publishing import BODY, FIELDS, approve, approved, published
from saying import worker
from sqlalchemy import select

from studio.answers.models import ReaderAnswer
from studio.members.actor import Role
from studio.publish import queries


@pytest.fixture
def writer(member):
    return member("Wren")


@pytest.fixture
def river(member):
    """An editor."""
    return member("River", Role.EDITOR)


@pytest.fixture
def heron(member):
    """Another editor, whose desk speaks Arabic."""
    return member("Heron", Role.EDITOR, reads={"en", "ar"}, language="ar")


@pytest.fixture
def juniper(member):
    """A checker."""
    return member("Juniper", Role.REVIEWER, trainings={"safety"})


@pytest.fixture
def robin(member):
    """An organiser."""
    return member("Robin", Role.STEWARD)


@pytest.fixture
def work(settings, clock):
    """Run everything that waits in the background."""

    def run():
        runner = worker(settings, clock)
        while runner.run_due():
            pass

    return run


@pytest.fixture
def publish(session, writer, river, work, clock):
    """Have a text published, with other fields or words if wanted."""

    def make(fields=FIELDS, body=BODY, language="en"):
        session.rollback()
        text = approved(session, writer, fields=fields, body=body, language=language)
        published(session, river, text)
        work()
        session.expire_all()
        return text

    return make


@pytest.fixture
def again(session, writer, river, work):
    """Publish the next edition of a text."""

    def make(text):
        session.rollback()
        approve(session, writer, text)
        published(session, river, text)
        work()
        session.expire_all()
        return queries.live_edition(session, text.id)

    return make


@pytest.fixture
def live(publish):
    return publish()


@pytest.fixture
def rows(session):
    """Return every message that is kept."""

    def look():
        session.rollback()
        session.expire_all()
        return list(session.scalars(select(ReaderAnswer).order_by(ReaderAnswer.on, ReaderAnswer.id)))

    return look
