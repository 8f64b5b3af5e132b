"""``studio check`` verifies the signed lists of files of what readers have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import Printer
from sqlalchemy.orm import Session

from studio import cli
from studio.commands.database import sign_trail
from studio.core.settings import Settings
from studio.members.actor import Actor, Role
from studio.publish import queries
from studio.publish.artifacts import Store
from studio.publish.models import Artifact, Edition
from studio.storage import migrate
from studio.storage.engine import make_engine, make_sessions

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Printer]:
    """A house as the command finds it, with one text that readers have."""
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setenv("STUDIO_SECRET_KEY", "k" * 40)
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key="k" * 40)
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        writer, editor = (Actor(name, name, frozenset({Role.EDITOR})) for name in ("Wren", "River"))
        printer = Printer(session, settings, writer, editor, lambda: NOW)
        printer.text()
        sign_trail(session, settings)
        session.commit()
        yield printer
    engine.dispose()


def sealed(session: Session) -> Artifact:
    build = queries.finished_build(session, session.query(Edition).one())
    assert build
    return session.get_one(Artifact, (build.id, "manifest"))


def test_what_is_as_it_should_be_is_told_so(printer: Printer, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["check"]) == 0, capsys.readouterr()


def test_a_list_that_was_changed_is_not_signed_by_this_house(printer: Printer, capsys: pytest.CaptureFixture[str]):
    session, store = printer.session, Store(printer.settings.data)
    kept = store.get(sealed(session).sha256)
    assert kept
    sealed(session).sha256 = store.put(kept.replace(b'"edition": 1', b'"edition": 7'))
    session.commit()
    assert cli.main(["check"]) == 1
    assert "is not signed by the key of this house" in capsys.readouterr().out


def test_a_file_that_was_put_in_anothers_place_is_noticed(printer: Printer, capsys: pytest.CaptureFixture[str]):
    session = printer.session
    pdf = session.get_one(Artifact, (sealed(session).build_id, "pdf"))
    pdf.sha256 = Store(printer.settings.data).put(b"another one")
    session.commit()
    assert cli.main(["check"]) == 1
    assert "names files that it does not have" in capsys.readouterr().out


def test_a_house_without_lists_is_told_how_to_make_them(printer: Printer, capsys: pytest.CaptureFixture[str]):
    printer.session.delete(sealed(printer.session))
    printer.session.commit()
    assert cli.main(["check"]) == 1
    assert "studio rebuild --missing makes them anew" in capsys.readouterr().out
