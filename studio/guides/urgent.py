"""Urgent safety fixes in the kernel: find one, save its words beside the draft, bring its change into other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from studio.core.ids import new_id
from studio.guides import operations as kernel
from studio.guides import queries
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import content_hash
from studio.guides.freezing import freeze_changed
from studio.guides.models import Revision, RevisionBlock, Translation, UrgentFix
from studio.guides.rules.statuses import Significance, UpdateKind
from studio.guides.rules.transitions import Act
from studio.guides.rules.worddiff import replacements
from studio.jobs.queue import enqueue
from studio.rendering.blocks import split


def open_fix(session: Session, translation_id: str) -> UrgentFix | None:
    """Return the fix of a text that waits for another person; None where none does."""
    waiting = select(UrgentFix).where(UrgentFix.translation_id == translation_id, UrgentFix.state == "open")
    return session.scalar(waiting.limit(1))


def fix_of(session: Session, revision_id: str) -> UrgentFix | None:
    """Return the fix that became the saved version ``revision_id``; None for any other version."""
    return session.scalar(select(UrgentFix).where(UrgentFix.revision_id == revision_id).limit(1))


def readers_have(session: Session, translation: Translation) -> Revision | None:
    """Return the saved version that readers were given last: an edition's, or an urgent fix's after it."""
    fixed = select(UrgentFix.revision_id).where(
        UrgentFix.translation_id == translation.id, UrgentFix.revision_id.is_not(None)
    )
    given = or_(Revision.id.in_(fixed), Revision.id == translation.published_revision_id)
    mine = select(Revision).where(Revision.translation_id == translation.id, given)
    return session.scalar(mine.order_by(Revision.number.desc()).limit(1))


def undone(session: Session, translation: Translation, body: str) -> int:
    """Return the number of the newest saved version that was an urgent fix which ``body`` lacks; 0 where it has all.

    A fix that was checked, or which a checked edition followed, is not looked for any more.
    """
    checked = select(Revision.number).where(Revision.id == translation.published_revision_id)
    fixes = (
        select(Revision.number, UrgentFix)
        .join(Revision, Revision.id == UrgentFix.revision_id)
        .where(
            UrgentFix.translation_id == translation.id, Revision.number > func.coalesce(checked.scalar_subquery(), 0)
        )
        .order_by(Revision.number.desc())
    )
    for number, fix in session.execute(fixes):
        if not holds(session.get_one(Revision, fix.base_revision_id).body, fix.body, body):
            return number
    return 0


def holds(before: str, after: str, text: str) -> bool:
    """Whether ``text`` holds, passage by passage, what changed from ``before`` to ``after``; in doubt it does not."""
    if text == after:
        return True
    old, new, there = (Counter(block.source.strip() for block in split(one)) for one in (before, after, text))
    came, went = new - old, old - new
    if not came and not went:  # passages only changed places
        return False
    return all(there[one] >= new[one] for one in came) and all(there[one] <= new[one] for one in went)


def fixed_fields(base: Revision, line: str) -> dict[str, Any]:
    """Return the fields of the fixed text: the safety line tells what is new, and so is part of what is checked."""
    return {**base.fields, "changelog": line}


def hash_of(base: Revision, body: str, fields: Mapping[str, Any]) -> str:
    """Return the content hash of ``base`` with other words."""
    kind, facets, topics = str(base.kind), base.facets, base.topics
    return content_hash(body, fields, kind=kind, facets=facets, topics=topics, licence=base.licence)


def blocks_of(
    session: Session, base: Revision, body: str, fields: Mapping[str, Any], by: str, *, settled: bool = True
) -> list[RevisionBlock]:
    """Return the blocks of ``base``, an edition if ``settled``, with other words; ``by`` wrote what differs."""
    wrote = {name: [by] for name, value in fields.items() if base.fields.get(name) != value}
    before = queries.blocks_of(session, base.id)
    return freeze_changed(before, body, fields, wrote=wrote, by=by, settled=settled)


def save_beside(
    session: Session,
    translation: Translation,
    base: Revision,
    body: str,
    fields: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
    settled: bool = True,
) -> Revision:
    """Save ``base`` with other words as the newest version, whatever the draft says; the draft stays as it is.

    It counts as somebody's safety, and moves the text by the one table as any saved version does.
    """
    count = session.scalar(select(func.count()).where(Revision.translation_id == translation.id)) or 0
    digest = hash_of(base, body, fields)
    revision = Revision(
        id=new_id(),
        translation_id=translation.id,
        number=count + 1,
        seq=base.seq,
        based_on=base.id,
        body=body,
        fields=dict(fields),
        kind=base.kind,
        facets=list(base.facets),
        topics=list(base.topics),
        licence=base.licence,
        content_hash=digest,
        significance=Significance.SAFETY,
        note="",
        saved_by=by,
        saved_at=now,
        blocks=blocks_of(session, base, body, fields, by, settled=settled),
    )
    session.add(revision)
    translation.latest_revision_id = revision.id
    session.flush()
    kernel.move(session, translation, Act.SAVE_VERSION, by, now, revision=revision.id, content=digest)
    enqueue(session, "guides.index", f"guides.index:{translation.id}", {"translation": translation.id}, now)
    return revision


def into_draft(session: Session, translation: Translation, base: Revision, fix: UrgentFix, now: datetime) -> bool:
    """Bring what ``fix`` changes in ``base`` into the draft; return whether its passages were there, as they were."""
    draft, by = translation.draft, fix.proposed_by
    session.refresh(draft, with_for_update=True)
    wanted = brought_into(base.body, fix.body, draft.text)
    if wanted is None:
        return False
    edits = [Edit(one.start, one.end, one.new) for one in replacements(draft.text, wanted)]
    told_as_before = draft.fields.get("changelog") == base.fields.get("changelog")
    fields = {"changelog": fix.line} if told_as_before else {}
    if edits or fields:
        head, kind = draft.head_seq, UpdateKind.FORM
        log.apply(session, draft, base_seq=head, edits=edits, fields=fields, author=by, kind=kind, now=now)
        kernel.join_team(session, translation, by, now)
    return True


def brought_into(before: str, after: str, text: str) -> str | None:
    """Return ``text`` with the change from ``before`` to ``after``; None where a changed passage is not once in it."""
    if text == before:
        return after
    old, new = ([block.source for block in split(one)] for one in (before, after))
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            gone, come = _with_neighbour(old, new, (a, b), (c, d))
            if not gone or text.count(gone) != 1:
                return None
            text = text.replace(gone, come)
    return text


def _with_neighbour(
    old: Sequence[str], new: Sequence[str], gone: tuple[int, int], come: tuple[int, int]
) -> tuple[str, str]:
    """Return what went and what came; something that was only put in hangs on the passage before or after it."""
    (a, b), (c, d) = gone, come
    if a == b and a:
        a, c = a - 1, c - 1
    elif a == b:
        b, d = b + 1, d + 1
    return "".join(old[a:b]).rstrip("\n"), "".join(new[c:d]).rstrip("\n")
