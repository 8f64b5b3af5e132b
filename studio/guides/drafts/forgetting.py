"""Forget how texts were typed: two days after it was typed at the latest, whether a text is published or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.guides.drafts import log
from studio.guides.models import Draft, DraftCheckpoint, DraftUpdate

KEPT: Final = timedelta(hours=48)
"""How long single changes are kept: so long can a form stay open and still be merged by words."""


def compact_all(session: Session, _args: Mapping[str, Any], now: datetime) -> None:
    """Forget the changes of every draft that are older than ``KEPT``; who wrote what stays known, without when."""
    before = now - KEPT
    old = select(DraftUpdate.draft_id).where(DraftUpdate.at < before).distinct()
    for draft_id in session.scalars(old).all():
        compact(session, session.get_one(Draft, draft_id, with_for_update=True), before, now)


def compact(session: Session, draft: Draft, before: datetime, now: datetime) -> None:
    """Put the changes of one draft that were made before ``before`` together in one checkpoint."""
    last = select(func.max(DraftUpdate.seq)).where(DraftUpdate.draft_id == draft.id, DraftUpdate.at < before)
    seq = session.scalar(last)
    if seq is None:
        return
    if session.get(DraftCheckpoint, (draft.id, seq)) is None:
        session.add(log.checkpoint(draft.id, log.load(session, draft, seq), now))
        session.flush()
    session.execute(delete(DraftUpdate).where(DraftUpdate.draft_id == draft.id, DraftUpdate.seq <= seq))
    session.execute(delete(DraftCheckpoint).where(DraftCheckpoint.draft_id == draft.id, DraftCheckpoint.seq < seq))
    session.flush()
