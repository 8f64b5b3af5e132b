"""One-time links: inviting somebody, accepting, and letting a member in again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotFound
from studio.core.ids import new_id, new_token, token_hash
from studio.core.words import N_
from studio.members import queries
from studio.members.actor import Actor, Role
from studio.members.models import Agreement, Invitation, LanguageRead, Member, MemberRole
from studio.members.operations.permits import need_steward
from studio.members.operations.visits import end_all
from studio.members.rules import names, visits


def invite(session: Session, *, actor: Actor | None, role: Role, language: str, now: datetime) -> str:
    """Make a link for somebody new and return its token, which is stored nowhere; raise NotAllowed for others.

    ``actor`` is None for the terminal, whose operator may do anything.
    """
    if actor:
        need_steward(actor)
    return _make(session, "join", actor, role=role, language=language, expires=now + visits.INVITATION, now=now)


def let_in_again(session: Session, *, actor: Actor, member_id: str, now: datetime) -> str:
    """Make a link with which a member chooses a new passphrase; visits and earlier links end now. Return its token."""
    need_steward(actor)
    member = queries.by_id(session, member_id)
    if member.suspended:
        raise Conflict(N_("This member is suspended. Let them take part again first."))
    end_all(session, member_id)
    for earlier in queries.open_invitations(session, now):
        if earlier.member_id == member_id:
            earlier.revoked = now
    expires = now + visits.LET_IN_AGAIN
    return _make(session, "return", actor, language=member.language, expires=expires, now=now, member_id=member_id)


def revoke(session: Session, *, actor: Actor, invitation_id: str, now: datetime) -> None:
    """Make a link useless before it is used."""
    need_steward(actor)
    invitation = session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound(N_("There is no such invitation."))
    if invitation.spent:
        raise Conflict(N_("This link has been used already."))
    invitation.revoked = invitation.revoked or now
    _note(session, actor.id, "member.link_revoked", f"invitation:{invitation.id}", now)


def is_open(invitation: Invitation, now: datetime) -> bool:
    """Whether the link can still be used."""
    return invitation.spent is None and invitation.revoked is None and now < invitation.expires


def accept(
    session: Session,
    *,
    token: str,
    pen_name: str,
    passphrase_hash: str,
    agreed: Mapping[str, str],
    language: str,
    now: datetime,
) -> Member:
    """Spend the link of ``token`` and return the new member; raise Conflict if it is spent, Invalid for a taken name.

    ``agreed`` maps the key of each agreement to the hash of its wording.
    """
    invitation = _open(session, token, "join", now)
    names.check(pen_name)
    if queries.name_is_taken(session, pen_name):
        raise taken()
    member = Member(
        id=new_id(),
        pen_name=pen_name,
        name_folded=names.folded(pen_name),
        name_look=names.look(pen_name),
        passphrase_hash=passphrase_hash,
        pattern=new_token(),
        language=language,
        joined=now,
        founding=invitation.made_by is None,
    )
    session.add(member)
    try:
        session.flush()
    except IntegrityError as error:
        raise taken() from error
    _settle(session, member, Role(invitation.role), agreed, now)
    invitation.spent, invitation.member_id = now, member.id
    _note(session, member.id, "member.joined", f"member:{member.id}", now)
    return member


def come_back(session: Session, *, token: str, passphrase_hash: str, now: datetime) -> Member:
    """Spend a link that lets a member in again, set the new passphrase and end every earlier visit."""
    invitation = _open(session, token, "return", now)
    member = queries.by_id(session, invitation.member_id or "")
    if member.suspended:
        raise Conflict(N_("This link no longer works. Please ask your organiser."))
    member.passphrase_hash = passphrase_hash
    invitation.spent = now
    end_all(session, member.id)
    _note(session, member.id, "member.came_back", f"member:{member.id}", now)
    return member


def _make(
    session: Session,
    kind: str,
    actor: Actor | None,
    *,
    language: str,
    expires: datetime,
    now: datetime,
    role: Role = Role.WRITER,
    member_id: str | None = None,
) -> str:
    token = new_token()
    invitation = Invitation(
        id=new_id(),
        token_hash=token_hash(token),
        kind=kind,
        role=role,
        language=language,
        made_by=actor.id if actor else None,
        made=now,
        expires=expires,
        member_id=member_id,
    )
    session.add(invitation)
    session.flush()
    _note(session, actor.id if actor else None, f"member.link_{kind}", f"invitation:{invitation.id}", now)
    return token


def _open(session: Session, token: str, kind: str, now: datetime) -> Invitation:
    invitation = queries.invitation(session, token, kind)
    if invitation is None or not is_open(invitation, now):
        raise Conflict(N_("This link no longer works. Please ask your organiser for a new one."))
    return invitation


def _settle(session: Session, member: Member, role: Role, agreed: Mapping[str, str], now: datetime) -> None:
    session.add_all(MemberRole(member_id=member.id, role=each, since=now) for each in sorted({Role.WRITER, role}))
    session.add(LanguageRead(member_id=member.id, language=member.language))
    session.add_all(Agreement(member_id=member.id, key=key, wording=wording, at=now) for key, wording in agreed.items())
    session.flush()


def taken() -> Invalid:
    """Return the refusal of a pen-name that somebody has, or that looks like theirs."""
    sentence = N_("Somebody here has this name, or one that looks like it. Please choose another one.")
    return Invalid(sentence, {names.FIELD: sentence})


def _note(session: Session, actor: str | None, act: str, subject: str, now: datetime) -> None:
    trail.record(session, actor=actor, act=act, subject=subject, details={}, now=now)
