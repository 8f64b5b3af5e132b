"""Two members who write, and a text that one of them has begun."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from studio.guides.models import Translation


@pytest.fixture
def heron(member):
    return member("Heron", reads={"en", "ar"})


@pytest.fixture
def kite(member):
    return member("Kite", reads={"en"})


@pytest.fixture
def begun(client, heron, sign_in):
    """The address of a text that Heron, who is signed in at ``client``, has begun."""
    sign_in(client, heron)
    answer = client.post("/studio/new", data={"title": "How to rest", "language": "en"})
    return answer.location.removesuffix("begin")


@pytest.fixture
def other(browser, kite, sign_in):
    """Kite's browser."""
    client = browser()
    sign_in(client, kite)
    return client


@pytest.fixture
def text_of(session):
    """Read a text anew by its address."""

    def read(address: str) -> Translation:
        session.rollback()
        session.expire_all()
        _, _, _, guide_id, code, _ = address.split("/")
        found = select(Translation).where(Translation.guide_id == guide_id, Translation.language == code)
        return session.scalars(found).one()

    return read
