"""Fixtures that every test folder shares.

* ``settings``: a house in a temporary folder; ``clock``: its time, moved by ``clock.forward(minutes=31)``.
* ``app``: the whole app with its tables; ``session``: a database session for arranging and looking (commit yourself).
* ``member("Heron", Role.EDITOR, trainings={"safety"}, reads={"ar"})``: a committed member, returned as an ``Actor``.
* ``client``: a browser. ``client.get`` and ``client.post`` send what one sends: ``Sec-Fetch-Site``, ``Origin``
  and, for a post, the form token of this browser (``client.post(url, data={…})``; ``token=False`` leaves it out).
  ``browser()`` makes another one.
* ``sign_in(client, actor)`` goes through the real sign-in page.
* ``chromium``: one real browser for all that need one; each test makes contexts of its own and closes them.
"""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import hypothesis
import once
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from spreading import (  # noqa: F401 - pytest finds its hooks here
    pytest_collection_modifyitems,
    pytest_runtest_call,
    pytest_xdist_auto_num_workers,
    pytest_xdist_make_scheduler,
)
from sqlalchemy.orm import Session
from walking import a_browser

import studio
from studio.app import create_app
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.members import queries
from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training
from studio.members.rules import names, passphrases
from studio.storage.base import Base
from studio.storage.db import db
from studio.storage.engine import make_engine
from studio.web.protect import FIELD

PASSPHRASE = "seven lamps beside the river"
FIRST_MOMENT = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
ORIGIN = "http://localhost"
once.share()
hypothesis.settings.register_profile("patient", hypothesis.settings(), deadline=None)  # no test is timed
hypothesis.settings.load_profile("patient")


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = FIRST_MOMENT

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Browser(FlaskClient):
    """A client that sends what a browser sends, with the form token of a page that it has seen as who it is now."""

    _seen: tuple[dict[Any, str], str] = ({}, "")

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **self._as_browser(kwargs, "same-origin"))

    def post(self, *args: Any, token: bool = True, **kwargs: Any) -> Any:
        if token and "json" not in kwargs and not isinstance(kwargs.get("data"), (bytes, str)):
            kwargs["data"] = {FIELD: self.token(), **(kwargs.get("data") or {})}
        elif token:
            kwargs["headers"] = {"X-Form-Token": self.token(), **(kwargs.get("headers") or {})}
        return super().post(*args, **self._as_browser(kwargs, "same-origin", Origin=ORIGIN))

    def token(self) -> str:
        """Return a form token as a page of this browser would hold it: a new one as soon as its cookies are others."""
        cookies, known = self._seen
        if not known or cookies != self._held():
            known = self._fetched()
            self._seen = self._held(), known
        return known

    def _held(self) -> dict[Any, str]:
        return {key: cookie.value for key, cookie in (self._cookies or {}).items()}

    def _fetched(self) -> str:
        page = super().get("/studio/me/", **self._as_browser({}, "same-origin"))
        if page.status_code != 200:
            page = super().get("/studio/sign-in", **self._as_browser({}, "same-origin"))
        found: str = fields(page.text)[FIELD]
        return found

    @staticmethod
    def _as_browser(kwargs: dict[str, Any], site: str, **more: str) -> dict[str, Any]:
        headers = {"Sec-Fetch-Site": site, "Accept": "text/html", **more, **(kwargs.pop("headers", None) or {})}
        return {**kwargs, "headers": {name: value for name, value in headers.items() if value is not None}}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("name"):
            self.found.setdefault(values["name"] or "", values.get("value") or "")


def fields(html: str) -> dict[str, str]:
    """Return the first value of each input of a page, by name."""
    parser = _Fields()
    parser.feed(html)
    return parser.found


@cache
def passphrase_hash() -> str:
    """Return a hash of the house's own kind that is quick to try: each tells itself how much work it takes."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(passphrases.typed(PASSPHRASE))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}", secret_key="k" * 40)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with every table, made once: laying out the tables is slower than copying the file."""
    for module in pkgutil.walk_packages(studio.__path__, "studio."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    path = tmp_path_factory.mktemp("empty") / "studio.db"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def app(settings: Settings, clock: Clock, empty_database: Path) -> Iterator[Flask]:
    shutil.copyfile(empty_database, settings.data / "studio.db")
    made = create_app(settings, now_is=clock)
    made.test_client_class = Browser
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        engine = db.engine
    # No app context stays open: Flask would share its ``g`` with every request of the test.
    with Session(engine, expire_on_commit=False) as made:
        yield made


@pytest.fixture
def browser(app: Flask) -> Callable[[], Browser]:
    return cast("Callable[[], Browser]", app.test_client)


@pytest.fixture
def client(browser: Callable[[], Browser]) -> Browser:
    return browser()


@pytest.fixture
def member(session: Session, clock: Clock) -> Callable[..., Actor]:
    def make(
        pen_name: str = "Heron",
        *roles: Role,
        trainings: frozenset[str] | set[str] = frozenset(),
        reads: frozenset[str] | set[str] = frozenset({"en"}),
        language: str = "en",
        founding: bool = False,
        since: datetime | None = None,
    ) -> Actor:
        since = since or clock() - timedelta(days=60)
        row = Member(
            id=new_id(),
            pen_name=pen_name,
            name_folded=names.folded(pen_name),
            name_look=names.look(pen_name),
            passphrase_hash=passphrase_hash(),
            pattern=new_id(),
            language=language,
            joined=since,
            founding=founding,
        )
        session.add(row)
        session.flush()
        session.add_all(MemberRole(member_id=row.id, role=role, since=since) for role in {Role.WRITER, *roles})
        session.add_all(Training(member_id=row.id, name=name) for name in trainings)
        session.add_all(LanguageRead(member_id=row.id, language=code) for code in reads)
        session.commit()
        actor = queries.actor(session, row)
        session.commit()
        return actor

    return make


@pytest.fixture
def sign_in() -> Callable[[Browser, Actor], None]:
    def enter(client: Browser, actor: Actor, *, own_phone: bool = False) -> None:
        answer = client.post(
            "/studio/sign-in",
            data={"pen_name": actor.pen_name, "passphrase": PASSPHRASE, "own_phone": "yes" if own_phone else "no"},
        )
        assert answer.status_code == 303, answer.text

    return enter


@pytest.fixture
def at(browser: Callable[[], Browser], sign_in: Callable[[Browser, Actor], None]) -> Callable[[Actor], Browser]:
    """Return the browser of a member who is signed in."""

    def enter(actor: Actor) -> Browser:
        made = browser()
        sign_in(made, actor)
        return made

    return enter


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with a_browser() as browser:
        yield browser
