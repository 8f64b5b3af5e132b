"""Answering hints: mend what is certain, keep one with a reason, look at it again; agree to words to avoid."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import operations as guides
from studio.guides.drafts import log
from studio.guides.drafts.document import Edit
from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress, UpdateKind
from studio.members.actor import Actor
from studio.review.library import lint
from studio.review.models import HintKept, WordsAgreed
from studio.review.queries import hints
from studio.review.rules.hints.hint import Hint

LONGEST_REASON: Final = 300
LONGEST_WORDS: Final = 300


def keep(session: Session, actor: Actor, translation: Translation, key: str, reason: str, now: datetime) -> bool:
    """Keep a hint as it is, with why; return False where it is no longer there. What stops cannot be kept."""
    hint = _open(session, actor, translation, key)
    if hint is None:
        return False
    if hint.stops:
        raise Conflict(N_("This one has to be mended before anybody can check the text."))
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        sentence = N_("Say in a sentence why it stays, in at most {n} characters.", n=LONGEST_REASON)
        raise Invalid(sentence, {f"reason-{key}": sentence})
    session.add(
        HintKept(id=new_id(), translation_id=translation.id, hint=key, reason=words, member_id=actor.id, at=now)
    )
    session.flush()
    return True


def look_again(session: Session, translation: Translation, kept_id: str) -> bool:
    """Take back that a hint was kept; return False where it was not."""
    _check_open(translation)
    row = session.get(HintKept, kept_id)
    if row is None or row.translation_id != translation.id:
        return False
    session.delete(row)
    session.flush()
    return True


def mend(session: Session, actor: Actor, translation: Translation, key: str, words: str, now: datetime) -> bool:
    """Make the one change that a hint is certain about; return False where it is no longer there.

    It is written like anything that somebody types: who taps it wrote it, and is in the text's team.
    """
    _check_open(translation)
    session.refresh(translation.draft, with_for_update=True)
    hint = _open(session, actor, translation, key)
    if hint is None or hint.fix is None:
        return False
    fix, draft = hint.fix, translation.draft
    new = _described(words, key) if fix.asks else fix.new
    log.apply(
        session,
        draft,
        base_seq=draft.head_seq,
        edits=[Edit(fix.start, fix.end, new)],
        fields={},
        author=actor.id,
        kind=UpdateKind.FORM,
        now=now,
    )
    guides.join_team(session, translation, actor.id, now)
    return True


def agree(session: Session, actor: Actor, code: str, entry: str, now: datetime, *, yes: bool) -> None:
    """Note that a member who reads a language agrees to an entry of its words to avoid, or no longer does."""
    if entry not in {swap.key for swap in lint(code).swaps}:
        raise NotFound(N_("These words are not in the list any more."))
    if code not in actor.reads:
        raise NotAllowed(N_("Whoever reads this language agrees to its words."))
    row = session.get(WordsAgreed, (code, entry, actor.id))
    if yes and row is None:
        session.add(WordsAgreed(language=code, entry=entry, member_id=actor.id, at=now))
    elif row and not yes:
        session.delete(row)
    session.flush()


def _open(session: Session, actor: Actor, translation: Translation, key: str) -> Hint | None:
    _check_open(translation)
    return hints.by_key(hints.of_draft(session, actor, translation).open, key)


def _check_open(translation: Translation) -> None:
    if translation.progress is Progress.ARCHIVED:
        raise Conflict(N_("This text was put away. An editor can take it out again; then you can write in it."))


def _described(words: str, key: str) -> str:
    said = " ".join(words.split())
    if not said or len(said) > LONGEST_WORDS:
        sentence = N_("Say in a few words what the picture shows, in at most {n} characters.", n=LONGEST_WORDS)
        raise Invalid(sentence, {f"words-{key}": sentence})
    return "".join(f"\\{letter}" if letter in "\\[]" else letter for letter in said)
