"""A story belongs to whoever told it: they take it from readers without a reason, and let readers have it again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides.models import Guide, Translation
from studio.guides.rules.statuses import Standing
from studio.jobs.queue import enqueue
from studio.members.actor import Actor
from studio.publish import queries
from studio.publish.generation import raise_generation
from studio.publish.models import Edition, Schedule, Takedown
from studio.publish.rules.takedown import Reason

TAKEN_BACK: Final = "taken_back"
"""Outcome of a takedown that is nobody's to decide about but the teller's."""


def take_back(session: Session, actor: Actor, guide: Guide, now: datetime) -> list[Edition]:
    """Take every edition of the story ``guide``, in all its languages, from its readers; return those that went.

    What is being made never comes out, and what somebody else had taken down stays down. Nothing of this counts as the
    teller's one open takedown, and nobody else decides about it. Doing it twice is doing it once.
    """
    gone = list[Edition]()
    for translation in guide.translations:
        session.refresh(translation, with_for_update=True)
        _close_open_ones(session, actor, translation, now)
        for edition in _reaching_readers(session, translation):
            edition.standing = Standing.WITHDRAWN
            row = {"id": new_id(), "edition_id": edition.id, "by": actor.id, "at": now, "reason": Reason.CONSENT}
            session.add(Takedown(**row, instead="", decided_by=actor.id, decided_at=now, outcome=TAKEN_BACK))
            gone.append(edition)
        planned = session.get(Schedule, translation.id)
        if planned:
            session.delete(planned)
        _reindex(session, translation, now)
    raise_generation(session)
    return gone


def put_up_again(session: Session, actor: Actor, translation: Translation, content_hash: str, now: datetime) -> Edition:
    """Let readers have exactly the words again that the teller took back and has just read; raise Conflict otherwise.

    The caller has asked whether ``actor`` is the teller. A text that was down for another reason as well stays down.
    """
    session.refresh(translation, with_for_update=True)
    live = queries.live_edition(session, translation.id)
    if live and live.content_hash == content_hash:
        return live
    edition = taken_back(session, translation.id)
    if edition is None:
        raise Conflict(N_("This story is not one that its teller took back."))
    if edition.content_hash != content_hash:
        raise Conflict(N_("These are not the words that you read. Open the page again and look at them."))
    others = select(Takedown).where(
        Takedown.edition_id == edition.id, Takedown.outcome.not_in([TAKEN_BACK, "restored"])
    )
    if session.scalar(others.limit(1)):
        raise Conflict(N_("This was taken down for another reason, too. A new edition needs all checks and your yes."))
    if not queries.finished_build(session, edition):
        edition.standing = Standing.BUILDING
        enqueue(session, "publish.build", f"publish.build:{edition.id}", {"edition": edition.id}, now)
    else:
        edition.standing = Standing.LIVE
    for row in session.scalars(select(Takedown).where(Takedown.edition_id == edition.id)):
        row.outcome = "restored"
    _record(session, actor, "teller.yes_again", edition, now)
    _reindex(session, translation, now)
    raise_generation(session)
    return edition


def taken_back(session: Session, translation_id: str) -> Edition | None:
    """Return the edition of a text that its teller took back and nobody has had since; None where there is none."""
    newest = queries.newest_edition(session, translation_id)
    if newest is None or newest.standing is not Standing.WITHDRAWN:
        return None
    last = queries.open_takedown(session, newest.id)
    return newest if last and last.outcome == TAKEN_BACK else None


def _reaching_readers(session: Session, translation: Translation) -> list[Edition]:
    """Return what readers have, what is being made for them, and what an earlier takedown might give back to them."""
    every = select(Edition).where(Edition.translation_id == translation.id).order_by(Edition.number)
    found, newest = list[Edition](), queries.newest_edition(session, translation.id)
    for edition in session.scalars(every).all():
        down = edition is newest and edition.standing is Standing.WITHDRAWN and not taken_back(session, translation.id)
        if down or edition.standing in (Standing.LIVE, Standing.BUILDING):
            found.append(edition)
    return found


def _close_open_ones(session: Session, actor: Actor, translation: Translation, now: datetime) -> None:
    """Decide for what others took down and nobody has decided about: it stays down, and their one act is free again."""
    waiting = select(Takedown).join(Edition, Edition.id == Takedown.edition_id)
    mine = waiting.where(Edition.translation_id == translation.id, Takedown.decided_at.is_(None))
    for row in session.scalars(mine).all():
        row.decided_by, row.decided_at, row.outcome = actor.id, now, "stays"


def _reindex(session: Session, translation: Translation, now: datetime) -> None:
    for name in ("publish.index", "publish.collections"):
        enqueue(session, name, f"{name}:{translation.id}", {"translation": translation.id}, now)


def _record(session: Session, actor: Actor, act: str, edition: Edition, now: datetime) -> None:
    details = {"content": edition.content_hash}
    trail.record(session, actor=actor.id, act=act, subject=f"edition:{edition.id}", details=details, now=now)
