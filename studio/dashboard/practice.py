"""The practice house: its members, and the starter guides taken by them through the real path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.guides.models import Translation
from studio.guides.rules.statuses import Progress
from studio.members import agreements, queries
from studio.members.actor import Actor, Role
from studio.members.models import LanguageRead, Member, MemberRole, Training
from studio.members.operations import joining
from studio.publish import operations as publishing
from studio.review.operations import claims, decisions, hand_in
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.rules.answers import YES
from studio.review.rules.standing import State, Verdict

_ALL: Final = ("ar", "en", "es", "fr", "ja")


@dataclass(frozen=True, slots=True)
class Part:
    """Who somebody is in the practice house."""

    pen_name: str
    roles: tuple[Role, ...] = ()
    trainings: tuple[str, ...] = ()
    reads: tuple[str, ...] = _ALL
    language: str = "en"


CAST: Final = (
    Part("Heron", (Role.STEWARD, Role.EDITOR)),
    Part("River", (Role.EDITOR,)),
    Part("Juniper", (Role.REVIEWER,), ("copy", "safety")),
    Part("Marten", (Role.REVIEWER,), ("health", "safety"), ("en", "es", "fr")),
    Part("نورس", (Role.REVIEWER,), ("copy", "safety"), ("ar", "en", "fr"), "ar"),
    Part("つばめ", (Role.REVIEWER,), ("copy", "safety"), ("ja", "en")),
    Part("Wren"),
)
"""No person: birds, plants and a river."""
WRITER: Final = "Wren"


def open_doors(session: Session, hashes: Mapping[str, str], now: datetime) -> None:
    """Let the cast come in by invitations of their own; ``hashes`` has the passphrase hash of each pen-name."""
    since = now - timedelta(days=60)
    for part in CAST:
        token = joining.invite(session, actor=None, role=Role.WRITER, language=part.language, now=now)
        lines = {line.key: line.wording for line in agreements.lines(part.language)}
        member = joining.accept(
            session,
            token=token,
            pen_name=part.pen_name,
            passphrase_hash=hashes[part.pen_name],
            agreed=lines,
            language=part.language,
            now=now,
        )
        _equip(session, member, part, since)
    session.flush()


def _equip(session: Session, member: Member, part: Part, since: datetime) -> None:
    session.add_all(MemberRole(member_id=member.id, role=str(role), since=since) for role in part.roles)
    session.add_all(Training(member_id=member.id, name=name) for name in part.trainings)
    known = set(session.scalars(select(LanguageRead.language).where(LanguageRead.member_id == member.id)))
    session.add_all(LanguageRead(member_id=member.id, language=code) for code in part.reads if code not in known)


def take_through(session: Session, translation: Translation, now: datetime) -> None:
    """Hand a text in, give every check by somebody who may, and publish it; each step is the real one."""
    review = ask_for_checks(session, translation, now)
    while translation.progress is Progress.IN_REVIEW:
        if not give_one(session, review, now):
            return
    publish_agreed(session, translation, now)


def ask_for_checks(session: Session, translation: Translation, now: datetime) -> str:
    """Hand a text in; return the id of its review."""
    return hand_in.hand_in(session, _cast(session)[WRITER], translation, now).id


def publish_agreed(session: Session, translation: Translation, now: datetime) -> None:
    """Publish a text whose checks are all done; do nothing for another one."""
    if translation.progress is Progress.APPROVED:
        revision, _ = publishing.agreed(session, translation)
        editor = _cast(session)["River"]
        publishing.publish(session, editor, translation, content_hash=revision.content_hash, confirmed=(), now=now)


def give_one(session: Session, review_id: str, now: datetime) -> bool:
    """Give the next check that somebody may give; False where nobody may."""
    cast = _cast(session)
    case = claims.current(session, cast[WRITER], review_id, now)
    actors = {actor.id: actor for actor in cast.values()}
    for standing in case.round.stages:
        able = case.could[standing.check.key]
        if standing.state in (State.DONE, State.LATER) or not able:
            continue
        check = standing.check
        word = decisions.Word(
            verdict=Verdict.APPROVE,
            content_hash=case.now.content_hash,
            checklist_version=checklist_of(case, check).version,
            answers={question.key: YES for question in questions_of(case, check)},
            own_experience=True,
        )
        decisions.decide(session, actors[able[0]], review_id, check.key, word, now)
        return True
    return False


def _cast(session: Session) -> dict[str, Actor]:
    return {actor.pen_name: actor for actor in queries.actors(session)}
