"""Words to avoid: who agreed to which entry, and which are agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.core.locales import Language, language
from studio.members.actor import Actor
from studio.members.models import LanguageRead, Member
from studio.review.library import library, lint
from studio.review.models import WordsAgreed
from studio.review.rules.hints.lint import Swap


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a page shows it: how many agreed, and whether the person did."""

    swap: Swap
    count: int
    mine: bool
    shown: bool
    """Whether writers are shown it."""


def agreed(session: Session, code: str) -> frozenset[str]:
    """Return the keys of the entries of a language that two of its speakers agreed on."""
    members = _counts(session, code)
    return frozenset(swap.key for swap in lint(code).swaps if swap.is_agreed(members.get(swap.key, 0)))


def entries(session: Session, actor: Actor) -> list[tuple[Language, list[Entry]]]:
    """Return the entries of each language that ``actor`` reads."""
    found = []
    for code in sorted(actor.reads & library().lints.keys()):
        members = _counts(session, code)
        own = select(WordsAgreed.entry).where(WordsAgreed.language == code, WordsAgreed.member_id == actor.id)
        mine = set(session.scalars(own))
        found.append((language(code), [_entry(swap, members.get(swap.key, 0), mine) for swap in lint(code).swaps]))
    return found


def _entry(swap: Swap, members: int, mine: set[str]) -> Entry:
    return Entry(swap, members + len(swap.agreed_by), swap.key in mine, swap.is_agreed(members))


def _counts(session: Session, code: str) -> Mapping[str, int]:
    """Return how many active members who read the language now agreed to each entry."""
    counted = (
        select(WordsAgreed.entry, func.count())
        .join(Member, Member.id == WordsAgreed.member_id)
        .join(LanguageRead, (LanguageRead.member_id == Member.id) & (LanguageRead.language == WordsAgreed.language))
        .where(WordsAgreed.language == code, Member.suspended.is_(False))
        .group_by(WordsAgreed.entry)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
