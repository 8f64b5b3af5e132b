"""Talks and suggestions as pages and the live editor show them: with where their words stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.guides.drafts import anchors
from studio.guides.models import Anchor, Draft, Translation
from studio.guides.rules.anchoring import CONTEXT, Place
from studio.guides.rules.hunks import HunkState
from studio.guides.rules.worddiff import Piece, diff
from studio.guides.threads import suggesting
from studio.guides.threads.models import Comment, Hunk, Suggestion, Thread
from studio.members import queries as members
from studio.rendering.words import tokens

AROUND: Final = 60
"""Code points shown on each side of a passage, within its line and up to a whole word."""
SETTLED: Final = 30
"""As many talks and suggestions are shown of those that are settled."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread with where its words stand; ``place`` is None for one about a whole text or a saved version's block."""

    thread: Thread
    place: Place | None
    words: str
    """What stands there now; empty where it is gone."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A hunk in the text as it is now; ``state`` is STALE for an open one that fits no more."""

    hunk: Hunk
    state: HunkState
    place: Place | None
    pieces: tuple[Piece, ...]
    before: str = ""
    after: str = ""
    words: str = ""
    """What stands at its place now."""
    was: tuple[str, str] = ("", "")
    """What stood before and after it when it was suggested."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion with its hunks in the text's order; ``waits`` is how many can be taken as they are."""

    suggestion: Suggestion
    hunks: tuple[Proposed, ...]

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be decided."""
        return any(one.state in (HunkState.OPEN, HunkState.STALE) for one in self.hunks)

    @property
    def waits(self) -> int:
        """How many of its hunks can be taken as they are."""
        return sum(one.state is HunkState.OPEN for one in self.hunks)


def talks(session: Session, translation: Translation, *, resolved: bool = False) -> list[Talk]:
    """Return the talks of a text: open ones in the text's order, settled ones the newest first."""
    wanted = select(Thread).where(Thread.translation_id == translation.id)
    if resolved:
        settled = wanted.where(Thread.resolved_at.is_not(None)).order_by(Thread.resolved_at.desc(), Thread.id)
        rows: Sequence[Thread] = session.scalars(settled.limit(SETTLED)).all()
    else:
        rows = session.scalars(wanted.where(Thread.resolved_at.is_(None)).order_by(Thread.opened_at, Thread.id)).all()
    found = _anchors(session, [one.anchor_id for one in rows])
    shown = [_talk(one, found, translation.draft) for one in rows]
    return shown if resolved else sorted(shown, key=lambda one: one.place.start if one.place else -1)


def talk(session: Session, translation: Translation, thread: Thread) -> Talk:
    """Return one talk."""
    return _talk(thread, _anchors(session, [thread.anchor_id]), translation.draft)


def proposals(session: Session, translation: Translation, *, settled: bool = False) -> list[Proposal]:
    """Return the suggestions of a text that have something to decide, or those that have not, the newest first."""
    undecided = select(Hunk.suggestion_id).where(Hunk.state == HunkState.OPEN)
    wanted = select(Suggestion).where(Suggestion.draft_id == translation.draft.id)
    wanted = wanted.where(Suggestion.id.not_in(undecided) if settled else Suggestion.id.in_(undecided))
    order = wanted.order_by(Suggestion.at.desc(), Suggestion.id)
    rows = session.scalars(order.limit(SETTLED) if settled else order).all()
    found = _anchors(session, [hunk.anchor_id for one in rows for hunk in one.hunks])
    text = translation.draft.text
    return [Proposal(one, tuple(_proposed(hunk, found, text) for hunk in one.hunks)) for one in rows]


def how_many(session: Session, translation: Translation) -> tuple[int, int]:
    """Return how many talks of a text are open, and how many suggestions wait."""
    open_ones = select(func.count()).select_from(Thread)
    open_ones = open_ones.where(Thread.translation_id == translation.id, Thread.resolved_at.is_(None))
    waiting = select(func.count(func.distinct(Suggestion.id))).join(Hunk)
    waiting = waiting.where(Suggestion.draft_id == translation.draft.id, Hunk.state == HunkState.OPEN)
    return session.scalar(open_ones) or 0, session.scalar(waiting) or 0


def mark(session: Session, translation_id: str, draft_id: str) -> tuple[object, ...]:
    """Return what differs once anything was said, settled, suggested or decided about a text."""
    talk = select(func.count(), func.count(Thread.resolved_at), func.max(Thread.resolved_at))
    said = select(func.count(), func.max(Comment.at)).join(Thread).where(Thread.translation_id == translation_id)
    hunks = select(func.count(), func.count(Hunk.decided_at), func.max(Hunk.decided_at)).join(Suggestion)
    asked = (talk.where(Thread.translation_id == translation_id), said, hunks.where(Suggestion.draft_id == draft_id))
    return tuple(value for one in asked for value in session.execute(one).one())


def names(session: Session, talks: Sequence[Talk], proposals: Sequence[Proposal]) -> dict[str, str]:
    """Return the pen-name of everybody who appears."""
    ids = {comment.author for one in talks for comment in one.thread.comments}
    ids |= {one.thread.resolved_by or "" for one in talks} | {one.suggestion.author for one in proposals}
    ids |= {hunk.hunk.decided_by or "" for one in proposals for hunk in one.hunks}
    return members.pen_names(session, ids - {""})


def as_values(session: Session, translation: Translation, reader: str = "") -> dict[str, object]:
    """Return the open talks and hunks as plain values for the live editor; places are code points of text ``seq``.

    ``reader`` is the member who asks, who may take back their own suggestions.
    """
    open_talks, open_ones = talks(session, translation), proposals(session, translation)
    named = names(session, open_talks, open_ones)
    return {
        "seq": translation.draft.head_seq,
        "threads": [_thread_values(one, named) for one in open_talks],
        "hunks": [_hunk_values(one, hunk, named, reader) for one in open_ones for hunk in one.hunks if hunk.place],
    }


def _thread_values(one: Talk, named: dict[str, str]) -> dict[str, object]:
    thread = one.thread
    said = [{"author": named.get(each.author, ""), "text": each.text, "at": _when(each.at)} for each in thread.comments]
    values = {"id": thread.id, "quote": thread.quote, "must": thread.must, "comments": said}
    return {**values, **_where(one.place)}


def _hunk_values(one: Proposal, each: Proposed, named: dict[str, str], reader: str) -> dict[str, object]:
    suggestion, hunk = one.suggestion, each.hunk
    values = {"id": hunk.id, "suggestion": suggestion.id, "author": named.get(suggestion.author, "")}
    told = {"own": suggestion.author == reader, "note": suggestion.note, "old": hunk.old, "new": hunk.new}
    stale = each.state is HunkState.STALE
    shown = {
        "pieces": [(piece.kind, piece.text) for piece in each.pieces],
        "around": each.was if stale else (each.before, each.after),
        "now": (each.before, each.words, each.after),
    }
    return {**values, **told, **shown, **_where(each.place), "state": each.state}


def _where(place: Place | None) -> dict[str, object]:
    if place is None:
        return {"start": None, "end": None, "state": "whole"}
    return {"start": place.start, "end": place.end, "state": anchors.DETACHED if place.gone else anchors.ATTACHED}


def _when(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _talk(thread: Thread, found: dict[str, Anchor], draft: Draft) -> Talk:
    anchor = found.get(thread.anchor_id or "")
    place = anchors.place_of(anchor) if anchor else None
    return Talk(thread, place, draft.text[place.start : place.end] if place else "")


def _proposed(hunk: Hunk, found: dict[str, Anchor], text: str) -> Proposed:
    pieces, anchor = tuple(diff(hunk.old, hunk.new)), found.get(hunk.anchor_id or "")
    if anchor is None:
        return Proposed(hunk, hunk.state, None, pieces)
    place = anchors.place_of(anchor)
    state = HunkState.OPEN if suggesting.fits(text, hunk, anchor) else HunkState.STALE
    before, after = around(text, place)
    was = _in_line(anchor.before, anchor.after, len(anchor.before) == CONTEXT, len(anchor.after) == CONTEXT)
    return Proposed(hunk, state, place, pieces, before, after, text[place.start : place.end], was)


def around(text: str, place: Place) -> tuple[str, str]:
    """Return what stands in the same line before and after a passage, cut between words."""
    first, last = max(0, place.start - AROUND), min(len(text), place.end + AROUND)
    return _in_line(text[first : place.start], text[place.end : last], first > 0, last < len(text))


def _in_line(before: str, after: str, cut_before: bool, cut_after: bool) -> tuple[str, str]:
    """Return what of ``before`` and ``after`` stands in the same line; where they are cut off, whole words of it."""
    _, above, ahead = before.rpartition("\n")
    behind, below, _ = after.partition("\n")
    first, last = tokens(ahead), tokens(behind)
    if cut_before and not above and len(first) > 1:
        first = ["…", *first[1:]]
    if cut_after and not below and len(last) > 1:
        last = [*last[:-1], "…"]
    return "".join(first), "".join(last)


def _anchors(session: Session, ids: Sequence[str | None]) -> dict[str, Anchor]:
    wanted = [one for one in ids if one]
    if not wanted:
        return {}
    return {one.id: one for one in session.scalars(select(Anchor).where(Anchor.id.in_(wanted)))}
