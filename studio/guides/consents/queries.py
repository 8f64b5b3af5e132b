"""What holds of a story's consent, whose stories are to be asked about, and what is gone."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.words import Message
from studio.guides import queries as kernel
from studio.guides.consents.models import Consent, Gone, GoneAddress
from studio.guides.models import Guide, Translation
from studio.guides.rules import consent as rules
from studio.guides.rules.consent import Scope
from studio.guides.rules.statuses import Kind

TOLD: Final = timedelta(days=30)
"""So long organisers are told that a story is gone."""


def consent_of(session: Session, guide_id: str) -> Consent | None:
    """Return what the teller of a guide agreed to; None where nothing was said, or nothing is to be said."""
    return session.get(Consent, guide_id)


def scope_of(session: Session, guide: Guide) -> frozenset[Scope] | None:
    """Return what readers may have of ``guide`` beside its page; None where no consent is needed."""
    if guide.kind is not Kind.STORY:
        return None
    found = consent_of(session, guide.id)
    return frozenset(map(Scope, found.scope)) if found else rules.BEFORE


def may_pass_on(session: Session, guide: Guide) -> bool:
    """Whether ``guide`` may stand in collections: a story only where its teller agreed to that."""
    scope = scope_of(session, guide)
    return scope is None or Scope.PASSING_ON in scope


def why_not_out(session: Session, translation: Translation, today: date) -> Message | None:
    """Return why a text may not go out on ``today`` for want of its teller's consent; None where it may."""
    guide = translation.guide
    if guide.kind is not Kind.STORY:
        return None
    found = consent_of(session, guide.id)
    scope = frozenset(map(Scope, found.scope)) if found else None
    return rules.why_not_out(scope, found.until if found else None, today, translated=_by_others(translation))


def may_translate(session: Session, guide: Guide, actor_id: str | None) -> bool:
    """Whether ``actor_id`` may bring ``guide`` into another language: its teller always, others if they agreed."""
    tellers = kernel.tellers_of(guide)
    if guide.kind is not Kind.STORY or not tellers or actor_id in tellers:
        return True
    found = consent_of(session, guide.id)
    return found is not None and Scope.TRANSLATION in found.scope


def to_ask(session: Session, teller_id: str, today: date) -> list[tuple[Guide, Consent]]:
    """Return the stories of ``teller_id`` whose consent ends soon or has ended, the one that ends first first."""
    mine = select(Translation.guide_id).where(Translation.created_by == teller_id)
    near = select(Guide, Consent).join(Consent, Consent.guide_id == Guide.id)
    near = near.where(Guide.id.in_(mine), Consent.until <= today + rules.ASK_BEFORE).order_by(Consent.until, Guide.id)
    rows = [(guide, consent) for guide, consent in session.execute(near)]
    return [(guide, consent) for guide, consent in rows if teller_id in kernel.tellers_of(guide)]


def over(session: Session, today: date) -> list[Consent]:
    """Return the consents that are past on ``today`` and whose texts were not taken from readers for it yet."""
    return list(session.scalars(select(Consent).where(Consent.until < today, Consent.ended.is_(False))))


def by_code(session: Session, code_hash: str) -> Consent | None:
    """Return the consent that a code takes back, by the code's keyed hash."""
    return session.scalar(select(Consent).where(Consent.code_hash == code_hash))


def gone_by_code(session: Session, code_hash: str) -> bool:
    """Whether this code has taken its story back already."""
    return session.scalar(select(Gone.id).where(Gone.code_hash == code_hash)) is not None


def lately_gone(session: Session, today: date) -> list[Gone]:
    """Return what was taken back for good in the last month, the newest first."""
    return list(session.scalars(select(Gone).where(Gone.on > today - TOLD).order_by(Gone.on.desc(), Gone.id)))


def is_gone(session: Session, key: bytes, address: str) -> bool:
    """Whether ``address`` (``en/name``, ``n/en/opaque``, ``media/sha``, ``check/number``) was one of a text gone."""
    return session.get(GoneAddress, mark(key, address)) is not None


def mark(key: bytes, address: str) -> str:
    """Return the keyed hash under which an address that is gone is known; ``key`` is the house's secret."""
    return hmac.new(key, f"gone|{address}".encode(), hashlib.sha256).hexdigest()


def code_hash(key: bytes, code: str) -> str:
    """Return the keyed hash of a code, whatever hyphens, spaces and capitals it was typed with."""
    letters = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return hmac.new(key, f"take back|{letters}".encode(), hashlib.sha256).hexdigest()


def _by_others(translation: Translation) -> bool:
    """Whether somebody other than its teller brought the story into this language."""
    tellers = kernel.tellers_of(translation.guide)
    return bool(tellers) and translation.created_by not in tellers
