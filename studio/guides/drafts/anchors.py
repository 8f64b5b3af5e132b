"""Anchors of a draft: set on a passage, and moved with every change of the text, in the change's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from studio.core.ids import new_id
from studio.guides.drafts.document import Step
from studio.guides.models import Anchor, Draft
from studio.guides.rules import anchoring
from studio.guides.rules.anchoring import Change, Place

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
    session.flush()
    last = changes[-1].end
    concerned = or_(Anchor.end >= changes[0].start, Anchor.state == DETACHED)
    found = session.execute(select(Anchor.id, Anchor.start, Anchor.state).where(Anchor.draft_id == draft_id, concerned))
    behind, touched = list[str](), list[str]()
    for anchor_id, start, state in found:
        (behind if start > last and state == ATTACHED else touched).append(anchor_id)
    if behind:
        _shift(session, draft_id, last, sum(one.size - (one.end - one.start) for one in changes), set(touched))
    if touched:
        _map(session, touched, changes, text)


def has_any(session: Session, draft_id: str) -> bool:
    """Whether a draft has anchors at all."""
    return session.scalar(select(Anchor.id).where(Anchor.draft_id == draft_id).limit(1)) is not None


def _shift(session: Session, draft_id: str, last: int, by: int, touched: set[str]) -> None:
    """Move everything that stands behind all changes at once: nothing happened to it but that."""
    wanted = (Anchor.draft_id == draft_id, Anchor.start > last, Anchor.id.not_in(touched))
    session.execute(update(Anchor).where(*wanted).values(start=Anchor.start + by, end=Anchor.end + by))


def _map(session: Session, touched: Sequence[str], changes: Sequence[Change], text: str) -> None:
    # Read anew: a session that lives long may hold places from before another process's change.
    wanted = select(Anchor).where(Anchor.id.in_(touched)).execution_options(populate_existing=True)
    writes = any(one.size for one in changes)
    for anchor in session.scalars(wanted):
        place = anchoring.moved(place_of(anchor), changes)
        if place.gone and writes:
            place = anchoring.found_again(text, anchor.quote, anchor.before, anchor.after, place.start) or place
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
