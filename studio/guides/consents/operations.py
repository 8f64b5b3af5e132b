"""A teller says in which forms their story may go out and until when, and is given a code that takes it back."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import Conflict, NotAllowed
from studio.core.ids import CODE_LETTERS
from studio.core.words import N_
from studio.guides import queries as kernel
from studio.guides.consents import queries
from studio.guides.consents.models import Consent
from studio.guides.models import Guide
from studio.guides.rules.consent import Scope, ends_on
from studio.jobs.queue import enqueue

_GROUPS, _IN_A_GROUP = 4, 4
TELLER_ONLY: Final = N_("Only the person whose story it is can do this, and they need no reason.")


def teller_only(guide: Guide, actor_id: str) -> None:
    """Raise NotAllowed for everybody but the teller of ``guide``."""
    if actor_id not in kernel.tellers_of(guide):
        raise NotAllowed(TELLER_ONLY)


def give(session: Session, guide: Guide, actor_id: str, scope: Collection[Scope], now: datetime) -> Consent:
    """Note what the teller of ``guide`` agrees to from now on, for two years; raise NotAllowed for anybody else."""
    teller_only(guide, actor_id)
    row = queries.consent_of(session, guide.id)
    if row is None:
        row = Consent(guide_id=guide.id)
        session.add(row)
    row.scope = sorted(set(scope))
    row.given_on, row.until = now.date(), ends_on(now.date())
    session.flush()
    enqueue(session, "publish.consent", f"publish.consent:{guide.id}", {"guide": guide.id}, now)
    return row


def narrow_or_widen(session: Session, guide: Guide, actor_id: str, scope: Collection[Scope], now: datetime) -> Consent:
    """Note other forms than before; until when it holds stays as it is. The first time it is given by this."""
    row = queries.consent_of(session, guide.id)
    if row is None:
        return give(session, guide, actor_id, scope, now)
    teller_only(guide, actor_id)
    row.scope = sorted(set(scope))
    session.flush()
    return row


def renew(session: Session, guide: Guide, actor_id: str, now: datetime) -> Consent:
    """Let a consent hold two more years from now on, in the same forms."""
    row = queries.consent_of(session, guide.id)
    return give(session, guide, actor_id, list(map(Scope, row.scope)) if row else (), now)


def new_code(session: Session, guide: Guide, actor_id: str, key: bytes) -> str:
    """Return a new code that takes the story back without an account; one from before no longer works.

    It is kept as a keyed hash alone. Raise Conflict where its teller has not said yet in which forms it goes out.
    """
    teller_only(guide, actor_id)
    row = queries.consent_of(session, guide.id)
    if row is None:
        raise Conflict(N_("Please say first in which forms your story may go out."))
    letters = ["".join(secrets.choice(CODE_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS)]
    code = "-".join(letters)
    row.code_hash = queries.code_hash(key, code)
    session.flush()
    return code
