"""What publication lets go of what was said about a text: decided suggestions, and words around passages."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.guides.drafts import anchors
from studio.guides.models import Anchor, Translation
from studio.guides.rules import anchoring
from studio.guides.rules.hunks import HunkState
from studio.guides.threads import suggesting
from studio.guides.threads.models import Hunk, Suggestion


def forget(session: Session, translation: Translation) -> None:
    """Delete the suggestions that were decided, and what anchors remember of words that are in the text no more.

    Comments stay with what they quote, and so does a suggestion that still waits, also one whose words changed.
    """
    draft = translation.draft
    own = select(Suggestion.id).where(Suggestion.draft_id == draft.id)
    session.execute(delete(Hunk).where(Hunk.suggestion_id.in_(own), Hunk.state != HunkState.OPEN))
    waiting = {hunk.anchor_id: hunk for hunk in session.scalars(select(Hunk).where(Hunk.suggestion_id.in_(own)))}
    left = {hunk.suggestion_id for hunk in waiting.values()}
    session.execute(delete(Suggestion).where(Suggestion.draft_id == draft.id, Suggestion.id.not_in(left)))
    for anchor in session.scalars(select(Anchor).where(Anchor.draft_id == draft.id)):
        hunk = waiting.get(anchor.id)
        # An insertion is known by the words around it; those of one that fits no more are what is shown of it.
        if hunk is None or suggesting.fits(draft.text, hunk, anchor):
            place = anchors.place_of(anchor)
            around = anchoring.context(draft.text, place.start, place.end)
            anchor.before, anchor.after = ("", "") if place.gone else around
    session.flush()
