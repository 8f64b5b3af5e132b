"""The trail names whatever was changed, deleted, swapped or cut off, and tells nothing of a text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from studio.audit import head_file, links, trail
from studio.audit.links import Fault
from studio.audit.models import AuditEntry, AuditHead
from studio.storage.base import Base

NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def session() -> Iterator[Session]:
    """A trail of five acts, without the triggers that would hinder whoever tampers with it."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[AuditEntry.__table__, AuditHead.__table__])
    with Session(engine) as made:
        for number in range(1, 6):
            trail.record(
                made,
                actor=f"member{number}",
                act="save",
                subject=f"translation:{number}",
                details={"n": number},
                now=NOW,
            )
        made.commit()
        yield made
    engine.dispose()


def broken(session: Session, signed: tuple[int, str] | None = None) -> list[tuple[Fault, int]]:
    return [(one.fault, one.seq) for one in links.breaks(session, signed)]


def found(
    session: Session, tampering: str, signed: tuple[int, str] | None = None, **values: str
) -> list[tuple[Fault, int]]:
    for statement in tampering.split(";"):
        session.execute(text(statement), values if ":" in statement else {})
    session.expire_all()
    return broken(session, signed)


def test_a_trail_that_nobody_touched_is_as_it_should_be(session: Session):
    head = session.get(AuditHead, 1)
    assert broken(session, (head.seq, head.hash)) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor = 'somebody' WHERE seq = 3",
        "UPDATE audit_entry SET act = 'publish' WHERE seq = 3",
        "UPDATE audit_entry SET details = '{\"n\": 4}' WHERE seq = 3",
        "UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE seq = 3",
        "UPDATE audit_entry SET subject = 'translation:9' WHERE seq = 3",
    ],
)
def test_a_changed_row_is_named(session: Session, change: str):
    assert found(session, change) == [(Fault.CHANGED, 3)]


def test_a_deleted_row_is_named(session: Session):
    problems = found(session, "DELETE FROM audit_entry WHERE seq = 3")
    assert problems == [(Fault.MISSING, 3)]


def test_swapped_rows_are_named(session: Session):
    swap = (
        "UPDATE audit_entry SET seq = -1 WHERE seq = 2;UPDATE audit_entry SET seq = 2 WHERE seq = 4;"
        "UPDATE audit_entry SET seq = 4 WHERE seq = -1"
    )
    problems = found(session, swap)
    assert problems == [(Fault.MOVED, 2), (Fault.UNLINKED, 3), (Fault.MOVED, 4), (Fault.UNLINKED, 5)]


def test_rows_cut_off_the_end_are_noticed_even_with_a_forged_head(session: Session):
    fourth = session.get(AuditEntry, 4)
    signed = (5, session.get(AuditEntry, 5).hash)
    cut = "DELETE FROM audit_entry WHERE seq = 5;UPDATE audit_head SET seq = 4, hash = :forged"
    assert found(session, cut, signed, forged=fourth.hash) == [(Fault.SHORT, 5)]


def test_a_cut_without_a_forged_head_is_noticed_too(session: Session):
    assert found(session, "DELETE FROM audit_entry WHERE seq = 5") == [(Fault.CUT, 5)]


def test_a_rewritten_end_is_not_the_one_that_was_signed(session: Session):
    signed = (5, "f" * 64)
    assert broken(session, signed) == [(Fault.OTHER, 5)]


def test_a_database_ahead_of_the_signed_head_is_fine_after_a_crash(session: Session):
    third = session.get(AuditEntry, 3)
    assert broken(session, (3, third.hash)) == []


def test_the_signed_head_only_goes_forward_and_cannot_be_forged(tmp_path: Path):
    head_file.write(tmp_path, "key", 5, "a" * 64)
    head_file.write(tmp_path, "key", 4, "b" * 64)
    assert head_file.read(tmp_path, "key") == (5, "a" * 64)
    path = tmp_path / head_file.NAME
    path.write_text(path.read_text().replace("5 ", "4 ", 1))
    with pytest.raises(ValueError, match="changed"):
        head_file.read(tmp_path, "key")
    assert head_file.read(tmp_path / "nowhere", "key") is None


def test_a_broken_head_file_is_written_anew(tmp_path: Path):
    (tmp_path / head_file.NAME).write_text("not a head")
    head_file.write(tmp_path, "key", 7, "c" * 64)
    assert head_file.read(tmp_path, "key") == (7, "c" * 64)


@given(st.text(), st.text())
def test_a_commitment_proves_a_text_to_who_has_it_and_tells_it_to_nobody(key: str, words: str):
    proof = trail.commitment(key, words)
    assert proof == trail.commitment(key, words)
    assert proof != trail.commitment(key + "x", words)
    assert len(proof) == 64
