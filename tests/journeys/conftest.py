"""Houses for journeys, each made once: one in this process with a text at every state, and one that really runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from running import ROOT, Running, running
from standing_house import House, furnish
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
    furnish(made)
    yield made
    made.close()
    engine.dispose()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give the practice house once its starter texts can be read."""
    with running(tmp_path_factory.mktemp("practice") / "data", "--demo") as house:
        for code in LANGUAGES:
            house.wait(180, f"/{code}/deciding-whether-to-tell/")
            house.wait(180, f"/{code}/hard-days/")
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
    environment = {**kept, "STUDIO_DATA": str(practice.data)}
    command = [sys.executable, "-m", "studio", "export", str(target), "--demo"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert " texts in " in done.stdout
    return target
