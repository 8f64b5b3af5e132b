"""Houses for journeys, each made once: one in this process with a text at every state, and one that really runs."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from running import EXIT, ROOT, Running, furnish, practising
from standing_house import House
from standing_house import furnish as bring_in
from walking import Walkers

from studio.app import create_app
from studio.core.settings import Settings
from studio.storage import migrate
from studio.storage.db import db
from studio.storage.engine import make_engine, make_sessions

LANGUAGES = ("en", "ar", "ja")
NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a house with a text of everybody at every state; whoever changes it puts it back."""
    data = tmp_path_factory.mktemp("standing")
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}", secret_key="k" * 40)
    migrate.upgrade(settings)
    app = create_app(settings, now_is=lambda: NOW)
    engine = make_engine(settings.database_url)
    made = House(app, settings, NOW, make_sessions(engine))
    bring_in(made)
    yield made
    made.close()
    engine.dispose()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a practice house that has made all its files, once for all workers: it takes a minute."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "furnished"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "whole").exists():
            furnish(shared / "data")
            (shared / "whole").touch()
    return shared / "data"


@pytest.fixture(scope="session")
def practice_of_its_own(
    furnished: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], AbstractContextManager[Running]]:
    """Return what opens a practice house that nobody else is in, with all its files made."""

    def begin(name: str) -> AbstractContextManager[Running]:
        data = tmp_path_factory.mktemp(name) / "data"
        shutil.copytree(furnished, data)
        return practising(data)

    return begin


@pytest.fixture(scope="session")
def practice(practice_of_its_own: Callable[[str], AbstractContextManager[Running]]) -> Iterator[Running]:
    """Give a practice house in which several journeys meet; its starter texts can be read."""
    with practice_of_its_own("practice") as house:
        for code in LANGUAGES:
            house.wait(20, f"/{code}/deciding-whether-to-tell/")
            house.wait(20, f"/{code}/hard-days/")
        yield house


@pytest.fixture(scope="session")
def walkers(practice: Running, chromium: Browser) -> Walkers:
    """Give everybody's browsers in the practice house."""
    return Walkers(practice, chromium)


@pytest.fixture(scope="session")
def exported(practice: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the practice house's library as it was at first, exported by the command while the house runs.

    Whoever takes one of its texts down asks for this too, so that it is exported before.
    """
    target = tmp_path_factory.mktemp("stick") / "my library"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_")}
    environment = {**kept, "STUDIO_DATA": str(practice.data), "STUDIO_EXIT_URL": EXIT}
    command = [sys.executable, "-m", "studio", "export", str(target), "--demo"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert " texts in " in done.stdout
    return target
