"""Walk the chain of the trail from its beginning and say where it does not hold: which entry, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit.models import AuditEntry, AuditHead
from studio.audit.trail import BEGINNING, entry_hash

AT_ONCE: Final = 500
"""Entries that are read together."""


class Fault(StrEnum):
    """What can be wrong with a link of the chain."""

    CHANGED = "changed"
    """What the entry says is not what its hash was made from."""
    MOVED = "moved"
    """The entry is whole, but was written under another number."""
    UNREADABLE = "unreadable"
    """What stands there cannot be read as an entry at all."""
    MISSING = "missing"
    """Numbers are left out before the entry."""
    UNLINKED = "unlinked"
    """The entry is whole, but was written after another one than that which stands before it now."""
    CUT = "cut"
    """The head knows of other newest entries than those that are there."""
    OTHER = "other"
    """The chain holds in itself, but it is not the one whose head was signed."""
    SHORT = "short"
    """An entry was signed that is no longer there."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry says of itself, as far as a sentence needs it."""

    seq: int
    at: datetime
    act: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    fault: Fault
    seq: int
    """The number of the entry at which it was noticed; for MISSING, CUT and SHORT the first that is not there."""
    here: Known | None = None
    before: Known | None = None
    other: int = 0
    """MOVED: the number that it was written under; SHORT and OTHER: the number that was signed."""


def first_break(session: Session, signed_head: tuple[int, str] | None = None) -> Break | None:
    """Return the first place where the trail does not hold, None where it does."""
    return next(breaks(session, signed_head), None)


def breaks(session: Session, signed_head: tuple[int, str] | None = None) -> Iterator[Break]:
    """Yield each place where an entry was changed, moved, taken out or cut off, from the beginning on.

    ``signed_head`` is the number and hash kept beside the database; the database may be ahead of it, never behind.
    """
    previous, before, expected = BEGINNING, None, 1
    for seq, entry in _entries(session):
        if seq > expected:
            yield Break(Fault.MISSING, expected, _known(entry), before)
        if entry is None:
            yield Break(Fault.UNREADABLE, seq, None, before)
        else:
            fault = _fault(session, entry, previous, gap=seq > expected)
            if fault:
                yield Break(fault[0], seq, _known(entry), before, fault[1])
            elif signed_head and seq == signed_head[0] and entry.hash != signed_head[1]:
                yield Break(Fault.OTHER, seq, _known(entry), before, seq)
            previous, before = entry.hash, _known(entry)
        expected = seq + 1
    head = session.get(AuditHead, 1)
    if (head.seq if head else 0) != expected - 1 or (head.hash if head else BEGINNING) != previous:
        yield Break(Fault.CUT, expected, None, before)
    if signed_head and signed_head[0] >= expected:
        yield Break(Fault.SHORT, expected, None, before, signed_head[0])


def _fault(session: Session, entry: AuditEntry, previous: str, *, gap: bool) -> tuple[Fault, int] | None:
    """Return what is wrong with an entry in itself, or with what it says of the one before; None where nothing is."""
    if entry.hash != entry_hash(entry):
        own = _own_number(session, entry)
        return (Fault.MOVED, own) if own else (Fault.CHANGED, 0)
    if entry.previous != previous and not gap:
        return Fault.UNLINKED, 0
    return None


def _own_number(session: Session, entry: AuditEntry) -> int:
    """Return the number under which an entry was written, 0 where its words fit none: the one after its predecessor."""
    after = session.scalar(select(AuditEntry.seq).where(AuditEntry.hash == entry.previous))
    number = (after or 0) + 1
    return number if number != entry.seq and entry_hash(entry, seq=number) == entry.hash else 0


def _known(entry: AuditEntry | None) -> Known | None:
    return Known(entry.seq, entry.at, entry.act) if entry else None


def _entries(session: Session) -> Iterator[tuple[int, AuditEntry | None]]:
    """Yield every number with its entry, None where that cannot be read."""
    numbers = session.scalars(select(AuditEntry.seq).order_by(AuditEntry.seq)).all()
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        try:
            found = {entry.seq: entry for entry in _read(session, some)}
        except (ValueError, TypeError):
            yield from ((seq, _read_one(session, seq)) for seq in some)
        else:
            yield from ((seq, found.get(seq)) for seq in some)


def _read(session: Session, numbers: Sequence[int]) -> Sequence[AuditEntry]:
    return session.scalars(select(AuditEntry).where(AuditEntry.seq.in_(numbers))).all()


def _read_one(session: Session, seq: int) -> AuditEntry | None:
    try:
        return _read(session, [seq])[0]
    except (ValueError, TypeError):
        return None
