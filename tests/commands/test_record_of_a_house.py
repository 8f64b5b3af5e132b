"""``studio check --record`` in the house that made the record: do its entries still stand in the trail."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio import cli
from studio.core.settings import Settings
from studio.dashboard.record import export
from studio.dashboard.record.story import story
from studio.guides import operations as kernel
from studio.guides.fields import TextFields
from studio.storage import migrate
from studio.storage.engine import make_engine, make_sessions
from studio.web.keyfile import secret_key

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a text in a house that is there."""
    data = tmp_path / "data"
    monkeypatch.setenv("STUDIO_DATA", str(data))
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'studio.db'}")
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        fields = TextFields(title="A calm talk")
        text = kernel.start_guide(session, None, fields=fields, language="en", body="Talk.", now=NOW)
        session.commit()
        seal = export.Seal(data, secret_key(settings).hex())
        made = export.as_file(session, text, story(session, text, "en", NOW), str, seal, NOW.date())
    engine.dispose()
    path = tmp_path / "record.json"
    path.write_bytes(made)
    return path


def test_a_record_that_fits_the_trail(file: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["check", "--record", str(file)]) == 0
    said = capsys.readouterr().out
    assert (
        "This record of a-calm-talk (en), made on 2027-03-09, is as it was when it was signed. Its sentences: 1."
        in said
    )
    assert "each of its entries stands in the trail" in said


def test_a_record_of_a_trail_that_was_written_anew(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with closing(sqlite3.connect(tmp_path / "data" / "studio.db")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE audit_entry SET hash = 'abc'")
        database.commit()
    assert cli.main(["check", "--record", str(file)]) == 1
    assert "its trail has other entries now than these of the record: 1." in capsys.readouterr().out


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["check", "--record", str(tmp_path / "none.json")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert json.loads(file.read_bytes())["format"] == export.FORMAT
