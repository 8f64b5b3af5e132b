"""Who wrote in an edition, what they chose, and how readers are told."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from studio.guides.credits.models import CreditChoice
from studio.guides.models import Revision, RevisionBlock, Translation
from studio.guides.rules.credit import Choice, Credit, Part, ordered
from studio.members.models import Member

Drawable = Callable[[str], bool]
"""Whether a name can be printed in the language of a text."""


def writers_of(session: Session, revision: Revision) -> frozenset[str]:
    """Return the ids of all who ever wrote in a passage of ``revision``, or whose suggestions were taken there."""
    there = select(RevisionBlock.block_id).where(RevisionBlock.revision_id == revision.id)
    every = select(RevisionBlock.contributors, RevisionBlock.suggested).join(Revision)
    every = every.where(Revision.translation_id == revision.translation_id, Revision.number <= revision.number)
    found = set[str]()
    for contributors, suggested in session.execute(every.where(RevisionBlock.block_id.in_(there))):
        found |= {*contributors, *suggested}
    return frozenset(found)


def choice_of(session: Session, member_id: str, translation: Translation, part: Part) -> CreditChoice | None:
    """Return what somebody chose themselves; None where they chose nothing."""
    return session.get(CreditChoice, (translation.id, member_id, part))


def credit_of(session: Session, revision: Revision, code: str, can_draw: Drawable) -> Credit:
    """Return how readers of ``revision``, a text in the language ``code``, are told who wrote it."""
    chosen = _chosen(session, revision.translation_id, CreditChoice.part == Part.WROTE)
    if not chosen:
        return Credit()
    writers = writers_of(session, revision)
    mine = [one for one in chosen if one.member_id in writers]
    names = _names(session, mine)
    shown = [name for name in names.values() if can_draw(name)]
    nameless = any(one.choice == Choice.MEMBER for one in mine)
    nameless = nameless or any(one.choice == Choice.NAME and names.get(one.member_id) not in shown for one in mine)
    told = {one.member_id for one in mine if one.choice != Choice.COMMUNITY}
    return Credit(ordered(shown, code), nameless, bool(writers - told) or not told)


def checkers_of(session: Session, translation_id: str, number: int, code: str, can_draw: Drawable) -> tuple[str, ...]:
    """Return the names of those who checked edition ``number`` and want to be named for it."""
    named = (CreditChoice.part == Part.CHECKED) & (CreditChoice.edition == number)
    names = _names(session, _chosen(session, translation_id, named))
    return ordered([name for name in names.values() if can_draw(name)], code)


def name_is_others(session: Session, member_id: str, look: str) -> bool:
    """Whether somebody else has a name that looks like this: as a member, or in any text."""
    member = select(Member.id).where(Member.name_look == look, Member.id != member_id)
    chosen = select(CreditChoice.member_id).where(CreditChoice.name_look == look, CreditChoice.member_id != member_id)
    return session.scalar(member.limit(1)) is not None or session.scalar(chosen.limit(1)) is not None


def texts_naming(session: Session, member_id: str) -> list[str]:
    """Return the ids of the texts for which somebody chose anything."""
    return list(session.scalars(select(CreditChoice.translation_id).where(CreditChoice.member_id == member_id)))


def _chosen(session: Session, translation_id: str, also: ColumnElement[bool]) -> list[CreditChoice]:
    return list(session.scalars(select(CreditChoice).where(CreditChoice.translation_id == translation_id, also)))


def _names(session: Session, chosen: list[CreditChoice]) -> dict[str, str]:
    """Return by member the name that they chose; none of who is not here any more, or is kept out."""
    ids = [one.member_id for one in chosen if one.choice == Choice.NAME]
    here = select(Member.id, Member.pen_name).where(Member.id.in_(ids), Member.suspended.is_(False))
    pens = {row[0]: row[1] for row in session.execute(here)}
    return {one.member_id: one.name or pens[one.member_id] for one in chosen if one.member_id in pens}
