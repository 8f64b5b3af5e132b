"""A draft that is kept in memory while people write in it, and the group commit of what they type.

Everything here belongs to one thread: shared documents must not change hands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import Session

from studio.guides.drafts import anchors, log, wire
from studio.guides.drafts.document import SharedDocument, Step
from studio.guides.drafts.log import Loaded
from studio.guides.models import Draft, DraftCheckpoint, DraftUpdate
from studio.guides.rules.statuses import UpdateKind
from studio.storage.group import Group, Statement

CHECKPOINT_EVERY: Final = 256
CHECKPOINT_BYTES: Final = 64_000
"""A checkpoint comes after so many changes, or so many bytes of them, and when the last editor has gone."""
_UPDATES: Final = cast("Table", DraftUpdate.__table__)
_DRAFTS: Final = cast("Table", Draft.__table__)
_APPEND: Final = Statement(_UPDATES.insert(), _UPDATES.c.keys())
_MOVE: Final = Statement(_DRAFTS.update().where(_DRAFTS.c.id == bindparam("draft")), ("head_seq", "text", "changed_at"))
"""Said to the tables, past the mapped objects: they would cost more than the database itself, at every few letters."""
LARGEST_UPDATE: Final = 1_000_000
"""Bytes of one update: a whole text of the largest size, typed offline, with all that was deleted meanwhile."""


class Why(StrEnum):
    """Why an update was not taken."""

    MALFORMED = "malformed"
    NOT_YOURS = "not_yours"
    BEHIND = "behind"
    """It rests on something that never came; the difference to what is here is wanted."""
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Typed:
    """One message of a live editor: whose it is, the pens that are theirs, and the update."""

    author: str
    pens: frozenset[int]
    update: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: its number in the log, or why not. ``new`` where it changed the text."""

    seq: int
    why: Why | None = None
    new: bool = False


@dataclass(slots=True)
class Live:
    """A draft in memory as of ``loaded.seq``."""

    draft_id: str
    loaded: Loaded
    settled_seq: int
    known: Mapping[int, int]
    kept_at: int
    """The number of the newest checkpoint."""
    anchored: bool = False
    """Whether passages of it are spoken of, as of when it caught up."""

    @property
    def seq(self) -> int:
        """The number up to which this copy goes."""
        return self.loaded.seq

    @property
    def vector(self) -> bytes:
        """What this copy knows, as the wire has it."""
        return self.loaded.document.vector


def load(session: Session, draft_id: str) -> Live:
    """Return a draft as it is now; NoResultFound where there is none."""
    draft = session.get_one(Draft, draft_id, populate_existing=True)
    loaded = log.load(session, draft, draft.head_seq)
    newest = select(func.max(DraftCheckpoint.seq)).where(DraftCheckpoint.draft_id == draft_id)
    kept_at = session.scalar(newest) or 0
    known, anchored = wire.vector(loaded.document.vector), anchors.has_any(session, draft_id)
    return Live(draft_id, loaded, draft.settled_seq, known, kept_at, anchored)


def catch_up(session: Session, live: Live) -> tuple[bytes, ...]:
    """Take over what others wrote to the log; return the updates for whoever had the text as it was."""
    now = session.execute(select(Draft.head_seq, Draft.settled_seq).where(Draft.id == live.draft_id)).one()
    if now.settled_seq != live.settled_seq:
        _replace(live, load(session, live.draft_id))
        return (live.loaded.document.state(),)
    live.anchored = anchors.has_any(session, live.draft_id)
    if now.head_seq == live.seq:
        return ()
    later = select(DraftUpdate).where(DraftUpdate.draft_id == live.draft_id, DraftUpdate.seq > live.seq)
    rows = session.scalars(later.order_by(DraftUpdate.seq)).all()
    for row in rows:
        live.loaded.take(row)
    live.known = wire.vector(live.vector)
    return tuple(row.blob for row in rows)


def write(group: Group, live: Live, typed: Sequence[Typed], now: datetime) -> list[Outcome]:
    """Append what live editors sent to a copy that has caught up; return what became of each, in order.

    What cannot be taken is told, and hinders nobody else's. After a failed commit the copy is of no more use.
    """
    outcomes, rows = list[Outcome](), list[dict[str, object]]()
    for one in typed:
        found, why = _look(live, one)
        if found is None:
            outcomes.append(Outcome(live.seq, why))
            continue
        row = _row(live, one, now)
        steps = _take(live, one, found)
        if live.loaded.fields_moved:  # by words beside a field's, or by deleting one; only applying it can tell
            _go_back(group.session, live, rows)
            outcomes.append(Outcome(live.seq, Why.MALFORMED))
            continue
        if steps is not None:
            rows.append(row)
        if steps and live.anchored:
            anchors.move(group.session, live.draft_id, steps, live.loaded.document.text)
        outcomes.append(Outcome(live.seq, new=steps is not None))
    if rows:
        _store(group, live, rows, now)
        if live.seq - live.kept_at >= CHECKPOINT_EVERY or live.loaded.since > CHECKPOINT_BYTES:
            keep(group.session, live, now)
    return outcomes


def keep(session: Session, live: Live, now: datetime) -> None:
    """Write a checkpoint of the copy as it is, unless there is one."""
    if live.kept_at < live.seq:
        if session.get(DraftCheckpoint, (live.draft_id, live.seq)) is None:  # another process may have been faster
            session.add(log.checkpoint(live.draft_id, live.loaded, now))
            session.flush()
        live.kept_at, live.loaded.since = live.seq, 0


def _take(live: Live, one: Typed, found: wire.Contents) -> tuple[Step, ...] | None:
    """Take a change over and return its steps; None, and the number before, for one that was known already."""
    before = live.loaded.seq, live.loaded.since, live.vector
    steps = live.loaded.go_on(live.seq + 1, one.author, one.update)
    if not steps and live.vector == before[2]:
        live.loaded.seq, live.loaded.since = before[:2]
        return None
    live.known = {**live.known, **{pen: end for pen, (_, end) in found.pens.items()}}
    return steps


def _row(live: Live, one: Typed, now: datetime) -> dict[str, object]:
    return {
        "draft_id": live.draft_id,
        "seq": live.seq + 1,
        "author": one.author,
        "kind": str(UpdateKind.LIVE),
        "base_seq": live.seq,
        "form": "",
        "count": 0,
        "at": now,
        "blob": one.update,
    }


def _look(live: Live, one: Typed) -> tuple[wire.Contents | None, Why | None]:
    if len(one.update) > LARGEST_UPDATE:
        return None, Why.TOO_LARGE
    try:
        found = wire.contents(one.update)
    except wire.MalformedError:
        return None, Why.MALFORMED
    if not found.plain:
        return None, Why.MALFORMED
    new = {pen for pen, (_, end) in found.pens.items() if live.known.get(pen, 0) < end}
    if not new <= one.pens:
        return None, Why.NOT_YOURS
    if not found.fits(live.known):
        return None, Why.BEHIND
    return (None, Why.TOO_LARGE) if _outgrows(live, one, found) else (found, None)


def _outgrows(live: Live, one: Typed, found: wire.Contents) -> bool:
    """Whether the text would be too large; one that is too large already may shrink."""
    size = live.loaded.document.size
    if size + sum(len(words.encode()) for words in found.words) <= log.MAX_BYTES:
        return False
    trial = SharedDocument(live.loaded.document.state())
    trial.apply(one.update)
    return trial.size > max(log.MAX_BYTES, size)


def _store(group: Group, live: Live, rows: Sequence[dict[str, object]], now: datetime) -> None:
    group.write(_APPEND, rows)
    values = {"head_seq": live.seq, "text": live.loaded.document.text, "changed_at": now}
    group.write(_MOVE, [{"draft": live.draft_id, **values}])


def _go_back(session: Session, live: Live, rows: Sequence[dict[str, object]]) -> None:
    """Make the copy anew from the log and what was taken since, as if the last change had never come."""
    _replace(live, load(session, live.draft_id))
    for row in rows:
        live.loaded.go_on(live.seq + 1, str(row["author"]), cast("bytes", row["blob"]))
    live.known = wire.vector(live.vector)


def _replace(live: Live, fresh: Live) -> None:
    live.loaded, live.settled_seq = fresh.loaded, fresh.settled_seq
    live.known, live.kept_at, live.anchored = fresh.known, fresh.kept_at, fresh.anchored
