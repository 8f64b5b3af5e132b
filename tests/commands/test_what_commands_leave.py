"""What commands leave behind: files that nobody else on the machine may read, and log lines without anybody's words."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import cli


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Put the log's handlers and the file mask back."""
    root = logging.getLogger()
    handlers, level, mask = root.handlers[:], root.level, os.umask(0o022)
    root.handlers[:] = []
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    os.umask(mask)


def test_nothing_in_the_data_folder_is_readable_for_others_even_where_the_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    tmp_path.chmod(0o755)
    assert cli.main(["member", "invite"]) == 0
    found = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")}
    assert {"studio.db", "secret.key"} <= found.keys()
    assert not {name: mode for name, mode in found.items() if mode}


def test_a_mistake_of_the_program_is_logged_without_what_somebody_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    cli.main(["member", "invite"])
    try:
        int("my very own words")
    except ValueError:
        logging.getLogger("studio.app").exception("a request failed")
    said = capsys.readouterr().err
    assert "a request failed" in said
    assert "ValueError" in said
    assert "my very own words" not in said
