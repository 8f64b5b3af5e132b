"""Anchors of a draft: set on a passage, and moved with every change of the text, in the change's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from studio.core.ids import new_id
from studio.guides.drafts.document import Step
from studio.guides.models import Anchor, Draft
from studio.guides.rules import anchoring
from studio.guides.rules.anchoring import Place

ATTACHED: Final = "attached"
DETACHED: Final = "detached"


def move(session: Session, draft_id: str, steps: Iterable[Step], text: str) -> None:
    """Move the draft's anchors by ``steps``, which led to ``text``; whoever changes a draft calls this, once a change.

    One question to the database where no anchor stands behind the change. A passage that was deleted is looked for
    again only when something is written, since nothing else can bring it back.
    """
    changes = anchoring.changes_of(steps)
    if not changes:
        return
    concerned = or_(Anchor.end >= changes[0].start, Anchor.state == DETACHED)
    # Read anew: a session that lives long may hold places from before another process's change.
    wanted = select(Anchor).where(Anchor.draft_id == draft_id, concerned).execution_options(populate_existing=True)
    session.flush()
    writes = any(one.size for one in changes)
    for anchor in session.scalars(wanted):
        place = anchoring.moved(place_of(anchor), changes)
        if place.gone and writes:
            place = _again(anchor, text, place)
        anchor.start, anchor.end, anchor.state = place.start, place.end, DETACHED if place.gone else ATTACHED
    session.flush()


def place_of(anchor: Anchor) -> Place:
    """Return where an anchor stands."""
    return Place(anchor.start, anchor.end, gone=anchor.state == DETACHED)


def add(session: Session, draft: Draft, place: Place, spoken: Place | None = None, of: str = "") -> Anchor:
    """Set an anchor at a place of the newest text; whoever calls holds the draft's lock.

    Where the words were spoken of in an earlier text ``of``, they stand at ``spoken`` there.
    """
    there, text = (spoken, of) if spoken else (place, draft.text)
    before, after = anchoring.context(text, there.start, there.end)
    anchor = Anchor(
        id=new_id(),
        draft_id=draft.id,
        start=place.start,
        end=place.end,
        quote=text[there.start : there.end],
        before=before,
        after=after,
        at_seq=draft.head_seq,
        state=DETACHED if place.gone else ATTACHED,
    )
    session.add(anchor)
    session.flush()
    return anchor


def _again(anchor: Anchor, text: str, place: Place) -> Place:
    found = anchoring.found_again(text, anchor.quote, anchor.before, anchor.after, place.start)
    return found or place
