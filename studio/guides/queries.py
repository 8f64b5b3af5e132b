"""What a member may see of the kernel, and how to find it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.words import N_
from studio.guides.models import Guide, Media, Revision, RevisionBlock, TeamMember, Translation, TranslationMedia
from studio.guides.rules.statuses import Kind, Progress
from studio.members.actor import Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may know of a translation."""
    own = select(TeamMember.translation_id).where(TeamMember.member_id == actor.id)
    return or_(Guide.team_only.is_(False), Translation.id.in_(own))


def may_see(session: Session, actor: Actor, translation: Translation) -> bool:
    """Whether ``actor`` may know of ``translation``."""
    return not translation.guide.team_only or in_team(session, actor.id, translation)


def in_team(session: Session, member_id: str, translation: Translation) -> bool:
    """Whether the member wrote in this text, was invited to it, or has taken a check of it."""
    return session.get(TeamMember, (translation.id, member_id)) is not None


def team_ids(session: Session, translation: Translation) -> set[str]:
    """Return the ids of everybody in the team of a text."""
    return set(session.scalars(select(TeamMember.member_id).where(TeamMember.translation_id == translation.id)))


def tellers_of(guide: Guide) -> list[str]:
    """Return whose story it is: who began it, in whichever language it was first told; nobody for other kinds."""
    if guide.kind is not Kind.STORY or not guide.translations:
        return []
    first = min(guide.translations, key=lambda one: (one.created_at, one.id))
    return [first.created_by] if first.created_by else []


@dataclass(frozen=True, slots=True)
class Entrance:
    """What decides who may come to a text."""

    team_only: bool
    progress: Progress


def entrances(session: Session, text_ids: Iterable[str]) -> dict[str, Entrance]:
    """Return what decides who may come to each of some texts; one question."""
    every = select(Translation.id, Guide.team_only, Translation.progress).join(Guide)
    rows = session.execute(every.where(Translation.id.in_(text_ids)))
    return {text_id: Entrance(team_only, progress) for text_id, team_only, progress in rows}


def teams(session: Session, text_ids: Iterable[str]) -> set[tuple[str, str]]:
    """Return (text, member) for each member of the teams of some texts; one question."""
    every = select(TeamMember.translation_id, TeamMember.member_id).where(TeamMember.translation_id.in_(text_ids))
    return {(text_id, member_id) for text_id, member_id in session.execute(every)}


def translation(session: Session, actor: Actor, guide_id: str, language: str) -> Translation:
    """Return a text; NotFound where there is none or ``actor`` may not know of it."""
    found = session.scalar(
        select(Translation)
        .join(Guide)
        .where(Translation.guide_id == guide_id, Translation.language == language, visible_to(actor))
    )
    if found is None:
        raise NotFound(N_("There is no such text here."))
    return found


def visible_translations(session: Session, actor: Actor) -> list[Translation]:
    """Return every text that ``actor`` may know of, by guide and language."""
    every = (
        select(Translation).join(Guide).where(visible_to(actor)).order_by(Translation.guide_id, Translation.language)
    )
    return list(session.scalars(every))


def revision(session: Session, translation: Translation, number: int) -> Revision:
    """Return a saved version of a text by its number; NotFound where there is none."""
    found = session.scalar(select(Revision).where(Revision.translation_id == translation.id, Revision.number == number))
    if found is None:
        raise NotFound(N_("There is no such saved version."))
    return found


def revisions(session: Session, translation: Translation) -> list[Revision]:
    """Return the saved versions of a text, the newest first."""
    every = select(Revision).where(Revision.translation_id == translation.id).order_by(Revision.number.desc())
    return list(session.scalars(every))


def latest(session: Session, translation: Translation) -> Revision | None:
    """Return the newest saved version, None where there is none yet."""
    return session.get(Revision, translation.latest_revision_id) if translation.latest_revision_id else None


def blocks_of(session: Session, revision_id: str | None) -> list[RevisionBlock]:
    """Return the blocks of a saved version in order; none for None."""
    if revision_id is None:
        return []
    every = select(RevisionBlock).where(RevisionBlock.revision_id == revision_id).order_by(RevisionBlock.position)
    return list(session.scalars(every))


def media_of(session: Session, actor: Actor, sha: str) -> Media:
    """Return an image of a text that ``actor`` may know of; NotFound otherwise."""
    found = session.get(Media, sha) if may_see_image(session, actor, sha) else None
    if found is None:
        raise NotFound(N_("There is no such image here."))
    return found


def may_see_image(session: Session, actor: Actor, sha: str) -> bool:
    """Whether ``actor`` may know of a text that has this image."""
    found = (
        select(TranslationMedia.sha)
        .join(Translation, Translation.id == TranslationMedia.translation_id)
        .join(Guide)
        .where(TranslationMedia.sha == sha, visible_to(actor))
    )
    return session.scalar(found.limit(1)) is not None
