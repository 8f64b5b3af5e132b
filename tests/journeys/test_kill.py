"""Killed at random moments: whatever was acknowledged is there, nothing is half there, the trail holds."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select as select_ready

import pytest
from publishing import BODY, FIELDS, worker
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from studio.audit import links
from studio.audit.models import AuditEntry
from studio.core.ids import new_id
from studio.core.settings import Settings
from studio.dashboard import practice
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Draft, Translation
from studio.guides.rules.statuses import Progress, Significance, Standing, UpdateKind
from studio.members import queries as members
from studio.publish import queries as publishing
from studio.publish.artifacts import Store
from studio.publish.models import Edition
from studio.review.models import Decision, Review
from studio.storage import migrate
from studio.storage.engine import begin_write, make_engine, make_sessions

pytestmark = pytest.mark.slow
ROUNDS = 60
QUIET = 10
NOW = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Settings:
    settings = Settings(
        data=tmp_path, database_url=f"sqlite:///{tmp_path / 'studio.db'}", secret_key="k" * 40, demo=True
    )
    migrate.upgrade(settings)
    with session_of(settings) as session:
        begin_write(session)
        practice.open_doors(session, {part.pen_name: "none" for part in practice.CAST}, NOW - timedelta(days=30))
        session.commit()
    return settings


@contextmanager
def session_of(settings: Settings) -> Iterator[Session]:
    """Give a session whose connection is closed at its end: none may be carried across a fork."""
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        yield session
    engine.dispose()


def write(settings: Settings, said: int) -> None:
    """Begin texts and save in them; say each act's id once it is committed."""
    session = make_sessions(make_engine(settings.database_url))()
    while True:
        begin_write(session)
        wren = members.by_name(session, practice.WRITER)
        assert wren is not None
        fields = FIELDS.__class__(**{**FIELDS.to_dict(), "title": f"Text {new_id()}", "sources": ()})
        translation = kernel.start_guide(
            session, wren.id, fields=fields, language="en", body=BODY, topics=["telling"], now=NOW
        )
        done(session, said, "start", translation.id)
        for number in range(3):
            save(session, translation, wren.id, number)
            done(session, said, "save", f"{translation.draft.id} {translation.draft.head_seq}")
        begin_write(session)
        revision = kernel.save_version(
            session, wren.id, translation, significance=Significance.CONTENT, note="", now=NOW
        )
        done(session, said, "version", revision.id)


def check_and_publish(settings: Settings, said: int) -> None:
    """Hand in, agree and publish whatever waits for it; say each act's id once it is committed."""
    session = make_sessions(make_engine(settings.database_url))()
    while True:
        waiting = select(Translation).where(Translation.progress != Progress.SETTLED).order_by(Translation.id)
        for translation in list(session.scalars(waiting)):
            session.rollback()
            take_on(session, translation, said)
        session.rollback()
        time.sleep(0.01)


def take_on(session: Session, translation: Translation, said: int) -> None:
    begin_write(session)
    if translation.progress is Progress.DRAFT:
        practice.ask_for_checks(session, translation, NOW)
        done(session, said, "handed", translation.id)
    while True:
        session.rollback()
        begin_write(session)
        review = session.scalars(select(Review.id).where(Review.translation_id == translation.id)).one()
        if translation.progress is not Progress.IN_REVIEW:
            break
        assert practice.give_one(session, review, NOW)
        newest = select(Decision.id).where(Decision.review_id == review).order_by(Decision.at.desc(), Decision.id)
        done(session, said, "agree", session.scalars(newest).first() or "none")
    practice.publish_agreed(session, translation, NOW)
    edition = publishing.newest_edition(session, translation.id)
    done(session, said, "publish", edition.id if edition else "none")


def done(session: Session, said: int, act: str, row: str) -> None:
    session.commit()
    os.write(said, f"{act} {row}\n".encode())


def save(session: Session, translation: Translation, author: str, number: int) -> None:
    begin_write(session)
    draft = translation.draft
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(0, 0, f"Line {number}. ")],
        fields={},
        author=author,
        kind=UpdateKind.FORM,
        now=NOW,
    )


def derive(settings: Settings, said: int) -> None:
    """Run the worker's jobs."""
    jobs = worker(settings)
    while True:
        if not jobs.run_due():
            time.sleep(0.01)
        os.write(said, b"")


def in_child(act: Callable[[Settings, int], None], settings: Settings, said: int) -> int:
    child = os.fork()
    if child == 0:
        try:
            act(settings, said)
        finally:
            os._exit(1)
    return child


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(house: Settings):
    acknowledged: list[str] = []
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    for number in range(ROUNDS):
        heard, said = os.pipe()
        second = (check_and_publish, derive)[number % 2]
        children = [in_child(act, house, said) for act in (write if number % 4 else check_and_publish, second)]
        os.close(said)
        acknowledged += killed_after(heard, chance.randint(1, 9), chance.uniform(0, 0.05), children)
    with session_of(house) as session:
        check_house(session, house, acknowledged)
    assert sum(line.startswith("save") for line in acknowledged) >= ROUNDS // 2
    assert sum(line.startswith("agree") for line in acknowledged) >= ROUNDS // 2
    assert any(line.startswith("publish") for line in acknowledged)


def killed_after(heard: int, acts: int, pause: float, children: list[int]) -> list[str]:
    """Kill ``children`` a moment after they acknowledged so many acts, or after ``QUIET`` seconds without any."""
    said = b""
    while said.count(b"\n") < acts and select_ready([heard], [], [], QUIET)[0]:
        said += os.read(heard, 4096)
    time.sleep(pause)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as rest:
        said += rest.read()
    return [line for line in said.decode().split("\n")[:-1] if line]


def check_house(session: Session, settings: Settings, acknowledged: list[str]) -> None:
    assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert list(links.breaks(session)) == []
    tables = {"start": Translation, "publish": Edition, "agree": Decision}
    for line in acknowledged:
        act, _, row = line.partition(" ")
        if act in tables and row != "none":
            assert session.get(tables[act], row) is not None, line
        if act == "save":
            draft, seq = row.split()
            assert f"Line {int(seq) - 2}. " in session.get_one(Draft, draft).text, line
    check_editions(session, Store(settings.data))
    check_progress(session)


def check_editions(session: Session, store: Store) -> None:
    live = list(session.scalars(select(Edition).where(Edition.standing == Standing.LIVE)))
    assert len({edition.translation_id for edition in live}) == len(live)
    for edition in live:
        build = publishing.finished_build(session, edition)
        assert build is not None
        kinds = {one.kind for one in build.artifacts}
        assert kinds >= {"pdf", "plain_pdf", "card_wide", "card_square", "card_portrait", "card_tall", "page"}
        assert all(store.get(one.sha256) is not None for one in build.artifacts)


def check_progress(session: Session) -> None:
    """Every act of the trail left what it says it left; no text is between two states."""
    for translation in session.scalars(select(Translation)):
        subject = f"translation:{translation.id}"
        moves = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.seq.desc())
        after = [entry.details["after"] for entry in session.scalars(moves) if "after" in entry.details]
        assert (after[0] if after else Progress.DRAFT) == translation.progress
        published = publishing.newest_edition(session, translation.id)
        assert (translation.progress is Progress.SETTLED) == (published is not None)
