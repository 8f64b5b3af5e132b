"""What a member's first screen says: what they were at, what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from studio.core.locales import Language, language
from studio.guides import queries as kernel
from studio.guides.models import Draft, DraftUpdate, Guide, TeamMember, Translation
from studio.guides.rules.statuses import Progress, Standing
from studio.members.actor import Actor, Role
from studio.publish import queries as publishing
from studio.publish import rechecks
from studio.publish.models import Edition
from studio.publish.rules.takedown import MAY

SHOWN: Final = 5
SOON: Final = timedelta(days=31)
"""So long before a text is due it stands on the first page."""
MOST_OWN: Final = 12
"""So many of one's own texts stand on the first page; all stand under Texts."""
_BRIEF: Final = load_only(Draft.translation_id, Draft.fields, Draft.changed_at)
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
    return texts_of(session, [translation])[0]


def texts_of(session: Session, translations: Sequence[Translation]) -> list[Text]:
    """Return texts with their titles as their drafts have them now; as many questions for a hundred as for one."""
    ids = [one.id for one in translations]
    drafts = {
        one.translation_id: one
        for one in session.scalars(select(Draft).where(Draft.translation_id.in_(ids)).options(_BRIEF))
    }
    live = {one.translation_id: one for one in publishing.live_editions(session, ids)}
    days = publishing.checked_days(session, live.values())
    return [_text(one, drafts[one.id], days.get(live[one.id].id) if one.id in live else None) for one in translations]


def _text(translation: Translation, draft: Draft, checked: date | None) -> Text:
    title = str(draft.fields.get("title") or translation.guide_id)
    spoken = language(translation.language)
    return Text(translation, title, spoken, draft.changed_at, checked is not None, checked)


def own_texts(session: Session, actor: Actor) -> list[Text]:
    """Return the open texts whose team the member is of, the one they wrote in last first."""
    wrote = select(DraftUpdate.seq).where(DraftUpdate.draft_id == Draft.id, DraftUpdate.author == actor.id)
    mine = (
        select(Translation)
        .join(TeamMember, TeamMember.translation_id == Translation.id)
        .join(Draft, Draft.translation_id == Translation.id)
        .where(TeamMember.member_id == actor.id, Translation.progress.in_(_OPEN), wrote.exists())
        .order_by(Draft.changed_at.desc(), Translation.id)
        .limit(MOST_OWN)
    )
    return texts_of(session, session.scalars(mine).all())


def visible(session: Session, actor: Actor, code: str = "", progress: str = "") -> list[Text]:
    """Return every text that the member may know of, the one changed last first."""
    every = select(Translation).join(Guide).join(Draft, Draft.translation_id == Translation.id)
    every = every.where(kernel.visible_to(actor)).order_by(Draft.changed_at.desc(), Translation.id)
    if code:
        every = every.where(Translation.language == code)
    if progress in list(Progress):
        every = every.where(Translation.progress == Progress(progress))
    return texts_of(session, session.scalars(every).all())


def of_other_teams(session: Session, actor: Actor) -> list[publishing.Listed]:
    """Return the texts that readers have, and whose drafts are for a team that the member does not belong to."""
    if not actor.has(*MAY):
        return []
    public = publishing.to_act_on(session)
    return [one for one in public if not kernel.may_see(session, actor, one.translation)]


def by_progress(session: Session, actor: Actor, wanted: Sequence[Progress], most: int | None = None) -> list[Text]:
    """Return the texts at one of ``wanted`` that the member may know of, the one that waits longest first."""
    every = select(Translation).join(Guide).join(Draft, Draft.translation_id == Translation.id)
    every = (
        every.where(kernel.visible_to(actor), Translation.progress.in_(wanted)).order_by(Draft.changed_at).limit(most)
    )
    return texts_of(session, session.scalars(every).all())


def being_checked(session: Session, actor: Actor) -> list[Text]:
    """Return the texts whose checks go on, so many as the first page shows."""
    return by_progress(session, actor, _RUNNING, SHOWN)


def due_for(session: Session, actor: Actor, today: date) -> list[tuple[Text, date]]:
    """Return what is due, or will be within a month, and what the member may see and is trained for; longest due first.

    Each with the day from which it is due. An editor is shown what others have to look at, too.
    """
    if not actor.has(Role.REVIEWER, Role.EDITOR):
        return []
    every = rechecks.due_until(session, today + SOON)
    mine = {
        one.translation_id: one.on
        for one in every
        if actor.has(Role.EDITOR) or rechecks.is_competent(actor, one.facets)
    }
    shown = select(Translation).join(Guide).where(Translation.id.in_(mine), kernel.visible_to(actor))
    texts = texts_of(session, session.scalars(shown).all())
    return sorted(((one, mine[one.translation.id]) for one in texts), key=lambda pair: (pair[1], pair[0].title))


def unfinished(session: Session) -> list[Edition]:
    """Return the editions whose last build failed and that wait to be made."""
    building = session.scalars(select(Edition).where(Edition.standing == Standing.BUILDING))
    return [edition for edition in building if edition.builds and edition.builds[-1].state == "failed"]
