"""Bring a database up to date, by one process at a time; keep practice and real houses apart."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, insert, inspect, select, text

from studio.core.errors import SettingsError
from studio.core.settings import Settings
from studio.core.words import N_
from studio.storage.engine import make_engine
from studio.storage.house import House

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = "migrate.lock"
_STEP: Final = re.compile(r'^(revision|down_revision) = "(\w+)"', re.MULTILINE)


def upgrade(settings: Settings) -> None:
    """Create or upgrade the database of ``settings``; several processes may ask at once.

    Raise SettingsError for a database that is newer than this program, or that belongs to the other kind of house.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(settings.data):
        engine = make_engine(settings.database_url)
        try:
            _upgrade(engine, settings)
        finally:
            engine.dispose()


def _upgrade(engine: Engine, settings: Settings) -> None:
    known, newest = _known()
    now = _version(engine)
    if now and now not in known:
        raise SettingsError(N_("This database was made by a newer Studio. Install that one; nothing was changed."))
    if now != newest:
        _run_alembic(engine)
    _check_house(engine, practice=settings.demo, fresh=now is None)


def _known() -> tuple[set[str], str]:
    """Return the numbers of all migrations, and the one that no other follows: they need not be in their order.

    Alembic knows this too, but loading it takes half a second, which every command would wait for.
    """
    texts = [path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("[0-9]*.py")]
    steps = [dict(_STEP.findall(one)) for one in texts]
    known = {one["revision"] for one in steps}
    (newest,) = known - {one.get("down_revision", "") for one in steps}
    return known, newest


def _version(engine: Engine) -> str | None:
    """Return the number of the migration that the database is at; None for a new one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def _run_alembic(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that only a first start or an upgrade needs
    from alembic.config import Config  # noqa: PLC0415 - half a second as well

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def _check_house(engine: Engine, *, practice: bool, fresh: bool) -> None:
    with engine.begin() as connection:
        if fresh:
            connection.execute(insert(House).values(id=1, practice=practice))
        mark = connection.execute(select(House.practice)).scalar()
    if bool(mark) is not practice:
        raise SettingsError(
            N_("This is a practice house; start it with --demo, or choose another STUDIO_DATA for a real one.")
            if mark
            else N_("This is a real house, not one for practice. Start it without --demo.")
        )


@contextmanager
def alone(folder: Path, name: str = _LOCK) -> Iterator[None]:
    """Wait until no other process holds the lock ``name`` of ``folder``, and hold it."""
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
