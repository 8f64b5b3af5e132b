"""Append to the trail: each entry's hash covers the one before. Whether it holds is looked at in ``links``."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from studio.audit.models import AuditEntry, AuditHead

BEGINNING: Final = "0" * 64


def record(
    session: Session, *, actor: str | None, act: str, subject: str, details: Mapping[str, Any], now: datetime
) -> AuditEntry:
    """Append that ``actor`` (a member's id, or None for the studio itself) did ``act`` to ``subject``.

    ``subject`` is ``kind:id``. ``details`` hold ids, numbers and commitments, never a text or a name.
    """
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, seq=0, hash=BEGINNING)
        session.add(head)
    entry = AuditEntry(
        seq=head.seq + 1,
        at=now,
        actor=actor,
        act=act,
        subject=subject,
        details=dict(details),
        previous=head.hash,
        hash="",
    )
    entry.hash = entry_hash(entry)
    head.seq, head.hash = entry.seq, entry.hash
    session.add(entry)
    session.flush()
    return entry


def entry_hash(entry: AuditEntry, *, seq: int = 0) -> str:
    """Return the SHA-256 over the canonical JSON of all that an entry says and the hash before it.

    With ``seq`` it is the hash that the entry would have under that number.
    """
    said = [
        seq or entry.seq,
        entry.at.isoformat(),
        entry.actor,
        entry.act,
        entry.subject,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def commitment(key: str, text: str) -> str:
    """Return a keyed hash that proves a text to who has both, and tells nothing to who has only the trail."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
