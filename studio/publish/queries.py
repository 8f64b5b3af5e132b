"""What readers may have now: the live set, and the ways to find an edition."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from studio.guides import policies
from studio.guides.models import Guide, Revision, SlugAlias, Translation, TranslationMedia
from studio.guides.rules.policies import Aftercare, read_aftercare
from studio.guides.rules.statuses import Standing
from studio.publish.models import Artifact, Build, Edition, Recheck, Takedown
from studio.publish.rules.freshness import due_on

_FEW: Final = 500
"""So many ids are named in a question; for more it is quicker to hear of all live texts."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A live edition as lists show it."""

    edition: Edition
    translation: Translation
    guide: Guide
    revision: Revision

    @property
    def title(self) -> str:
        """The title that readers see."""
        return str(self.revision.fields.get("title", ""))

    @property
    def summary(self) -> str:
        """The summary that readers see."""
        return str(self.revision.fields.get("summary", ""))


def live_edition(session: Session, translation_id: str) -> Edition | None:
    """Return the edition of a text that readers get now."""
    return session.scalar(
        select(Edition).where(Edition.translation_id == translation_id, Edition.standing == Standing.LIVE)
    )


def live_editions(session: Session, translation_ids: Collection[str]) -> list[Edition]:
    """Return the editions of several texts that readers get now."""
    of_them = Edition.translation_id.in_(list(translation_ids))
    return list(session.scalars(select(Edition).where(of_them, Edition.standing == Standing.LIVE)))


def newest_edition(session: Session, translation_id: str) -> Edition | None:
    """Return the edition with the highest number, whatever its standing."""
    every = select(Edition).where(Edition.translation_id == translation_id).order_by(Edition.number.desc())
    return session.scalar(every.limit(1))


def editions(session: Session, translation_id: str) -> list[Edition]:
    """Return the editions of a text that readers have ever had, the newest first."""
    every = select(Edition).where(Edition.translation_id == translation_id, Edition.standing != Standing.BUILDING)
    return list(session.scalars(every.order_by(Edition.number.desc())))


def live_languages(session: Session) -> set[str]:
    """Return the languages in which readers have something."""
    every = select(Translation.language).join(Edition, Edition.translation_id == Translation.id).distinct()
    return set(session.scalars(every.where(Edition.standing == Standing.LIVE)))


def first_days(session: Session, translation_ids: Collection[str]) -> dict[str, date]:
    """Return by a text's id the day on which readers got it first."""
    first = select(Edition.translation_id, func.min(Edition.published_on))
    first = first.where(Edition.translation_id.in_(list(translation_ids)), Edition.standing != Standing.BUILDING)
    return {row[0]: row[1] for row in session.execute(first.group_by(Edition.translation_id))}


def live_texts(session: Session, language: str | None = None, *, guides: Collection[str] | None = None) -> list[Listed]:
    """Return every live text, of one language or of all, of some guides or of all, the one checked last first.

    Their words are read when they are asked for: lists show none of them.
    """
    every = (
        select(Edition, Translation, Guide, Revision)
        .join(Translation, Translation.id == Edition.translation_id)
        .join(Guide, Guide.id == Translation.guide_id)
        .join(Revision, Revision.id == Edition.revision_id)
        .where(Edition.standing == Standing.LIVE)
        .order_by(Edition.checked_on.desc(), Edition.published_on.desc(), Translation.slug)
        .options(defer(Revision.body))
    )
    if language:
        every = every.where(Translation.language == language)
    if guides is not None:
        every = every.where(Guide.id.in_(list(guides)))
    return [Listed(*row) for row in session.execute(every)]


def live_of_guide(session: Session, guide_id: str) -> list[Translation]:
    """Return the texts of a guide that readers have now, by language."""
    live = select(Edition.translation_id).where(Edition.standing == Standing.LIVE)
    every = select(Translation).where(Translation.guide_id == guide_id, Translation.id.in_(live))
    return list(session.scalars(every.order_by(Translation.language)))


def listed(session: Session, edition: Edition) -> Listed:
    """Return an edition with all that it belongs to."""
    translation = session.get_one(Translation, edition.translation_id)
    return Listed(edition, translation, translation.guide, session.get_one(Revision, edition.revision_id))


def live_translations(session: Session, ids: Collection[str]) -> set[str]:
    """Return those of the translations ``ids`` that are live: search asks this at answer time."""
    found = select(Edition.translation_id).where(Edition.standing == Standing.LIVE)
    if len(ids) <= _FEW:
        return set(session.scalars(found.where(Edition.translation_id.in_(list(ids)))))
    return set(session.scalars(found)).intersection(ids)


def by_slug(session: Session, language: str, slug: str) -> Translation | None:
    """Return the text with this address name, if it was ever published."""
    return session.scalar(select(Translation).where(Translation.language == language, Translation.slug == slug))


def alias(session: Session, language: str, slug: str) -> Translation | None:
    """Return the text that had this address name once."""
    row = session.get(SlugAlias, (language, slug))
    return session.get(Translation, row.translation_id) if row else None


def had_by_readers(session: Session, guide_id: str, code: str) -> Translation | None:
    """Return a text that readers have or had, which is no secret of its team any more; None for any other."""
    had = select(Edition.translation_id).where(Edition.standing != Standing.BUILDING)
    named = (Translation.guide_id == guide_id, Translation.language == code)
    return session.scalar(select(Translation).where(*named, Translation.id.in_(had)))


def to_act_on(session: Session) -> list[Listed]:
    """Return what readers have, and what waits for a decision after a takedown, by address."""
    down = [listed(session, session.get_one(Edition, one.edition_id)) for one in waiting_takedowns(session)]
    return sorted([*live_texts(session), *down], key=lambda one: one.translation.slug)


def by_opaque_id(session: Session, language: str, opaque_id: str) -> Translation | None:
    """Return the text with this quiet address."""
    return session.scalar(
        select(Translation).where(Translation.language == language, Translation.opaque_id == opaque_id)
    )


def by_code(session: Session, code: str) -> Edition | None:
    """Return the edition with this copy number."""
    return session.scalar(select(Edition).where(Edition.code == code))


def finished_build(session: Session, edition: Edition) -> Build | None:
    """Return the newest finished build of an edition."""
    every = select(Build).where(Build.edition_id == edition.id, Build.state == "done").order_by(Build.n.desc())
    return session.scalar(every.limit(1))


def artifact(session: Session, edition: Edition, kind: str) -> Artifact | None:
    """Return one derived file of the newest finished build of an edition."""
    build = finished_build(session, edition)
    return session.get(Artifact, (build.id, kind)) if build else None


def checked_on(session: Session, edition: Edition) -> date:
    """Return the day of the last check or re-check of an edition."""
    last = session.scalar(
        select(Recheck.on).where(Recheck.edition_id == edition.id).order_by(Recheck.on.desc()).limit(1)
    )
    return max(edition.checked_on, last) if last else edition.checked_on


def checked_days(session: Session, editions: Collection[Edition]) -> dict[str, date]:
    """Return the day of the last check or re-check of each edition by its id, in one question for all of them."""
    ids = [one.id for one in editions]
    last = select(Recheck.edition_id, func.max(Recheck.on)).where(Recheck.edition_id.in_(ids))
    again: dict[str, date] = {row[0]: row[1] for row in session.execute(last.group_by(Recheck.edition_id))}
    return {one.id: max(one.checked_on, again.get(one.id, one.checked_on)) for one in editions}


def aftercares(session: Session, every: Collection[Edition]) -> dict[str, Aftercare]:
    """Return by an edition's id what the policy of its checks says; for older ones, what the policy in force says."""
    now = None if all(one.aftercare for one in every) else policies.aftercare_in_force(session)
    return {one.id: now if now and not one.aftercare else read_aftercare(one.aftercare) for one in every}


def due_days(session: Session, every: Collection[Listed]) -> dict[str, date]:
    """Return by an edition's id the day from which it is due again, counted from its last check or re-check."""
    editions = [one.edition for one in every]
    days, cares = checked_days(session, editions), aftercares(session, editions)
    looks = select(Recheck.edition_id, Recheck.months).where(Recheck.edition_id.in_(list(days))).order_by(Recheck.on)
    again = {row[0]: row[1] for row in session.execute(looks)}
    due = dict[str, date]()
    for one in every:
        key = one.edition.id
        due[key] = due_on(days[key], again.get(key) or cares[key].months(one.revision.facets))
    return due


def media_is_live(session: Session, sha: str) -> bool:
    """Whether a live edition uses the image ``sha``."""
    live = select(Revision.body).join(Edition, Edition.revision_id == Revision.id)
    live = live.join(TranslationMedia, TranslationMedia.translation_id == Revision.translation_id)
    live = live.where(TranslationMedia.sha == sha)
    used = live.where(Edition.standing == Standing.LIVE, Revision.body.contains(f"media:{sha}", autoescape=True))
    return session.scalar(used.limit(1)) is not None


def open_takedown(session: Session, edition_id: str) -> Takedown | None:
    """Return the takedown of an edition about which nobody else has decided yet."""
    return session.scalar(
        select(Takedown).where(Takedown.edition_id == edition_id).order_by(Takedown.at.desc()).limit(1)
    )


def waiting_takedowns(session: Session) -> list[Takedown]:
    """Return the takedowns that wait for a decision, the oldest first."""
    return list(session.scalars(select(Takedown).where(Takedown.decided_at.is_(None)).order_by(Takedown.at)))


def waits_for_decision(session: Session, translation_id: str) -> Takedown | None:
    """Return the takedown of a text about which nobody else has decided yet; None where none is open."""
    waiting = select(Takedown).join(Edition, Edition.id == Takedown.edition_id)
    mine = waiting.where(Edition.translation_id == translation_id, Takedown.decided_at.is_(None))
    return session.scalar(mine.order_by(Takedown.at.desc()).limit(1))
