"""A member's page with the live editor on it, in a house that really answers, over a network that a test can break."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import patience
import pytest
from live import Place, Somebody
from live_house import LiveHouse, live_house, other
from network import Network
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from studio.core.settings import Settings
from studio.members import hashing
from studio.members.models import Member
from studio.members.operations import visits
from studio.storage.engine import begin_write
from studio.web.cookies import STUDIO

PASSPHRASE = "seven lamps beside the river"
TEXT = "Begin.\n\n## Rest\n\nSit down.\n\n## Go on\n\nStand up.\n"
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def chrome(chromium: Browser) -> Iterator[Browser]:
    """Give the one browser, and close what a test has opened in it."""
    before = list(chromium.contexts)
    yield chromium
    for context in chromium.contexts:
        if context not in before:
            context.close()


def visit(cookie):
    """Return what a browser keeps after the sign-in page."""
    return {"name": "studio", "value": cookie, "domain": "127.0.0.1", "path": STUDIO}


@pytest.fixture
def let_in(session, clock):
    """Let a member be signed in in a browser, without the time that a passphrase takes."""

    def put(context, pen_name):
        session.rollback()
        begin_write(session)
        member = session.scalars(select(Member).where(Member.pen_name == pen_name)).one()
        cookie = visits.begin(session, member=member, own_phone=False, now=clock())
        session.commit()
        context.add_cookies([visit(cookie)])

    return put


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[LiveHouse]:
    """Give a house to the tests of a file, each of which has a text of its own."""
    data = tmp_path_factory.mktemp("live")
    shutil.copyfile(empty_database, data / "studio.db")
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}", secret_key="k" * 40)
    with live_house(settings) as house:
        yield house


@pytest.fixture
def place(live: LiveHouse) -> Place:
    return live.place


@pytest.fixture(scope="module")
def members(live: LiveHouse) -> dict[str, str]:
    """Give the ids of those who write."""
    known = hashing.hashed(PASSPHRASE)
    return {name: live.place.member(name, passphrase_hash=known).id for name in ("Heron", "Kite")}


@pytest.fixture
def heron(place: Place, members: dict[str, str]) -> Somebody:
    """Heron on a device of this test."""
    return place.visit(members["Heron"])


@pytest.fixture
def viewport(request):
    return getattr(request, "param", WIDE)


@pytest.fixture
def code(request):
    return getattr(request, "param", "en")


@pytest.fixture
def body():
    """What the text is before anybody opens it."""
    return TEXT


@pytest.fixture
def text_id(place, heron, code, body):
    return place.text(body, by=heron.id, language=code)


@pytest.fixture
def address(live, text_id):
    return f"{live.path(text_id)}write"


@pytest.fixture
def there(place, text_id):
    """Tell what the database has of the text."""
    return lambda: place.read(text_id)


@pytest.fixture
def kite(live, place, members, text_id):
    """Kite, who has the text open elsewhere."""
    somebody = other(live, place.visit(members["Kite"]), text_id)
    somebody.come()
    yield somebody
    somebody.go()


@pytest.fixture
def context(chrome, heron, viewport):
    """Heron's browser."""
    made = chrome.new_context(viewport=viewport, bypass_csp=False)
    made.set_default_timeout(patience.MS)
    made.add_cookies([visit(heron.cookie)])
    return made


@pytest.fixture
def network(context):
    return Network(context)


@pytest.fixture
def page(context, network, address):
    """Heron's page with the live editor on it."""
    page = context.new_page()
    failed = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(address)
    yield page
    assert failed == []


@pytest.fixture
def text(page):
    """The editor, once it has taken the place of the textarea."""
    found = page.locator(".cm-content")
    expect(found).to_be_visible()
    return found


@pytest.fixture
def saved(page):
    def wait():
        expect(page.locator("[data-live-state]")).to_have_text("Saved")

    return wait
