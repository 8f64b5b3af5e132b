"""Bring a database up to date, by one process at a time; keep practice and real houses apart."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from studio.core.errors import SettingsError
from studio.core.settings import Settings
from studio.core.words import N_
from studio.storage.engine import make_engine

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = "migrate.lock"


def upgrade(settings: Settings) -> None:
    """Create or upgrade the database of ``settings``; several processes may ask at once.

    Raise SettingsError for a database that is newer than this program, or that belongs to the other kind of house.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(settings.data):
        engine = make_engine(settings.database_url)
        try:
            _upgrade(engine, settings)
        finally:
            engine.dispose()


def _upgrade(engine: Engine, settings: Settings) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if now and now not in known:
        raise SettingsError(N_("This database was made by a newer Studio. Install that one; nothing was changed."))
    if now != script.get_current_head():
        config.attributes["engine"] = engine
        command.upgrade(config, "head")
    _check_house(engine, practice=settings.demo, fresh=now is None)


def _check_house(engine: Engine, *, practice: bool, fresh: bool) -> None:
    with engine.begin() as connection:
        if fresh:
            connection.execute(text("INSERT INTO house (id, practice) VALUES (1, :practice)"), {"practice": practice})
        mark = connection.execute(text("SELECT practice FROM house WHERE id = 1")).scalar()
    if bool(mark) is not practice:
        raise SettingsError(
            N_("This is a practice house; start it with --demo, or choose another STUDIO_DATA for a real one.")
            if mark
            else N_("This is a real house, not one for practice. Start it without --demo.")
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
