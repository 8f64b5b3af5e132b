"""What a story's consent does to what readers have: it ends, is renewed, or covers fewer forms."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.ids import new_id
from studio.guides import queries as kernel
from studio.guides.consents import queries as consents
from studio.guides.models import Guide, Translation
from studio.guides.rules.consent import NO_TRANSLATION
from studio.guides.rules.statuses import Standing
from studio.jobs.queue import enqueue
from studio.publish import operations, queries, scheduling
from studio.publish.generation import raise_generation
from studio.publish.models import Edition, Takedown
from studio.publish.rules.takedown import Reason

ENDED: Final = "ended"
"""Outcome of a takedown because the teller's consent is past; renewing it undoes it, and nothing else does."""
NARROWED: Final = "narrowed"
"""Outcome for a translation to which the teller agrees no more."""
_OF_CONSENT: Final = frozenset({ENDED, NARROWED})


def end_what_is_over(session: Session, now: datetime) -> int:
    """Take from readers every story whose consent is past; return how many. For the daily job."""
    over = consents.over(session, now.date())
    for consent in over:
        guide = session.get_one(Guide, consent.guide_id)
        consent.ended = True
        for translation in guide.translations:
            _take(session, translation, ENDED, now)
    if over:
        raise_generation(session)
    return len(over)


def follow(session: Session, guide: Guide, now: datetime) -> None:
    """Let what readers have follow a consent that was just given, changed or renewed.

    What it covers again comes back as it was; translations that it no longer covers go; files are made anew, and what
    is no longer covered is answered to nobody from this moment on.
    """
    consent = consents.consent_of(session, guide.id)
    if consent is None:
        return
    if consent.until >= now.date():
        consent.ended = False
    for translation in guide.translations:
        session.refresh(translation, with_for_update=True)
        why = consents.why_not_out(session, translation, now.date())
        if why is None:
            _give_back(session, translation, now)
        elif why == NO_TRANSLATION:
            _take(session, translation, NARROWED, now)
        live = queries.live_edition(session, translation.id)
        if live:
            operations.ask_for_build(session, live, now)
            _reindex(session, translation, now)
    raise_generation(session)


def ended(session: Session, translation_id: str) -> Takedown | None:
    """Return the takedown of a text that its consent ended or no longer covers; None where it is not down for that."""
    newest = queries.newest_edition(session, translation_id)
    last = queries.open_takedown(session, newest.id) if newest and newest.standing is Standing.WITHDRAWN else None
    return last if last and last.outcome in _OF_CONSENT else None


def _take(session: Session, translation: Translation, outcome: str, now: datetime) -> None:
    """Take a text from its readers in the teller's own name: it is nobody's to decide about."""
    session.refresh(translation, with_for_update=True)
    by = (kernel.tellers_of(translation.guide) or [""])[0]
    wanted = Edition.standing.in_([Standing.LIVE, Standing.BUILDING])
    for edition in session.scalars(select(Edition).where(Edition.translation_id == translation.id, wanted)).all():
        edition.standing = Standing.WITHDRAWN
        row = {"id": new_id(), "edition_id": edition.id, "by": by, "at": now, "reason": Reason.CONSENT}
        session.add(Takedown(**row, instead="", decided_by=by, decided_at=now, outcome=outcome))
        subject, details = f"edition:{edition.id}", {"why": outcome}
        trail.record(session, actor=None, act="consent.end", subject=subject, details=details, now=now)
    scheduling.forget_day(session, translation, now)
    _reindex(session, translation, now)


def _give_back(session: Session, translation: Translation, now: datetime) -> None:
    """Let readers have again what its consent alone kept from them."""
    row = ended(session, translation.id)
    if row is None:
        return
    others = select(Takedown).where(Takedown.edition_id == row.edition_id)
    if any(one.outcome not in (*_OF_CONSENT, "restored") for one in session.scalars(others)):
        return
    edition = session.get_one(Edition, row.edition_id)
    edition.standing = Standing.LIVE if queries.finished_build(session, edition) else Standing.BUILDING
    for one in session.scalars(others):
        one.outcome = "restored"
    operations.ask_for_build(session, edition, now)
    trail.record(session, actor=None, act="consent.again", subject=f"edition:{edition.id}", details={}, now=now)
    _reindex(session, translation, now)


def _reindex(session: Session, translation: Translation, now: datetime) -> None:
    for name in ("publish.index", "publish.collections"):
        enqueue(session, name, f"{name}:{translation.id}", {"translation": translation.id}, now)
