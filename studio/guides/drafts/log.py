"""The log of a draft: append a change, read the text at any number, know who wrote what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, true
from sqlalchemy.orm import Session

from studio.core.errors import Conflict, TooLarge
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides.drafts import anchors, authors
from studio.guides.drafts.document import Edit, SharedDocument, Step
from studio.guides.models import Draft, DraftCheckpoint, DraftUpdate, Translation
from studio.guides.rules.statuses import UpdateKind

MAX_BYTES: Final = 200_000
"""Largest text in UTF-8 bytes; the renderer has the same limit."""
CHECKPOINT_EVERY: Final = 64
CHECKPOINT_BYTES: Final = 16_000
"""Changes of so many bytes are worth a checkpoint before there are so many of them."""


@dataclass(frozen=True, slots=True)
class State:
    """A draft's text and fields as of ``seq``."""

    seq: int
    text: str
    fields: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """A hash of text and fields, by which a form tells what it was made from."""
        whole = json.dumps([self.text, self.fields], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


@dataclass(slots=True)
class Loaded:
    """A draft's document as of ``seq`` with the authors of each code point and field."""

    seq: int
    document: SharedDocument
    runs: authors.Runs
    field_authors: dict[str, list[str]]
    since: int = 0
    """Bytes of the changes since the checkpoint."""
    fields_moved: bool = False
    """Whether the change that was taken over last did anything to the fields."""

    def take(self, update: DraftUpdate) -> tuple[Step, ...]:
        """Go on by a row; return what that did to the body."""
        suggested = update.kind == UpdateKind.SUGGESTION
        return self.go_on(update.seq, update.author, update.blob, suggested=suggested)

    def go_on(self, seq: int, author: str | None, blob: bytes, *, suggested: bool = False) -> tuple[Step, ...]:
        """Take an update over, after which this is at ``seq``; return what that did to the body."""
        before = self.document.fields
        steps = self.document.apply(blob)
        self.runs = authors.applied(self.runs, steps, author, suggested=suggested)
        after = self.document.fields
        self.fields_moved = after != before
        for name, value in after.items() if self.fields_moved else ():
            if before.get(name) != value:
                known = self.field_authors.get(name, [])
                if author and author not in known:
                    self.field_authors[name] = [*known, author]
        self.seq = seq
        self.since += len(blob)
        return steps


def clean(text: str) -> str:
    """Return ``text`` with LF line ends and without NUL, and nothing else changed (no NFC: it alters ideographs)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def check_size(text: str) -> None:
    """Raise TooLarge, with both figures, for a text beyond MAX_BYTES."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise TooLarge(
            N_(
                "This text has {size} kB; a guide may have {limit} kB. Keep it, and part it into two guides.",
                size=size // 1000 + 1,
                limit=MAX_BYTES // 1000,
            )
        )


def create(
    session: Session,
    translation: Translation,
    *,
    text: str,
    fields: Mapping[str, Any],
    author: str | None,
    kind: UpdateKind,
    now: datetime,
) -> Draft:
    """Begin a draft with ``text`` and ``fields`` as its first change."""
    draft = Draft(id=new_id(), translation_id=translation.id, head_seq=0, text="", fields={}, changed_at=now)
    session.add(draft)
    session.flush()
    apply(session, draft, base_seq=0, edits=[Edit(0, 0, text)], fields=fields, author=author, kind=kind, now=now)
    return draft


def head(draft: Draft) -> State:
    """Return the newest text."""
    return State(draft.head_seq, draft.text, dict(draft.fields))


def at(session: Session, draft: Draft, seq: int) -> State:
    """Return the text as it was at ``seq``; raise Conflict where that has been forgotten or never was."""
    if seq == draft.head_seq:
        return head(draft)
    loaded = load(session, draft, seq)
    return State(loaded.seq, loaded.document.text, loaded.document.fields)


@dataclass(slots=True)
class Fork:
    """The draft as one writer has it: as it was at ``base_seq``, and what the same form has sent since.

    Whoever holds one holds the draft's lock until the transaction ends.
    """

    base: State
    count: int
    """The last count that the form sent."""
    mine: SharedDocument
    newest: Loaded
    form: str = ""


def open_fork(session: Session, draft: Draft, base_seq: int, form: str = "") -> Fork:
    """Return what the writer of ``form`` has who began at ``base_seq``; raise Conflict where that is forgotten."""
    session.refresh(draft, with_for_update=True)
    own = _sent_by(session, draft, base_seq, form)
    loaded = load(session, draft, max([base_seq, *(update.base_seq for update in own)]))
    base = State(loaded.seq, loaded.document.text, loaded.document.fields)
    # The number of the change that will be typed here; each is taken once, under the draft's lock.
    mine = SharedDocument(loaded.document.state(), writer=draft.head_seq + 1)
    for update in own:
        mine.apply(update.blob)
    _go_on(session, draft, loaded, draft.head_seq)
    return Fork(base, max([0, *(update.count for update in own)]), mine, loaded, form)


def append(
    session: Session,
    draft: Draft,
    fork: Fork,
    *,
    edits: Sequence[Edit],
    fields: Mapping[str, Any],
    author: str | None,
    kind: UpdateKind,
    now: datetime,
    count: int = 0,
) -> State:
    """Type ``edits`` into the writer's text and merge that into the head; return the new head.

    Nothing is refused because others wrote meanwhile: both changes are in the result.
    """
    update = DraftUpdate(
        draft_id=draft.id,
        seq=draft.head_seq + 1,
        author=author,
        kind=str(kind),
        base_seq=fork.base.seq,
        form=fork.form,
        count=count,
        at=now,
        blob=fork.mine.edit(edits, fields),
    )
    newest = fork.newest
    steps = newest.take(update)
    text = newest.document.text
    check_size(text)
    session.add(update)
    draft.head_seq, draft.text, draft.fields = update.seq, text, newest.document.fields
    draft.changed_at = now
    anchors.move(session, draft.id, steps, text)
    if update.seq == 1 or update.seq % CHECKPOINT_EVERY == 0 or newest.since > CHECKPOINT_BYTES:
        session.add(checkpoint(draft.id, newest, now))
    session.flush()
    return head(draft)


def apply(
    session: Session,
    draft: Draft,
    *,
    base_seq: int,
    edits: Sequence[Edit],
    fields: Mapping[str, Any],
    author: str | None,
    kind: UpdateKind,
    now: datetime,
) -> State:
    """Type ``edits`` into the text as it was at ``base_seq`` and merge that into the head; return the new head."""
    fork = open_fork(session, draft, base_seq)
    return append(session, draft, fork, edits=edits, fields=fields, author=author, kind=kind, now=now)


def load(session: Session, draft: Draft, seq: int) -> Loaded:
    """Return the document at ``seq`` from the nearest checkpoint and the changes after it."""
    if not 0 <= seq <= draft.head_seq:
        raise _forgotten()
    loaded = _nearest(session, draft, seq)
    _go_on(session, draft, loaded, seq)
    return loaded


def _go_on(session: Session, draft: Draft, loaded: Loaded, seq: int) -> None:
    later = (
        select(DraftUpdate)
        .where(DraftUpdate.draft_id == draft.id, DraftUpdate.seq > loaded.seq, DraftUpdate.seq <= seq)
        .order_by(DraftUpdate.seq)
    )
    for update in session.scalars(later):
        if update.seq != loaded.seq + 1:
            raise _forgotten()
        loaded.take(update)
    if loaded.seq != seq:
        raise _forgotten()


def _sent_by(session: Session, draft: Draft, base_seq: int, form: str) -> Sequence[DraftUpdate]:
    if not form:
        return ()
    own = (
        select(DraftUpdate)
        .where(DraftUpdate.draft_id == draft.id, DraftUpdate.form == form, DraftUpdate.seq > base_seq)
        .order_by(DraftUpdate.seq)
    )
    return session.scalars(own).all()


def settle(session: Session, draft: Draft, seq: int, now: datetime) -> None:
    """Let authorship begin anew at ``seq`` and forget the log up to there: who wrote before no longer counts.

    Where the way from there to a later text is forgotten, that text stays as it is known, with all its writers.
    """
    loaded = load(session, draft, seq)
    session.execute(delete(DraftUpdate).where(DraftUpdate.draft_id == draft.id, DraftUpdate.seq <= seq))
    after = select(func.min(DraftUpdate.seq)).where(DraftUpdate.draft_id == draft.id)
    whole = seq == draft.head_seq or session.scalar(after) == seq + 1
    gone = true() if whole else DraftCheckpoint.seq <= seq
    session.execute(delete(DraftCheckpoint).where(DraftCheckpoint.draft_id == draft.id, gone))
    loaded.runs, loaded.field_authors = authors.settled(loaded.document.text), {}
    session.add(checkpoint(draft.id, loaded, now))
    draft.settled_seq = seq
    session.flush()


def _nearest(session: Session, draft: Draft, seq: int) -> Loaded:
    kept = session.scalar(
        select(DraftCheckpoint)
        .where(DraftCheckpoint.draft_id == draft.id, DraftCheckpoint.seq <= seq)
        .order_by(DraftCheckpoint.seq.desc())
        .limit(1)
    )
    if kept is None:
        return Loaded(0, SharedDocument(), (), {})
    document = SharedDocument(kept.state)
    return Loaded(kept.seq, document, authors.from_rows(kept.authors), dict(kept.field_authors))


def checkpoint(draft_id: str, loaded: Loaded, now: datetime) -> DraftCheckpoint:
    """Return the row that keeps a draft as loaded."""
    return DraftCheckpoint(
        draft_id=draft_id,
        seq=loaded.seq,
        state=loaded.document.state(),
        text=loaded.document.text,
        fields=loaded.document.fields,
        authors=[list(run) for run in loaded.runs],
        field_authors=dict(loaded.field_authors),
        at=now,
    )


def _forgotten() -> Conflict:
    return Conflict(
        N_("The version you began from is no longer kept. Your text is below; compare it with the text now.")
    )
