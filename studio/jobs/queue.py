"""Ask for a job in the transaction that makes it necessary, and find the ones that wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from studio.jobs.models import Job

STALE: Final = timedelta(minutes=10)
"""A job that has run for so long was cut off with its worker."""
MAX_TRIES: Final = 5
ASKED: Final = "jobs asked for"
"""Set in a session's ``info``, so that the edge that commits knows to ring the bell."""


def enqueue(
    session: Session, name: str, key: str, args: Mapping[str, Any], now: datetime, *, not_before: datetime | None = None
) -> None:
    """Ask for the task ``name`` with ``args``; the same ``key`` waits once, and runs again if it is running now."""
    job = session.get(Job, key, with_for_update=True)
    if job is None:
        job = Job(key=key, name=name, state="waiting", asked=0)
        session.add(job)
    job.args, job.asked, job.tries, job.problem = dict(args), job.asked + 1, 0, ""
    job.not_before = not_before or now
    if job.state != "running":
        job.state = "waiting"
    session.info[ASKED] = True
    session.flush()


def recover(session: Session, now: datetime) -> None:
    """Free the jobs that were cut off with an earlier worker; one that was tried often enough is left."""
    for job in session.scalars(select(Job).where(Job.state == "running")):
        job.state = "waiting" if job.tries < MAX_TRIES else "failed"
        job.problem, job.not_before = "the worker was cut off", now
    session.flush()


def due(session: Session, now: datetime) -> list[str]:
    """Return the keys of the jobs that may run now, the longest waiting first."""
    waiting = (Job.state == "waiting") & (Job.not_before <= now)
    cut_off = (Job.state == "running") & (Job.started < now - STALE)
    return list(session.scalars(select(Job.key).where(or_(waiting, cut_off)).order_by(Job.not_before, Job.key)))


def claim(session: Session, key: str, now: datetime) -> Job | None:
    """Take a job by one UPDATE that must change exactly one row; None where somebody else was faster."""
    free = or_(Job.state == "waiting", (Job.state == "running") & (Job.started < now - STALE))
    changed = session.execute(
        update(Job).where(Job.key == key, free).values(state="running", started=now, tries=Job.tries + 1)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        return None
    return session.get(Job, key, populate_existing=True)


def finish(session: Session, key: str, asked: int, problem: str, now: datetime) -> None:
    """Note how a run ended: done, to be tried again a little later, or failed for good."""
    job = session.get(Job, key, with_for_update=True, populate_existing=True)
    if job is None:
        return
    if job.asked != asked:
        job.state, job.tries = "waiting", 0
    elif not problem:
        job.state, job.problem = "done", ""
    elif job.tries >= MAX_TRIES:
        job.state, job.problem = "failed", problem
    else:
        job.state, job.problem, job.not_before = "waiting", problem, now + timedelta(seconds=2**job.tries)
    session.flush()
