"""What changed from edition to edition, for readers: changelogs, their weight, and headings of the current one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.guides import house as lists
from studio.guides.models import Revision, RevisionBlock, Translation
from studio.guides.rules.statuses import Significance, Standing
from studio.publish import queries
from studio.publish.models import Edition, Takedown
from studio.publish.pages import views
from studio.publish.rules.changes import Changed, changed_sections, heaviest, safety_first
from studio.publish.rules.takedown import SILENT

WEIGHTS: Final[dict[Significance, views.Weight]] = {
    Significance.TYPO: "typo",
    Significance.CONTENT: "content",
    Significance.SAFETY: "safety",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """As much of a block as is compared: no words of it."""

    block_id: str
    kind: str
    hash: str


@dataclass
class History:
    """All editions of one text that readers had, and what their saved versions say of the changes."""

    session: Session
    translation: Translation
    headings: Sequence[tuple[str, str]] | None = None
    """The headings of the current edition as (id, words), where they are known without rendering its text."""
    editions: list[Edition] = field(init=False)
    """The newest first."""
    live: Edition | None = field(init=False)
    _blocks: dict[str, list[_Block]] = field(init=False)
    _saved: list[tuple[int, Significance]] = field(init=False)
    _numbers: dict[str, int] = field(init=False)
    _silent: bool = field(init=False)
    _places: dict[str, views.Place] = field(init=False)

    def __post_init__(self) -> None:
        """Read what there is, in as many questions for ten editions as for two."""
        session = self.session
        self.editions = queries.editions(session, self.translation.id)
        self.live = next((one for one in self.editions if one.standing is Standing.LIVE), None)
        ids = {one.revision_id for one in self.editions}
        self._blocks = _blocks(session, ids)
        saved = select(Revision.id, Revision.number, Revision.significance)
        rows = session.execute(saved.where(Revision.translation_id == self.translation.id)).all()
        self._saved = [(number, significance) for _, number, significance in rows]
        self._numbers = {key: number for key, number, _ in rows}
        self._silent = _something_silent(session, self.editions)
        self._places = self._headings()

    def entries(self) -> tuple[views.EditionEntry, ...]:
        """Return every edition as the public list shows it, the newest first."""
        return tuple(self.entry(one) for one in self.editions)

    def entry(self, edition: Edition) -> views.EditionEntry:
        """Return an edition as the public list shows it; one taken down tells no changes."""
        standing: views.Standing = "live"
        if edition.standing is not Standing.LIVE:
            standing = "withdrawn" if edition.standing is Standing.WITHDRAWN else "superseded"
        told, before = standing != "withdrawn", self._before(edition)
        changelog = edition.changelog or lists.first_edition(self.translation.language)
        if before and before.changelog == edition.changelog:  # as it is where only spelling changed
            changelog = ""
        return views.EditionEntry(
            edition.number,
            edition.published_on,
            queries.checked_on(self.session, edition),
            changelog if told else "",
            standing,
            weight=self.weight([edition]) if told else "",
            changes=self.between(before, edition) if told and before else None,
            correction=told and edition.correction,
        )

    def later(self, edition: Edition) -> tuple[views.EditionEntry, ...]:
        """Return the editions after ``edition`` that readers may know of, what matters for safety first."""
        since = [one for one in self.since(edition) if one.standing is not Standing.WITHDRAWN]
        return tuple(self.entry(one) for one in sorted(since, key=lambda one: safety_first(self._heaviest([one]))))

    def since(self, edition: Edition) -> list[Edition]:
        """Return every edition after ``edition``, up to the current one, the newest first."""
        newest = self.live.number if self.live else 0
        return [one for one in self.editions if edition.number < one.number <= newest]

    def weight(self, editions: Collection[Edition]) -> views.Weight:
        """Return the heaviest of what ``editions`` changed; empty for a first one."""
        found = self._heaviest(editions)
        return WEIGHTS[found] if found else ""

    def between(self, before: Edition, after: Edition) -> views.Changes | None:
        """Return what differs, by headings of the current edition.

        None where there is none, and where a text was ever taken down for somebody's sake and still is: where words
        were taken out would tell who they were about.
        """
        if self.live is None or self._silent:
            return None
        blocks = self._blocks
        current = blocks[self.live.revision_id]
        return self._told(changed_sections(blocks[before.revision_id], blocks[after.revision_id], current))

    def _told(self, found: Changed) -> views.Changes:
        places = tuple(self._places[key] for key in found.sections if key in self._places)
        return views.Changes(found.title, found.summary, places, gone=found.gone)

    def _before(self, edition: Edition) -> Edition | None:
        return next((one for one in self.editions if one.number < edition.number), None)

    def _heaviest(self, editions: Collection[Edition]) -> Significance | None:
        spans = [(self._numbers[one.revision_id], self._before(one)) for one in editions]
        return heaviest(
            significance
            for last, before in spans
            if before
            for number, significance in self._saved
            if self._numbers[before.revision_id] < number <= last
        )

    def _headings(self) -> dict[str, views.Place]:
        """Return the sections of the current edition by the ids of their headings."""
        if self.live is None:
            return {}
        spoken = language(self.translation.language)
        page = f"/{spoken.code}/{self.translation.slug}/"
        headings = self.headings
        if headings is None:
            from studio.publish.documents import body_of  # noqa: PLC0415 - it brings all that renders texts

            body = body_of(self.session, self.session.get_one(Revision, self.live.revision_id), spoken)
            headings = [(one.id, one.text) for one in body.outline]
        keys = [one.block_id for one in self._blocks[self.live.revision_id] if one.kind == "heading"]
        pairs = zip(keys, headings, strict=False) if len(keys) == len(headings) else ()
        found = {key: views.Place(words, f"{page}#{part}") for key, (part, words) in pairs}
        return {"": views.Place("", page), **found}


def _blocks(session: Session, revision_ids: Collection[str]) -> dict[str, list[_Block]]:
    columns = (RevisionBlock.revision_id, RevisionBlock.block_id, RevisionBlock.kind, RevisionBlock.hash)
    every = select(*columns).where(RevisionBlock.revision_id.in_(list(revision_ids)))
    found = defaultdict[str, list[_Block]](list)
    for revision_id, block_id, kind, digest in session.execute(every.order_by(RevisionBlock.position)):
        found[revision_id].append(_Block(block_id, kind, digest))
    return found


def _something_silent(session: Session, editions: Sequence[Edition]) -> bool:
    down = [one.id for one in editions if one.standing is Standing.WITHDRAWN]
    found = select(Takedown.id).where(Takedown.edition_id.in_(down), Takedown.reason.in_(SILENT))
    return session.scalar(found.limit(1)) is not None
