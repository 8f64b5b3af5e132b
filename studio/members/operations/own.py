"""What a member changes about themself: passphrase, recovery codes, languages, drawing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid
from studio.core.ids import new_id, new_token, token_hash
from studio.core.words import N_
from studio.members import queries
from studio.members.actor import Actor
from studio.members.models import LanguageRead, Member, Pause, RecoveryCode
from studio.members.operations.visits import end_all, renew

CODES: Final = 10
_GROUP: Final = 4
_GROUPS: Final = 5


def change_passphrase(
    session: Session, *, actor: Actor, passphrase_hash: str, before: str, visit_id: str, now: datetime
) -> str:
    """Set a new passphrase, end every other visit and return the new cookie of this one.

    ``before`` is the hash that the old passphrase was compared with; Conflict if it is no longer the stored one.
    """
    member = queries.by_id(session, actor.id)
    if member.passphrase_hash != before:
        raise Conflict(N_("Your passphrase was changed meanwhile. Please sign in again."))
    member.passphrase_hash = passphrase_hash
    end_all(session, actor.id, but=visit_id)
    _note(session, actor.id, "member.passphrase_changed", now)
    return renew(session, visit_id)


def make_codes(session: Session, *, actor: Actor, now: datetime) -> list[str]:
    """Make ten new recovery codes, forget the earlier ones, and return them; only their hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == actor.id))
    codes = [new_token()[: _GROUP * _GROUPS] for _ in range(CODES)]
    session.add_all(RecoveryCode(id=new_id(), member_id=actor.id, code_hash=token_hash(code)) for code in codes)
    _note(session, actor.id, "member.codes_made", now)
    return [_in_groups(code) for code in codes]


def use_code(session: Session, *, pen_name: str, code: str, passphrase_hash: str, now: datetime) -> Member:
    """Spend a code and set a new passphrase; every visit ends. Conflict, in one sentence, for anything wrong."""
    member = queries.by_name(session, pen_name)
    typed = "".join(character for character in code.lower() if character.isalnum())
    row = session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.code_hash == token_hash(typed),
            RecoveryCode.member_id == (member.id if member else ""),
            RecoveryCode.used.is_(None),
        )
    )
    if member is None or member.suspended or row is None:
        raise Conflict(N_("Pen-name and code do not go together, or the code has been used. Please look once more."))
    row.used = now
    member.passphrase_hash = passphrase_hash
    end_all(session, member.id)
    _note(session, member.id, "member.code_used", now)
    return member


def set_languages_read(session: Session, *, actor: Actor, codes: Collection[str]) -> None:
    """Set the languages that the member reads; each is one of those that the house offers."""
    session.execute(delete(LanguageRead).where(LanguageRead.member_id == actor.id))
    session.add_all(LanguageRead(member_id=actor.id, language=code) for code in sorted(set(codes)))
    session.flush()


def set_language(session: Session, *, actor: Actor, code: str) -> None:
    """Set the language in which the studio speaks to the member."""
    queries.by_id(session, actor.id).language = code
    session.flush()


def draw_again(session: Session, *, actor: Actor) -> None:
    """Give the member another drawing."""
    queries.by_id(session, actor.id).pattern = new_token()
    session.flush()


def pause(session: Session, *, actor: Actor, until: datetime | None, now: datetime) -> None:
    """Let the member rest until a moment in the future, or until they say so; why is asked by nobody."""
    if until is not None and until <= now:
        raise Invalid(N_("Please choose a day that is still to come."), {"until": N_("Please choose a day to come.")})
    row = session.get(Pause, actor.id)
    if row is None:
        row = Pause(member_id=actor.id)
        session.add(row)
    row.until = until
    session.flush()


def come_back(session: Session, *, actor: Actor) -> None:
    """End the member's pause, if there is one."""
    session.execute(delete(Pause).where(Pause.member_id == actor.id))


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _note(session: Session, member_id: str, act: str, now: datetime) -> None:
    trail.record(session, actor=member_id, act=act, subject=f"member:{member_id}", details={}, now=now)
