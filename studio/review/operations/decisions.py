"""I agree to this version, Something must change, and comments: bound to exact words and exact questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from studio.core.errors import Conflict, Invalid, NotAllowed
from studio.core.ids import new_id
from studio.core.words import N_
from studio.guides import operations as guides
from studio.guides.consents import operations as consents
from studio.guides.rules.consent import Scope
from studio.guides.rules.statuses import Progress
from studio.guides.rules.transitions import Act
from studio.members.actor import Actor
from studio.review.models import Decision
from studio.review.operations import talk
from studio.review.operations.claims import current, held_by, record, take
from studio.review.operations.looking import look_again
from studio.review.operations.telling import no_longer, tell
from studio.review.queries import rounds
from studio.review.queries.pieces import needs_second_look, silent_wishes, vote_of
from studio.review.queries.questions import checklist_of, questions_of
from studio.review.queries.second_look import standing_answers
from studio.review.rules.answers import check_answers
from studio.review.rules.policy import Check
from studio.review.rules.standing import Sort, State, Verdict
from studio.review.rules.who import is_teller


@dataclass(frozen=True, slots=True)
class Word:
    """What a checker says, and of which words: the hash and the checklist's version that stood on their page."""

    verdict: Verdict
    content_hash: str
    checklist_version: int
    answers: Mapping[str, str] = field(default_factory=dict)
    block_id: str = ""
    """The passage that something must change in."""
    note: str = ""
    own_experience: bool = False
    forms: tuple[Scope, ...] | None = None
    """With the teller's yes: in which forms beside its page the story may go out; None where that stays as it is."""


def decide(session: Session, actor: Actor, review_id: str, stage: str, word: Word, now: datetime) -> Decision:
    """Take down what a checker says of a check; saying the same twice is saying it once.

    Raises Conflict when the text or the questions changed since the page was opened, NotAllowed for who may not give
    this check, Invalid where answers and verdict do not fit together.
    """
    case = current(session, actor, review_id, now)
    check = case.check(stage)
    must_be_current(case, check, word)
    said = said_already(case, actor, stage, word)
    if said:
        return said
    case = _holding(session, actor, case, check, word, now)
    return take_down(session, actor, case, check, word, now)


def take_down(session: Session, actor: Actor, case: rounds.Case, check: Check, word: Word, now: datetime) -> Decision:
    """Add a decision of who may speak, a member or a guest, and do all that follows; Invalid where it does not fit."""
    questions = questions_of(case, check)
    asked = {question.key for question in questions}
    every = {**standing_answers(case, actor, check), **word.answers}
    answers = {key: value for key, value in every.items() if key in asked}
    quote = _quote(case, word)
    check_answers(word.verdict, questions, answers, cites=bool(quote), note=word.note)
    row = append(session, actor, case, check.key, word.verdict, now, about=_instead_of(case, actor, check, word, now))
    row.checklist, row.checklist_version = check.checklist, word.checklist_version
    row.answers, row.quote, row.note = answers, quote, word.note.strip()
    _after(session, actor, case, check, row, word.block_id, now)
    if is_teller(check) and word.verdict is Verdict.APPROVE:
        _consent(session, actor, case, word, now)
    return row


def _consent(session: Session, actor: Actor, case: rounds.Case, word: Word, now: datetime) -> None:
    """Note what a teller agrees to with their yes: for two years from now on."""
    guide = case.translation.guide
    if word.forms is None:
        consents.renew(session, guide, actor.id, now)
    else:
        consents.give(session, guide, actor.id, word.forms, now)


def _instead_of(case: rounds.Case, actor: Actor, check: Check, word: Word, now: datetime) -> str | None:
    """Return the newest wish of somebody silent that a yes of another person is given instead of, if there is one."""
    standing = case.standing(check.key)
    if word.verdict is not Verdict.APPROVE or vote_of(standing, actor.id):
        return None
    wishes = silent_wishes(case, standing, now)
    return wishes[-1].given.id if wishes else None


def must_be_current(case: rounds.Case, check: Check, word: Word) -> None:
    """Raise Conflict where a word is about other words or other questions than today's."""
    if word.content_hash != case.now.content_hash:
        raise Conflict(
            N_("The text was saved again since you opened this page. Your answers are kept; see what changed.")
        )
    if word.checklist_version != checklist_of(case, check).version:
        raise Conflict(N_("The questions changed since you opened this page. Please look at them again."))


_OWN: Final = frozenset({Sort.NORMAL, Sort.UNSAID})


def said_already(case: rounds.Case, actor: Actor, stage: str, word: Word) -> Decision | None:
    """Return the actor's newest word in a check where it says just the same of the same version.

    One that waits for a second look is given anew, even where the same words are back again.
    """
    own = [one for one in case.decisions if one.member_id == actor.id and one.stage == stage and one.sort in _OWN]
    if not own or own[-1].sort is Sort.UNSAID:
        return None
    last, vote = own[-1], vote_of(case.standing(stage), actor.id)
    if vote and vote.waits:
        return None
    same = (last.content_hash, last.checklist_version, last.verdict, last.note) == (
        word.content_hash,
        word.checklist_version,
        word.verdict,
        word.note.strip(),
    )
    return last if same else None


def _holding(session: Session, actor: Actor, case: rounds.Case, check: Check, word: Word, now: datetime) -> rounds.Case:
    """Let somebody speak who holds the check, or gave their word on it before; else they take it now, if they may."""
    gave = any(vote.given.member == actor.id for vote in case.standing(check.key).votes)
    if not gave and not held_by(case, actor, check.key):
        take(session, actor, case, check.key, now, own_experience=word.own_experience)
        return rounds.case(session, case.review, case.translation, now)
    why = case.why_not(actor, check)
    if why:
        raise NotAllowed(why)
    return case


def _quote(case: rounds.Case, word: Word) -> str:
    if not word.block_id:
        return ""
    for block in case.now.blocks:
        if block.block_id == word.block_id:
            return block.source.strip()
    raise Invalid(N_("Choose a passage of the text as it is now."), {"passage": N_("Choose a passage of this text.")})


def append(
    session: Session,
    actor: Actor,
    case: rounds.Case,
    stage: str,
    verdict: Verdict,
    now: datetime,
    *,
    sort: Sort = Sort.NORMAL,
    about: str | None = None,
) -> Decision:
    """Add a decision about the text as it is now to the round."""
    row = Decision(
        id=new_id(),
        review_id=case.review.id,
        position=len(case.decisions) + 1,
        stage=stage,
        member_id=actor.id,
        verdict=verdict,
        sort=sort,
        about=about,
        revision_id=case.candidate.id,
        revision_number=case.candidate.number,
        content_hash=case.candidate.content_hash,
        answers={},
        at=now,
    )
    session.add(row)
    return row


def _after(
    session: Session, actor: Actor, case: rounds.Case, check: Check, row: Decision, block_id: str, now: datetime
) -> None:
    talk.resolve_wishes(session, actor, case, check, now)
    if row.verdict is Verdict.REQUEST_CHANGES:
        row.thread_id = talk.open_wish(session, actor, case, check, row, block_id, now)
    held = held_by(case, actor, check.key)
    if held:
        held.released_at = now
    session.flush()
    if actor.id not in case.guests:
        guides.join_team(session, case.translation, actor.id, now)
    details = {
        "decision": row.id,
        "verdict": str(row.verdict),
        "revision": row.revision_id,
        "content": row.content_hash,
    }
    record(session, actor, "review.decide", case, check, details, now)
    if row.verdict is Verdict.REQUEST_CHANGES:
        _ask_change(session, actor, case, now)
    look_again(session, case.translation, now)
    _clear_desk(session, actor, case, now)


def _clear_desk(session: Session, actor: Actor, case: rounds.Case, now: datetime) -> None:
    """Take from the desks what nobody there is asked for any more: the second look, and checks that were given."""
    left = rounds.case(session, case.review, case.translation, now)
    own = [vote for standing in left.round.stages for vote in standing.votes if vote.given.member == actor.id]
    if not any(needs_second_look(left, vote) for vote in own):
        no_longer(session, "look_again", case.translation, now, member_id=actor.id)
    to_give = [one for one in left.round.stages if one.state is not State.DONE]
    for member_id in left.actors:
        if not any(member_id in left.could[one.check.key] and not vote_of(one, member_id) for one in to_give):
            no_longer(session, "asked", case.translation, now, member_id=member_id)


def _ask_change(session: Session, actor: Actor, case: rounds.Case, now: datetime) -> None:
    text = case.translation
    if text.progress is Progress.SCHEDULED:
        guides.move(session, text, Act.AGREEMENT_LOST, None, now)
    guides.move(session, text, Act.ASK_CHANGE, actor.id, now, review=case.review.id)
    tell(session, (case.text.authors & case.actors.keys()) - {actor.id}, "must_change", text, now)
