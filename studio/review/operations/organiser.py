"""What only an organiser does in checks, with a reason that members see: set aside, let a text go out labelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from studio.audit import trail
from studio.core.errors import Conflict, Invalid, NotAllowed, NotFound
from studio.core.words import N_, Message
from studio.guides import operations as guides
from studio.guides.rules.transitions import Act
from studio.members.actor import Actor, Role
from studio.review.models import Decision
from studio.review.operations.claims import current
from studio.review.operations.decisions import append
from studio.review.operations.looking import look_again
from studio.review.operations.talk import resolve
from studio.review.operations.telling import tell
from studio.review.queries import rounds
from studio.review.rules.standing import Sort, State, Verdict, Vote
from studio.review.rules.who import is_teller


def set_aside(session: Session, actor: Actor, review_id: str, decision_id: str, reason: str, now: datetime) -> Decision:
    """Set a wish for a change aside; the check still needs the yes of another qualified person (rule 5)."""
    case = current(session, actor, review_id, now)
    vote = _open_wish(case, decision_id)
    _must_be_organiser(actor, case)
    if actor.id == vote.given.member:
        raise NotAllowed(N_("This is your own wish. Agree to the text instead, or ask another organiser."))
    reason = _must_say_why(reason)
    row = append(
        session,
        actor,
        case,
        vote.given.stage,
        Verdict.REQUEST_CHANGES,
        now,
        sort=Sort.SET_ASIDE,
        about=decision_id,
    )
    row.note = reason
    wish = next(one for one in case.decisions if one.id == decision_id)
    resolve(session, [wish.thread_id] if wish.thread_id else [], actor.id, now)
    _record(session, actor, "review.set_aside", case, {"decision": row.id, "about": decision_id}, now)
    tell(session, {vote.given.member} & case.actors.keys(), "set_aside", case.translation, now)
    look_again(session, case.translation, now)
    return row


def override(session: Session, actor: Actor, review_id: str, reason: str, now: datetime) -> Decision:
    """Let exactly this version be published without all checks; readers see the label, members the reason (rule 10)."""
    case = current(session, actor, review_id, now)
    _must_be_organiser(actor, case)
    if case.round.all_agreed or case.round.overridden:
        raise Conflict(N_("This version may be published already."))
    if any(is_teller(one.check) and one.state is not State.DONE for one in case.round.stages):
        raise NotAllowed(N_("A story goes out only with its teller’s own yes. Nobody can leave that out."))
    row = append(session, actor, case, "", Verdict.APPROVE, now, sort=Sort.OVERRIDE)
    row.note = _must_say_why(reason)
    details = {"decision": row.id, "content": row.content_hash}
    guides.move(session, case.translation, Act.OVERRIDE, actor.id, now, review=case.review.id, **details)
    session.flush()
    look_again(session, case.translation, now)
    tell(session, case.actors.keys() - {actor.id} & _concerned(case), "overridden", case.translation, now)
    return row


def _concerned(case: rounds.Case) -> set[str]:
    voters = {vote.given.member for standing in case.round.stages for vote in standing.votes}
    editors = {actor.id for actor in case.actors.values() if actor.has(Role.EDITOR, Role.STEWARD)}
    return voters | case.text.authors | (editors if case.team is None else editors & case.team)


def _open_wish(case: rounds.Case, decision_id: str) -> Vote:
    for standing in case.round.stages:
        for vote in standing.votes:
            if vote.given.id == decision_id and vote.blocks:
                return vote
    raise NotFound(N_("There is no such wish for a change any more."))


def _must_be_organiser(actor: Actor, case: rounds.Case) -> None:
    if not actor.has(Role.STEWARD):
        raise NotAllowed(N_("Only an organiser can do this. Please ask one of them."))
    if actor.id in case.text.authors:
        raise NotAllowed(N_("You wrote in this text, so another organiser decides this."))


def _must_say_why(reason: str) -> str:
    if not reason.strip():
        problem: Message = N_("Say why in a sentence. Members will see it.")
        raise Invalid(problem, {"reason": problem})
    return reason.strip()


def _record(
    session: Session, actor: Actor, act: str, case: rounds.Case, details: dict[str, str], now: datetime
) -> None:
    trail.record(session, actor=actor.id, act=act, subject=f"review:{case.review.id}", details=details, now=now)
