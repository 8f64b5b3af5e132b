"""What a reader sends is kept: once for each form, not too fast, and without a trace of who it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from studio.answers import queries
from studio.answers.models import AnswerCount, AnswerHour, ReaderAnswer, UsedStamp
from studio.answers.rules import sending, stamps
from studio.answers.rules.sending import Sent
from studio.answers.rules.sorts import AT_FIRST, Said
from studio.core.ids import new_id

RETURN: Final = "return"
"""What the stamp of the page for return codes is about."""
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class About:
    """The words that a reader has before them; ``parts`` are their headings by id."""

    translation_id: str
    edition_id: str
    revision_id: str
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamped(self) -> str:
        """What the stamp of its form is about."""
        return f"text:{self.translation_id}"


@dataclass(frozen=True, slots=True)
class Kept:
    """That a message is kept. ``fresh`` is False for a second click on the same form."""

    said: Said
    code: str
    """The return code, for a reader who wanted one; the same for a second click."""
    fresh: bool


def new_stamp(key: bytes, about: str, now: datetime) -> str:
    """Return the stamp for a form that is opened at ``now``."""
    return stamps.stamp(key, about, now, new_id())


def keep(session: Session, key: bytes, about: About, sent: Sent, given: str, now: datetime) -> Kept:
    """Keep a message that came with the stamp ``given``. No trail entry: the ones beside it would tell the hour.

    Raise Invalid for what cannot be kept as it is, Late for a stamp that is too old, used or not ours, and TooOften
    for one that came back too fast or in an hour that is full.
    """
    sent = sending.cleaned(replace(sent, part=sent.part if sent.part in about.parts else ""))
    said = Said(sent.said)
    what = (sent.said, sent.text, sent.part, str(sent.may_pass_on), str(sent.wants_code))
    fresh = _spend(session, key, about.stamped, given, stamps.seal(key, "sent", *what), now)
    code = stamps.code_of(key, given) if sent.wants_code else ""
    if fresh:
        _count(session, about.edition_id, said)
        if code or sent.text or said is not Said.HELPED:
            _write(session, about, sent, stamps.code_hash(key, code) if code else None, now)
    return Kept(said, code, fresh)


def look_up(session: Session, key: bytes, typed: str, given: str, now: datetime) -> queries.Found | None:
    """Return what became of the message with the return code ``typed``; None where no message has it.

    Refusals are those of ``keep``: looking costs the same pause, and an hour has only so many looks.
    """
    digest = stamps.code_hash(key, typed)
    _spend(session, key, RETURN, given, digest, now)
    return queries.by_code_hash(session, digest)


def _write(session: Session, about: About, sent: Sent, code_hash: str | None, now: datetime) -> None:
    said = Said(sent.said)
    session.add(
        ReaderAnswer(
            id=new_id(),
            translation_id=about.translation_id,
            edition_id=about.edition_id,
            revision_id=about.revision_id,
            part=about.parts.get(sent.part, ""),
            said=said,
            text=sent.text,
            may_pass_on=sent.may_pass_on,
            code_hash=code_hash,
            on=now.date(),
            urgency=AT_FIRST[said],
        )
    )
    session.flush()


def _spend(session: Session, key: bytes, about: str, given: str, digest: str, now: datetime) -> bool:
    """Use a stamp up; return False where the very same was sent with it before. The caller holds the write lock."""
    opened = stamps.opened_at(key, about, given)
    if opened is None or not timedelta(0) <= now - opened <= stamps.LIFE:
        raise sending.late()
    used = session.get(UsedStamp, stamps.seal(key, "used", given), with_for_update=True)
    if used and used.digest == digest:
        return False
    if used:
        raise sending.late()
    _pause(session, about.partition(":")[0], opened, now)
    until = (now + stamps.LIFE).date() + timedelta(days=1)
    session.add(UsedStamp(key=stamps.seal(key, "used", given), digest=digest, until=until))
    session.flush()
    return True


def _pause(session: Session, what: str, opened: datetime, now: datetime) -> None:
    """Count one more in this hour; raise TooOften where it came too fast for so many, or the hour is full."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    row = session.get(AnswerHour, (hour, what), with_for_update=True)
    needed = stamps.pause(row.n if row else 0)
    if needed is None:
        raise sending.resting(int((hour + _HOUR - now).total_seconds()) + 1)
    left = needed - int((now - opened).total_seconds())
    if left > 0:
        raise sending.too_quick(left)
    if row is None:
        session.execute(delete(AnswerHour).where(AnswerHour.hour < hour))
        row = AnswerHour(hour=hour, what=what, n=0)
        session.add(row)
    row.n += 1
    session.flush()


def _count(session: Session, edition_id: str, said: Said) -> None:
    row = session.get(AnswerCount, (edition_id, said), with_for_update=True)
    if row is None:
        row = AnswerCount(edition_id=edition_id, said=said, n=0)
        session.add(row)
    row.n += 1
    session.flush()
