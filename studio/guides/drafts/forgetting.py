"""Forget how texts were typed: two days after it was typed at the latest, whether a text is published or not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.core.errors import Conflict
from studio.guides.drafts import log
from studio.guides.models import Draft, DraftCheckpoint, DraftUpdate, Revision

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
    kept = _keep_for_publication(session, draft, seq, now)
    session.execute(delete(DraftUpdate).where(DraftUpdate.draft_id == draft.id, DraftUpdate.seq <= seq))
    old = (DraftCheckpoint.draft_id == draft.id, DraftCheckpoint.seq < seq, DraftCheckpoint.seq.not_in(kept))
    session.execute(delete(DraftCheckpoint).where(*old))
    session.flush()


def _keep_for_publication(session: Session, draft: Draft, seq: int, now: datetime) -> set[int]:
    """Return where versions stand that may still be published, each with its checkpoint: authorship counts from there.

    Somebody may have typed on after them; the way from there to ``seq`` is forgotten all the same.
    """
    text = draft.translation
    ids = [one for one in (text.latest_revision_id, text.approved_revision_id) if one]
    standing = select(Revision.seq).where(Revision.id.in_(ids), Revision.seq > draft.settled_seq, Revision.seq < seq)
    kept = set(session.scalars(standing))
    for one in sorted(kept):
        if session.get(DraftCheckpoint, (draft.id, one)) is None:
            with suppress(Conflict):  # it was forgotten before checkpoints were kept for it
                session.add(log.checkpoint(draft.id, log.load(session, draft, one), now))
    session.flush()
    return kept
