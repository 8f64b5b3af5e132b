"""A check as somebody's possible piece: what it weighs, why it comes to them, and what to know before reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from studio.core.words import N_, Message
from studio.guides import house
from studio.guides.rules.statuses import Significance
from studio.i18n.formats import language_name
from studio.members.actor import Actor, Role
from studio.rendering.plain import count_words
from studio.review.queries import rounds
from studio.review.queries.notices import title_of_text
from studio.review.queries.since import SEEN
from studio.review.rules.carry import ABOUT, Weight, changed_passages, judged
from studio.review.rules.policy import Check, risk_of
from studio.review.rules.queue import Piece, minutes
from studio.review.rules.reading import PARTS, PREFIX
from studio.review.rules.standing import Standing, State, Vote
from studio.review.rules.who import OWN_EXPERIENCE, is_teller, together
from studio.review.titles import title_of

_UNCOUNTED = frozenset({ABOUT, "front"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece as a page shows it, before the text is opened."""

    piece: Piece
    title: str
    """The text's title, in its own language."""
    language: str
    check: str
    """The check's name in the language of the desk."""
    why: Message
    notes: tuple[str, ...]
    """What to know before reading."""
    address: str
    fits: bool
    """Whether it fits into the minutes that were asked for."""
    costs: tuple[str, ...] = ()
    """Names of the checks that nobody else could give, and that the person could not give beside this one."""
    own_experience: bool = False
    read: tuple[int, int] | None = None
    """Of what the person holds: how many parts of the text they have read, and how many there are."""


def piece_of(case: rounds.Case, actor: Actor, standing: Standing, now: datetime, asker: str = "") -> Piece | None:
    """Return a check as the actor's possible piece, None where they cannot give it now; ``asker``: who asked them."""
    check = standing.check
    vote = vote_of(standing, actor.id)
    holds = actor.id in case.holders.get(check.key, frozenset())
    again = vote is not None and needs_second_look(case, vote)
    if not (again or holds or is_offered(case, actor, standing, now)):
        return None
    return Piece(
        review=case.review.id,
        stage=check.key,
        minutes=minutes_of(case, check, vote if again else None),
        risk=risk_of(case.policy, case.candidate.facets),
        days=(now - _since(case, check)).days,
        position=case.checks.index(check),
        safety=vote.carried.weight is Weight.SAFETY if vote and again else saved_for_safety(case),
        own=again or holds,
        invited=bool(asker) and not (again or holds),
        costs=bool(costs(case, actor, check)),
    )


def saved_for_safety(case: rounds.Case) -> bool:
    """Whether the version that is checked was saved for somebody's safety or health."""
    return case.candidate.significance is Significance.SAFETY


def costs(case: rounds.Case, actor: Actor, check: Check) -> list[Check]:
    """Return the other checks that nobody could give any more once the actor gives ``check``."""
    given = [*case.theirs(actor.id), check]
    return [
        one.check
        for one in case.round.stages
        if one.state is not State.DONE
        and case.could[one.check.key] == [actor.id]
        and not together(one.check, given, case.policy.combine)
    ]


def vote_of(standing: Standing, member_id: str) -> Vote | None:
    """Return a member's latest word in a check, None where they gave none."""
    return next((vote for vote in standing.votes if vote.given.member == member_id), None)


def needs_second_look(case: rounds.Case, vote: Vote) -> bool:
    """Whether the person is asked to look at what changed since their word."""
    changed = case.versions[vote.given.number].content_hash != case.now.content_hash
    return vote.able and (vote.waits or (vote.blocks and changed))


def is_offered(case: rounds.Case, actor: Actor, standing: Standing, now: datetime) -> bool:
    """Whether the check is free for the actor: open, or waiting too long for a second look by somebody else."""
    could = actor.id in case.could[standing.check.key]
    if actor.id in case.away:  # nobody counts on them, but they may
        could = case.why_not(actor, standing.check) is None
    if not could or vote_of(standing, actor.id):
        return False
    silent = (now - _since(case, standing.check)).days >= case.policy.silent_days
    waits = standing.state is State.LOOK_AGAIN and silent
    return standing.state is State.OPEN or waits or bool(silent_wishes(case, standing, now))


def silent_wishes(case: rounds.Case, standing: Standing, now: datetime) -> list[Vote]:
    """Return the wishes that hold a check up, if each was met by a saved version and then by days of silence (rule 5).

    The days count from the newest version, so that nobody is passed over while somebody still writes.
    """
    wishes = [vote for vote in standing.votes if vote.blocks]
    silent = (now - case.candidate.saved_at).days >= case.policy.silent_days
    met = (case.versions[vote.given.number].content_hash != case.now.content_hash for vote in wishes)
    return wishes if silent and all(met) else []


def _since(case: rounds.Case, check: Check) -> datetime:
    rows = (row.since for row in case.review.stages if row.key == check.key)
    return next(rows, case.review.opened_at)


def minutes_of(case: rounds.Case, check: Check, vote: Vote | None = None) -> int:
    """Return how long a check takes; for a second look only the passages that changed are counted."""
    blocks = [block for block in judged(case.now.blocks, check.judges) if block.kind not in _UNCOUNTED]
    if vote:
        before = judged(case.versions[vote.given.number].blocks, check.judges)
        changed = set(vote.carried.passages or changed_passages(before, blocks))
        blocks = [block for block in blocks if block.block_id in changed]
    return minutes(sum(count_words(block.source) for block in blocks), check.minutes_per_1000_words)


def why_me(case: rounds.Case, actor: Actor, check: Check) -> Message:
    """Return why this piece is offered to this person, in a sentence."""
    if vote_of(case.standing(check.key), actor.id):
        return N_("You looked at it before, and something changed since.")
    if check.who == (OWN_EXPERIENCE,):
        return N_("If this text is about your life, you can say whether it is true to it.")
    if is_teller(check):
        return N_("It is your story: the last yes is yours.")
    if case.standing(check.key).state is State.MUST_CHANGE:
        return N_("A change was asked for and made, and whoever asked has not answered. You may agree instead.")
    return _why_trained(case, actor, check)


def _why_trained(case: rounds.Case, actor: Actor, check: Check) -> Message:
    name = language_name(case.translation.language, actor.language)
    if "role:editor" in check.who and actor.has(Role.EDITOR):
        return N_("You are an editor, you read {language}, and you did not write it.", language=name)
    if "any_member" in check.who:
        return N_("You read {language}, and you did not write it.", language=name)
    return N_("You are trained for this check, you read {language}, and you did not write it.", language=name)


def notes_of(case: rounds.Case, code: str) -> tuple[str, ...]:
    """Return what to know before reading the text, in the language ``code``."""
    keys = [str(key) for key in case.candidate.fields.get("content_notes", []) if key != "none"]
    return tuple(house.note_name(key, code) for key in keys)


def address_of_check(review_id: str, stage: str) -> str:
    """Return the address of a check's page."""
    return f"/studio/checks/{review_id}/{stage}"


def offer_of(case: rounds.Case, actor: Actor, piece: Piece, have: int, asker: str = "") -> Offer:
    """Return a piece as a page shows it; ``asker``: the pen-name of who asked for it."""
    check = case.check(piece.stage)
    asked = N_("{name} asks you for this. “Not now” is an answer, and needs no reason.", name=asker)
    return Offer(
        piece=piece,
        title=title_of_text(case.translation),
        language=case.translation.language,
        check=title_of(check, actor.language),
        why=asked if piece.invited else why_me(case, actor, check),
        notes=notes_of(case, actor.language),
        address=address_of_check(piece.review, piece.stage),
        fits=piece.minutes <= have,
        costs=tuple(title_of(one, actor.language) for one in costs(case, actor, check)),
        own_experience=check.who == (OWN_EXPERIENCE,),
        read=_read(case, actor, check),
    )


def _read(case: rounds.Case, actor: Actor, check: Check) -> tuple[int, int] | None:
    """Return how far the actor has read the text as it is now; None where nothing is known, or it changed since."""
    ticks = next((one.ticks for one in case.claims if (one.member_id, one.stage) == (actor.id, check.key)), {})
    parts = str(ticks.get(PARTS, ""))
    if not parts.isdecimal() or ticks.get(SEEN) != case.now.number:
        return None
    return sum(name.startswith(PREFIX) for name in ticks), int(parts)
