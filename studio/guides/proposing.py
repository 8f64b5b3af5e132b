"""What the draft of a text would be called if it were saved as a version now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from studio.core.locales import language
from studio.guides import queries
from studio.guides.drafts import log
from studio.guides.freezing import freeze
from studio.guides.models import Revision, RevisionBlock, Translation
from studio.guides.rules.proposal import Frozen, Proposal, propose


def blocks_to_be(session: Session, translation: Translation) -> list[RevisionBlock]:
    """Return the blocks that a version saved now would have; nothing is stored."""
    latest = queries.latest(session, translation)
    loaded = log.load(session, translation.draft, translation.draft.head_seq)
    return freeze(loaded, queries.blocks_of(session, latest.id if latest else None))


def proposal(session: Session, translation: Translation) -> Proposal | None:
    """Return the machine's answer to "What changed?" in the draft as it is; None where no version is saved yet."""
    before = queries.latest(session, translation)
    return proposed(session, before, blocks_to_be(session, translation), translation) if before else None


def proposed(session: Session, before: Revision, blocks: Sequence[RevisionBlock], translation: Translation) -> Proposal:
    """Return the machine's answer for ``blocks`` of the draft as it is, saved after the version ``before``."""
    guide = translation.guide
    was = (before.kind, before.facets, before.topics, before.licence)
    now = (guide.kind, guide.facets, guide.topics, guide.licence)
    return propose(
        Frozen(queries.blocks_of(session, before.id), before.fields, was),
        Frozen(blocks, translation.draft.fields, now),
        language(translation.language),
        health="health" in {*before.facets, *guide.facets},
    )
