"""The migrations make exactly the tables of the models, once, whoever asks; houses are not mixed up."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from studio.app import create_app
from studio.core.errors import SettingsError
from studio.core.settings import Settings
from studio.storage import migrate
from studio.storage.base import Base
from studio.storage.engine import make_engine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key="k" * 40)


def test_the_migration_and_the_models_say_the_same(settings: Settings):
    assert callable(create_app)  # every model is imported with it
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_trail_refuses_to_be_changed_or_cut(settings: Settings):
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    row = "INSERT INTO audit_entry VALUES (1, '2027-03-09 10:00:00', NULL, 'start', 'x:1', '{}', '0', '1')"
    with engine.begin() as connection:
        connection.execute(text(row))
    for change in ("UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError, match="never changed"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()


def test_four_processes_may_start_a_house_at_once(settings: Settings):
    processes = [
        multiprocessing.get_context("spawn").Process(target=migrate.upgrade, args=(settings,)) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


def test_a_practice_house_is_never_taken_for_a_real_one_nor_the_other_way_round(settings: Settings):
    migrate.upgrade(settings)
    with pytest.raises(SettingsError, match="real house"):
        migrate.upgrade(replace(settings, demo=True))


def test_a_database_of_a_newer_program_is_left_alone(settings: Settings):
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(SettingsError, match="newer"):
        migrate.upgrade(settings)


def test_what_was_published_before_cards_kept_their_words_is_still_there_after_the_upgrade(settings: Settings):
    at_the_first_migration(settings)
    with closing(sqlite3.connect(settings.data / "studio.db")) as connection:
        connection.execute("INSERT INTO artifact VALUES ('b', 'card_wide', 'image/png', 'source', 'sum', 7)")
        connection.commit()
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT sha256, size, alt FROM artifact")).all() == [("sum", 7, "")]
    engine.dispose()


def test_who_wrote_before_there_were_suggestions_is_known_as_who_typed_after_the_upgrade(settings: Settings):
    at_the_first_migration(settings)
    with closing(sqlite3.connect(settings.data / "studio.db")) as connection:
        connection.execute("INSERT INTO revision_block VALUES ('r', 1, 'b', 'paragraph', 'Rest.', 'h', '[\"heron\"]')")
        connection.execute("INSERT INTO thread VALUES ('t', 'x', NULL, NULL, 'Rest', 0, NULL, NULL, '2027-03-09')")
        connection.commit()
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT contributors, suggested FROM revision_block")).all()
        assert rows == [('["heron"]', "{}")]
        assert connection.execute(text("SELECT quote, anchor_id FROM thread")).all() == [("Rest", None)]
    engine.dispose()


def at_the_first_migration(settings: Settings) -> None:
    """Make a database as a house has it that has not been upgraded since its first days."""
    engine, config = make_engine(settings.database_url), Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "0001")
    engine.dispose()
