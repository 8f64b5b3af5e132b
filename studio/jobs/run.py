"""The worker: run the jobs that are due, each in a transaction of its own (one of the four edges that commit)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from studio.core.errors import StudioError
from studio.jobs import queue
from studio.jobs.models import Job
from studio.storage.engine import begin_write

Task = Callable[[Session, Mapping[str, Any], datetime], None]
"""A task is given a session, its arguments and the time; it may be run twice and must not mind.

It calls ``begin_write`` itself when it is ready to write, so that nobody waits while it renders."""

_log = logging.getLogger(__name__)


def in_write(task: Task) -> Task:
    """Return ``task`` with the write lock taken before it begins; for tasks that do not render."""

    def run(session: Session, args: Mapping[str, Any], now: datetime) -> None:
        begin_write(session)
        task(session, args, now)

    return run


class Runner:
    """Runs due jobs with the tasks it was given by name."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        tasks: Mapping[str, Task],
        clock: Callable[[], datetime],
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep the factory of sessions, the tasks by name, the clock, and what is called after each task's commit."""
        self._sessions, self._tasks, self._clock, self._after = sessions, tasks, clock, after

    def run_due(self) -> int:
        """Run every job that is due now; return how many were run. One that fails hinders no other."""
        with self._sessions() as session:
            keys = queue.due(session, self._clock())
        return sum(self._run(key) for key in keys)

    def recover(self) -> None:
        """Take up what an earlier worker was cut off at; called once, when the worker of a house starts."""
        with self._sessions() as session:
            begin_write(session)
            queue.recover(session, self._clock())
            session.commit()

    def ask(self, name: str, key: str) -> None:
        """Ask for a task without arguments, unless a job of this ``key`` has been asked for already."""
        with self._sessions() as session:
            begin_write(session)
            if session.get(Job, key) is None:
                queue.enqueue(session, name, key, {}, self._clock())
                session.commit()

    def _run(self, key: str) -> bool:
        with self._sessions() as session:
            begin_write(session)
            job = queue.claim(session, key, self._clock())
            session.commit()
            if job is None:
                return False
            name, args, asked = job.name, dict(job.args), job.asked
        problem = self._attempt(name, args)
        self._after()
        with self._sessions() as session:
            begin_write(session)
            queue.finish(session, key, asked, problem, self._clock())
            session.commit()
        return True

    def _attempt(self, name: str, args: Mapping[str, Any]) -> str:
        task = self._tasks.get(name)
        if task is None:
            return f"no task is called {name}"
        with self._sessions() as session:
            try:
                task(session, args, self._clock())
                session.commit()
            except StudioError as refusal:
                session.rollback()
                return str(refusal)
            except Exception as error:  # noqa: BLE001 - a job's failure must not end the worker
                session.rollback()
                _log.warning("job %s failed: %s", name, type(error).__name__)
                return f"{type(error).__name__}: {error}"
        return ""
