"""What happens to texts: begin, translate, save a version, move on. Operations flush and never commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import names, queries
from studio.guides.consents import queries as consents
from studio.guides.drafts import log
from studio.guides.fields import TITLE_LIMIT, TextFields, content_hash
from studio.guides.freezing import freeze
from studio.guides.models import Guide, Revision, TeamMember, Translation
from studio.guides.proposing import proposed
from studio.guides.rules.consent import NO_TRANSLATION
from studio.guides.rules.proposal import Proposal, stricter
from studio.guides.rules.statuses import Kind, Significance, UpdateKind
from studio.guides.rules.transitions import Act, step
from studio.jobs.queue import enqueue


def start_guide(
    session: Session,
    actor_id: str | None,
    *,
    fields: TextFields,
    language: str,
    now: datetime,
    body: str = "",
    kind: Kind = Kind.GUIDE,
    facets: Sequence[str] = (),
    topics: Sequence[str] = (),
    guide_id: str = "",
    update: UpdateKind = UpdateKind.FORM,
) -> Translation:
    """Begin a guide with its first text and return that text; a story is for its team alone."""
    check_title(fields.title)
    wanted = guide_id or names.ascii_name(fields.title)
    guide = Guide(
        id=names.free_guide_id(session, wanted),
        kind=kind,
        facets=list(facets),
        topics=list(topics),
        licence="CC-BY-SA-4.0",
        team_only=kind is Kind.STORY,
        created_at=now,
    )
    session.add(guide)
    session.flush()
    return add_translation(
        session, actor_id, guide, language=language, fields=fields, body=body, now=now, update=update
    )


def add_translation(
    session: Session,
    actor_id: str | None,
    guide: Guide,
    *,
    language: str,
    fields: TextFields,
    now: datetime,
    body: str = "",
    update: UpdateKind = UpdateKind.FORM,
    made_from: str = "",
) -> Translation:
    """Begin ``guide`` in another language; raise Conflict where it has that language already.

    ``made_from`` is the language that it is translated from; where that is taken down, this goes with it.
    """
    check_title(fields.title)
    if not consents.may_translate(session, guide, actor_id):
        raise Conflict(NO_TRANSLATION)
    there = select(Translation.id).where(Translation.guide_id == guide.id, Translation.language == language)
    if session.scalar(there) is not None:
        raise Conflict(N_("This guide exists in that language already. Open it and write there."))
    translation = Translation(
        id=new_id(),
        guide=guide,
        language=language,
        slug=names.free_slug(session, language, guide.id),
        opaque_id=new_id(),
        pinned_to=f"{guide.id}/{made_from}@" if made_from else None,
        created_at=now,
        created_by=actor_id,
    )
    session.add(translation)
    session.flush()
    if actor_id:
        join_team(session, translation, actor_id, now)
    let_tellers_in(session, guide, now)
    body = log.clean(body)
    log.check_size(body)
    log.create(session, translation, text=body, fields=fields.to_dict(), author=actor_id, kind=update, now=now)
    trail.record(
        session, actor=actor_id, act="start", subject=f"translation:{translation.id}", details={"how": update}, now=now
    )
    return translation


def check_title(title: str) -> None:
    """Raise Invalid for a title that is missing or too long for a card."""
    if not title.strip():
        raise Invalid(N_("Give your text a title; you can change it at any time."))
    if len(title) > TITLE_LIMIT:
        raise Invalid(N_("A title has at most {n} characters. Put the rest into the summary.", n=TITLE_LIMIT))


def join_team(session: Session, translation: Translation, member_id: str, now: datetime) -> None:
    """Count a member to the team of a text; harmless the second time."""
    if not queries.in_team(session, member_id, translation):
        session.add(TeamMember(translation_id=translation.id, member_id=member_id, since=now))
        session.flush()


def let_tellers_in(session: Session, guide: Guide, now: datetime) -> None:
    """Count a story's teller to the team of each of its texts; in every language the yes is theirs, and taking back."""
    for teller in queries.tellers_of(guide):
        for translation in guide.translations:
            join_team(session, translation, teller, now)


def save_version(
    session: Session,
    actor_id: str | None,
    translation: Translation,
    *,
    significance: Significance,
    note: str,
    now: datetime,
) -> Revision:
    """Freeze the draft as it is now. Saving the same text twice gives the same saved version.

    ``significance`` is made as strict as the machine's proposal; raises Invalid where more than spelling changed.
    """
    draft, guide = translation.draft, translation.guide
    session.refresh(draft, with_for_update=True)
    before = queries.latest(session, translation)
    digest = hash_of_draft(translation)
    if before and before.content_hash == digest:
        return before
    loaded = log.load(session, draft, draft.head_seq)
    blocks = freeze(loaded, queries.blocks_of(session, before.id if before else None))
    if before:
        significance = _checked(significance, proposed(session, before, blocks, translation))
    number = session.scalar(select(func.count()).where(Revision.translation_id == translation.id)) or 0
    revision = Revision(
        id=new_id(),
        translation_id=translation.id,
        number=number + 1,
        seq=draft.head_seq,
        based_on=before.id if before else None,
        body=draft.text,
        fields=dict(draft.fields),
        kind=guide.kind,
        facets=list(guide.facets),
        topics=list(guide.topics),
        licence=guide.licence,
        content_hash=digest,
        significance=significance,
        note=note.strip(),
        saved_by=actor_id,
        saved_at=now,
        blocks=blocks,
    )
    session.add(revision)
    translation.latest_revision_id = revision.id
    act = Act.SAVE_SPELLING if before and significance is Significance.TYPO else Act.SAVE_VERSION
    move(session, translation, act, actor_id, now, revision=revision.id, content=digest)
    enqueue(session, "guides.index", f"guides.index:{translation.id}", {"translation": translation.id}, now)
    enqueue(session, "review.look_again", f"review.look_again:{translation.id}", {"translation": translation.id}, now)
    return revision


def hash_of_draft(translation: Translation) -> str:
    """Return the content hash that a version saved now would have."""
    guide, draft = translation.guide, translation.draft
    return content_hash(
        draft.text, draft.fields, kind=guide.kind, facets=guide.facets, topics=guide.topics, licence=guide.licence
    )


def move(
    session: Session, translation: Translation, act: Act, actor_id: str | None, now: datetime, **details: object
) -> None:
    """Move a text by the one table and note it in the trail; raise Conflict where the table has no such step."""
    line = step(translation.progress, act)
    translation.progress = line.after
    noted = {"before": line.before, "after": line.after, **details}
    trail.record(session, actor=actor_id, act=act, subject=f"translation:{translation.id}", details=noted, now=now)


def _checked(said: Significance, proposal: Proposal) -> Significance:
    """Return what a version is said to change, or something stricter; raise Invalid for spelling that is more."""
    if said is Significance.TYPO and proposal.significance is not Significance.TYPO:
        raise _more_than_spelling(proposal)
    return stricter(said, proposal.significance)


def _more_than_spelling(proposal: Proposal) -> Invalid:
    why, grave = proposal.reasons[0], proposal.significance is Significance.SAFETY
    sentence = (
        N_("More than spelling changed: {why} Choose “Someone's safety or health”.", why=why)
        if grave
        else N_("More than spelling changed: {why} Choose “The meaning”.", why=why)
    )
    return Invalid(sentence, {"significance": why})
