"""What a guest sees behind their reading link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.core.errors import NotFound
from studio.core.locales import Language, language
from studio.core.words import N_, Message
from studio.guides.models import Media, Revision, Translation, TranslationMedia
from studio.i18n.content import worded
from studio.review.models import ReadingLink, Review
from studio.review.queries import rounds
from studio.review.queries.guests import asked_as, by_token, true_of_me
from studio.review.queries.pieces import minutes_of, needs_second_look, notes_of, vote_of
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.queries.screen import Claimed, about_of, beside_of, html_of, passages_of
from studio.review.queries.since import SEEN, Since, since
from studio.review.rules.guests import last_day
from studio.review.rules.standing import RUNNING
from studio.review.titles import title_of


class Stays(StrEnum):
    """What has become of a reading link."""

    OPEN = "open"
    AGAIN = "again"
    ANSWERED = "answered"
    GIVEN_BACK = "given_back"
    REVOKED = "revoked"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Door:
    """A reading link before its text is opened."""

    state: Stays
    stage: str
    text_language: Language
    check: str
    title: str
    summary: str
    asked_as: Message
    true_of_me: Message
    minutes: int
    notes: tuple[str, ...]
    last_day: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text with its questions, as a guest reads it."""

    door: Door
    content_hash: str
    checklist_version: int
    questions: tuple[tuple[str, str], ...]
    ticks: Mapping[str, Any]
    html: str
    beside: tuple[tuple[Message, tuple[str | Message, ...]], ...]
    since: Since | None
    about: tuple[Claimed, ...]
    passages: tuple[tuple[str, str], ...]
    counts: Message | None
    """What became of the guest's earlier word."""


def door(session: Session, token: str, code: str, now: datetime) -> Door:
    """Return what a link says before its text is opened; NotFound where there is no such link."""
    link, case = _found(session, token, now)
    return _door(link, case, code, now)


def sheet(
    session: Session, token: str, code: str, now: datetime, *, asked: str = "", pictures: str = "", read: str = ""
) -> Sheet:
    """Return the text of a link with its questions; NotFound where there is no such link, or it is not open.

    ``asked``: since when changes are shown; ``pictures``: the folder of the text's pictures; ``read``: the hash of the
    version that a form was about, so that what changed meanwhile is shown.
    """
    link, case = _found(session, token, now)
    front = _door(link, case, code, now)
    if front.state not in (Stays.OPEN, Stays.AGAIN):
        raise NotFound(N_("There is no such page."))
    check = case.check(link.stage)
    vote = vote_of(case.standing(check.key), link.id)
    ticks = link.ticks | _read_before(session, case, read)
    return Sheet(
        door=front,
        content_hash=case.now.content_hash,
        checklist_version=checklist_of(case, check).version,
        questions=tuple((one.key, worded(one.text, code)) for one in questions_of(case, check)),
        ticks={name: value for name, value in ticks.items() if name != SEEN},
        html=html_of(session, case.candidate, case.translation.language, pictures=pictures, linked=False),
        beside=beside_of(case.candidate, case.translation.language),
        since=since(session, case, vote, ticks, asked, again=front.state is Stays.AGAIN, pictures=pictures),
        about=about_of(case, check),
        passages=passages_of(case),
        counts=vote.carried.sentence if vote and not vote.blocks else None,
    )


def picture(session: Session, token: str, sha: str, now: datetime) -> Media:
    """Return a picture of an open link's text; NotFound otherwise."""
    link, case = _found(session, token, now)
    own = session.get(TranslationMedia, (case.translation.id, sha))
    found = session.get(Media, sha) if own and _state(link, case, now) in (Stays.OPEN, Stays.AGAIN) else None
    if found is None:
        raise NotFound(N_("There is no such image here."))
    return found


def _found(session: Session, token: str, now: datetime) -> tuple[ReadingLink, rounds.Case]:
    link = by_token(session, token)
    if link is None:
        raise NotFound(N_("There is no such page."))
    review = session.get_one(Review, link.review_id)
    translation = session.get_one(Translation, review.translation_id)
    return link, rounds.case(session, review, translation, now)


def _door(link: ReadingLink, case: rounds.Case, code: str, now: datetime) -> Door:
    check = next((one for one in case.checks if one.key == link.stage), case.checks[0])
    state = _state(link, case, now)
    vote = vote_of(case.standing(check.key), link.id)
    return Door(
        state=state,
        stage=link.stage,
        text_language=language(case.translation.language),
        check=title_of(check, code),
        title=str(case.candidate.fields.get("title", "")),
        summary=str(case.candidate.fields.get("summary", "")),
        asked_as=asked_as(link.vouched, link.language, code),
        true_of_me=true_of_me(link.vouched, link.language, code),
        minutes=minutes_of(case, check, vote if state is Stays.AGAIN else None),
        notes=notes_of(case, code),
        last_day=last_day(link.expires_at),
    )


def _state(link: ReadingLink, case: rounds.Case, now: datetime) -> Stays:
    """Return what a link is good for; an answer that was given is thanked for whatever became of the link."""
    asked = link.stage in {check.key for check in case.checks}
    vote = vote_of(case.standing(link.stage), link.id) if asked else None
    ended = not asked or case.review.closed_at is not None or case.translation.progress not in RUNNING
    if link.revoked_at:
        return Stays.REVOKED
    answered = any(one.member_id == link.id for one in case.decisions)
    usable = not link.given_back_at and now < link.expires_at and not ended
    if answered:
        return Stays.AGAIN if usable and vote and needs_second_look(case, vote) else Stays.ANSWERED
    if link.given_back_at:
        return Stays.GIVEN_BACK
    if ended:
        return Stays.ENDED
    return Stays.OPEN if usable else Stays.OVER


def _read_before(session: Session, case: rounds.Case, read: str) -> dict[str, int]:
    """Return the number of the version whose hash is ``read``, as the ticks of a check keep it."""
    known = select(Revision.number).where(Revision.translation_id == case.translation.id, Revision.content_hash == read)
    number = session.scalar(known.order_by(Revision.number.desc()).limit(1)) if read else None
    return {SEEN: number} if number else {}
