"""Four people act on one text at the same moment, five hundred times, on each database that a house may have."""

from __future__ import annotations

import sys
from pathlib import Path

import postgres
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))

from racing import Race

from studio.app import create_app
from studio.storage.base import Base
from studio.storage.engine import make_engine

ROUNDS = 500
HAPPENED = ("write", "hand in", "agree", "wish", "publish", "finish", "take down", "decide")


@pytest.fixture
def address(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'studio.db'}"
        return
    with postgres.cluster() as folder:
        yield postgres.database(folder, "race")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
def test_whoever_acts_at_the_same_moment_nothing_comes_out_that_was_not_agreed_to(address):
    assert callable(create_app)  # every model is imported with it
    engine = make_engine(address)
    Base.metadata.create_all(engine)
    race = Race(engine, seed=7)
    try:
        for _ in range(ROUNDS):
            race.round()
        race.end()
    finally:
        engine.dispose()
    done = race.book.done
    assert all(done.get(name, 0) >= 2 for name in HAPPENED), done
    assert race.book.refused > ROUNDS
