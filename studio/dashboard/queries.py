"""What a member's first screen says: what they were at, what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.guides import queries as kernel
from studio.guides.models import Draft, DraftUpdate, Guide, TeamMember, Translation
from studio.guides.rules.statuses import Progress, Standing
from studio.members.actor import Actor
from studio.publish import queries as publishing
from studio.publish.derived import is_due
from studio.publish.models import Edition
from studio.publish.rules.takedown import MAY

_RUNNING: Final = (Progress.IN_REVIEW, Progress.CHANGES_REQUESTED)
_OPEN: Final = (Progress.DRAFT, *_RUNNING)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as lists of the studio show it."""

    translation: Translation
    title: str
    language: Language
    changed_at: datetime
    live: bool = False
    checked_on: date | None = None

    @property
    def address(self) -> str:
        """The text's own page."""
        return f"/studio/guides/{self.translation.guide_id}/{self.translation.language}/"


def text_of(session: Session, translation: Translation) -> Text:
    """Return a text with its title as its draft has it now."""
    draft = translation.draft
    live = publishing.live_edition(session, translation.id)
    title = str(draft.fields.get("title") or translation.guide_id)
    checked = publishing.checked_on(session, live) if live else None
    return Text(translation, title, language(translation.language), draft.changed_at, live is not None, checked)


def own_texts(session: Session, actor: Actor) -> list[Text]:
    """Return the open texts whose team the member is of, the one they wrote in last first."""
    mine = (
        select(Translation)
        .join(TeamMember, TeamMember.translation_id == Translation.id)
        .join(Draft, Draft.translation_id == Translation.id)
        .join(DraftUpdate, (DraftUpdate.draft_id == Draft.id) & (DraftUpdate.author == actor.id))
        .where(TeamMember.member_id == actor.id, Translation.progress.in_(_OPEN))
        .group_by(Translation.id)
        .order_by(Draft.changed_at.desc(), Translation.id)
    )
    return [text_of(session, one) for one in session.scalars(mine)]


def visible(session: Session, actor: Actor, code: str = "", progress: str = "") -> list[Text]:
    """Return every text that the member may know of, the one changed last first."""
    every = select(Translation).join(Guide).join(Draft, Draft.translation_id == Translation.id)
    every = every.where(kernel.visible_to(actor)).order_by(Draft.changed_at.desc(), Translation.id)
    if code:
        every = every.where(Translation.language == code)
    if progress in list(Progress):
        every = every.where(Translation.progress == Progress(progress))
    return [text_of(session, one) for one in session.scalars(every)]


def of_other_teams(session: Session, actor: Actor) -> list[publishing.Listed]:
    """Return the texts that readers have, and whose drafts are for a team that the member does not belong to."""
    if not actor.has(*MAY):
        return []
    public = publishing.to_act_on(session)
    return [one for one in public if not kernel.may_see(session, actor, one.translation)]


def by_progress(session: Session, actor: Actor, wanted: Sequence[Progress]) -> list[Text]:
    """Return the texts at one of ``wanted`` that the member may know of, the one that waits longest first."""
    every = select(Translation).join(Guide).join(Draft, Draft.translation_id == Translation.id)
    every = every.where(kernel.visible_to(actor), Translation.progress.in_(wanted)).order_by(Draft.changed_at)
    return [text_of(session, one) for one in session.scalars(every)]


def being_checked(session: Session, actor: Actor) -> list[Text]:
    """Return the texts whose checks go on."""
    return by_progress(session, actor, _RUNNING)


def due_again(session: Session, today: date) -> list[Text]:
    """Return the live texts that should be looked at again by ``today``."""
    live = [one for one in publishing.live_texts(session) if is_due(session, one.edition, today)]
    return [text_of(session, one.translation) for one in live]


def unfinished(session: Session) -> list[Edition]:
    """Return the editions whose last build failed and that wait to be made."""
    building = session.scalars(select(Edition).where(Edition.standing == Standing.BUILDING))
    return [edition for edition in building if edition.builds and edition.builds[-1].state == "failed"]
