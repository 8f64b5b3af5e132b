"""What a member is told on their desk about checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.guides import queries as guides
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members.actor import Actor
from studio.review.models import Notice

SENTENCES: Final = {
    "asked": N_("“{title}” waits for a check that you could give."),
    "look_again": N_("“{title}” changed since you looked. Please see what changed."),
    "must_change": N_("“{title}”: somebody asks for a change."),
    "set_aside": N_(
        "“{title}”: an organiser set aside the change that you asked for. The reason stands with the text."
    ),
    "done": N_("“{title}”: all checks are done. You can look at everything once, then publish."),
    "lost": N_("“{title}”: the text changed after all checks were done, and some are needed again."),
    "claim_ended": N_("“{title}”: the 14 days are over, so somebody else can take the check. What you ticked is kept."),
    "taken_back": N_("“{title}” was taken back to be written on. Your check waits until it is handed in again."),
    "mentioned": N_("“{title}”: somebody speaks to you in a comment."),
    "overridden": N_(
        "“{title}” may be published without all checks. An organiser decided so, and readers will see it."
    ),
    "story_back": N_("“{title}”: whoever told this story took it back. Readers do not have it any more."),
    "story_again": N_("“{title}”: whoever told this story lets readers have it again."),
    "urgent_asked": N_("“{title}”: an urgent safety fix waits for a second person. It takes a minute."),
    "urgent_out": N_("“{title}”: an urgent safety fix is out. All checks follow now."),
    "urgent_source": N_("“{title}”: the text that it was made from was changed for somebody’s safety."),
}
"""The sentence of each kind of notice."""
_RUNNING: Final = frozenset({Progress.IN_REVIEW, Progress.CHANGES_REQUESTED})
_HOLDS: Final = {
    "asked": _RUNNING,
    "look_again": _RUNNING,
    "must_change": frozenset({Progress.CHANGES_REQUESTED}),
    "done": frozenset({Progress.APPROVED}),
    "lost": _RUNNING,
    "overridden": frozenset({Progress.APPROVED, Progress.SCHEDULED}),
}
"""The progress at which a notice of this kind still says something true; the others hold at any."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as a page shows it."""

    id: str
    sentence: Message
    address: str
    at: datetime
    seen: bool
    passes: bool
    """Whether it goes from the desk by itself when it holds no more; the others are put away."""


def notices(session: Session, actor: Actor, *, unseen_only: bool = True, limit: int = 20) -> list[Told]:
    """Return what the actor is told, the newest first; nothing about a text that they may no longer know of."""
    own = select(Notice).where(Notice.member_id == actor.id).order_by(Notice.at.desc(), Notice.id)
    if unseen_only:
        own = own.where(Notice.seen_at.is_(None))
    told = (_told(session, actor, one) for one in session.scalars(own))
    return list(islice((one for one in told if one), limit))


def _told(session: Session, actor: Actor, notice: Notice) -> Told | None:
    translation = session.get_one(Translation, notice.translation_id)
    holds = translation.progress in _HOLDS.get(notice.kind, frozenset(Progress))
    if not holds or not guides.may_see(session, actor, translation):
        return None
    sentence = Message(SENTENCES[notice.kind].text, {"title": title_of_text(translation)})
    address, was_seen = address_of(translation), notice.seen_at is not None
    if notice.kind == "mentioned":
        address += "talk"
    if notice.kind == "urgent_asked":
        address += "urgent"
    return Told(notice.id, sentence, address, notice.at, was_seen, notice.kind in _HOLDS)


def title_of_text(translation: Translation) -> str:
    """Return a text's title as its draft has it now."""
    return str(translation.draft.fields.get("title") or translation.guide_id)


def address_of(translation: Translation) -> str:
    """Return the address of a text's own page."""
    return f"/studio/guides/{translation.guide_id}/{translation.language}/"


def unseen(session: Session, member_id: str, kind: str, translation_id: str) -> Sequence[Notice]:
    """Return the member's notices of this kind about this text that they have not seen."""
    return session.scalars(
        select(Notice).where(
            Notice.member_id == member_id,
            Notice.kind == kind,
            Notice.translation_id == translation_id,
            Notice.seen_at.is_(None),
        )
    ).all()
