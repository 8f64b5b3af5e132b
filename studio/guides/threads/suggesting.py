"""Suggestions: propose changes of a text, take or leave them one by one. They flush and never commit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import operations as kernel
from studio.guides.drafts import anchors, log
from studio.guides.drafts.document import Edit
from studio.guides.models import Anchor, Translation
from studio.guides.rules import anchoring
from studio.guides.rules import hunks as rules
from studio.guides.rules.anchoring import Place
from studio.guides.rules.hunks import HunkState
from studio.guides.rules.statuses import UpdateKind
from studio.guides.rules.worddiff import replacements
from studio.guides.threads.models import Hunk, Suggestion
from studio.members.actor import Actor

NOTE_LIMIT: Final = 2_000


def propose(
    session: Session,
    actor: Actor,
    translation: Translation,
    *,
    base: str,
    base_seq: int,
    proposal: str,
    note: str,
    now: datetime,
) -> Suggestion:
    """Keep what ``proposal`` would change in ``base``, the text as its writer saw it; nothing is typed yet.

    Whoever calls holds the draft's lock. Raise Invalid where nothing differs.
    """
    log.check_size(proposal)
    wanted = rules.hunks(base, proposal)
    if not wanted:
        sentence = N_("Change some words of the text first; what you change is your suggestion.")
        raise Invalid(sentence, {"body": sentence})
    draft = translation.draft
    same = _sent_already(session, actor, draft.id, base_seq, [(base[one.start : one.end], one.new) for one in wanted])
    if same:
        return same
    since = anchoring.changes_by(replacements(base, draft.text))
    suggestion = Suggestion(
        id=new_id(), draft_id=draft.id, author=actor.id, note=note.strip()[:NOTE_LIMIT], base_seq=base_seq, at=now
    )
    session.add(suggestion)
    session.flush()
    for position, one in enumerate(wanted):
        spoken = Place(one.start, one.end)
        anchor = anchors.add(session, draft, anchoring.moved(spoken, since), spoken, base)
        old = base[one.start : one.end]
        hunk = Hunk(id=new_id(), position=position, anchor_id=anchor.id, old=old, new=one.new, state=HunkState.OPEN)
        suggestion.hunks.append(hunk)
    session.flush()
    details = {"suggestion": suggestion.id, "hunks": len(wanted)}
    _record(session, actor, "suggestion.propose", translation, details, now)
    return suggestion


def accept(session: Session, actor: Actor, translation: Translation, hunk: Hunk, *, now: datetime) -> None:
    """Type a hunk into the draft; the words are those of who proposed them. Harmless the second time.

    Raise Conflict where its words changed meanwhile, NotAllowed for one's own: that would be writing without saying so.
    """
    if not _is_open(session, translation, hunk, HunkState.ACCEPTED):
        return
    if hunk.suggestion.author == actor.id:
        raise NotAllowed(
            N_("This is your own suggestion, so somebody else decides. Or write it into the text yourself.")
        )
    anchor = _anchor(session, hunk)
    if not fits(translation.draft.text, hunk, anchor):
        raise Conflict(N_("The words changed since this was suggested. Look at both, and write what is right."))
    place = anchors.place_of(anchor)
    draft, author = translation.draft, hunk.suggestion.author
    edits = [Edit(one.start, one.end, one.new) for one in rules.typed(place, hunk.old, hunk.new)]
    _close(session, actor, hunk, anchor, HunkState.ACCEPTED, now)
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=edits,
        fields={},
        author=author,
        kind=UpdateKind.SUGGESTION,
        now=now,
    )
    kernel.join_team(session, translation, author, now)
    _note(session, actor, translation, hunk, now, seq=draft.head_seq)


def accept_all(
    session: Session, actor: Actor, translation: Translation, suggestion: Suggestion, *, now: datetime
) -> tuple[int, int]:
    """Take every open hunk of a suggestion that still fits; return how many were taken and how many are left."""
    taken = left = 0
    for hunk in suggestion.hunks:
        if not _is_open(session, translation, hunk, None):
            continue
        if fits(translation.draft.text, hunk, _anchor(session, hunk)):
            accept(session, actor, translation, hunk, now=now)
            taken += 1
        else:
            left += 1
    return taken, left


def decline(session: Session, actor: Actor, translation: Translation, hunk: Hunk, *, now: datetime) -> None:
    """Leave a hunk, or take back one's own. Harmless the second time; Conflict where it was decided otherwise."""
    state = HunkState.TAKEN_BACK if hunk.suggestion.author == actor.id else HunkState.DECLINED
    if _is_open(session, translation, hunk, state):
        _close(session, actor, hunk, _anchor(session, hunk), state, now)
        _note(session, actor, translation, hunk, now)


def fits(text: str, hunk: Hunk, anchor: Anchor) -> bool:
    """Whether an open hunk can be typed into ``text`` as it was meant."""
    return rules.fits(text, anchors.place_of(anchor), hunk.old, anchor.before, anchor.after)


def hunk_of(session: Session, translation: Translation, hunk_id: str) -> Hunk:
    """Return a hunk of this text's suggestions; NotFound where there is none of that id."""
    hunk = session.get(Hunk, hunk_id)
    if hunk is None or hunk.suggestion.draft_id != translation.draft.id:
        raise _nothing()
    return hunk


def suggestion_of(session: Session, translation: Translation, suggestion_id: str) -> Suggestion:
    """Return a suggestion of this text; NotFound where there is none of that id."""
    own = select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.draft_id == translation.draft.id)
    found = session.scalar(own)
    if found is None:
        raise _nothing()
    return found


def _sent_already(
    session: Session, actor: Actor, draft_id: str, base_seq: int, wanted: list[tuple[str, str]]
) -> Suggestion | None:
    """Return the actor's open suggestion of the same changes in the same text: a form that was sent twice."""
    own = select(Suggestion).where(Suggestion.draft_id == draft_id, Suggestion.author == actor.id)
    for one in session.scalars(own.where(Suggestion.base_seq == base_seq)):
        if [(hunk.old, hunk.new) for hunk in one.hunks if hunk.state is HunkState.OPEN] == wanted:
            return one
    return None


def _is_open(session: Session, translation: Translation, hunk: Hunk, wanted: HunkState | None) -> bool:
    """Whether a hunk can be decided, under the draft's lock; Conflict where it was decided, and not as ``wanted``."""
    session.refresh(translation.draft, with_for_update=True)
    session.refresh(hunk)
    if hunk.state is HunkState.OPEN:
        return True
    if wanted and hunk.state is not wanted:
        raise Conflict(N_("Somebody has decided about this suggestion already."))
    return False


def _close(session: Session, actor: Actor, hunk: Hunk, anchor: Anchor, state: HunkState, now: datetime) -> None:
    """Write down what became of a hunk; its place need not be kept any more."""
    hunk.state, hunk.decided_by, hunk.decided_at, hunk.anchor_id = state, actor.id, now, None
    session.delete(anchor)
    session.flush()


def _anchor(session: Session, hunk: Hunk) -> Anchor:
    return session.get_one(Anchor, hunk.anchor_id, populate_existing=True)


def _note(
    session: Session, actor: Actor, translation: Translation, hunk: Hunk, now: datetime, *, seq: int | None = None
) -> None:
    details = {"suggestion": hunk.suggestion_id, "hunk": hunk.id, **({"seq": seq} if seq else {})}
    _record(session, actor, f"suggestion.{hunk.state}", translation, details, now)


def _record(
    session: Session, actor: Actor, act: str, translation: Translation, details: dict[str, object], now: datetime
) -> None:
    subject = f"translation:{translation.id}"
    trail.record(session, actor=actor.id, act=act, subject=subject, details=details, now=now)


def _nothing() -> NotFound:
    return NotFound(N_("There is no such suggestion here."))
