"""A story's teller takes it back, or lets readers have it again: what checks and publishing do about it together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from studio.answers.operations import forgetting
from studio.audit import trail
from studio.guides.consents import operations as giving
from studio.guides.consents import queries as consents
from studio.guides.models import Revision, Translation
from studio.guides.operations import let_tellers_in
from studio.guides.rules.consent import ASK_BEFORE, Scope
from studio.members.actor import Actor
from studio.publish import consent, erasing, notes, telling
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
    forms: frozenset[Scope] | None
    """In which forms beside its page it may go out; None where its teller has not said."""
    until: date | None
    ask: bool
    """Whether the consent ends within a month, or has ended."""
    ended: bool
    """Whether readers lost it because the consent has ended."""
    has_code: bool


def story_of(session: Session, actor: Actor, translation: Translation, today: date) -> Story | None:
    """Return what the teller of ``translation`` finds on its page; None for everybody else."""
    if actor.id not in rounds.tellers_of(translation):
        return None
    live = publishing.live_of_guide(session, translation.guide_id)
    back = telling.taken_back(session, translation.id)
    number = session.get_one(Revision, back.revision_id).number if back else 0
    given = consents.consent_of(session, translation.guide_id)
    return Story(
        languages=tuple(one.language for one in live),
        back=back,
        number=number,
        forms=frozenset(map(Scope, given.scope)) if given else None,
        until=given.until if given else None,
        ask=given is not None and given.until - ASK_BEFORE <= today,
        ended=given is not None and given.ended,
        has_code=given is not None and given.code_hash is not None,
    )


def change_forms(session: Session, actor: Actor, translation: Translation, forms: list[Scope], now: datetime) -> None:
    """Let the story go out in other forms than before, at once; NotAllowed for everybody but its teller."""
    giving.narrow_or_widen(session, translation.guide, actor.id, forms, now)
    consent.follow(session, translation.guide, now)


def renew(session: Session, actor: Actor, translation: Translation, now: datetime) -> None:
    """Let a consent hold two more years; what readers lost by its end alone they have again."""
    giving.renew(session, translation.guide, actor.id, now)
    consent.follow(session, translation.guide, now)


def erase(session: Session, actor: Actor, translation: Translation, key: bytes, now: datetime) -> None:
    """Take the story back for good, with every word of it; NotAllowed for everybody but its teller.

    The team hears that a story is gone as everybody does: without being told which, or whose.
    """
    giving.teller_only(translation.guide, actor.id)
    erasing.erase(session, translation.guide, key, now)


def take_back(session: Session, actor: Actor, translation: Translation, now: datetime) -> bool:
    """Take a story back in all its languages, published or not, without a reason; return whether anything changed.

    Raise NotAllowed for everybody but its teller. The second time changes nothing.
    """
    giving.teller_only(translation.guide, actor.id)
    let_tellers_in(session, translation.guide, now)
    gone = telling.take_back(session, actor, translation.guide, now)
    fallen = checks.unsay(session, actor, translation.guide, now)
    if not gone and not fallen:
        return False
    texts = [one.id for one in translation.guide.translations]
    forgetting.forget_words_about(session, texts)
    notes.forget(session, texts)
    for text in translation.guide.translations:
        # A guide's id has words of its title; the trail keeps those of its texts, which tell nothing.
        details = {"editions": sorted(one.id for one in gone if one.translation_id == text.id)}
        subject = f"translation:{text.id}"
        trail.record(session, actor=actor.id, act="teller.take_back", subject=subject, details=details, now=now)
        checks.tell_team(session, actor, text, "story_back", now)
    return True


def yes_again(session: Session, actor: Actor, translation: Translation, content_hash: str, now: datetime) -> None:
    """Let readers have the words again that the teller took back, by their new yes to exactly these."""
    giving.teller_only(translation.guide, actor.id)
    telling.put_up_again(session, actor, translation, content_hash, now)
    checks.tell_team(session, actor, translation, "story_again", now)
