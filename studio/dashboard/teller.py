"""A story's teller takes it back, or lets readers have it again: what checks and publishing do about it together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from studio.answers.operations import forgetting
from studio.audit import trail
from studio.core.errors import NotAllowed
from studio.core.words import N_
from studio.guides.models import Revision, Translation
from studio.guides.operations import let_tellers_in
from studio.members.actor import Actor
from studio.publish import notes, telling
from studio.publish import queries as publishing
from studio.publish.models import Edition
from studio.review.operations import teller as checks
from studio.review.queries import rounds


@dataclass(frozen=True, slots=True)
class Story:
    """What the teller of a text finds on its page."""

    languages: tuple[str, ...]
    """In which readers have it now."""
    back: Edition | None
    """The edition of this text that they took back, which they alone may let readers have again."""
    number: int
    """Of the saved version that it was made from."""


def story_of(session: Session, actor: Actor, translation: Translation) -> Story | None:
    """Return what the teller of ``translation`` finds on its page; None for everybody else."""
    if actor.id not in rounds.tellers_of(translation):
        return None
    live = publishing.live_of_guide(session, translation.guide_id)
    back = telling.taken_back(session, translation.id)
    number = session.get_one(Revision, back.revision_id).number if back else 0
    return Story(tuple(one.language for one in live), back, number)


def take_back(session: Session, actor: Actor, translation: Translation, now: datetime) -> bool:
    """Take a story back in all its languages, published or not, without a reason; return whether anything changed.

    Raise NotAllowed for everybody but its teller. The second time changes nothing.
    """
    _teller_only(actor, translation)
    let_tellers_in(session, translation.guide, now)
    gone = telling.take_back(session, actor, translation.guide, now)
    fallen = checks.unsay(session, actor, translation.guide, now)
    if not gone and not fallen:
        return False
    texts = [one.id for one in translation.guide.translations]
    forgetting.forget_words_about(session, texts)
    notes.forget(session, texts)
    details = {"editions": sorted(one.id for one in gone)}
    subject = f"guide:{translation.guide_id}"
    trail.record(session, actor=actor.id, act="teller.take_back", subject=subject, details=details, now=now)
    for text in translation.guide.translations:
        checks.tell_team(session, actor, text, "story_back", now)
    return True


def yes_again(session: Session, actor: Actor, translation: Translation, content_hash: str, now: datetime) -> None:
    """Let readers have the words again that the teller took back, by their new yes to exactly these."""
    _teller_only(actor, translation)
    telling.put_up_again(session, actor, translation, content_hash, now)
    checks.tell_team(session, actor, translation, "story_again", now)


def _teller_only(actor: Actor, translation: Translation) -> None:
    if actor.id not in rounds.tellers_of(translation):
        raise NotAllowed(N_("Only the person whose story it is can do this, and they need no reason."))
