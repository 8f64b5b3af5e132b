"""Append to the trail, and verify it: each entry's hash covers the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
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


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 over the canonical JSON of all that an entry says and the hash before it."""
    said = [entry.seq, entry.at.isoformat(), entry.actor, entry.act, entry.subject, entry.details, entry.previous]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def commitment(key: str, text: str) -> str:
    """Return a keyed hash that proves a text to who has both, and tells nothing to who has only the trail."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def problems(session: Session, signed_head: tuple[int, str] | None = None) -> Iterator[str]:
    """Yield a sentence for each row that was changed, deleted, swapped or cut off.

    ``signed_head`` is the number and hash kept beside the database; the database may be ahead of it, never behind.
    """
    previous, expected = BEGINNING, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.seq)):
        if entry.seq != expected:
            yield f"Entries {expected} to {entry.seq - 1} of the trail are missing."
        if entry.previous != previous:
            yield f"Entry {entry.seq} of the trail does not follow the one before it."
        if entry.hash != entry_hash(entry):
            yield f"Entry {entry.seq} of the trail was changed."
        if signed_head and entry.seq == signed_head[0] and entry.hash != signed_head[1]:
            yield f"Entry {entry.seq} of the trail is not the one that was signed."
        previous, expected = entry.hash, entry.seq + 1
    head = session.get(AuditHead, 1)
    if (head.seq if head else 0) != expected - 1 or (head.hash if head else BEGINNING) != previous:
        yield "The newest entries of the trail are missing, or its head was changed."
    if signed_head and signed_head[0] >= expected:
        yield f"The trail ends at entry {expected - 1}, but entry {signed_head[0]} was signed."
