"""An urgent safety fix: an editor writes it, one other person agrees, readers have it at once, all checks follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, NotAllowed, NotFound, StudioError
from studio.core.ids import new_id
from studio.core.locales import language
from studio.core.words import N_, Message
from studio.guides import media, policies
from studio.guides import queries as kernel
from studio.guides import urgent as fixes
from studio.guides.drafts import log
from studio.guides.models import Revision, Translation, UrgentFix
from studio.guides.rules import urgent as rules
from studio.members import queries as members
from studio.members.actor import Actor, Role
from studio.publish import queries as publishing
from studio.publish import urgent as publish
from studio.publish.documents import body_of
from studio.publish.glyphs import no_glyph
from studio.publish.models import Edition
from studio.review.operations import urgent as checks
from studio.review.queries import rounds
from studio.review.queries.changes import changes, weighty
from studio.review.queries.since import Since
from studio.review.rules.carry import Block
from studio.theming.fonts import missing_characters


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a text's urgent fix shows."""

    live: Edition
    title: str
    """That readers have."""
    body: str
    """The words that readers have."""
    fix: UrgentFix | None
    """The one that waits for another person."""
    since: Since | None
    """What it changes, passage by passage."""
    wrote: str
    """Pen-name of who wrote it."""
    why_not: Message | None
    """Why the person who looks cannot agree to it; None where they can."""
    stale: bool
    """Whether readers have other words now than those it was written for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the text's own page says of urgent fixes."""

    may_write: bool
    waits: bool
    due_on: date | None
    """Of what readers have: by then all checks follow."""
    overdue: bool
    not_in_draft: bool
    source_line: str
    """The safety line of a later urgent edition of the text that this one was made from."""


def propose(
    session: Session, actor: Actor, translation: Translation, *, line: str, body: str, base_hash: str, now: datetime
) -> UrgentFix:
    """Put a fix before another person; proposing the same twice is proposing it once.

    ``base_hash`` is the content hash of the edition that was on the page. Raise Invalid where the change or its line is
    too large or cannot be shown, Conflict where readers have other words by now or another fix waits.
    """
    if not actor.has(Role.EDITOR):
        raise NotAllowed(N_("An editor writes an urgent fix. Ask one of them, or have the text taken down."))
    session.refresh(translation, with_for_update=True)
    live = publish.may_be_fixed(session, translation)
    base = session.get_one(Revision, live.revision_id)
    _must_be(live, base_hash)
    spoken, body = language(translation.language), log.clean(body)
    body = body if body.endswith("\n") or not base.body.endswith("\n") else f"{body}\n"
    line = rules.check_line(line, spoken)
    fields = fixes.fixed_fields(base, line)
    _must_be_small(session, live, body)
    _can_be_shown(session, base, body, line)
    waiting, digest = fixes.open_fix(session, translation.id), fixes.hash_of(base, body, fields)
    if waiting:
        if (waiting.content_hash, waiting.proposed_by) == (digest, actor.id):
            return waiting
        raise Conflict(N_("Another urgent fix of this text waits already. Look at that one first."))
    fix = UrgentFix(
        id=new_id(),
        translation_id=translation.id,
        base_revision_id=base.id,
        base_hash=base.content_hash,
        line=line,
        body=body,
        content_hash=digest,
        proposed_by=actor.id,
        proposed_at=now,
        state="open",
    )
    session.add(fix)
    session.flush()
    _record(session, actor, "urgent.propose", fix, now)
    checks.ask_other(session, others(session, translation, fix, now), translation, now)
    return fix


def agree(
    session: Session, actor: Actor, translation: Translation, fix_id: str, content_hash: str, now: datetime
) -> Edition | None:
    """Agree to exactly the words on the page: they are published at once, and all checks begin.

    Return the new edition; None where somebody agreed before, which changes nothing.
    """
    session.refresh(translation, with_for_update=True)
    fix = _fix(session, translation, fix_id)
    rules.check_other(
        actor, fix.proposed_by, translation.language, translation.guide.kind, rounds.tellers_of(translation)
    )
    if fix.state == "published" and fix.content_hash == content_hash:
        return None
    if fix.state != "open":
        raise Conflict(N_("This urgent fix does not wait any more. Look at the text as it is now."))
    if fix.content_hash != content_hash:
        raise Conflict(N_("This is not the change that you looked at. Look at it again, then agree."))
    left = _writer_left(session, fix)
    if left:
        raise Conflict(left)
    live = publish.may_be_fixed(session, translation)
    _must_be(live, fix.base_hash)
    before = session.get_one(Revision, live.revision_id)
    days = policies.aftercare_in_force(session).urgent_days
    fix.due_on = rules.due_on(now.date(), days, publish.due_of(session, live))
    fix.state, fix.agreed_by, fix.closed_at = "published", actor.id, now
    fix.in_draft = fixes.into_draft(session, translation, before, fix, now)
    saved = checks.open_checks(session, actor, translation, before, fix, now)
    fix.revision_id = saved.id
    session.flush()
    edition = publish.publish_fix(session, actor, live, fix, saved, now)
    _record(session, actor, "urgent.agree", fix, now)
    checks.is_out(session, actor, translation, _made_from(session, translation), now)
    return edition


def drop(session: Session, actor: Actor, translation: Translation, fix_id: str, now: datetime) -> None:
    """Drop a fix that waits; by an editor. The second time changes nothing."""
    if not actor.has(Role.EDITOR):
        raise NotAllowed(N_("An editor can drop this."))
    session.refresh(translation, with_for_update=True)
    fix = _fix(session, translation, fix_id)
    if fix.state == "published":
        raise Conflict(N_("This urgent fix is out already. Mend the text as usual, or take it down."))
    if fix.state == "open":
        fix.state, fix.closed_at = "dropped", now
        _record(session, actor, "urgent.drop", fix, now)
        checks.dropped(session, translation, now)


def others(session: Session, translation: Translation, fix: UrgentFix, now: datetime) -> list[str]:
    """Return the ids of the members who could be the other person, and do not rest."""
    tellers, team = rounds.tellers_of(translation), rounds.team_of(session, translation)
    resting = members.away(session, now)
    there = [one for one in members.actors(session) if one.id not in resting and (team is None or one.id in team)]
    return [one.id for one in there if not _why_not(one, translation, fix, tellers)]


def page(session: Session, actor: Actor, translation: Translation) -> Page:
    """Return the page of a text's urgent fix; raise Conflict where readers have nothing to be fixed."""
    live = publish.may_be_fixed(session, translation)
    base, fix = session.get_one(Revision, live.revision_id), fixes.open_fix(session, translation.id)
    tellers = rounds.tellers_of(translation)
    return Page(
        live=live,
        title=str(base.fields.get("title", "")),
        body=base.body,
        fix=fix,
        since=_changes(session, translation, fix) if fix else None,
        wrote=members.pen_names(session, [fix.proposed_by]).get(fix.proposed_by, "—") if fix else "",
        why_not=_why_not(actor, translation, fix, tellers) or _writer_left(session, fix) if fix else None,
        stale=fix is not None and fix.base_hash != live.content_hash,
    )


def told(session: Session, actor: Actor, translation: Translation, today: date) -> Told:
    """Return what a text's own page says of urgent fixes."""
    live = publishing.live_edition(session, translation.id)
    fix = fixes.fix_of(session, live.revision_id) if live and live.label == publish.LABEL else None
    due = fix.due_on if fix else None
    return Told(
        may_write=live is not None and actor.has(Role.EDITOR),
        waits=live is not None and fixes.open_fix(session, translation.id) is not None,
        due_on=due,
        overdue=due is not None and due < today,
        not_in_draft=fix is not None and not fix.in_draft,
        source_line=_source_line(session, translation),
    )


def _source_line(session: Session, translation: Translation) -> str:
    """Return the line of the newest urgent edition of the source that is later than the one this text was made from."""
    source, _, number = (translation.pinned_to or "").partition("@")
    guide_id, _, code = source.rpartition("/")
    if not number.isdecimal():
        return ""
    found = (
        select(UrgentFix.line)
        .join(Edition, Edition.revision_id == UrgentFix.revision_id)
        .join(Translation, Translation.id == UrgentFix.translation_id)
        .where(Translation.guide_id == guide_id, Translation.language == code, Edition.number > int(number))
        .order_by(Edition.number.desc())
    )
    return session.scalar(found.limit(1)) or ""


def _made_from(session: Session, translation: Translation) -> Sequence[Translation]:
    prefix = f"{translation.guide_id}/{translation.language}@"
    pinned = select(Translation).where(Translation.pinned_to.startswith(prefix, autoescape=True))
    return session.scalars(pinned.order_by(Translation.id)).all()


def _changes(session: Session, translation: Translation, fix: UrgentFix) -> Since:
    base = session.get_one(Revision, fix.base_revision_id)
    after = fixes.blocks_of(session, base, fix.body, base.fields, fix.proposed_by)
    before = kernel.blocks_of(session, base.id)
    old, new = ([Block(b.block_id, b.kind, b.source, b.hash) for b in rows] for rows in (before, after))
    picture = media.addresses(session, translation.id, "/studio/media/")
    found = changes(old, new, language(translation.language), None, picture)
    return Since("", (), tuple(found), tuple(weighty(found)))


def _why_not(actor: Actor, translation: Translation, fix: UrgentFix, tellers: list[str]) -> Message | None:
    try:
        rules.check_other(actor, fix.proposed_by, translation.language, translation.guide.kind, tellers)
    except StudioError as refusal:
        return refusal.message
    return None


def _writer_left(session: Session, fix: UrgentFix) -> Message | None:
    """Say that whoever wrote a fix is no editor any more, so that it is one person's; None while they are one."""
    if members.is_active(session, fix.proposed_by, Role.EDITOR):
        return None
    return N_("Whoever wrote this fix is no editor any more. An editor drops it, and writes it anew if it is right.")


def _fix(session: Session, translation: Translation, fix_id: str) -> UrgentFix:
    found = session.get(UrgentFix, fix_id, populate_existing=True)
    if found is None or found.translation_id != translation.id:
        raise NotFound(N_("There is no such urgent fix."))
    return found


def _must_be(live: Edition, base_hash: str) -> None:
    if live.content_hash != base_hash:
        raise Conflict(N_("Readers have other words by now than those that this change was written for. Look again."))


def _must_be_small(session: Session, live: Edition, body: str) -> None:
    """Raise Invalid unless a fix is small for readers, and for the checks: fixes in a row are measured together."""
    bases = (session.get_one(Revision, live.revision_id), publish.last_checked(session, live))
    for base in dict.fromkeys(bases):
        if base.id == live.revision_id or base.body != body:
            spoken = language(session.get_one(Translation, base.translation_id).language)
            after = fixes.blocks_of(session, base, body, base.fields, "")
            rules.check_small(kernel.blocks_of(session, base.id), after, spoken)


def _can_be_shown(session: Session, base: Revision, body: str, line: str) -> None:
    """Raise the renderer's own refusal, so that nobody agrees to what could not be published."""
    translation = session.get_one(Translation, base.translation_id)
    spoken = language(translation.language)
    log.check_size(body)
    there = media.addresses(session, base.translation_id, "/media/", all_there=True)
    for sha in media.references(body):
        there(sha)
    trial = Revision(translation_id=base.translation_id, body=body)
    shown = body_of(session, trial, spoken)
    missing = missing_characters(f"{shown.text}\n{line}", spoken.code)
    if missing:
        raise no_glyph(missing)


def _record(session: Session, actor: Actor, act: str, fix: UrgentFix, now: datetime) -> None:
    details: dict[str, Any] = {"fix": fix.id, "content": fix.content_hash}
    subject = f"translation:{fix.translation_id}"
    trail.record(session, actor=actor.id, act=act, subject=subject, details=details, now=now)
