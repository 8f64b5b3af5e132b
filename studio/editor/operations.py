"""Acts of writing: save, save a version, go back to one, add an image. They flush and never commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import Conflict, Invalid
from studio.core.words import N_
from studio.editor import reading
from studio.editor.models import About, Forgotten, Saved, Sent
from studio.editor.rules.fields import merge_fields
from studio.editor.rules.merge import Merged, Touching, merge
from studio.guides import media, queries
from studio.guides import operations as kernel
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.fields import TextFields
from studio.guides.models import Guide, Media, Revision, Translation, TranslationMedia
from studio.guides.rules.statuses import Kind, Progress, Significance, UpdateKind
from studio.guides.rules.worddiff import Replacement, replacements
from studio.guides.threads import suggesting
from studio.guides.threads.models import Suggestion
from studio.members.actor import Actor, Role


def start(
    session: Session, actor: Actor, *, title: str, language: str, body: str = "", kind: Kind = Kind.GUIDE, now: datetime
) -> Translation:
    """Begin a guide with its title alone, or with a first text."""
    return kernel.start_guide(
        session, actor.id, fields=TextFields(title=title), language=language, body=body, kind=kind, now=now
    )


def translate(
    session: Session, actor: Actor, source: Translation, *, title: str, language: str, now: datetime
) -> Translation:
    """Begin ``source``'s guide in another language, empty but for its title."""
    fields = TextFields(title=title, content_notes=tuple(source.draft.fields.get("content_notes") or ()))
    made_from = source.language
    return kernel.add_translation(
        session, actor.id, source.guide, language=language, fields=fields, now=now, made_from=made_from
    )


def save(session: Session, actor: Actor, translation: Translation, sent: Sent, *, now: datetime) -> Saved:
    """Write down what a form sent; what others wrote since it was opened stays.

    Harmless when it is sent twice, or after an answer that got lost. Raise Forgotten where the text it began from is no
    longer known, and Conflict for a text that is put away.
    """
    check_open(translation)
    kernel.check_title(sent.fields.title)
    if sent.about:
        _check_story(actor, translation.guide, sent.about_before, sent.about)
    draft = translation.draft
    fork = _fork(session, translation, sent)
    body = fork.mine.text if sent.live else log.clean(sent.body)
    log.check_size(body)
    head = log.head(draft)
    if 0 < sent.count <= fork.count:
        return Saved(head, others_wrote=True)
    merged = merge(fork.mine.text, head.text, body)
    fields, touching = merge_fields(fork.mine.fields, head.fields, sent.fields.to_dict())
    if merged.edits or fields:
        head = log.append(
            session,
            draft,
            fork,
            edits=_edits(merged.edits),
            fields=fields,
            author=actor.id,
            kind=UpdateKind.FORM,
            now=now,
            count=sent.count,
        )
        kernel.join_team(session, translation, actor.id, now)
        _adopt_images(session, actor, translation, head.text)
    if sent.about:
        set_about(session, translation.guide, sent.about_before, sent.about)
    seen = head.text if sent.live else body
    return Saved(head, (*touching, *_exact(merged, head.text)), others_wrote=_differs(head, seen, sent.fields))


def begun_from(session: Session, translation: Translation, sent: Sent) -> str:
    """Return the body that a form began from, with what it has sent since; raise Forgotten where it is not kept."""
    return _fork(session, translation, sent).mine.text


def suggest(
    session: Session, actor: Actor, translation: Translation, sent: Sent, note: str, *, now: datetime
) -> Suggestion:
    """Keep what a form changed in the words of a text as a suggestion; nothing of it is typed.

    Raise Forgotten where the text it began from is no longer known, Invalid where nothing differs or more than words.
    """
    check_open(translation)
    fork = _fork(session, translation, sent)
    if sent.fields != TextFields() and sent.fields != TextFields.from_dict(fork.mine.fields):
        raise Invalid(
            N_("Only the words of the text can be suggested. Save the other answers, or leave them as they were.")
        )
    return suggesting.propose(
        session,
        actor,
        translation,
        base=fork.mine.text,
        base_seq=fork.base.seq,
        proposal=log.clean(sent.body),
        note=note,
        now=now,
    )


def set_about(session: Session, guide: Guide, before: About, after: About) -> None:
    """Change what a guide is, by what ``after`` adds to and takes from ``before``; others' changes stay."""
    if after.kind != before.kind:
        guide.kind = after.kind
        guide.team_only = guide.team_only or after.kind is Kind.STORY
    guide.facets = _three_ways(before.facets, guide.facets, after.facets)
    guide.topics = _three_ways(before.topics, guide.topics, after.topics)
    session.flush()


def save_version(
    session: Session,
    actor: Actor,
    translation: Translation,
    *,
    digest: str,
    significance: Significance,
    note: str,
    now: datetime,
) -> Revision:
    """Freeze the draft, if it still is what its writer saw (``digest``) and can be shown to readers."""
    check_open(translation)
    session.refresh(translation.draft, with_for_update=True)
    if log.head(translation.draft).digest != digest:
        raise Conflict(N_("Somebody else wrote in this text just now. Look at it once more, then save the version."))
    reading.rendered(session, actor, translation, translation.draft.text, all_there=True)
    return kernel.save_version(session, actor.id, translation, significance=significance, note=note, now=now)


def restore(session: Session, actor: Actor, translation: Translation, version: Revision, *, now: datetime) -> log.State:
    """Bring the text of an earlier saved version back as the newest one; words that are in both stay their authors'."""
    check_open(translation)
    session.refresh(translation.draft, with_for_update=True)
    head = log.head(translation.draft)
    edits = _edits(replacements(head.text, version.body))
    old = {**TextFields().to_dict(), **version.fields}
    fields = {name: value for name, value in old.items() if head.fields.get(name) != value}
    if not edits and not fields:
        return head
    kernel.join_team(session, translation, actor.id, now)
    return log.apply(
        session,
        translation.draft,
        base_seq=head.seq,
        edits=edits,
        fields=fields,
        author=actor.id,
        kind=UpdateKind.RESTORE,
        now=now,
    )


def add_image(
    session: Session, actor: Actor, translation: Translation, data: bytes, alt: str, *, now: datetime
) -> tuple[Media, str]:
    """Keep a picture for a text and return it with the line that shows it; ``alt`` says it to who cannot see it."""
    check_open(translation)
    words = reading.alt_words(alt)
    kept = media.add_image(session, translation, data, now)
    kernel.join_team(session, translation, actor.id, now)
    return kept, f"![{words}](media:{kept.sha})"


def check_open(translation: Translation) -> None:
    """Raise Conflict for a text that was put away."""
    if translation.progress is Progress.ARCHIVED:
        raise Conflict(N_("This text was put away. An editor can take it out again; then you can write in it."))


def _check_story(actor: Actor, guide: Guide, before: About, after: About) -> None:
    """Raise Invalid where somebody else would hide a text as a story, or take a story from who tells it."""
    turns = after.kind != before.kind and Kind.STORY in (after.kind, guide.kind)
    began = {one.created_by for one in guide.translations}
    if turns and actor.id not in began and not actor.has(Role.EDITOR):
        sentence = N_("Whoever began this text, or an editor, says whether it is a story.")
        raise Invalid(sentence, {"kind": sentence})


def _adopt_images(session: Session, actor: Actor, translation: Translation, text: str) -> None:
    """Count an image to this text that its writer took over from another one, such as the one it is translated from."""
    own = set(session.scalars(select(TranslationMedia.sha).where(TranslationMedia.translation_id == translation.id)))
    for sha in media.references(text):
        if sha not in own and queries.may_see_image(session, actor, sha):
            session.add(TranslationMedia(translation_id=translation.id, sha=sha))
    session.flush()


def _fork(session: Session, translation: Translation, sent: Sent) -> log.Fork:
    try:
        fork = log.open_fork(session, translation.draft, sent.base_seq, sent.form)
    except Conflict as error:
        raise Forgotten from error
    by_number = sent.live and not sent.base_digest  # a live editor has the number alone, from the house just now
    if not by_number and fork.base.seq == sent.base_seq and fork.base.digest != sent.base_digest:
        raise Forgotten
    return fork


def _edits(changes: Iterable[Replacement]) -> list[Edit]:
    return [Edit(one.start, one.end, one.new) for one in changes]


def _exact(merged: Merged, text: str) -> Sequence[Touching]:
    """Return the touching passages; what stands there now is left out where the document came to another order."""
    if merged.text == text:
        return merged.touching
    return [replace(one, merged=None, before="", after="") for one in merged.touching]


def _differs(head: log.State, body: str, fields: TextFields) -> bool:
    return head.text != body or TextFields.from_dict(head.fields) != fields


def _three_ways(before: Sequence[str], now: Sequence[str], after: Sequence[str]) -> list[str]:
    kept = [one for one in now if one in after or one not in before]
    return [*kept, *(one for one in after if one not in before and one not in now)]
