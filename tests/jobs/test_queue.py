"""Jobs: asked for with what makes them necessary, run once, again after a failure, and by nobody twice at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from studio.core.errors import Invalid
from studio.core.words import N_
from studio.jobs import queue
from studio.jobs.models import Job
from studio.jobs.run import Runner, in_write
from studio.jobs.wake import Bell
from studio.storage.base import Base
from studio.storage.engine import begin_write, make_engine, make_sessions

FIRST = datetime(2027, 3, 9, 10, 0, tzinfo=UTC)


class House:
    """A database with the queue, a clock that tests move, and tasks that note how they were run."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions, self.now = sessions, FIRST
        self.ran: list[Mapping[str, Any]] = []
        self.fail: Exception | None = None
        tasks = {"note": self.note, "ask again": in_write(self.ask_again)}
        self.runner = Runner(sessions, tasks, lambda: self.now)

    def note(self, _session: Session, args: Mapping[str, Any], _now: datetime) -> None:
        self.ran.append(args)
        if self.fail:
            raise self.fail

    def ask_again(self, session: Session, args: Mapping[str, Any], now: datetime) -> None:
        self.ran.append(args)
        if len(self.ran) < 3:
            queue.enqueue(session, "ask again", "again", {"round": len(self.ran)}, now)

    def ask(self, key: str = "one", name: str = "note", **args: Any) -> None:
        with self.sessions() as session:
            begin_write(session)
            queue.enqueue(session, name, key, args, self.now, not_before=args.pop("later", None))
            session.commit()

    def job(self, key: str = "one") -> Job:
        with self.sessions() as session:
            return session.get_one(Job, key)


@pytest.fixture
def house(tmp_path: Path) -> Any:
    engine = make_engine(f"sqlite:///{tmp_path / 'jobs.db'}")
    Base.metadata.create_all(engine, tables=[Job.__table__])
    yield House(make_sessions(engine))
    engine.dispose()


def test_a_job_is_run_once_however_often_it_was_asked_for(house: House):
    for number in (1, 2, 3):
        house.ask(n=number)
    assert house.runner.run_due() == 1
    assert house.ran == [{"n": 3}]
    assert house.runner.run_due() == 0
    assert house.job().state == "done"


def test_a_job_that_was_never_committed_is_not_run(house: House):
    with house.sessions() as session:
        begin_write(session)
        queue.enqueue(session, "note", "one", {}, house.now)
        session.rollback()
    assert house.runner.run_due() == 0


def test_a_job_asked_for_again_while_it_runs_runs_again(house: House):
    house.ask("again", "ask again")
    while house.runner.run_due():
        pass
    assert [args.get("round") for args in house.ran] == [None, 1, 2]


def test_a_failure_is_tried_again_later_and_then_left(house: House):
    house.fail = RuntimeError("the disk is full")
    house.ask()
    for _ in range(queue.MAX_TRIES):
        assert house.runner.run_due() == 1
        assert house.runner.run_due() == 0
        house.now += timedelta(minutes=2)
    assert house.job().state == "failed"
    assert "disk" in house.job().problem
    assert house.runner.run_due() == 0
    house.fail = None
    house.ask()
    assert house.runner.run_due() == 1
    assert house.job().state == "done"


def test_one_failure_hinders_no_other_job(house: House):
    house.ask("a", "no such task")
    house.ask("b")
    assert house.runner.run_due() == 2
    assert house.job("a").problem == "no task is called no such task"
    assert house.job("b").state == "done"


def test_a_refusal_is_kept_as_its_sentence(house: House):
    house.fail = Invalid(N_("There is no sign for {sign}.", sign="ภ"))
    house.ask()
    house.runner.run_due()
    assert house.job().problem == "There is no sign for ภ."


def test_a_job_for_later_waits_for_its_time(house: House):
    house.ask(later=FIRST + timedelta(hours=1))
    assert house.runner.run_due() == 0
    house.now += timedelta(hours=1)
    assert house.runner.run_due() == 1


def test_two_workers_never_run_the_same_job(house: House):
    house.ask()
    with house.sessions() as one, house.sessions() as other:
        begin_write(one)
        assert queue.claim(one, "one", house.now) is not None
        one.commit()
        begin_write(other)
        assert queue.claim(other, "one", house.now) is None


def test_a_job_cut_off_with_its_worker_is_taken_up_again(house: House):
    house.ask()
    with house.sessions() as session:
        begin_write(session)
        queue.claim(session, "one", house.now)
        session.commit()
    assert house.runner.run_due() == 0
    house.now += queue.STALE + timedelta(seconds=1)
    assert house.runner.run_due() == 1


def test_a_daily_job_is_asked_for_once(house: House):
    for _ in range(3):
        house.runner.ask("note", "note:today")
        house.runner.run_due()
    assert len(house.ran) == 1


def test_the_bell_wakes_who_waits_and_silence_ends_by_itself(tmp_path: Path):
    bell = Bell(tmp_path)
    bell.ring()
    bell.wait(60, lambda: False)
    bell.wait(0.1, lambda: False)
    bell.wait(60, lambda: True)
    assert bell.silent()


def test_a_worker_that_starts_takes_up_what_the_one_before_was_cut_off_at_but_not_for_ever(house: House):
    house.ask()
    for _ in range(queue.MAX_TRIES):
        with house.sessions() as session:
            begin_write(session)
            assert queue.claim(session, "one", house.now) is not None
            session.commit()
        house.runner.recover()
    assert house.job().state == "failed"
    assert "cut off" in house.job().problem
