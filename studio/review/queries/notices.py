"""What a member is told on their desk about checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from studio.core.words import N_, Message
from studio.guides import queries as guides
from studio.guides.models import Draft, Guide, Translation
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
    "not_now": N_("“{title}”: somebody whom you asked for a check says “not now”."),
    "mentioned": N_("“{title}”: somebody speaks to you in a comment."),
    "guest_answered": N_("“{title}”: the guest whom you asked has answered."),
    "guest_gave_back": N_("“{title}”: the guest whom you asked gave the link back."),
    "guest_again": N_("“{title}” changed since your guest looked. Ask them to open the same link again."),
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
    "guest_again": _RUNNING,
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
    own = (
        select(Notice, Translation.guide_id, Translation.language, Draft.fields)
        .join(Translation, Translation.id == Notice.translation_id)
        .join(Guide, Guide.id == Translation.guide_id)
        .join(Draft, Draft.translation_id == Translation.id)
        .where(Notice.member_id == actor.id, guides.visible_to(actor), _holds())
        .order_by(Notice.at.desc(), Notice.id)
        .limit(limit)
    )
    if unseen_only:
        own = own.where(Notice.seen_at.is_(None))
    return [_told(*row) for row in session.execute(own)]


def _holds() -> ColumnElement[bool]:
    """Return the condition under which a notice still says something true."""
    passing = [(Notice.kind == kind) & Translation.progress.in_(progress) for kind, progress in _HOLDS.items()]
    return or_(Notice.kind.not_in(_HOLDS), *passing)


def _told(notice: Notice, guide_id: str, code: str, fields: Mapping[str, Any]) -> Told:
    title = str(fields.get("title") or guide_id)
    sentence = Message(SENTENCES[notice.kind].text, {"title": title})
    address = _address(guide_id, code)
    if notice.kind == "mentioned":
        address += "talk"
    if notice.kind == "urgent_asked":
        address += "urgent"
    return Told(notice.id, sentence, address, notice.at, notice.seen_at is not None, notice.kind in _HOLDS)


def title_of_text(translation: Translation) -> str:
    """Return a text's title as its draft has it now."""
    return str(translation.draft.fields.get("title") or translation.guide_id)


def address_of(translation: Translation) -> str:
    """Return the address of a text's own page."""
    return _address(translation.guide_id, translation.language)


def _address(guide_id: str, code: str) -> str:
    return f"/studio/guides/{guide_id}/{code}/"


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
