"""A story is taken back for good while somebody has it open and writes: the open page brings nothing back."""

from __future__ import annotations

import pytest
from live import KEY, SECRET, Place, Typist
from loops import run
from sqlalchemy import func, select

from studio.core.settings import Settings
from studio.guides.models import Translation
from studio.publish import erasing
from studio.storage import migrate
from studio.storage.engine import begin_write, make_engine, wipe_log

CANARY = "quokkaplume"


@pytest.fixture
def settings(tmp_path) -> Settings:
    made = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key=SECRET)
    migrate.upgrade(made)
    return made


def erase(place, text):
    with place.session() as session:
        begin_write(session)
        guide = session.get_one(Translation, text).guide
        erasing.erase(session, guide, KEY, place.clock())
        session.commit()


def nothing_is_left(place, settings, said):
    engine = make_engine(settings.database_url)
    assert wipe_log(engine)
    engine.dispose()
    place.engine.dispose()
    holding = [path.name for path in settings.data.rglob("*") if path.is_file() and CANARY in str(path.read_bytes())]
    return not holding and CANARY not in said


@pytest.mark.parametrize("writes_on", [True, False])
def test_an_editor_that_stays_open_is_let_go_and_brings_nothing_back(settings, caplog, writes_on):
    place = Place(settings)
    heron, kite = place.member("Heron"), place.member("Kite")
    text = place.text(f"Rest is allowed. {CANARY}\n", by=heron.id)
    other = place.text("Another one.\n", by=kite.id)

    async def story():
        async with place.process() as door:
            first, second = Typist(door, heron, text), Typist(door, kite, other)
            await first.connect()
            await second.connect()
            first.type(0, 0, f"{CANARY} ")
            await first.all_saved()
            erase(place, text)
            if writes_on:
                first.type(0, 0, f"{CANARY} once more ")
            await first.until(lambda: first.closed is not None)
            second.type(0, 0, "Still here. ")
            await second.all_saved()
            assert second.closed is None
            await first.leave()
            await second.leave()

    run(story())
    assert place.read(other).startswith("Still here.")
    with place.session() as session:
        left = select(func.count()).select_from(Translation).where(Translation.id == text)
        assert session.scalar(left) == 0
    assert nothing_is_left(place, settings, caplog.text)
