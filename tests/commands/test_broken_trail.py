"""``studio check`` on a trail that somebody tampered with: it names the first broken link, and says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio import cli
from studio.audit import head_file, trail
from studio.audit.links import AT_ONCE
from studio.audit.models import AuditEntry
from studio.audit.trail import entry_hash
from studio.core.settings import Settings
from studio.storage import migrate
from studio.storage.engine import make_engine, make_sessions
from studio.web.keyfile import secret_key

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)
ACTS = ("start", "save_version", "hand_in", "review.decide", "all_agreed", "publish")
Tamper = Callable[..., list[str]]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A house whose trail has six entries and is signed."""
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))
    monkeypatch.setenv("STUDIO_SECRET_KEY", "k" * 40)
    settings = Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key="k" * 40)
    migrate.upgrade(settings)
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        for act in ACTS:
            last = trail.record(session, actor=None, act=act, subject="translation:x", details={"n": 1}, now=NOW)
        session.commit()
        head_file.write(settings.data, secret_key(settings).hex(), last.seq, last.hash)
    engine.dispose()
    return settings


@pytest.fixture
def tampered(house: Settings, capsys: pytest.CaptureFixture[str]) -> Tamper:
    """Change the database behind the house's back, then return what the command says of the trail."""

    def tamper(*statements: str) -> list[str]:
        with closing(sqlite3.connect(house.data / "studio.db")) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                database.execute(statement)
            database.commit()
        capsys.readouterr()
        assert cli.main(["check"]) == 1
        return [line for line in capsys.readouterr().out.splitlines() if "search index" not in line]

    return tamper


def rehashed(house: Settings, seq: int, **changes: str) -> list[str]:
    """Return statements that write an entry anew with a hash that fits, and every entry after it, too."""
    engine = make_engine(house.database_url)
    with make_sessions(engine)() as session:
        made, previous = [], None
        for entry in session.query(AuditEntry).filter(AuditEntry.seq >= seq).order_by(AuditEntry.seq):
            for name, value in changes.items() if entry.seq == seq else ():
                setattr(entry, name, value)
            entry.previous = previous or entry.previous
            entry.hash = previous = entry_hash(entry)
            made.append(
                f"UPDATE audit_entry SET act = '{entry.act}', previous = '{entry.previous}', hash = '{entry.hash}' "  # noqa: S608 - values of our own
                f"WHERE seq = {entry.seq}"
            )
        session.rollback()
    engine.dispose()
    return [*made, f"UPDATE audit_head SET hash = '{previous}'"]  # noqa: S608 - as above


def test_a_trail_that_nobody_touched_is_not_spoken_of(house: Settings, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "Trail, editions, files and index are as they should be.\n"


@pytest.mark.parametrize(
    "change",
    ["act = 'publish'", "actor = 'somebody'", "subject = 'translation:y'", "details = '{\"n\": 2}'", "hash = 'abc'"],
)
def test_changed_words_of_an_entry(tampered: Tamper, change: str):
    said = tampered(f"UPDATE audit_entry SET {change} WHERE seq = 3")  # noqa: S608 - as above
    act = "publish" if change.startswith("act ") else "hand_in"
    assert said[0] == (
        f"The trail does not hold. The first link that is broken is entry 3 (9 March 2027, “{act}”): its own words are "
        "not those that it was written with. Up to entry 2 (9 March 2027, “save_version”) everything is as it was "
        "written."
    )
    assert said[1].startswith("What to do: stop the house and change nothing.")
    assert len(said) == 2


def test_only_the_first_of_several_broken_links_is_told(tampered: Tamper):
    said = tampered(
        "UPDATE audit_entry SET act = 'other' WHERE seq IN (2, 4, 5)", "DELETE FROM audit_entry WHERE seq = 6"
    )
    assert "entry 2 (9 March 2027, “other”)" in said[0]
    assert len(said) == 2


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("seq = 3", "Entry 3 is missing: what stands next is entry 4 (9 March 2027, “review.decide”)."),
        ("seq IN (3, 4)", "Entries 3 to 4 are missing: what stands next is entry 5 (9 March 2027, “all_agreed”)."),
        ("seq = 1", "Entry 1 is missing: what stands next is entry 2"),
    ],
)
def test_entries_that_were_taken_out(tampered: Tamper, gone: str, words: str):
    assert words in tampered(f"DELETE FROM audit_entry WHERE {gone}")[0]  # noqa: S608 - as above


def test_entries_that_changed_places(tampered: Tamper):
    said = tampered(
        "UPDATE audit_entry SET seq = -1 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 4",
        "UPDATE audit_entry SET seq = 4 WHERE seq = -1",
    )
    assert (
        "entry 2 (9 March 2027, “review.decide”): it stands in the wrong place, for it was written as entry 4."
        in said[0]
    )


def test_an_entry_taken_out_whose_number_was_closed_up(tampered: Tamper):
    said = tampered(
        "DELETE FROM audit_entry WHERE seq = 3",
        "UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3",
        "UPDATE audit_head SET seq = 5",
    )
    assert "first link that is broken is entry 3 (9 March 2027, “review.decide”)" in said[0]


def test_one_entry_written_anew_with_a_hash_that_fits(house: Settings, tampered: Tamper):
    said = tampered(rehashed(house, 3, act="take_back")[0])
    assert (
        "The first link that is broken is entry 4 (9 March 2027, “review.decide”): it was not written after entry 3 "
        "(9 March 2027, “take_back”) as that stands now. Either that one was written anew together with its hash"
        in said[0]
    )


def test_everything_from_an_entry_on_written_anew_does_not_fit_the_signed_head(house: Settings, tampered: Tamper):
    said = tampered(*rehashed(house, 3, act="take_back"))
    assert "entry 6 (9 March 2027, “publish”) is not the one that the file trail-head was signed for" in said[0]


def test_newest_entries_cut_off(tampered: Tamper):
    said = tampered("DELETE FROM audit_entry WHERE seq > 4")
    assert "Entries after entry 4 (9 March 2027, “review.decide”) are missing" in said[0]


def test_newest_entries_cut_off_together_with_the_row_that_names_them(tampered: Tamper):
    cut = "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_entry WHERE seq = 4)"
    said = tampered("DELETE FROM audit_entry WHERE seq > 4", cut)
    assert "ends with entry 4" in said[0]
    assert "signed for entry 6" in said[0]


def test_all_entries_gone(tampered: Tamper):
    assert "all entries are gone" in tampered("DELETE FROM audit_entry")[0]


@pytest.mark.parametrize("change", ["details = 'no JSON'", "at = 'some day'"])
def test_an_entry_that_cannot_be_read_is_named_like_any_other(tampered: Tamper, change: str):
    said = tampered(f"UPDATE audit_entry SET {change} WHERE seq = 3")  # noqa: S608 - as above
    assert "The first link that is broken is entry 3: it cannot be read as an entry." in said[0]
    assert "Up to entry 2" in said[0]


def test_a_changed_head_file_is_told_beside_it(house: Settings, tampered: Tamper):
    path = house.data / head_file.NAME
    path.write_text(path.read_text().replace("6 ", "5 ", 1))
    assert tampered() == ["The signed head of the trail was changed."]


def test_a_long_trail_is_read_in_parts_and_its_last_part_is_looked_at(house: Settings, tampered: Tamper):
    engine = make_engine(house.database_url)
    with make_sessions(engine)() as session:
        for _ in range(AT_ONCE):
            trail.record(session, actor=None, act="start", subject="translation:x", details={}, now=NOW)
        session.commit()
    engine.dispose()
    said = tampered(f"UPDATE audit_entry SET act = 'x' WHERE seq = {AT_ONCE + 3}")  # noqa: S608 - as above
    assert f"broken is entry {AT_ONCE + 3} " in said[0]
